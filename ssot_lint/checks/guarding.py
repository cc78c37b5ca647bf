"""The names of what stands guard over a call, or over a whole function."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import CallGraph, Node
from ssot_lint.checks.surroundings import Step, Surroundings, written
from ssot_lint.facts.model import Call, Const, Expression, For, Jump, Return, Statement, Try, While, With
from ssot_lint.facts.nested import nested
from ssot_lint.findings import Site

RETRY_LOOP = "retry-loop"
_ENTERED = (".__enter__", ".__aenter__", ".__init__")


class Guards:
    """Looks up the guards in a graph, by the names that they resolve to and as they are written."""

    def __init__(self, graph: CallGraph, surroundings: Surroundings) -> None:
        self._surroundings = surroundings
        self._called: defaultdict[Site, dict[str, None]] = defaultdict(dict)
        for site in graph.call_sites():
            target = site.call.target
            for suffix in _ENTERED:
                target = target.removesuffix(suffix)
            self._called[site.site][target] = None

    def of_call(self, call: CallRecord) -> Iterator[str]:
        """The contexts, the calls and the loops around a call, and what calls back."""
        if call.via:
            yield call.via.partition(" ")[0]
        site = Site(call.module, call.at)
        tried = False
        for step in self._surroundings.of(site):
            yield from self._of_step(step, site.module)
            node = step.node
            if isinstance(node, Try) and step.field == "body" and node.handlers:
                tried = tried or _leaves([*node.body, *node.orelse]) or _is_in_waiting_loop(step)
            elif tried and isinstance(node, (For, While)) and step.field == "body":
                yield RETRY_LOOP

    def of_function(self, node: Node) -> Iterator[str]:
        """A function itself, and its decorators."""
        yield node.symbol
        definition = self._surroundings.definition(node.module, node.activation.code.index)
        for decorator, at in definition.decorators if definition is not None else ():
            yield from self._names(decorator, Site(node.module, at))

    def _of_step(self, step: Step, module: str) -> Iterator[str]:
        node = step.node
        if isinstance(node, With) and step.field == "body":
            for item, _, at in node.items:
                yield from self._names(item, Site(module, at))
        elif isinstance(node, Call) and step.field in ("arguments", "keywords"):
            yield from self._names(node, Site(module, node.at))
        elif isinstance(node, For) and step.field == "body":
            yield from self._names(node.iterable, Site(module, node.at))

    def _names(self, expression: Expression, site: Site) -> Iterator[str]:
        yield from self._called[site]
        if isinstance(expression, Call):
            yield from self._called[Site(site.module, expression.at)]
        name = written(expression)
        if name:
            yield name


def _leaves(body: Iterable[Statement]) -> bool:
    """Whether success ends the loop around it."""
    return any(isinstance(each, Return) or (isinstance(each, Jump) and each.type == "break") for each in nested(body))


def _is_in_waiting_loop(step: Step) -> bool:
    """Whether the nearest loop around goes on until a condition holds: `while not sent:`."""
    outer = step.outer
    while outer is not None and not isinstance(outer.node, (For, While)):
        outer = outer.outer
    return outer is not None and isinstance(outer.node, While) and not isinstance(outer.node.test, Const)
