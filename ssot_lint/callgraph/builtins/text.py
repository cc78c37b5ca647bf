"""Methods of text, as far as the result or a part of it is known."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import text_like
from ssot_lint.callgraph.showing import show_by_fields
from ssot_lint.callgraph.values import NOTHING, Constant, Container, Pattern, Value, Values

# Longer texts, and more parts of one, are no names.
LONGEST = 200
MOST_PARTS = 16


def _formatted(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`"on_{}".format(x)`: what stands before the first and behind the last field is known."""
    template = receiver.value if isinstance(receiver, Constant) and isinstance(receiver.value, str) else None
    show_by_fields(frame, template, arguments, at)
    if template is not None and "{" in template:
        return text_like(frame, template.partition("{")[0], template.rpartition("}")[2])
    return None


def _cased(change: Callable[[str], str]) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if isinstance(receiver, Constant) and isinstance(receiver.value, str):
            return frame.machine.only(Constant, change(receiver.value))
        if isinstance(receiver, Pattern):
            return text_like(frame, change(receiver.prefix), change(receiver.suffix))
        return None

    return handler


def _computed(method: Callable[..., str | list[str] | tuple[str, ...]]) -> Handler:
    """A method of a known text with known arguments: its very result."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        text, given = _text(receiver), [_only(values) for values in arguments.positional]
        if text is None or arguments.keywords or arguments.rest is not None:
            return None
        if not all(isinstance(each, Constant) for each in given):
            return None
        try:
            result = method(text, *(each.value for each in given if isinstance(each, Constant)))
        except (TypeError, ValueError):
            return None
        if isinstance(result, str):
            return _known(frame, result)
        if len(result) > MOST_PARTS:
            return None
        parts = [frame.machine.only(Constant, part) for part in result]
        return frozenset((containers.make(frame, type(result).__name__, at, [*enumerate(parts)], of=receiver),))

    return handler


def _joined(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`".".join(parts)` of parts that are all known."""
    text, listed = _text(receiver), _only(arguments.at(0) or NOTHING)
    items = containers.exact(frame, listed) if isinstance(listed, Container) else None
    parts = [_text(_only(each)) for each in items or ()]
    known = [part for part in parts if part is not None]
    if text is None or items is None or len(known) < len(parts):
        return None
    return _known(frame, text.join(known))


def _known(frame: Frame, text: str) -> Values | None:
    return frame.machine.only(Constant, text) if len(text) <= LONGEST else None


def _only(values: Values) -> Value | None:
    return next(iter(values)) if len(values) == 1 else None


def _text(value: Value | None) -> str | None:
    """A text that is known, and short."""
    is_short = isinstance(value, Constant) and isinstance(value.value, str) and len(value.value) <= LONGEST
    return str(value.value) if isinstance(value, Constant) and is_short else None


COMPUTED: tuple[Callable[..., str | list[str] | tuple[str, ...]], ...] = (
    str.split, str.rsplit, str.partition, str.rpartition, str.strip, str.lstrip, str.rstrip, str.replace,
    str.removeprefix, str.removesuffix, str.capitalize,
)  # fmt: skip

HANDLERS: dict[str, Handler] = {
    "<builtin>.str.format": _formatted,
    "<builtin>.str.lower": _cased(str.lower),
    "<builtin>.str.upper": _cased(str.upper),
    "<builtin>.str.title": _cased(str.title),
    "<builtin>.str.join": _joined,
    **{f"<builtin>.str.{method.__name__}": _computed(method) for method in COMPUTED},
}
