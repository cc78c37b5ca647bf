"""What a class binds a name to, and what that gives when it is taken from an instance.

Source of the order of the lookup: the Python language reference, 3.3.2 "Customizing attribute access".
"""

from __future__ import annotations

import builtins as python_builtins
import collections.abc
import contextlib
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import Ancestor, ClassInfo
from ssot_lint.callgraph.dispatching import METHOD
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.outside import MODELS, models_have
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Descriptor,
    External,
    Function,
    Instance,
    Partial,
    Value,
    Values,
    Wrapper,
    ordered,
)


def find(frame: Frame, info: ClassInfo, name: str, after: ClassInfo | None = None) -> tuple[ClassInfo | None, Values]:
    """The first class in the resolution order that binds the name (after a given one), and what it binds it to.

    Where an outside base comes first, or none has it, no class: then the value is the outside attribute, if any. Behind
    an outside base of which nothing is known, a class of the project that has the name, too, has it to be found.
    """
    started = after is None
    for place, ancestor in enumerate(info.order):
        if not started:
            started = ancestor is after
            continue
        if isinstance(ancestor, str):
            if not _is_mute(frame.machine.models.canonical(ancestor), name):
                info.watchers[frame.activation] = None
                owner, behind = _behind(frame, info.order[place + 1 :], name)
                return owner, behind | frame.machine.only(External, f"{ancestor}.{name}")
            continue
        if name in ancestor.names:
            values = frame.read(("class", ancestor, name))
            if values:
                return ancestor, values
    info.watchers[frame.activation] = None
    return None, NOTHING


def _behind(frame: Frame, ancestors: Iterable[Ancestor], name: str) -> tuple[ClassInfo | None, Values]:
    """The first class of the project among the last in an order that binds the name; special names any base has."""
    for ancestor in ancestors if not name.startswith("__") else ():
        if isinstance(ancestor, ClassInfo) and name in ancestor.names:
            values = frame.read(("class", ancestor, name))
            if values:
                return ancestor, values
    return None, NOTHING


# What every class has from `object`, which is asked before its metaclass.
OF_OBJECT = frozenset(vars(object))
BARE = frozenset((
    "abc.ABC", "typing.Generic", "typing.Protocol", "typing.NamedTuple", "enum.Enum", "typing_extensions.Protocol",
))  # fmt: skip
# What every named tuple has, however it was made.
OF_NAMED_TUPLES = frozenset(("_asdict", "_fields", "_make", "_replace"))
# Enumerations whose members are of a builtin type too, and that have nothing else.
_TYPED_ENUMERATIONS: dict[str, type] = {
    "enum.IntEnum": int,
    "enum.StrEnum": str,
    "enum.Flag": object,
    "enum.IntFlag": int,
}


@cache
def _is_mute(path: str, name: str) -> bool:
    """Whether an outside base is known not to define the name, so that the search goes on behind it."""
    if path.startswith("contextlib."):
        manager = getattr(contextlib, path.removeprefix("contextlib."), None)
        return isinstance(manager, type) and not any(name in vars(each) for each in manager.__mro__[:-1])
    if path.startswith("collections.abc."):
        abstract = getattr(collections.abc, path.removeprefix("collections.abc."), object)
        return not any(name in vars(each) for each in abstract.__mro__[:-1])
    if path.startswith("<builtin>."):
        return not _is_of_builtin(path, name)
    if path in _TYPED_ENUMERATIONS:
        return not any(name in vars(each) for each in _TYPED_ENUMERATIONS[path].__mro__[:-1])
    if path == "typing.NamedTuple":
        return name not in OF_NAMED_TUPLES
    return path in BARE or (path in MODELS and not models_have(name))


@cache
def _is_of_builtin(path: str, name: str) -> bool:
    """Whether a builtin class defines the name, itself or by a base other than `object`."""
    builtin = getattr(python_builtins, path.removeprefix("<builtin>."), None)
    return isinstance(builtin, type) and any(name in vars(each) for each in builtin.__mro__[:-1])


def first_special(frame: Frame, value: Value, names: Sequence[str]) -> Values:
    """The first of several special methods that the value's class has: nothing where that is a builtin class's own.

    `str()` of an instance of a class below `str` does not ask for its `__repr__`.
    """
    if len(names) == 1:
        return special(frame, value, names[0])
    for name in names:
        found = special(frame, value, name)
        if found or (isinstance(value, Instance) and _has_from_builtin(value.info, name)):
            return found
    return NOTHING


def _has_from_builtin(info: ClassInfo, name: str) -> bool:
    """Whether a builtin class says what the special method of an instance is; an enumeration has its own."""
    builtin = (path for path in info.outside if path.startswith("<builtin>."))
    return not is_enum(info) and any(_is_of_builtin(path, name) for path in builtin)


def special(frame: Frame, value: Value, name: str) -> Values:
    """A special method, looked up on the type as operators do.

    Nothing where the value's class neither has one in the project nor inherits one of which a model says what it does.
    """
    info = class_of(value)
    if info is None:
        return NOTHING
    if isinstance(value, Class):
        infos = [each.info for each in ordered(value.info.metaclasses) if isinstance(each, Class)]
    else:
        infos = runtime_classes(frame, value)
    found = NOTHING
    for each in infos:
        owner, values = find(frame, each, name)
        if owner is not None or _is_modelled(frame, values):
            found |= bind_all(frame, values, told_by(frame, value, owner), each, at=-1)
    return found


def told_by(frame: Frame, value: Value, owner: ClassInfo | None) -> Value:
    """The receiver of what that class binds: in a method of a subclass, any instance is one of the subclass."""
    if owner is None or not isinstance(value, Instance) or not value.open or owner is value.info:
        return value
    return frame.machine.make(Instance, owner, None, True) if owner.derives_from(value.info) else value


def _is_modelled(frame: Frame, values: Values) -> bool:
    return any(isinstance(value, External) and frame.machine.models.is_done(value.path) for value in values)


def class_of(value: Value) -> ClassInfo | None:
    """The project's class of an instance (or the class itself), else None."""
    if isinstance(value, (Instance, Class)):
        return value.info
    return None


def type_of(frame: Frame, value: Instance) -> Values:
    """The class of an instance; of an open one, a class that stands for those below it, too."""
    return frame.machine.only(Class, value.info, True) if value.open else frame.machine.only(Class, value.info)


def runtime_classes(frame: Frame, value: Value) -> list[ClassInfo]:
    """The classes that an instance may be of: its own, and for an open one those below that are instantiated.

    And those that have been put in the place of its own (`self.__class__ = …`).
    """
    if not isinstance(value, Instance):
        return []
    found = [value.info, *(each.info for each in ordered(put_in_place(frame, value)) if isinstance(each, Class))]
    if value.open:
        value.info.watchers[frame.activation] = None
        found += islice(value.info.instantiated_below, frame.machine.bounds.subclasses)
    return found


def put_in_place(frame: Frame, value: Instance) -> Values:
    """What code has put in the place of the class of an instance like this one."""
    if "__class__" not in value.info.written:
        return NOTHING
    return frame.machine.heap.read(("all", value.info, "__class__"), frame.activation)


def bind(frame: Frame, value: Value, receiver: Value, info: ClassInfo, at: int) -> Values:
    """What a class attribute gives when it is taken from an instance (the descriptor protocol)."""
    machine = frame.machine
    if isinstance(value, Function):
        return machine.only(Bound, value, receiver)
    if isinstance(value, External):
        return machine.only(Bound, value, receiver)
    if isinstance(value, Descriptor):
        if value.type == "staticmethod":
            return frozenset((value.getter,))
        if value.type == "classmethod":
            return machine.only(Bound, value.getter, machine.make(Class, info))
        if value.getter is machine.unknown:
            return frozenset((machine.unknown,))
        return machine.call(frame, frozenset((value.getter,)), Arguments((frozenset((receiver,)),)), at, "property")
    if isinstance(value, Instance):
        getter = special(frame, value, "__get__")
        if getter:
            arguments = Arguments((frozenset((receiver,)), machine.only(Class, info)))
            return machine.call(frame, getter, arguments, at, "property")
    if isinstance(value, Wrapper) and value.name == METHOD:
        return machine.only(Bound, value, receiver)
    if isinstance(value, Wrapper) and value.name == "partialmethod" and isinstance(value.value, Partial):
        return _bind_partial(frame, value.value, receiver, info, at)
    return frozenset((value,))


def _bind_partial(frame: Frame, value: Partial, receiver: Value, info: ClassInfo, at: int) -> Values:
    """What a `partialmethod` gives: the method of the receiver, with the arguments that it holds."""
    made = frame.machine.make(Partial, (value.key, receiver))
    function = bind_all(frame, frame.read(("partial", value.key)), receiver, info, at)
    frame.write(("partial", made.key), function, strong=True)
    frame.machine.set_partial(made, frame.machine.partial_arguments(value))
    return frozenset((made,))


def bind_all(frame: Frame, values: Values, receiver: Value, info: ClassInfo, at: int) -> Values:
    """What any of the class attributes gives when it is taken from an instance."""
    found = NOTHING
    for value in ordered(values):
        found |= bind(frame, value, receiver, info, at)
    return found


def is_enum(info: ClassInfo) -> bool:
    """Whether the class is an enumeration."""
    return any(path.startswith("enum.") for path in info.outside)
