"""What the rules about calls find, kept by the facts that it rests on.

These rules look at facts, at which files there are, and at files that are not Python; never at the text of a Python
file. So what they found holds until the facts of a module that was loaded for them change, and even then if only such
functions change as they never looked into. Where things stand is looked up anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase

import msgspec

from ssot_lint.callgraph.bounds import step
from ssot_lint.callgraph.coverage import Coverage, coverage
from ssot_lint.callgraph.graph import named
from ssot_lint.checks.registry import rules
from ssot_lint.checks.writes import Writes
from ssot_lint.facts.alike import Moved, moved
from ssot_lint.facts.library import Library
from ssot_lint.facts.mentions import scopes_with
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Site, Span, Violation
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
    """What is kept: `entries` are the indices of the entry points that violations start from (-1: of none).

    `unbound` are the names that were asked for and that nothing binds, by module; `listed` the modules that were asked
    for all their names; `sought` are the texts that all scopes were searched for, and `sought_in` those that bodies
    that nobody has read were, by module.
    """

    linked: Linked
    entries: list[int]
    unbound: dict[str, list[str]]
    listed: list[str]
    sought: list[str]
    sought_in: dict[str, list[str]]


def link(run: Run, codes: Collection[str]) -> Linked:
    """What the rules of these codes find."""
    violations: list[Violation] = []
    for code in codes:
        violations += rules()[code]().check(run.context)
        run.context.tidy()
    if not run.has_graph:
        return Linked(tuple(violations))
    return Linked(tuple(violations), run.hooks, coverage(run.context.graph))


def link_or_recall(run: Run, codes: Collection[str], memory: Memory) -> Linked:
    """The same, from the cache where nothing that decides it has changed."""
    context = run.context
    entries = [replace(entry, line=0) for entry in run.entry_points]
    asked = (codes, context.all_phases, context.guesses)
    key = memory.inputs.key_but_python("linked", *asked, entries, context.lost, run.project.layout, context.held)
    remembered = memory.recall(key, _Kept, _moved_to)
    if remembered is not None and _is_asked_for(run, memory, remembered):
        remembered = None
    recalled = _moved(run, remembered) if remembered is not None else None
    if recalled is not None:
        if recalled.coverage is not None:  # as the call graph does when it is built
            context.holding.check(context.config)
        return recalled
    linked = link(run, codes)
    looked = {name: _looked_at(facts) for name, facts in run.library.loaded.items()}
    memory.keep(key, _kept(run, linked), {**looked, **{name: [] for name in run.library.unreadable}})
    return linked


def _looked_at(facts: ModuleFacts) -> list[int]:
    """The indices of the scopes that a result rests on."""
    return [index for index, scope in enumerate(facts.scopes) if scope.is_looked_at]


def _moved_to(old: ModuleFacts, new: ModuleFacts, looked: Collection[int]) -> Moved | None:
    """What became of a module, if it differs only in what does not matter."""
    # What code writes by way of other things matters wherever it stands.
    return moved(old, new, looked, step) if Writes([old]) == Writes([new]) else None


def _is_asked_for(run: Run, memory: Memory, remembered: Remembered[_Kept]) -> bool:
    """Whether anything may call a function that a module has got or lost, or ask for its name, or for what it says."""
    kept = remembered.value
    if any(
        _says(run.library, module, now, [*kept.sought, *kept.sought_in.get(module, ())])
        for module, now in remembered.moved.items()
    ):
        return True
    changed = {module: now.added + now.gone for module, now in remembered.moved.items() if now.added or now.gone}
    if not changed:
        return False
    if run.context.all_phases or not changed.keys().isdisjoint([*run.context.held[0], *kept.listed]):
        return True
    for entry in run.entry_points:
        if any(fnmatchcase(name, entry.symbol) for name in changed.get(entry.module, ()) if entry.symbol):
            return True
    if any(not set(names).isdisjoint(kept.unbound.get(module, ())) for module, names in changed.items()):
        return True
    return memory.is_named(remembered.moved)


def _says(library: Library, module: str, now: Moved, texts: Collection[str]) -> bool:
    """Whether a scope that nobody has looked at may have one of the texts now: none of them had.

    Of a body that waits its own text tells, since in the run before something else may have read it.
    """
    facts = library.get(module)
    if not isinstance(facts, ModuleFacts):
        return True
    unseen = frozenset(now.unseen)
    waiting = [each for each in facts.unread if each.scope in unseen]
    content = library.content(module) if waiting else b""
    return any(
        not unseen.isdisjoint(scopes_with(facts, text.encode()))
        or any(text.encode() in content[each.start : each.end] for each in waiting)
        for text in texts
    )


def _moved(run: Run, remembered: Remembered[_Kept]) -> Linked | None:
    """What was kept, with the places that things have now; None if a place is lost."""
    kept = remembered.value
    search = Search(run.project, run.library)

    def now(hook: EntryPoint) -> EntryPoint:
        view = search.view(hook.module) if hook.module not in remembered.unmoved else None
        return hook if view is None else replace(hook, line=view.line_of(hook.symbol))

    points = run.entry_points
    sites = {module: now.sites for module, now in remembered.moved.items()}
    try:
        placed = [_placed(violation, sites) for violation in kept.linked.violations]
    except KeyError:
        return None
    violations = (
        replace(violation, entry=named(points[entry])) if entry >= 0 else violation
        for violation, entry in zip(placed, kept.entries, strict=True)
    )
    return replace(kept.linked, violations=tuple(violations), hooks=tuple(map(now, kept.linked.hooks)))


def _placed(violation: Violation, sites: Mapping[str, Mapping[int, int]]) -> Violation:
    """A violation with the sites that its places have now. Raises `KeyError` for one that is lost."""

    def now(place: Site | Span) -> Site | Span:
        moved = sites.get(place.module) if isinstance(place, Site) else None
        return place if moved is None or isinstance(place, Span) else Site(place.module, moved[place.at])

    entry = violation.entry
    return replace(
        violation,
        place=now(violation.place),
        chain=tuple(replace(hop, place=now(hop.place)) for hop in violation.chain),
        related=tuple(replace(each, place=now(each.place)) for each in violation.related),
        entry=entry._replace(place=now(entry.place)) if entry is not None and entry.place is not None else entry,
    )


def _kept(run: Run, linked: Linked) -> _Kept:
    starts = {named(entry): index for index, entry in enumerate(run.entry_points)}
    entries: list[int] = []
    violations: list[Violation] = []
    for violation in linked.violations:
        entry = violation.entry
        moves = entry is not None and isinstance(entry.place, Span)
        entries.append(starts[entry] if entry is not None and moves else -1)
        violations.append(replace(violation, entry=None) if moves else violation)
    unbound: dict[str, list[str]] = {}
    for module, name in sorted(run.context.graph.unbound) if run.has_graph else ():
        unbound.setdefault(module, []).append(name)
    listed = sorted(run.context.graph.listed) if run.has_graph else []
    sought = sorted(run.library.sought)
    sought_in = {module: sorted(texts) for module, texts in sorted(run.library.sought_in.items())}
    return _Kept(replace(linked, violations=tuple(violations)), entries, unbound, listed, sought, sought_in)
