"""Where a constant argument comes from.

What an attribute, an entry of a container, or a call gives is often more than the analysis sees: a subclass, a setter,
another process fills it. What is written out, or left to a default, is not, nor is what an instance of a known class
got when it was made. Neither is a call that goes to one of several functions telling, for few of them get every
argument, unless a loop has all of them called.
"""

from __future__ import annotations

from typing import NamedTuple

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import CallSite, Node
from ssot_lint.callgraph.values import Container, Instance
from ssot_lint.checks.bindings import Bindings
from ssot_lint.checks.emptied import is_set_at_first_only
from ssot_lint.checks.reached import Reached
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.checks.surroundings import written as dotted
from ssot_lint.checks.turns import calls_in_turn
from ssot_lint.facts.model import (
    Assign,
    Attribute,
    BoolOp,
    Call,
    Conditional,
    Const,
    Display,
    Expression,
    For,
    Name,
    Star,
    Walrus,
)
from ssot_lint.facts.nested import nested
from ssot_lint.findings import Site

_MOST_STEPS = 20


class _Code(NamedTuple):
    """What is known of the code: where what stands, and, if attributes of `self` are looked into, who writes them."""

    surroundings: Surroundings
    bindings: Bindings | None = None


def is_written_out(site: CallSite, parameter: str, surroundings: Surroundings, bindings: Bindings) -> bool:
    """Whether an argument is a constant in the code: at the call, in a variable, or in a call further up the chain.

    So is what an instance of a known class has got when it was made, and nobody sets after that.
    """
    return _is_written(site.node, site.call, parameter, _Code(surroundings, bindings), _MOST_STEPS)


def is_meant_to_fail(site: CallSite, parameter: str, surroundings: Surroundings) -> bool:
    """Whether the call says `False` where it stands, as `check.invariant(False, "can't be")` does."""
    written = surroundings.node(Site(site.call.module, site.call.at))
    argument = _argument(written, site.call, parameter) if isinstance(written, Call) else None
    return isinstance(argument, Const) and argument.value is False


def _is_written(node: Node, call: CallRecord, parameter: str, code: _Code, steps: int) -> bool:
    site = Site(call.module, call.at)
    if call.certainty != "certain" and not calls_in_turn(code.surroundings, node, call.half, site):
        return False
    if parameter not in call.given:
        return True
    written = code.surroundings.node(site)
    if not isinstance(written, Call):
        return False
    expression = _argument(written, call, parameter) or _of_partial(node, written, parameter)
    return expression is not None and _is_constant(node, call.half, expression, code, steps)


def _argument(written: Call, call: CallRecord, parameter: str) -> Expression | None:
    """The expression that is passed for a parameter; None where `*` or `**` may pass it."""
    for name, value in written.keywords:
        if name == parameter:
            return value
    if call.callee is None or any(isinstance(each, Star) for each in written.arguments):
        return None
    names = [each.name for each in call.callee.code.scope.parameters if each.kind.startswith("positional")]
    receiver = 1 if call.callee.function is not None and call.callee.function.owner is not None else 0
    position = names.index(parameter) - receiver if parameter in names else -1
    return written.arguments[position] if 0 <= position < len(written.arguments) else None


def is_written_in(place: Reached, expression: Expression, text: str, surroundings: Surroundings) -> bool:
    """Whether an expression is surely that text there: written out, or an element of what a loop around goes over."""
    if isinstance(expression, Const):
        return True
    code = place.node.activation.code
    for step in surroundings.of(place.site):
        if isinstance(step.node, For) and step.field == "body" and dotted(step.node.target) == dotted(expression) != "":
            listed = step.node.iterable
            if isinstance(listed, Name):
                body = code.scope.body if listed.id in code.bound else code.module.facts.scopes[0].body
                given = [
                    each.value
                    for each in nested(body)
                    if isinstance(each, Assign) and listed.id in map(dotted, each.targets)
                ]
                listed = given[0] if len(given) == 1 else listed
            return isinstance(listed, Display) and any(
                isinstance(each, Const) and each.value == text for each in listed.items
            )
    return _is_constant(place.node, place.half, expression, _Code(surroundings), _MOST_STEPS)


def _of_partial(node: Node, written: Call, parameter: str) -> Expression | None:
    """The expression that `partial(function, parameter=…)` holds, where the call names what that was assigned to."""
    code = node.activation.code
    if not isinstance(written.function, Name) or written.function.id in code.parameters:
        return None
    name = written.function.id
    body = code.scope.body if name in code.bound else code.module.facts.scopes[0].body
    assigned = [each.value for each in nested(body) if isinstance(each, Assign) and name in map(dotted, each.targets)]
    if len(assigned) != 1 or not isinstance(assigned[0], Call) or dotted(assigned[0]).rpartition(".")[2] != "partial":
        return None
    return next((value for keyword, value in assigned[0].keywords if keyword == parameter), None)


def _is_constant(node: Node, half: int, expression: Expression, code: _Code, steps: int) -> bool:
    if steps == 0:
        return False
    if isinstance(expression, Const):
        return True
    if isinstance(expression, Walrus):
        return _is_constant(node, half, expression.value, code, steps - 1)
    if isinstance(expression, (BoolOp, Conditional)):
        parts = expression.values if isinstance(expression, BoolOp) else [expression.body, expression.orelse]
        return all(_is_constant(node, half, part, code, steps - 1) for part in parts)
    if isinstance(expression, Attribute):
        return code.bindings is not None and _is_kept(code.bindings, node, expression)
    if isinstance(expression, Call):
        return _is_from_packed(node, expression)
    if not isinstance(expression, Name):
        return False
    assigned = [
        statement.value
        for statement in nested(node.activation.code.scope.body)
        if isinstance(statement, Assign)
        and any(isinstance(target, Name) and target.id == expression.id for target in statement.targets)
    ]
    if not all(_is_constant(node, half, value, code, steps - 1) for value in assigned):
        return False
    if expression.id not in node.activation.code.parameters:
        return bool(assigned)
    reach = node.reach[half]
    if reach is None or reach.parent is None or reach.call is None:
        return False
    return _is_written(reach.parent[0], reach.call, expression.id, code, steps - 1)


def _is_kept(bindings: Bindings, node: Node, read: Attribute) -> bool:
    """Whether an attribute of `self` is what the one instance that is meant has got when it was made."""
    function = node.activation.function
    is_own = isinstance(read.value, Name) and node.activation.code.parameters[:1] == (read.value.id,) == ("self",)
    receivers = node.activation.binding.get("self", frozenset()) if is_own and function is not None else ()
    return len(receivers) == 1 and all(
        isinstance(each, Instance)
        and not each.open
        and each.key is not None
        and is_set_at_first_only(bindings, each.info, read.name)
        for each in receivers
    )


def _is_from_packed(node: Node, call: Call) -> bool:
    """Whether it asks the function's own `**kwargs`, of which all is known, for a name: `kwargs.get("context")`."""
    function = call.function
    if (
        not isinstance(function, Attribute)
        or function.name not in ("get", "pop")
        or not isinstance(function.value, Name)
    ):
        return False
    own = [each.name for each in node.activation.code.scope.parameters if each.kind == "var-keyword"]
    packed = node.activation.binding.get(function.value.id, frozenset()) if function.value.id in own else ()
    is_told = len(packed) == 1 and all(
        isinstance(each, Container) and isinstance(each.key, tuple) and each.key[-1] is None for each in packed
    )
    default = call.arguments[1:]
    return is_told and all(isinstance(each, Const) for each in [*call.arguments[:1], *default])
