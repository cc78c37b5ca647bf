"""What `ssot-lint why` does with a run: by which chains the calls of a function are reached, or why they are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from ssot_lint.callgraph.build import build_with, holding
from ssot_lint.callgraph.chains import Callers, End, Way
from ssot_lint.callgraph.graph import CallGraph, CallSite, named
from ssot_lint.checks.contracts import matches
from ssot_lint.errors import UsageError
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Entry, Site, Span
from ssot_lint.project.model import Source
from ssot_lint.run import Run
from ssot_lint.symbols import matching

_LINE = re.compile(r"(?P<path>.+):(?P<line>\d+)")


class Called(NamedTuple):
    """One call site: the function that holds it, and how it is reached.

    Where it is not, `ends` are where its callers end; none of them if these only call each other.
    """

    site: Site
    function: str
    ways: Sequence[Way]
    ends: Sequence[End]


class Answer(NamedTuple):
    """One function: what makes itself an entry point, and where it is called, in the order of files."""

    symbol: str
    entries: Sequence[Entry]
    calls: Sequence[Called]

    def places(self) -> Iterator[Site | Span]:
        """All places that are named."""
        entries = [*self.entries, *(way.entry for call in self.calls for way in call.ways)]
        yield from (entry.place for entry in entries if entry.place is not None)
        for call in self.calls:
            yield call.site
            chains = [*(way.chain for way in call.ways), *(end.chain for end in call.ends)]
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
    return _answers(run, graph, asked)


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
    """Names the modules that may hold callers of what is asked for, then of those callers that nothing reaches."""

    def __init__(self, run: Run, asked: _Asked) -> None:
        self._run = run
        self._asked = asked
        self._seen: set[bytes] = set()

    def __call__(self, graph: CallGraph) -> list[str]:
        callers = Callers(graph).behind(self._asked.sites(graph))
        texts = {_text(name) for name in (self._asked.glob, *callers)} - self._seen
        self._seen |= texts
        own = [self._asked.module] if self._asked.module else []
        return own + holding(self._run.project, self._run.library, texts)


def _text(name: str) -> bytes:
    """What stands in every file that calls a function of that name: its last literal part that is no special name."""
    parts = [part for part in name.split(".") if part.isidentifier() and not part.startswith("__")]
    return parts[-1].encode() if parts else b""


def _at_line(run: Run, path: str, line: int) -> _Asked:
    from ssot_lint.facts.locate import locate

    source = _source(run, path)
    facts = run.library.get(source.name)
    if not isinstance(facts, ModuleFacts):
        raise UsageError(f"{path} can't be read or parsed; `ssot-lint check` says why")
    content = run.project.read(source)
    if line > len(content.splitlines()):
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


def _answers(run: Run, graph: CallGraph, asked: _Asked) -> list[Answer]:
    callers = Callers(graph)
    calls: dict[str, dict[Site, list[CallSite]]] = {}
    for site in asked.sites(graph):
        calls.setdefault(site.call.target, {}).setdefault(site.site, []).append(site)
    if not asked.ats.intersection(at for sites in calls.values() for _, at in sites):
        names = {site.call.target for site in graph.call_sites()} | graph.symbols().keys()
        calls = {name: calls.get(name, {}) for name in sorted(matching(asked.glob, names))}
    modules = run.project.modules
    return [
        Answer(
            symbol,
            [named(point) for point, node in graph.entries if node.symbol == symbol],
            [
                Called(site, sites[site][0].node.symbol, callers.ways(sites[site]), callers.ends(sites[site]))
                for site in sorted(sites, key=lambda site: (modules[site.module].path, site.at))
            ],
        )
        for symbol, sites in calls.items()
    ]
