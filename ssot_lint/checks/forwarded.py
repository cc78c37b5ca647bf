"""Calls that a wrapper passes on as they come: `return function(*args, **kwargs)` in what a decorator makes.

The call that does not fit is the wrapper's own, but what is wrong is what the wrapper was called with.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Container, Instance
from ssot_lint.checks.doubts import is_doubtful
from ssot_lint.checks.known import is_made_by_init
from ssot_lint.checks.loops import BRANCHING
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import rebound
from ssot_lint.checks.surroundings import Step, Surroundings
from ssot_lint.checks.writes import targets
from ssot_lint.facts.model import (
    Attribute,
    BoolOp,
    Call,
    Conditional,
    Delete,
    Expression,
    Format,
    If,
    Index,
    Name,
    Not,
    Star,
    Statement,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

# Parts of the syntax that leave what they look at as it is.
_HARMLESS: dict[type, tuple[str, ...]] = {
    Star: ("value",),
    Format: ("parts",),
    If: ("test",),
    Conditional: ("test",),
    BoolOp: ("values",),
    Not: ("value",),
}
_READING = ("get", "items", "keys", "values", "copy")
_LOOKING = frozenset(
    f"<builtin>.{name}"
    for name in ("print", "len", "str", "repr", "dict", "list", "tuple", "set", "frozenset", "sorted", "any", "all",
                 "zip", "enumerate", "iter", "bool", "id", "type", "isinstance", "hash", "format", "min", "max", "sum")
)  # fmt: skip


def misfits(start: Start) -> Iterator[tuple[Reached, CallRecord]]:
    """The calls of wrappers whose arguments don't fit what is wrapped, with the call that does not fit."""
    for node in start.graph.nodes.values():
        if not node.activation.is_exact or not _forwarding(node.activation):
            continue
        for call in node.calls:
            if call.problem and _is_alone(node, call) and _passes_on(start, node, call) and is_settled(call):
                yield from ((place, call) for place in _origins(start, node, frozenset()))


def _origins(start: Start, node: Node, seen: frozenset[Node]) -> Iterator[Reached]:
    """Who calls a wrapper with arguments of its own, also by way of further wrappers."""
    for caller, call in start.callers_of(node):
        written = start.context.surroundings.node(Site(caller.module, call.at))
        if call.kind != "call" or not isinstance(written, Call) or not _is_alone(caller, call) or caller in seen:
            continue
        if not is_spread(written):
            yield Reached(caller, call.at, call.half, call.certainty)
        elif caller.activation.is_exact and _passes_on(start, caller, call):
            yield from _origins(start, caller, seen | {node})


def is_spread(call: Call) -> bool:
    """Whether a call gives `*x` or `**x`."""
    return any(isinstance(each, Star) for each in call.arguments) or any(name is None for name, _ in call.keywords)


def _forwarding(activation: Activation) -> dict[str, str]:
    """The parameters of a function that take what is left, by name."""
    parameters = activation.code.scope.parameters
    return {each.name: each.kind for each in parameters if each.kind in ("var-positional", "var-keyword")}


def _is_alone(node: Node, call: CallRecord) -> bool:
    """Whether nothing else is called there."""
    here = (each for each in node.calls if (each.at, each.half) == (call.at, call.half))
    return call.certainty == "certain" and all(each is call for each in here)


def _passes_on(start: Start, node: Node, call: CallRecord) -> bool:
    """Whether a call surely runs in a wrapper, and gives all that the wrapper was given beside what it names."""
    activation = node.activation
    written = start.context.surroundings.node(Site(node.module, call.at))
    if not isinstance(written, Call) or call.kind != "call" or call.at in activation.opaque or activation.unsettled:
        return False
    site = Site(node.module, call.at)
    surroundings = start.context.surroundings
    if (
        start.is_guarded(node, call.at)
        or is_doubtful(surroundings, node, call.at)
        or _asks_arguments(surroundings, node, site)
    ):
        return False
    spread = [each.value for each in written.arguments if isinstance(each, Star)]
    spread += [value for name, value in written.keywords if name is None]
    changed = rebound(activation.code) | _handed_on(activation)
    own = _forwarding(activation)
    return bool(spread) and all(_is_all_of(activation, each, own, changed) for each in spread)


def _asks_arguments(surroundings: Surroundings, node: Node, site: Site) -> bool:
    """Whether a test around a place looks at what the wrapper was given."""
    own = set(node.activation.code.parameters[1:]) | _forwarding(node.activation).keys()
    tests = (_test(step) for step in surroundings.of(site) if isinstance(step.node, BRANCHING))
    return any(isinstance(each, Name) and each.id in own for each in walk([*tests]))


def _test(step: Step) -> object:
    return getattr(step.node, "test", None) or getattr(step.node, "subject", None) or getattr(step.node, "values", None)


def _handed_on(activation: Activation) -> set[str]:
    """The names that a function uses for anything but to pass on what they hold, to look into it, or to print it.

    What functions of the project do with it is known, and nothing changes a tuple, such as `*args`.
    """
    body = activation.code.scope.body
    stored = {id(each) for statement in nested(body) for each in _stored(statement)}
    used: set[str] = set()
    for node in walk(body):
        if isinstance(node, Attribute) and node.name in _READING:
            continue
        if isinstance(node, Index) and id(node) not in stored:
            continue
        parts = [getattr(node, field) for field in node.__struct_fields__ if field not in _HARMLESS.get(type(node), ())]
        if isinstance(node, Call):
            given = [*node.arguments, *(value for name, value in node.keywords if name is not None)]
            parts = [node.function, [] if _is_followed(activation, node) else given]
        for part in parts:
            used.update(
                each.id for each in (part if isinstance(part, (list, tuple)) else [part]) if isinstance(each, Name)
            )
    tuples = {name for name, kind in _forwarding(activation).items() if kind == "var-positional"}
    return (used - tuples) | set(activation.code.captured)


def _stored(statement: Statement) -> list[Expression]:
    """What a statement sets or deletes."""
    return statement.targets if isinstance(statement, Delete) else targets(statement)


def _is_followed(activation: Activation, call: Call) -> bool:
    """Whether it is known what a call does with what it is given: it goes to the project, or to what only reads it."""
    if call.at in activation.opaque:
        return False
    called = [each for each in activation.calls if each.at == call.at and each.kind == "call"]
    return all(each.callee is not None or each.target in _LOOKING for each in called)


def _is_all_of(activation: Activation, expression: Expression, own: dict[str, str], changed: set[str]) -> bool:
    """Whether it is a `*args` or `**kwargs` of the wrapper, of which all is known."""
    if not isinstance(expression, Name) or expression.id not in own or expression.id in changed:
        return False
    packed = activation.binding.get(expression.id, frozenset())
    return len(packed) == 1 and all(
        isinstance(each, Container) and isinstance(each.key, tuple) and each.key[-1] is None for each in packed
    )


def is_settled(call: CallRecord) -> bool:
    """Whether the definition that is called says all of what it takes."""
    function = call.callee.function if call.callee is not None else None
    if function is None:
        return False
    receivers = [value for value in next(iter((call.binding or {}).values()), ()) if isinstance(value, Instance)]
    if any(each.open for each in receivers):
        return False
    return function.code.scope.name != "__init__" or all(is_made_by_init(each.info) for each in receivers)
