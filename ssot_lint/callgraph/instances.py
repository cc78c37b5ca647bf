"""Which values are instances of a class, as `isinstance` and patterns ask, and what that tells of the others."""

from __future__ import annotations

import builtins as python_builtins
import sys
from itertools import islice

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import BARE
from ssot_lint.callgraph.outside_attributes import is_given
from ssot_lint.callgraph.values import (
    Bound,
    Class,
    Constant,
    Container,
    Descriptor,
    External,
    ExternalInstance,
    Function,
    Generator,
    Instance,
    Module,
    Pattern,
    Unknown,
    Value,
    Values,
    ordered,
)

# The key of what an abstract class was told to take for one below it (`abc.ABCMeta.register`).
REGISTERED = "registered"
_CHECKS = frozenset(("__instancecheck__", "__subclasscheck__"))
_ABOUT_FUNCTIONS = frozenset(("collections", "numbers", "types", "typing"))
_CHECKABLE = frozenset(("typing.runtime_checkable", "typing_extensions.runtime_checkable"))


def found_to_be(frame: Frame, values: Values, classes: list[Value]) -> Values:
    """What those of the values are that turn out to be instances of one of the classes.

    Where an annotation told the class, it may be one below that; where nothing did, and no value is known to be one,
    any of the classes.
    """
    found: set[Value] = set()
    unknown: set[Value] = set()
    for value in ordered(values):
        if is_instance(frame, value, classes) is False:
            continue
        if isinstance(value, Unknown) or (isinstance(value, ExternalInstance) and is_given(value)):
            unknown.add(value)
        else:
            found |= _below(frame, value, classes)
    if unknown and not any(isinstance(value, Instance) for value in found):
        found |= {frame.machine.make(Instance, each.info, None, True) for each in classes if isinstance(each, Class)}
        if any(isinstance(each, External) for each in classes):
            found |= unknown
    return frozenset(found)


def _below(frame: Frame, value: Value, classes: list[Value]) -> set[Value]:
    if not isinstance(value, Instance) or not value.open or any(map(value.info.derives_from, _ancestors(classes))):
        return {value}
    asked = [each.info for each in classes if isinstance(each, Class)]
    below = [info for info in asked if info.derives_from(value.info)]
    found: set[Value] = {frame.machine.make(Instance, info, None, True) for info in below or asked}
    # Of unrelated classes it is one below both that nobody has seen, and it has what either has.
    return found if len(below) == len(classes) else found | {value, frame.machine.unknown}


def _ancestors(classes: list[Value]) -> list[ClassInfo | str]:
    return [
        each.info if isinstance(each, Class) else each.path for each in classes if isinstance(each, (Class, External))
    ]


def is_instance(frame: Frame, value: Value, classes: list[Value]) -> bool | None:
    """Whether a value is an instance of one of the classes; None where it can't be said."""
    told = _is_instance(frame, value, classes)
    return None if told is False and any(says_itself(frame, each) for each in classes) else told


def says_itself(frame: Frame, asked: Value) -> bool:
    """Whether a class takes for its own what has the methods, or is registered, or what it likes, of whatever class."""
    if not isinstance(asked, Class):
        return False
    names = (name for each in ordered(asked.info.metaclasses) if isinstance(each, Class) for name in each.info.names)
    is_hooked = any("__subclasshook__" in info.names for info in asked.info.classes)
    if is_hooked or not _CHECKS.isdisjoint(names) or not _CHECKABLE.isdisjoint(asked.info.decorators):
        return True
    return bool(frame.machine.heap.read((REGISTERED, asked.info), frame.activation))


def _is_instance(frame: Frame, value: Value, classes: list[Value]) -> bool | None:
    if any(isinstance(each, External) and each.path == "<builtin>.object" for each in classes):
        return True
    if isinstance(value, Instance):
        return _is_of(frame, value, classes)
    if isinstance(value, Constant):
        own = {f"<builtin>.{each.__name__}" for each in type(value.value).__mro__}
        own |= {"types.NoneType", "collections.abc.Hashable", "typing.Hashable"} if value.value is None else set()
        names = [each.path for each in classes if isinstance(each, External)]
        if not own.isdisjoint(names):
            return True
        return False if all(name.startswith("<builtin>.") for name in names) or value.value is None else None
    if isinstance(value, (Function, Bound)):
        return False if all(isinstance(each, Class) or _has_no_functions(each) for each in classes) else None
    if isinstance(value, Class):
        return _is_made_by(value, classes)
    if isinstance(value, Container):
        names = [each.path for each in classes if isinstance(each, External)]
        if f"<builtin>.{value.type}" in names:
            return True
        return False if all(isinstance(each, Class) for each in classes) else None
    if isinstance(value, (Descriptor, Generator, Module, Pattern)):
        return False if all(isinstance(each, Class) for each in classes) else None
    if isinstance(value, ExternalInstance) and not is_given(value):
        return True if any(isinstance(each, External) and each.path == value.path for each in classes) else None
    return None


def _is_made_by(value: Class, classes: list[Value]) -> bool | None:
    """Whether a class is an instance of `type`, or of a metaclass, among those asked for."""
    if all(_is_builtin(each, but="<builtin>.type") for each in classes):
        return False
    asked = [each.info for each in classes if isinstance(each, Class)]
    metaclasses = [each.info for each in value.info.metaclasses if isinstance(each, Class)]
    is_known = len(asked) == len(classes) and len(metaclasses) == len(value.info.metaclasses)
    if not is_known or value.open or value.info.unknown_base:
        return None
    return any(each.derives_from(info) for each in metaclasses for info in asked)


def _is_of(frame: Frame, value: Instance, classes: list[Value]) -> bool | None:
    """The same of an instance: its class tells, of an open one also the classes below, if there are not too many.

    A class of the project and another may have one below both that nobody knows; below a builtin nobody looks for it.
    """
    ancestors = _ancestors(classes)
    if any(map(value.info.derives_from, ancestors)):
        return True
    if not value.open:
        return False if _is_apart(value.info, ancestors) else None
    if not all(map(_is_builtin, classes)):
        return None
    value.info.watchers[frame.activation] = None
    most = frame.machine.bounds.subclasses
    below = list(islice(value.info.all_subclasses(), most + 1))
    return False if len(below) <= most and all(_is_apart(each, ancestors) for each in (value.info, *below)) else None


def classes_of(frame: Frame, values: Values) -> list[Value] | None:
    """The classes in the second argument of `isinstance`, None where they are not all known."""
    found: list[Value] = []
    for value in ordered(values):
        if isinstance(value, Container):
            found.extend(ordered(frame.machine.elements(frame, value)))
        else:
            found.append(value)
    return found if found and all(isinstance(each, (Class, External)) for each in found) else None


def is_subclass(frame: Frame, value: Value, classes: list[Value]) -> bool | None:
    """Whether a value is a class at or below one of the classes; None where it can't be said."""
    told = _is_subclass(value, classes)
    return None if told is False and any(says_itself(frame, each) for each in classes) else told


def _is_subclass(value: Value, classes: list[Value]) -> bool | None:
    if not isinstance(value, Class):
        return None
    ancestors = _ancestors(classes)
    if any(map(value.info.derives_from, ancestors)):
        return True
    return False if not value.open and _is_apart(value.info, ancestors) else None


def _is_apart(info: ClassInfo, ancestors: list[ClassInfo | str]) -> bool:
    """Whether it is known that the class derives from none of the ancestors."""
    if info.unknown_base or any(map(info.derives_from, ancestors)):
        return False
    return all(_is_known_apart(base, ancestor) for base in info.outside for ancestor in ancestors)


def _is_known_apart(base: str, ancestor: ClassInfo | str) -> bool:
    if isinstance(ancestor, ClassInfo) or base in BARE:
        return isinstance(ancestor, ClassInfo) or base != "typing.NamedTuple"
    one, other = _builtin(base), _builtin(ancestor)
    return one is not None and other is not None and not issubclass(one, other)


def _builtin(path: str) -> type | None:
    found = getattr(python_builtins, path.removeprefix("<builtin>."), None) if path.startswith("<builtin>.") else None
    return found if isinstance(found, type) else None


def _has_no_functions(each: Value) -> bool:
    """Whether it is a class of Python's own library, and none that asks what something can do or is in the language."""
    top = each.path.partition(".")[0] if isinstance(each, External) else ""
    return top == "<builtin>" or (top in sys.stdlib_module_names and top not in _ABOUT_FUNCTIONS)


def _is_builtin(each: Value, but: str = "") -> bool:
    return isinstance(each, External) and each.path.startswith("<builtin>.") and each.path != but
