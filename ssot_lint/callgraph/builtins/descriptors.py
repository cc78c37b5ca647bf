"""What a project's class has from `property`, `cached_property`, `classmethod` or `staticmethod` when it is below one.

Its instance keeps the functions that it is made with, as attributes of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.fields import read_field, write_field
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Bound, Class, Instance, Value, Values, ordered

# Under which names each keeps what it is made with.
KEPT = {
    "<builtin>.property": ("fget", "fset", "fdel"),
    "functools.cached_property": ("func",),
    "<builtin>.classmethod": ("__func__",),
    "<builtin>.staticmethod": ("__func__",),
}
# Calls of a property's function, by the method that makes it.
CALLING = {"__get__": "fget", "__set__": "fset", "__delete__": "fdel"}


def _keeping(names: tuple[str, ...]) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if isinstance(receiver, Instance):
            for place, name in enumerate(names):
                given = arguments.at(place) or arguments.at(name)
                if given:
                    write_field(frame, receiver, name, given, strong=True)
        return frozenset((frame.machine.none,))

    return handler


def _calling(name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        instance = (arguments.at(0) or NOTHING) - {frame.machine.none}
        if not isinstance(receiver, Instance) or not instance:
            return NOTHING if receiver is None else frozenset((receiver,))
        given = Arguments((instance, *arguments.positional[1:])) if name == "fset" else Arguments((instance,))
        return frame.machine.call(frame, _kept(frame, receiver, name), given, at, "property")

    return handler


def _kept(frame: Frame, receiver: Instance, name: str) -> Values:
    return read_field(frame, receiver, name) - {frame.machine.none}


def _bound(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`classmethod.__get__(instance, owner)`: the function of the class."""
    classes = frozenset(_classes(frame, arguments))
    functions = _kept(frame, receiver, "__func__") if isinstance(receiver, Instance) else NOTHING
    return frozenset(frame.machine.make(Bound, each, cls) for each in ordered(functions) for cls in ordered(classes))


def _classes(frame: Frame, arguments: Arguments) -> Iterator[Value]:
    for each in ordered((arguments.at(0) or NOTHING) | (arguments.at(1) or NOTHING)):
        if isinstance(each, Class):
            yield each
        elif isinstance(each, Instance):
            yield frame.machine.make(Class, each.info)


def _function(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`staticmethod.__get__(instance, owner)`."""
    return _kept(frame, receiver, "__func__") if isinstance(receiver, Instance) else None


def _remade(name: str) -> Handler:
    """`prop.setter(function)`: another one of the same class, with that function."""

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if not isinstance(receiver, Instance):
            return None
        names = KEPT["<builtin>.property"]
        given = {each: read_field(frame, receiver, each) or frozenset((frame.machine.none,)) for each in names}
        given[name] = arguments.at(0) or NOTHING
        cls = frame.machine.only(Class, receiver.info)
        return frame.machine.call(frame, cls, Arguments(tuple(given.values())), at, "call")

    return handler


HANDLERS: dict[str, Handler] = {
    **{f"{path}.__init__": _keeping(names) for path, names in KEPT.items()},
    **{f"<builtin>.property.{method}": _calling(name) for method, name in CALLING.items()},
    "functools.cached_property.__get__": _calling("func"),
    "<builtin>.property.getter": _remade("fget"),
    "<builtin>.property.setter": _remade("fset"),
    "<builtin>.property.deleter": _remade("fdel"),
    "<builtin>.classmethod.__get__": _bound,
    "<builtin>.staticmethod.__get__": _function,
}
