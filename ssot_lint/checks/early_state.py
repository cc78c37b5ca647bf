"""What the start reads from the state of an application before anything sets it."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.coming_first import Order, Write, last_site
from ssot_lint.checks.contracts import NO_CONTEXT_PHASES
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.unset import Setters
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import Attribute, Call, Const
from ssot_lint.facts.nested import nested, walk

_STATE = "state"
_SETTING = frozenset(("setattr", "__setattr__"))


def early(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each read of an attribute that all that sets it comes after."""
    if _STATE in start.bindings.writes.by_variable:
        return
    order, unrun = Order(start), Setters(start)
    known: dict[str, list[Write] | None] = {}
    for node in start.graph.nodes.values():
        scope = node.activation.code.scope
        if not scope.mentions(_STATE):
            continue
        if not any(reach is not None and reach.phase in NO_CONTEXT_PHASES for reach in node.reach):
            continue
        body = scope.body
        written = {id(target) for statement in nested(body) for target in targets(statement)}
        for read in walk(body):
            if not isinstance(read, Attribute) or id(read) in written or not _is_of_state(read):
                continue
            if read.name not in known:
                known[read.name] = _writes(start, read.name)
            found = known[read.name]
            place = Reached(node, read.at, 0)
            if not found or not start.counts(place):
                continue
            if order.comes_first(place, found):
                yield place, f"`{read.name}` is read from the application's state before the start sets it"
            elif not order.is_run(found) and (setters := unrun.of(read.name, frozenset())):
                who = " and ".join(sorted({f"`{each}()`" for each in setters}))
                yield place, f"`{read.name}` is not in the application's state: only {who} sets it, which has not run"


def _is_of_state(expression: Attribute) -> bool:
    """`app.state.name`: what `state` is an attribute of has that name, or is the application."""
    return (
        isinstance(expression.value, Attribute)
        and expression.value.name == _STATE
        and (last_name(expression.value.value) in ("app", "application", "api"))
    )


def _writes(start: Start, name: str) -> list[Write] | None:
    """Where loaded code sets it on a state; None where it may do so in a way that is not told."""
    found = []
    if start.bindings.writes.foreign.computes(name):
        return None
    for module, index, scope in start.bindings.scopes_with(name):
        body = scope.read()
        if any(isinstance(node, Call) and _sets(node, name) for node in walk(body)):
            return None
        for statement in nested(body):
            if any(
                isinstance(each, Attribute) and each.name == name and _may_be_of_state(each)
                for each in targets(statement)
            ):
                found.append(Write(module, index, last_site(statement)))
    return found


def _may_be_of_state(target: Attribute) -> bool:
    """Whether an attribute is set on what is called a state, or may hold one."""
    return last_name(target.value) not in ("self", "cls")


def _sets(call: Call, name: str) -> bool:
    """`setattr(x, "name", …)`, or a dict that is given to a state: `state.update({"name": …})`."""
    is_told = any(isinstance(each, Const) and each.value == name for each in call.arguments)
    return is_told and last_name(call.function) in _SETTING
