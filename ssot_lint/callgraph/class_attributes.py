"""Attributes of classes, and of what `super()` gives."""

from __future__ import annotations

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.containers import MEMBER
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import OF_OBJECT, bind, bind_all, find, is_enum, runtime_classes, special
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Descriptor,
    External,
    ExternalInstance,
    Function,
    Instance,
    Super,
    Value,
    Values,
    ordered,
)

# Past so many names that a class may have, none is known.
MOST_NAMES = 8

# What `super()` has of `object` where no class is in between, and what does something.
_PLAINLY = frozenset(("__setattr__", "__delattr__"))


def of_class(frame: Frame, value: Class, name: str, at: int) -> Values:
    """What an attribute of a class may be, from its own body, from those above it, or from its metaclass."""
    machine = frame.machine
    owner, values = find(frame, value.info, name)
    if not values:
        return _of_type(frame, value, name, at)
    if owner is not None and is_enum(owner) and name in owner.names:
        values = frozenset(member(frame, owner, name, each) for each in ordered(values))
    found = NOTHING
    for each in ordered(values):
        if isinstance(each, Descriptor) and each.type == "classmethod":
            found |= machine.only(Bound, each.getter, value)
        elif isinstance(each, Descriptor) and each.type == "staticmethod":
            found |= frozenset((each.getter,))
        elif (isinstance(each, External) and owner is None) or (
            isinstance(each, Function) and name in ("__init_subclass__", "__class_getitem__")
        ):
            found |= machine.only(Bound, each, value)
        elif isinstance(each, Instance) and (getter := special(frame, each, "__get__")):
            arguments = Arguments((frozenset((machine.none,)), frozenset((value,))))
            found |= machine.call(frame, getter, arguments, at, "property")
        else:
            found |= frozenset((each,))
    return found


def _is_abstract(info: ClassInfo) -> bool:
    """Whether its metaclass is Python's own for abstract classes."""
    above = [each for each in info.metaclasses if isinstance(each, External)]
    return "abc.ABC" in info.outside or any(each.path == "abc.ABCMeta" for each in above)


def _of_type(frame: Frame, value: Class, name: str, at: int) -> Values:
    """What a class has that neither its body nor one above it binds."""
    machine = frame.machine
    if name == "__dict__":
        return _class_dict(frame, value.info, at)
    if name == "__subclasses__":
        return machine.only(Bound, machine.make(External, "<builtin>.type.__subclasses__"), value)
    if name == "__new__":
        return machine.only(External, "<builtin>.object.__new__")
    if name == "__name__":
        return _class_names(frame, value)
    values = NOTHING
    for metaclass in ordered(value.info.metaclasses) if name not in OF_OBJECT else ():
        if isinstance(metaclass, Class):
            _, inherited = find(frame, metaclass.info, name)
            values |= bind_all(frame, inherited, value, metaclass.info, at)
    if name == "register" and not values and _is_abstract(value.info):
        return machine.only(Bound, machine.make(External, "abc.ABCMeta.register"), value)
    values = values or machine.declared_attribute(frame, value.info, name)
    getter = special(frame, value, "__getattr__") if not values and not name.startswith("__") else NOTHING
    return machine.call(frame, getter, Arguments((machine.only(Constant, name),)), at, "property") if getter else values


def _class_names(frame: Frame, value: Class) -> Values:
    """`C.__name__`; of a class that stands for those below it, those of which there are instances."""
    infos = runtime_classes(frame, frame.machine.make(Instance, value.info, None, True)) if value.open else [value.info]
    if len(infos) > MOST_NAMES:
        return frame.machine.only(ExternalInstance, "<builtin>.str")
    return frozenset(frame.machine.make(Constant, info.symbol.rpartition(".")[2]) for info in infos)


def member(frame: Frame, info: ClassInfo, name: str, value: Value) -> Value:
    """What an enumeration makes of a value in its body: a member, unless it is a method or a descriptor."""
    if isinstance(value, (Function, Descriptor, Class)) or name.startswith("_"):
        return value
    return frame.machine.make(Instance, info, (MEMBER, name), False)


def _classes_of_super(frame: Frame, value: Super) -> list[ClassInfo]:
    """The classes whose order `super()` goes on in: of what `self` is an instance of, or `cls` a class."""
    receiver = value.receiver
    if isinstance(receiver, Class) and not receiver.info.derives_from(value.info):
        classes = [each.info for each in ordered(receiver.info.metaclasses) if isinstance(each, Class)]
    elif isinstance(receiver, Class):
        classes = [receiver.info]
    else:
        classes = runtime_classes(frame, receiver)
    return [each if each.derives_from(value.info) else value.info for each in classes] or [value.info]


def of_super(frame: Frame, value: Super, name: str, at: int) -> Values:
    """What `super()` finds behind its class in the order of what it is bound to."""
    machine = frame.machine
    found = NOTHING
    receiver = value.receiver
    is_class = isinstance(receiver, Class) and receiver.info.derives_from(value.info)  # else it is in a metaclass
    for info in _classes_of_super(frame, value):
        _, values = find(frame, info, name, after=value.info)
        for each in ordered(values):
            if name == "__new__":
                found |= frozenset((each.getter if isinstance(each, Descriptor) else each,))
            elif is_class and isinstance(each, Function):
                bound = name in ("__init_subclass__", "__class_getitem__")
                found |= machine.only(Bound, each, receiver) if bound else frozenset((each,))
            elif is_class and isinstance(each, Descriptor) and each.type == "classmethod":
                found |= machine.only(Bound, each.getter, receiver)
            else:
                found |= bind(frame, each, receiver, info, at)
    if not found and name == "__new__":
        return machine.only(External, "<builtin>.object.__new__")
    if not found and name in _PLAINLY and not is_class:
        return machine.only(Bound, machine.make(External, f"<builtin>.object.{name}"), receiver)
    return found


def _class_dict(frame: Frame, info: ClassInfo, at: int) -> Values:
    """A dict of what a class's own body binds."""
    made = containers.make(frame, "dict", at, ())
    for name in info.names:
        values = frame.read(("class", info, name))
        containers.set_item(frame, made, frame.machine.only(Constant, name), values, strong=False)
    return frozenset((made,))
