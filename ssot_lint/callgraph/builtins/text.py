"""Methods of text, as far as a part of the result is known."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import text_like
from ssot_lint.callgraph.showing import FORMAT, show
from ssot_lint.callgraph.values import Constant, Pattern, Value, Values


def _formatted(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`"on_{}".format(x)`: what stands before the first and behind the last field is known."""
    for values in (*arguments.positional, *arguments.keywords.values()):
        show(frame, values, FORMAT, at)
    if isinstance(receiver, Constant) and isinstance(receiver.value, str) and "{" in receiver.value:
        return text_like(frame, receiver.value.partition("{")[0], receiver.value.rpartition("}")[2])
    return None


def _cased(change: Callable[[str], str]) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if isinstance(receiver, Constant) and isinstance(receiver.value, str):
            return frame.machine.only(Constant, change(receiver.value))
        if isinstance(receiver, Pattern):
            return text_like(frame, change(receiver.prefix), change(receiver.suffix))
        return None

    return handler


HANDLERS: dict[str, Handler] = {
    "<builtin>.str.format": _formatted,
    "<builtin>.str.lower": _cased(str.lower),
    "<builtin>.str.upper": _cased(str.upper),
    "<builtin>.str.title": _cased(str.title),
}
