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
from ssot_lint.findings import Span, Violation
from ssot_lint.memory import Memory, Remembered
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryPoint
from ssot_lint.run import Run

FAMILY = "SSOT1"


@dataclass(frozen=True)
class Linked:
    """What the rules found, and of the call graph, if one of them asked for it, its hooks and what it covers."""

    violations: tuple[Violation, ...]
    hooks: tuple[EntryPoint, ...] = ()
    coverage: Coverage | None = None


class _Kept(msgspec.Struct, array_like=True):
    """What is kept: `entries` are the indices of the entry points that violations start from (-1: of none)."""

    linked: Linked
    entries: list[int]


def link(run: Run, codes: Collection[str]) -> Linked:
    """What the rules of these codes find."""
    violations = tuple(found for code in codes for found in rules()[code]().check(run.context))
    if not run.has_graph:
        return Linked(violations)
    return Linked(violations, run.hooks, coverage(run.context.graph))


def link_or_recall(run: Run, codes: Collection[str], memory: Memory) -> Linked:
    """The same, from the cache where nothing that decides it has changed."""
    context, project = run.context, run.project
    entries = [replace(entry, line=0) for entry in run.entry_points]
    modules = [
        (source.name, source.path, source.prefix, sorted(source.prefixed)) for source in project.modules.values()
    ]
    asked = (codes, context.all_phases, context.guesses)
    key = memory.inputs.key_but_python("linked", *asked, entries, modules, project.roots, context.held)
    remembered = memory.recall(key, _Kept)
    if remembered is not None:
        if remembered.value.linked.coverage is not None:  # as the call graph does when it is built
            context.holding.check(context.config)
        return _moved(run, remembered)
    linked = link(run, codes)
    memory.keep(key, _kept(run, linked), (*run.library.loaded, *run.library.unreadable))
    return linked


def _moved(run: Run, remembered: Remembered[_Kept]) -> Linked:
    """What was kept, with the lines that things stand on now."""
    kept = remembered.value
    search = Search(run.project, run.library)

    def now(hook: EntryPoint) -> EntryPoint:
        view = search.view(hook.module) if hook.module not in remembered.unmoved else None
        return hook if view is None else replace(hook, line=view.line_of(hook.symbol))

    points = run.entry_points
    violations = (
        replace(violation, entry=named(points[entry])) if entry >= 0 else violation
        for violation, entry in zip(kept.linked.violations, kept.entries, strict=True)
    )
    return replace(kept.linked, violations=tuple(violations), hooks=tuple(map(now, kept.linked.hooks)))


def _kept(run: Run, linked: Linked) -> _Kept:
    starts = {named(entry): index for index, entry in enumerate(run.entry_points)}
    entries: list[int] = []
    violations: list[Violation] = []
    for violation in linked.violations:
        entry = violation.entry
        moves = entry is not None and isinstance(entry.place, Span)
        entries.append(starts[entry] if entry is not None and moves else -1)
        violations.append(replace(violation, entry=None) if moves else violation)
    return _Kept(replace(linked, violations=tuple(violations)), entries)
