"""SSOT114."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from ssot_lint.callgraph.graph import named
from ssot_lint.checks.before_setup import early_models
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.import_order import Early, ImportOrder
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.findings import Level, Site, Violation
from ssot_lint.project.model import EntryKind, EntryPoint

# Django and Celery import the modules that they find after others, in an order of their own.
_FIRST_IMPORTED: frozenset[EntryKind] = frozenset(("asgi", "wsgi", "cli", "script", "main", "module", "configured"))


class _Taken(NamedTuple):
    """A name that is taken too early: where, and by which start."""

    place: Reached
    early: Early
    point: EntryPoint | None


class Rule:
    """In the order in which an entry point imports, a name is taken from a module that is only half initialised.

    ## What it does

    Follows the imports from each entry point, statement by statement. Reports `from m import x`, and `m.x` in a body
    that runs at import, where m is still being imported and binds x only after the import that led there.

    Cycles that do no harm are fine: imports in functions and under `TYPE_CHECKING`, `import m`, submodules, and names
    that are bound before the import that closes the cycle.

    ## Why is this bad?

    The program ends with `ImportError: cannot import name … from partially initialized module`. It may work from one
    entry point, or in the tests, and fail from another.

    ## Example

    ```python
    # shop/models/order.py
    from shop.services.pricing import price_of
    class OrderLine: ...

    # shop/services/pricing.py
    from shop.models.order import OrderLine  # not there yet
    ```

    ## Fix

    Move what both need to a module of its own; or import the module and take the name when it is needed; or import it
    under `TYPE_CHECKING` if only annotations need it.

    ## Options

    A start by a plug-in is a warning, since what loads it may have imported more before. `--all-phases` lets a start by
    each module count, as a warning where no entry point is there.
    """

    code = "SSOT114"
    name = "import-cycle"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each place that takes a name too early."""
        start = Start(context, self.code, ImportError)
        bodies = {node.module: node for node in start.bodies()}
        order = ImportOrder(context)
        # What is imported before Django is set up ends there: SSOT105 tells of that.
        ended = {each.imported for each in early_models(Start(context, self.code, Exception))}
        found: dict[Site, _Taken] = {}
        for (module, as_main), point in _starts(context).items():
            for early in (*order.early(module, as_main=as_main), *order.started()):
                node = bodies.get(early.site.module)
                if node is not None and not any((hop.caller, hop.callee) in ended for hop in early.chain):
                    found.setdefault(early.site, _Taken(Reached(node, early.site.at, 0), early, point))
        places = start.earliest((each.place, "") for each in found.values())
        for names in _by_import(context, [found[place.site] for place, _ in places if start.ends_it(place)]):
            place, early, point = names[0]
            # The chain is that of the start that fails: another one, and a shorter chain, may do no harm.
            entry = named(point) if point is not None else None
            violation = start.violation(place, _message(names), _level(point))
            yield replace(violation, chain=early.chain, entry=entry)


def _by_import(context: CheckContext, taken: list[_Taken]) -> Iterable[list[_Taken]]:
    """The names that one module takes from another at one time, in the order in which they stand there."""
    groups: dict[object, list[_Taken]] = {}
    for each in sorted(taken, key=lambda each: context.library.order(each.early.site.module, each.early.site.at)):
        groups.setdefault((each.place.node, each.early.module, each.early.by_import, each.early.chain), []).append(each)
    return groups.values()


def _level(point: EntryPoint | None) -> Level:
    """Of what no process may ever begin with, a plug-in or an inner module that stands in, it is a warning."""
    stands_in = point is None or point.is_loaded or (point.kind == "module" and "." in point.module)
    return "warning" if stands_in else "error"


def _starts(context: CheckContext) -> dict[tuple[str, bool], EntryPoint | None]:
    """The modules by which processes begin, whether each runs as `__main__`, and the entry point that it is of."""
    starts: dict[tuple[str, bool], EntryPoint | None] = {}
    for point in sorted(context.entry_points, key=lambda point: point.is_loaded):
        if point.kind in _FIRST_IMPORTED:
            starts.setdefault((point.module, point.as_main), point)
    if context.all_phases:
        for module in sorted(context.library.loaded):
            starts.setdefault((module, False), None)
    return starts


def _message(taken: list[_Taken]) -> str:
    early = taken[0].early
    done = "imported from" if early.by_import else "read from"
    *others, last = dict.fromkeys(f"`{each.early.name}`" for each in taken)
    what = f"{', '.join(others)} and {last} are" if others else f"{last} is"
    return f"{what} {done} `{early.module}` while that is half initialised"
