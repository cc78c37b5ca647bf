"""What `argparse` makes of a command line: an object with the defaults of its parsers."""

from __future__ import annotations

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Bound, Class, ExternalInstance, Function, Partial, Value, Values

_PARSED = "argparse.ArgumentParser.parse_args"
_CALLABLE = (Bound, Class, Function, Partial)


def _set_defaults(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`parser.set_defaults(func=serve)`: `args.func` is one of those that any parser of the program is given.

    Of all else the command line decides, too.
    """
    machine = frame.machine
    for parsed in machine.only(ExternalInstance, _PARSED):
        for name, values in arguments.keywords.items():
            decided = all(isinstance(each, _CALLABLE) for each in values)
            kept = values if decided else values | {machine.unknown}
            machine.heap.write(("external", parsed, name), kept, frame.activation)
    return frozenset((machine.none,))


HANDLERS: dict[str, Handler] = {"argparse.ArgumentParser.set_defaults": _set_defaults}
