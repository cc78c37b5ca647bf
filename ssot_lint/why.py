"""What `ssot-lint why` does with a run: by which chains the calls of a function are reached, or why they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ssot_lint.callgraph.build import build_with
from ssot_lint.callgraph.chains import Callers, End, Way
from ssot_lint.callgraph.graph import CallGraph, CallSite, named
from ssot_lint.checks.contracts import matches
from ssot_lint.errors import UsageError
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Entry, Site, Span
from ssot_lint.project.model import Project, Source
from ssot_lint.run import Run
from ssot_lint.symbols import matching

_MANY = 20
# As what calls it, has it or gives it on: `x.name`, `name(`, `"name"`, `[name`, `=name`.
_USE = rb"""\.\s*NAME\b|\bNAME\s*\(|["']NAME["']|[=(,\[:]\s*NAME\b"""
_NO_USE = re.compile(rb"\s*(?:#|(?:async\s+def|def|class|from|import)\b)")
_LINE = re.compile(r"(?P<path>.+):(?P<line>\d+)")


class Mentions(NamedTuple):
    """Lines that may call a function by its name, on what is not known: the first, and how many more."""

    first: Span
    more: int


class Called(NamedTuple):
    """One call site: the function that holds it, and how it is reached.

    Where it is not, `ends` are where its callers end, each with what mentions that; none of them if these only call
    each other.
    """

    site: Site
    function: str
    ways: Sequence[Way]
    ends: Sequence[tuple[End, Mentions | None]]


class Answer(NamedTuple):
    """One function: what makes itself an entry point, and where it is called, in the order of files.

    Where neither is known, `mentions` are lines that may call it.
    """

    symbol: str
    entries: Sequence[Entry]
    calls: Sequence[Called]
    mentions: Mentions | None

    def places(self) -> Iterator[Site | Span]:
        """All places that are named."""
        entries = [*self.entries, *(way.entry for call in self.calls for way in call.ways)]
        yield from (entry.place for entry in entries if entry.place is not None)
        for call in self.calls:
            yield call.site
            chains = [*(way.chain for way in call.ways), *(end.chain for end, _ in call.ends)]
            yield from (hop.place for chain in chains for hop in chain)


def why(run: Run, symbol: str) -> list[Answer]:
    """The answers for each function that `symbol` means, by name.

    `symbol` is a glob over qualified names, or `path:line`, where the path leads from the working directory or from the
    project root: the calls that begin on that line, else the function that holds it. Raises `SsotLintError` for what a
    person can mend.
    """
    line = _LINE.fullmatch(symbol)
    asked = _at_line(run, line["path"], int(line["line"])) if line else _Asked(symbol)
    others = _Others(run, asked)
    graph = build_with(run.project, run.library, run.entry_points, others, models=run.config.model_files)
    return _answers(run, graph, asked, others)


@dataclass(frozen=True)
class _Asked:
    """What is asked for: the calls at some sites of a module, or, where there is none, what a glob names."""

    glob: str
    module: str = ""
    ats: frozenset[int] = frozenset()

    def sites(self, graph: CallGraph) -> list[CallSite]:
        """The call sites that are meant, as every context makes them."""
        calls = [site for site in graph.call_sites() if site.call.kind != "exit"]
        at_line = [site for site in calls if site.call.module == self.module and site.call.at in self.ats]
        return at_line or [site for site in calls if matches(site.call.target, [self.glob])]


class _Others:
    """Names the modules that may hold callers of what is asked for, then of those callers that nothing reaches.

    A name that many files hold (`run`) is not followed: most of them mean another function, and each would bring more.
    `left` are the functions whose callers are therefore known only as far as other names lead there.
    """

    def __init__(self, run: Run, asked: _Asked) -> None:
        self.left: set[str] = set()
        self._library = run.library
        self._asked = asked
        self._project = run.project
        self._contents = dict(_contents(run.project))
        self._found: dict[str, None] = {asked.module: None} if asked.module else {}
        self._seen: set[str] = set()

    def __call__(self, graph: CallGraph) -> list[str]:
        if not self._seen:
            self._seen.add(self._asked.glob)
            self._found |= dict.fromkeys(self._holding(self._asked.glob))
        for symbol in sorted(Callers(graph).behind(self._asked.sites(graph)) - self._seen):
            self._seen.add(symbol)
            modules = self._holding(symbol)
            if len(modules) > _MANY:
                self.left.add(symbol)
            else:
                self._found |= dict.fromkeys(modules)
        self._library.prefetch(self._found)
        return list(self._found)

    def mentions(self, symbol: str) -> Mentions | None:
        """The lines that hold the name of a function as a call would, or what passes it on."""
        name = _last_name(symbol)
        if not name or symbol in self._contents:
            return None
        uses = re.compile(_USE.replace(b"NAME", name))
        lines = [
            Span(self._project.modules[module].path, number, 1, number, 1)
            for module in self._holding(symbol)
            for number, line in enumerate(self._contents[module].splitlines(), 1)
            if name in line and uses.search(line) and not _NO_USE.match(line)
        ]
        return Mentions(min(lines), len(lines) - 1) if lines else None

    def _holding(self, symbol: str) -> list[str]:
        """The modules in which the last literal part of a name stands that is no special name: they may call it."""
        text = _last_name(symbol)
        return [name for name, content in self._contents.items() if text in content]


def _last_name(symbol: str) -> bytes:
    """The last literal part of a name that is no special name; empty for none."""
    parts = [part for part in symbol.split(".") if part.isidentifier() and not part.startswith("__")]
    return parts[-1].encode() if parts else b""


def _contents(project: Project) -> Iterator[tuple[str, bytes]]:
    for name, source in project.modules.items():
        try:
            yield name, project.read(source)
        except OSError:
            continue  # the library reports what can't be read when it is asked for it


def _at_line(run: Run, path: str, line: int) -> _Asked:
    from ssot_lint.facts.locate import locate

    source = _source(run, path)
    facts = run.library.get(source.name)
    if not isinstance(facts, ModuleFacts):
        raise UsageError(f"{path} can't be read or parsed; `ssot-lint check` says why")
    content = run.project.read(source)
    if not 0 < line <= len(content.splitlines()):
        raise UsageError(f"{path} has no line {line}")
    places = locate(content)
    around = [
        scope
        for scope in facts.scopes[1:]
        if scope.kind != "class" and scope.at in places and places[scope.at].line <= line <= places[scope.at].end_line
    ]
    inner = max(around, key=lambda scope: places[scope.at].line, default=None)
    glob = f"{source.name}.{inner.qualname}" if inner else source.name
    return _Asked(glob, source.name, frozenset(at for at, place in places.items() if place.line == line))


def _source(run: Run, path: str) -> Source:
    root = run.config.root
    sources = {source.path: source for source in run.project.modules.values()}
    for absolute in (Path(path).resolve(), (root / path).resolve()):
        if absolute.is_relative_to(root) and absolute.relative_to(root).as_posix() in sources:
            return sources[absolute.relative_to(root).as_posix()]
    raise UsageError(f"{path} is no Python file of the project in {root}")


def _answers(run: Run, graph: CallGraph, asked: _Asked, others: _Others) -> list[Answer]:
    callers = Callers(graph)
    calls: dict[str, dict[Site, list[CallSite]]] = {}
    for site in asked.sites(graph):
        calls.setdefault(site.call.target, {}).setdefault(site.site, []).append(site)
    if not asked.ats.intersection(at for sites in calls.values() for _, at in sites):
        names = {site.call.target for site in graph.call_sites()} | graph.symbols().keys()
        calls = {name: calls.get(name, {}) for name in sorted(matching(asked.glob, names))}
    modules, library = run.project.modules, run.library

    def called(site: Site, seen: Sequence[CallSite]) -> Called:
        ends = [(end, others.mentions(end.symbol)) for end in callers.ends(seen, others.left)]
        return Called(site, seen[0].node.symbol, callers.ways(seen), ends)

    def answer(symbol: str, sites: Mapping[Site, Sequence[CallSite]]) -> Answer:
        entries = [named(point) for point, node in graph.entries if node.symbol == symbol]
        in_order = sorted(sites, key=lambda site: (modules[site.module].path, library.order(*site)))
        calls = [called(site, sites[site]) for site in in_order]
        return Answer(symbol, entries, calls, None if entries or calls else others.mentions(symbol))

    return [answer(symbol, sites) for symbol, sites in calls.items()]
