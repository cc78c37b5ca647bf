"""SSOT114."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.import_order import Early, ImportOrder
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.findings import Level, Violation
from ssot_lint.project.model import EntryKind

# Django and Celery import the modules that they find after others, in an order of their own.
_FIRST_IMPORTED: frozenset[EntryKind] = frozenset(("asgi", "wsgi", "cli", "script", "main", "module", "configured"))


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

    `--all-phases` lets a start by each module count, whether an entry point is there or not.
    """

    code = "SSOT114"
    name = "import-cycle"
    level: Level = "error"

    def check(self, context: CheckContext) -> Iterator[Violation]:
        """A violation for each place that takes a name too early."""
        start = Start(context, self.code, ImportError)
        bodies = {node.module: node for node in start.bodies()}
        order = ImportOrder(context)
        found: list[tuple[Reached, str]] = []
        for module, as_main in _starts(context):
            for early in order.early(module, as_main=as_main):
                node = bodies.get(early.site.module)
                if node is not None:
                    found.append((Reached(node, early.site.at, 0), _message(early)))
        for place, message in start.earliest(found):
            if start.ends_it(place):
                yield start.violation(place, message)


def _starts(context: CheckContext) -> Iterator[tuple[str, bool]]:
    """The modules by which processes begin, and whether each runs as `__main__`."""
    chosen = (point for point in context.entry_points if point.kind in _FIRST_IMPORTED)
    yield from dict.fromkeys((point.module, point.as_main) for point in chosen)
    if context.all_phases:
        yield from ((module, False) for module in sorted(context.library.loaded))


def _message(early: Early) -> str:
    done = "imported from" if early.by_import else "read from"
    return f"`{early.name}` is {done} `{early.module}` while that is half initialised"
