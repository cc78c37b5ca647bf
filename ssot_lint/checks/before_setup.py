"""Models that a server imports before Django knows the applications that they are of (`AppRegistryNotReady`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.coming_first import Order
from ssot_lint.checks.order import Step, starts, walk
from ssot_lint.checks.reached import Start
from ssot_lint.facts.model import DefineClass
from ssot_lint.findings import Site

SETS_UP = frozenset(("django.setup", "django.core.asgi.get_asgi_application", "django.core.wsgi.get_wsgi_application"))
_MODEL = "django.db.models.Model"


class Early(NamedTuple):
    """A model that comes into being before the call that sets Django up: where it is imported, and what it is."""

    step: Step
    model: str
    setup: str

    @property
    def place(self) -> Site:
        """The import that has to come later: the first on the way to the model."""
        place = self.step.chain[0].place if self.step.chain else self.step.site
        return place if isinstance(place, Site) else self.step.site

    @property
    def imported(self) -> tuple[str, str]:
        """Who makes that import, and the module that it imports."""
        first = self.step.chain[0] if self.step.chain else None
        return (first.caller, first.callee) if first is not None else (self.step.node.symbol, self.step.call.target)


def early_models(start: Start) -> Iterator[Early]:
    """The first such model of each server module that makes Django's application, if it has any.

    A module that other code of the project imports is left alone: that may have set Django up.
    """
    for points in starts(start.graph):
        entry, node = points[-1]
        if entry.kind in ("asgi", "wsgi") and entry.phase == "import" and not start.callers_of(node):
            yield from _of_server(start, walk(start.graph, points))


def _of_server(start: Start, steps: Iterator[Step]) -> Iterator[Early]:
    order = Order(start)
    sure: set[Site] = set()
    found: list[tuple[Step, str]] = []
    for step in steps:
        above = {hop.place for hop in step.chain}
        if step.phase == "import" and step.call.target in SETS_UP:
            # A module that sets Django up itself does so before its own models.
            early = next((each for each in found if each[0].site not in above), None)
            if early is not None:
                yield Early(*early, step.call.target)
            return
        if step.call.kind == "import" and sure >= above and _is_sure(start, order, step.node, step.call.at):
            sure.add(step.site)
            node = start.graph.nodes.get(step.call.callee) if step.call.callee is not None else None
            found += [(step, model) for model in (_models(start, order, node) if node is not None else ())]


def _models(start: Start, order: Order, node: Node) -> Iterator[str]:
    """The models that the body of a module surely defines."""
    for made in sorted(node.activation.made, key=lambda made: made.at):
        statement = start.context.surroundings.node(Site(node.module, made.at))
        is_model = isinstance(statement, DefineClass) and _MODEL in made.info.outside
        if is_model and _is_sure(start, order, node, made.at):
            yield made.info.symbol


def _is_sure(start: Start, order: Order, node: Node, at: int) -> bool:
    return order.is_sure(node, at) and not start.is_guarded(node, at)
