"""What a start asks registries for that nothing registers, and what it registers twice where they refuse that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.equality import member_name
from ssot_lint.callgraph.values import Instance, Value
from ssot_lint.checks.callee import is_sure_of
from ssot_lint.checks.loops import BRANCHING
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.registries import Registries
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Call, Compare, Const, Expression
from ssot_lint.facts.nested import walk

_MOST_SHOWN = 6
_ASKING = re.compile(r"(has|have|is|contains|exists|supports|knows?)(_|$)|__contains__$")


def refused(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """Each call that asks for what nothing registers, or registers it again, what is called, and why it raises."""
    registries = Registries(start)
    yield from _unregistered(start, registries)
    yield from _repeated(start, registries)


def _unregistered(start: Start, registries: Registries) -> Iterator[tuple[Reached, str, str]]:
    for node in start.graph.nodes.values():
        for call in node.calls:
            place = Reached(node, call.at, call.half, call.certainty)
            getter = registries.getter(call.callee.code) if _is_plain_call(call) and call.callee else None
            if getter is None or not start.counts(place) or getter.options & call.given:
                continue
            key = registries.key(call, getter.parameter)
            known = registries.keys(getter.dict) if key is not None else None
            if key is None or not known or key in known or _is_asked_for(start, place, key):
                continue
            if not is_sure_of(start, place, call):
                continue
            there = sorted(f"`{_shown(each)}`" for each in known)
            shown = ", ".join([*there[:_MOST_SHOWN], *(["…"] if len(there) > _MOST_SHOWN else [])])
            yield place, call.target, f"nothing is registered as `{_shown(key)}`, only {shown}"


def _repeated(start: Start, registries: Registries) -> Iterator[tuple[Reached, str, str]]:
    for node in start.graph.nodes.values():
        first: dict[object, int] = {}
        sure: set[int] | None = None
        for call in sorted(node.calls, key=lambda each: each.at):
            refusing = registries.refusing(call.callee.code) if _is_plain_call(call) and call.callee else None
            place = Reached(node, call.at, call.half, call.certainty)
            if refusing is None or call.binding is None or not start.counts(place) or refusing.options & call.given:
                continue
            key, receiver = registries.key(call, refusing.parameter), next(iter(call.binding.values()), frozenset())
            if sure is None:
                known = surely_run(node.activation.code.scope.body, node.activation.raises)
                sure = {each for each in known if isinstance(each, int)}
            if key is None or call.at not in sure or _looks_shared(call, receiver):
                continue
            again = (call.target, receiver, key)
            if again in first and first[again] != call.at and is_sure_of(start, place, call):
                yield place, call.target, f"`{_shown(key)}` is registered already, a few lines before"
            first.setdefault(again, call.at)


def _is_asked_for(start: Start, place: Reached, key: object) -> bool:
    """Whether a test stands around a place, or loaded code asks whether something is registered as that."""
    if any(isinstance(step.node, BRANCHING) for step in start.context.surroundings.of(place.site)):
        return True
    return isinstance(key, str) and any(
        _asks_for(node, key) for _, _, scope in start.bindings.scopes_with(key) for node in walk(scope.read())
    )


def _asks_for(node: object, key: str) -> bool:
    """`"name" in known`, `has("name")`."""
    if isinstance(node, Compare):
        return any(operator in ("in", "not in") for operator, _ in node.rest) and _is_text(node.first, key)
    if not isinstance(node, Call) or _ASKING.match(last_name(node.function)) is None:
        return False
    return any(_is_text(each, key) for each in node.arguments)


def _is_text(expression: Expression, key: str) -> bool:
    return isinstance(expression, Const) and expression.value == key


def _is_plain_call(call: CallRecord) -> bool:
    return call.kind == "call" and call.certainty == "certain" and call.callee is not None


def _looks_shared(call: CallRecord, receiver: frozenset[Value]) -> bool:
    """Whether a method may be called on one of several instances."""
    is_method = call.callee is not None and call.callee.function is not None and call.callee.function.owner is not None
    return is_method and not (len(receiver) == 1 and all(isinstance(e, Instance) and e.key for e in receiver))


def _shown(key: object) -> str:
    if isinstance(key, Instance):
        return f"{key.info.code.scope.name}.{member_name(key)}"
    return str(key)
