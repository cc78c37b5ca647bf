"""Context managers that an `ExitStack` enters for its caller: `stack.enter_context(manager)`."""

from __future__ import annotations

from ssot_lint.facts.model import Attribute, Call, Star

_STACKS = {"enter_context": False, "enter_async_context": True}


def entering(call: Call) -> bool | None:
    """Whether a call has a stack enter its argument by `async with`; None for any other call."""
    if not isinstance(call.function, Attribute) or len(call.arguments) != 1 or isinstance(call.arguments[0], Star):
        return None
    return _STACKS.get(call.function.name)
