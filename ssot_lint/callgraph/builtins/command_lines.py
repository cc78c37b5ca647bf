"""What `argparse` makes of a command line: an object with the defaults of its parsers."""

from __future__ import annotations

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Bound, Class, ExternalInstance, Function, Partial, Value, Values

_PARSED = "argparse.ArgumentParser.parse_args"
_CALLABLE = (Bound, Class, Function, Partial)


def _set_defaults(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`parser.set_defaults(func=serve)`: `args.func` is one of those that any parser of the program is given.

    So is `vars(args)["func"]`. Of all else the command line decides, too.
    """
    machine = frame.machine
    given = {name: _as_parsed(frame, values) for name, values in arguments.keywords.items()}
    made = containers.make(frame, "dict", at, given.items())
    made.may_hold_more = True
    for parsed in machine.only(ExternalInstance, _PARSED):
        for name, values in (*given.items(), ("__dict__", frozenset((made,)))):
            machine.heap.write(("external", parsed, name), values, frame.activation)
    return frozenset((machine.none,))


def _as_parsed(frame: Frame, values: Values) -> Values:
    return values if all(isinstance(each, _CALLABLE) for each in values) else values | {frame.machine.unknown}


HANDLERS: dict[str, Handler] = {"argparse.ArgumentParser.set_defaults": _set_defaults}
