"""What is logged is made text, unless nobody wants to know of that level (Python's `logging.LogRecord.getMessage`)."""

from __future__ import annotations

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.showing import STR, show, show_by_directives, show_items
from ssot_lint.callgraph.values import NOTHING, Container, Value, Values, only_text
from ssot_lint.findings import Certainty

_OWNERS = ("logging.getLogger", "logging.Logger", "logging.LoggerAdapter", "logging")
# What is left out where nobody has said otherwise is at best possible.
_LEVELS: dict[str, Certainty] = {
    "debug": "possible",
    **dict.fromkeys(("info", "warning", "warn", "error", "exception", "critical", "fatal", "log"), "likely"),
}


def _logged(name: str) -> Handler:
    message_at = 1 if name == "log" else 0

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        message, given = arguments.at(message_at) or NOTHING, arguments.positional[message_at + 1 :]
        with frame.at_best(_LEVELS[name]):
            show(frame, message, STR, at)
            if len(given) == 1 and all(isinstance(each, Container) and each.type == "dict" for each in given[0]):
                show_by_directives(frame, only_text(message), given[0], at)
            else:
                show_items(frame, only_text(message), given, at)
        return None

    return handler


HANDLERS: dict[str, Handler] = {f"{owner}.{name}": _logged(name) for owner in _OWNERS for name in _LEVELS}
