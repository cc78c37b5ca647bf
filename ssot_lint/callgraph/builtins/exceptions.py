"""What exceptions hold: the arguments that they were made with."""

from __future__ import annotations

import builtins

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.fields import write_field
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Instance, Value, Values, is_telling, ordered


def _keep_arguments(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`Exception.__init__`: `args` are what it is given, which is worth a note if any of it is more than data."""
    given = arguments.positional
    receivers = [receiver]
    if receiver is None:
        receivers, given = [*ordered(arguments.at(0) or NOTHING)], given[1:]
    if any(map(is_telling, given)):
        held = containers.packed_tuple(frame, given, arguments.rest)
        for each in receivers:
            if isinstance(each, Instance):
                write_field(frame, each, "args", held, strong=len(receivers) == 1)
    return None


_EXCEPTIONS = [
    name for name, value in vars(builtins).items() if isinstance(value, type) and issubclass(value, BaseException)
]
HANDLERS: dict[str, Handler] = {f"<builtin>.{name}.__init__": _keep_arguments for name in _EXCEPTIONS}
