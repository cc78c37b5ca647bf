"""How the value that stands at a place is used there at once, where no coroutine can be."""

from __future__ import annotations

from ssot_lint.checks.entering import entering
from ssot_lint.checks.surroundings import Step
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import (
    Assign,
    Attribute,
    Call,
    Clause,
    Compare,
    Display,
    For,
    Index,
    Name,
    Operation,
    With,
)
from ssot_lint.facts.nested import walk

ASKING = frozenset(("isawaitable", "iscoroutine", "iscoroutinefunction"))
_OF_COROUTINES = frozenset(("send", "throw", "close"))
_DEPENDING = frozenset(("Depends", "Security"))
_ORDERING = ("<", "<=", ">", ">=")


def may_ask(body: object, name: str) -> bool:
    """Whether code may ask if what a name holds is to be awaited; what it asks of another name is no matter."""
    called = {id(node.function) for node in walk(body) if isinstance(node, Call) and _asks_of_another(node, name)}
    named = (node for node in walk(body) if isinstance(node, (Name, Attribute)) and last_name(node) in ASKING)
    return any(id(node) not in called for node in named)


def _asks_of_another(call: Call, name: str) -> bool:
    return len(call.arguments) == 1 and isinstance(call.arguments[0], Name) and call.arguments[0].id != name


def use_of(step: Step) -> str:
    """How the value that stands in a step is used at once, where no coroutine can be."""
    node, field = step.node, step.field
    if isinstance(node, Attribute):
        is_there = node.name in _OF_COROUTINES or node.name.startswith(("cr_", "__"))
        return "" if is_there else f"`.{node.name}` is read"
    if isinstance(node, Index) and field == "value":
        return "it is subscripted"
    if isinstance(node, Operation) or (isinstance(node, Compare) and any(each in _ORDERING for each, _ in node.rest)):
        return "it is calculated or compared with"
    if isinstance(node, (For, Clause)) and field == "iterable":
        return "it is iterated over"
    if is_entered(step) is not None:
        return "it is entered"
    if is_dependency(step):
        return "it is given as a dependency, which has to be called"
    if isinstance(node, Assign) and any(isinstance(target, Display) for target in node.targets):
        return "it is unpacked"
    return ""


def is_entered(step: Step) -> bool | None:
    """Whether what stands in a step is entered by `async with`, be it by an `ExitStack`; None where it is not."""
    if isinstance(step.node, With):
        return step.node.is_async if step.field == "items" else None
    return entering(step.node) if isinstance(step.node, Call) and step.field == "arguments" else None


def is_dependency(step: Step) -> bool:
    """Whether what stands in a step is given to FastAPI as something to call: `Depends(get_user())`."""
    if not isinstance(step.node, Call) or step.field != "arguments":
        return False
    return last_name(step.node.function) in _DEPENDING
