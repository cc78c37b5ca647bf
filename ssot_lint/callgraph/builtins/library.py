"""Classes of the standard library of which an instance does as a container of the language does."""

from __future__ import annotations

from ssot_lint.callgraph import containers, iteration, merging
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins import iterating, methods
from ssot_lint.callgraph.builtins.conversions import converted, to_dict
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.contents import HOLDERS
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Container, ExternalInstance, Value, Values, ordered

_OF_LANGUAGE = {**methods.HANDLERS, **iterating.HANDLERS}
_CLASSES = {
    "collections.ChainMap": "dict",
    "collections.Counter": "dict",
    "collections.UserDict": "dict",
    "collections.UserList": "list",
    "weakref.WeakSet": "set",
    "weakref.WeakKeyDictionary": "dict",
    "weakref.WeakValueDictionary": "dict",
}


def _of_library(path: str, kind: str) -> Handler:
    make = to_dict if kind == "dict" else converted(kind)

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        made = make(frame, arguments, at, receiver) or NOTHING
        for each in made:
            if isinstance(each, Container):
                each.library = path
        return made

    return handler


def _chained(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`ChainMap(*maps)`: what any of the maps has, the first of them before the others."""
    made = containers.make(frame, "dict", at, (), arguments.rest or NOTHING)
    made.may_hold_more = True
    made.library = "collections.ChainMap"
    for values in reversed(arguments.positional):
        for value in ordered(values):
            if isinstance(value, Container) and value.type == "dict":
                merging.merge(frame, made, value)
    return frozenset((made,))


def _new_child(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if receiver is None:
        return None
    given = (*arguments.positional[:1], frozenset((receiver,)))
    return _chained(frame, Arguments(given), at, None)


def _counted(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`Counter(iterable)`: its items are keys, and any other key counts nothing."""
    made = containers.make(frame, "dict", at, ())
    made.may_hold_more = True
    made.library = "collections.Counter"
    number = frame.machine.only(ExternalInstance, "<builtin>.int")
    containers.put(frame, made, number)
    containers.add_data(frame, made, iteration.iterate(frame, arguments.at(0) or NOTHING, at), number)
    return frozenset((made,))


def _methods(path: str, kind: str) -> dict[str, Handler]:
    """What its methods do, under its own name; `inherited.py` has those of classes to inherit from."""
    own = f"<builtin>.{kind}."
    of_language = {name.removeprefix(own): handler for name, handler in _OF_LANGUAGE.items() if name.startswith(own)}
    return {} if path in HOLDERS else {f"{path}.{name}": handler for name, handler in of_language.items()}


HANDLERS: dict[str, Handler] = {
    **{path: _of_library(path, kind) for path, kind in _CLASSES.items()},
    **{name: handler for path, kind in _CLASSES.items() for name, handler in _methods(path, kind).items()},
    "collections.ChainMap": _chained,
    "collections.ChainMap.new_child": _new_child,
    "collections.Counter": _counted,
    "collections.Counter.most_common": _OF_LANGUAGE["<builtin>.dict.items"],
    "collections.Counter.elements": _OF_LANGUAGE["<builtin>.dict.keys"],
}
