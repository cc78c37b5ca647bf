"""What the rules about calls find, kept by the facts that it rests on.

These rules look at facts, at which files there are, and at files that are not Python; never at the text of a Python
file. So what they found holds until the facts of a module that was loaded for them change: a comment changes none.
Where things stand is looked up anew.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

import msgspec

from ssot_lint.callgraph.coverage import Coverage, coverage
from ssot_lint.callgraph.graph import named
from ssot_lint.checks.registry import rules
from ssot_lint.facts.cache import FactsCache, digest
from ssot_lint.facts.encoding import encode
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Span, Violation
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryPoint, Project
from ssot_lint.results import Inputs
from ssot_lint.run import Run

FAMILY = "SSOT1"


@dataclass(frozen=True)
class Linked:
    """What the rules found, and of the call graph, if one of them asked for it, its hooks and what it covers."""

    violations: tuple[Violation, ...]
    hooks: tuple[EntryPoint, ...] = ()
    coverage: Coverage | None = None


class _Kept(msgspec.Struct, array_like=True):
    """What is kept: `entries` are the indices of the entry points that violations start from (-1: of none).

    `modules` are those that were loaded, each with the digests of its content and of its facts.
    """

    linked: Linked
    entries: list[int]
    modules: dict[str, tuple[bytes, bytes]]


def link(run: Run, codes: Collection[str]) -> Linked:
    """What the rules of these codes find."""
    violations = tuple(found for code in codes for found in rules()[code]().check(run.context))
    if not run.has_graph:
        return Linked(violations)
    return Linked(violations, run.hooks, coverage(run.context.graph))


def link_or_recall(run: Run, codes: Collection[str], cache: FactsCache, inputs: Inputs) -> Linked:
    """The same, from the cache where nothing that decides it has changed."""
    context, project = run.context, run.project
    entries = [replace(entry, line=0) for entry in run.entry_points]
    modules = [
        (source.name, source.path, source.prefix, sorted(source.prefixed)) for source in project.modules.values()
    ]
    asked = (codes, context.all_phases, context.guesses)
    key = inputs.key_but_python("linked", *asked, entries, modules, project.roots, context.held)
    try:
        stored = cache.result(key)
        kept = msgspec.msgpack.decode(stored, type=_Kept) if stored is not None else None
    except msgspec.MsgspecError:  # nothing that this tool has written
        kept = None
    if kept is not None and kept.modules.keys() <= project.modules.keys() and _still_holds(run, kept, inputs):
        if kept.linked.coverage is not None:  # as the call graph does when it is built
            context.holding.check(context.config)
        return _moved(run, kept, inputs)
    linked = link(run, codes)
    _keep(run, linked, cache, key, inputs)
    return linked


def _still_holds(run: Run, kept: _Kept, inputs: Inputs) -> bool:
    run.library.prefetch(kept.modules)
    return all(
        content == _content(run.project, inputs, name) or facts == _facts(run.library, name)
        for name, (content, facts) in kept.modules.items()
    )


def _moved(run: Run, kept: _Kept, inputs: Inputs) -> Linked:
    """What was kept, with the lines that things stand on now."""
    search = Search(run.project, run.library)

    def now(hook: EntryPoint) -> EntryPoint:
        view = search.view(hook.module)
        if view is None or kept.modules[hook.module][0] == _content(run.project, inputs, hook.module):
            return hook
        return replace(hook, line=view.line_of(hook.symbol))

    points = run.entry_points
    violations = (
        replace(violation, entry=named(points[entry])) if entry >= 0 else violation
        for violation, entry in zip(kept.linked.violations, kept.entries, strict=True)
    )
    return replace(kept.linked, violations=tuple(violations), hooks=tuple(map(now, kept.linked.hooks)))


def _keep(run: Run, linked: Linked, cache: FactsCache, key: bytes, inputs: Inputs) -> None:
    starts = {named(entry): index for index, entry in enumerate(run.entry_points)}
    entries: list[int] = []
    violations: list[Violation] = []
    for violation in linked.violations:
        entry = violation.entry
        moves = entry is not None and isinstance(entry.place, Span)
        entries.append(starts[entry] if entry is not None and moves else -1)
        violations.append(replace(violation, entry=None) if moves else violation)
    modules = {
        name: (_content(run.project, inputs, name), _facts(run.library, name))
        for name in (*run.library.loaded, *run.library.unreadable)
    }
    kept = _Kept(replace(linked, violations=tuple(violations)), entries, modules)
    cache.put_results([(key, msgspec.msgpack.encode(kept))])


def _content(project: Project, inputs: Inputs, module: str) -> bytes:
    return inputs.python.get(project.modules[module].path, b"")


def _facts(library: Library, module: str) -> bytes:
    """Names the facts of a module, less those that are about its comments."""
    facts = library.get(module)
    if isinstance(facts, ModuleFacts):
        facts = msgspec.structs.replace(facts, lines=0, suppressions=[])
    return b"" if facts is None else digest(encode(facts))
