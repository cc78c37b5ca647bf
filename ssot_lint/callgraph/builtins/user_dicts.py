"""How a `UserDict` is filled: by its own `update`, and that by its own `__setitem__`."""

from __future__ import annotations

from ssot_lint.callgraph import containers, lookup
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins import conversions
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.containers import CONTENTS
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Bound, Constant, Container, Function, Instance, Value, Values, ordered

_PATH = "collections.UserDict"


def _init(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    given = bool(arguments.positional or arguments.keywords or arguments.rest or arguments.rest_keywords)
    if given and (update := _own(frame, receiver, "update")):
        with frame.called_back(None, "certain", f"{_PATH}.__init__"):
            frame.machine.call(frame, update, arguments, at, "callback")
        return frozenset((frame.machine.none,))
    return _update(frame, arguments, at, receiver)


def _update(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    put = _own(frame, receiver, "__setitem__")
    given = receiver if not put else containers.make(frame, "dict", at, ())
    for value in ordered(NOTHING.union(*arguments.positional)):
        conversions.fill(frame, given, value, at)
    for name, values in arguments.keywords.items():
        containers.set_item(frame, given, frame.machine.only(Constant, name), values, strong=True)
    if put:
        with frame.called_back(None, "certain", f"{_PATH}.update"):
            for key in containers.keys(frame, given):
                entry = Arguments((containers.as_values(frame, key), containers.item(frame, given, key)))
                frame.machine.call(frame, put, entry, at, "callback")
            if others := containers.rest(frame, given):
                unknown = frozenset((frame.machine.unknown,))
                frame.machine.call(frame, put, Arguments((unknown, others)), at, "callback")
    return frozenset((frame.machine.none,))


def _own(frame: Frame, receiver: Value | None, name: str) -> Values:
    """The method of that name which a class of the project has in place of that of `UserDict`."""
    key = receiver.key if isinstance(receiver, Container) else None
    instance = key[1] if isinstance(key, tuple) and key[0] == CONTENTS else None
    found = lookup.special(frame, instance, name) if isinstance(instance, Instance) else NOTHING
    return frozenset(each for each in found if isinstance(each, Bound) and isinstance(each.function, Function))


HANDLERS: dict[str, Handler] = {f"{_PATH}.__init__": _init, f"{_PATH}.update": _update}
