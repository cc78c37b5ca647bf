"""What a start asks of an instance before it has run the method that makes it ready.

So it reads `manager.engine` before `await manager.initialize()`, where the property raises as long as `self._engine` is
None, or calls a method that uses `self._engine`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks.callee import is_sure_getter, is_sure_of
from ssot_lint.checks.coming_first import Order
from ssot_lint.checks.emptied import Emptied
from ssot_lint.checks.emptied import Setters as EmptySetters
from ssot_lint.checks.raising import ends_in_raise
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.unset import Setters, related
from ssot_lint.facts.model import (
    Attribute,
    Await,
    Compare,
    Const,
    Evaluate,
    Expression,
    If,
    Name,
    Not,
    Statement,
)

_PROPERTIES = (["property"], ["cached_property"])
_WAYS = ("call", "property")


def early(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """Each such call or read of a property that raises, what is called, and why."""
    asked, emptied = _Asked(start), Emptied(start)
    order, unrun = Order(start), Setters(start)
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.kind not in _WAYS or call.certainty != "certain" or call.callee is None or not call.callee.raises:
                continue
            function = call.callee.function
            if function is None or function.owner is None:
                continue
            place = Reached(node, call.at, call.half)
            name = asked.name(function.code)
            found = emptied.setters(function.owner, name) if name and start.counts(place) else None
            if found is None or not _is_run(start, place, function.code) or not _is_meant(start, place, call):
                continue
            owner = f"`{name}` of `{function.owner.code.scope.name}`"
            if order.comes_first(place, found.writes):
                yield place, call.target, f"{owner} is not set until {found.who} has run, which comes later"
            elif order.is_sure(node, call.at) and _never_runs(order, unrun, found, call, name, function.owner):
                yield place, call.target, f"{owner} is not set: only {found.who} sets it, which has not run"


def _never_runs(
    order: Order, unrun: Setters, found: EmptySetters, call: CallRecord, name: str, owner: ClassInfo
) -> bool:
    """Whether nothing runs what sets the attribute, or only on instances that are made elsewhere."""
    if not order.is_run(found.writes):
        return bool(unrun.of(name, related(owner)))
    receivers = next(iter((call.binding or {}).values()), frozenset())
    (receiver,) = receivers if len(receivers) == 1 else (None,)
    return isinstance(receiver, Instance) and bool(unrun.of(name, related(owner), receiver))


def _is_run(start: Start, place: Reached, code: Code) -> bool:
    step = next(start.context.surroundings.of(place.site), None)
    return not code.scope.is_async or (step is not None and isinstance(step.node, Await))


def _is_meant(start: Start, place: Reached, call: CallRecord) -> bool:
    """Whether nothing but the method or property that was found is meant there."""
    return is_sure_of(start, place, call) if call.kind == "call" else is_sure_getter(start, place, call)


class _Asked:
    """What methods ask for before all else, looked up once."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._names: dict[Code, str] = {}

    def name(self, code: Code) -> str:
        """The attribute of `self` without which a method raises first thing; empty for none."""
        if code not in self._names:
            self._names[code] = self._guarded(code)
        return self._names[code]

    def _guarded(self, code: Code) -> str:
        if code.parameters[:1] != ("self",) or code.scope.is_generator:
            return ""
        first = next((each for each in code.scope.body if not _says_only(each)), None)
        name = _asked_for(first.test) if isinstance(first, If) and ends_in_raise(first.body) else ""
        if not name:
            return ""
        definition = self._start.context.surroundings.definition(code.module.name, code.index)
        decorators = [written(each).rpartition(".")[2] for each, _ in definition.decorators] if definition else [""]
        return name if not decorators or decorators in _PROPERTIES else ""


def _says_only(statement: Statement) -> bool:
    return isinstance(statement, Evaluate) and isinstance(statement.value, Const)


def _asked_for(test: Expression) -> str:
    """The attribute of `self` that a test asks for alone, whether it is None or empty."""
    if isinstance(test, Not):
        return _own_attribute(test.value)
    if isinstance(test, Compare) and len(test.rest) == 1:
        ((operator, other),) = test.rest
        asks_none = operator == "is" and isinstance(other, Const) and other.value is None
        return _own_attribute(test.first) if asks_none else ""
    return ""


def _own_attribute(expression: Expression) -> str:
    is_own = isinstance(expression, Attribute) and isinstance(expression.value, Name) and expression.value.id == "self"
    return expression.name if is_own and isinstance(expression, Attribute) else ""
