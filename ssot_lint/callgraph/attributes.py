"""Attributes: what `value.name` may be, by type of value.

Source of the order of the lookup: the Python language reference, 3.3.2 "Customizing attribute access".
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable
from typing import Any

from ssot_lint.callgraph import containers, library_bases
from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.choices import hold, is_held
from ssot_lint.callgraph.class_attributes import of_class, of_super
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.contents import HOLDERS, contents
from ssot_lint.callgraph.dispatching import DISPATCH, FUNCTION, METHOD, REGISTER, registry
from ssot_lint.callgraph.equality import member_name, member_value
from ssot_lint.callgraph.fields import fields_of, is_filled_when_asked, is_set_from_start, read_field
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.interception import intercepted
from ssot_lint.callgraph.lookup import (
    OF_OBJECT,
    bind_all,
    find,
    put_in_place,
    runtime_classes,
    special,
    told_by,
    type_of,
)
from ssot_lint.callgraph.namespaces import namespace
from ssot_lint.callgraph.outside import builtin_lacks, is_of_pending
from ssot_lint.callgraph.outside_attributes import EMPTY, is_builtin, of_external
from ssot_lint.callgraph.outside_entries import kept_attribute
from ssot_lint.callgraph.values import (
    NOTHING,
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
    Partial,
    Pattern,
    Super,
    Unknown,
    Vacant,
    Value,
    Values,
    Wrapper,
    ordered,
)

# What keeps all that it holds in an attribute `data`.
WRAPPERS = frozenset(("collections.UserDict", "collections.UserList"))
OF_METHODS = frozenset((*dir(types.MethodType), *dir(types.FunctionType)))
# What every instance has of its own, whatever its classes bind.
OF_OBJECTS = frozenset(("__class__", "__dict__"))
# What gives no attribute that it surely does not have, also where it stands among others.
_BUILTIN = (Constant, Container)
_TOLD_APART = (Class, Instance, Super, *_BUILTIN)
_LACKING = (Module, *_TOLD_APART)
MEMBERS_OWN = frozenset(("name", "value", "_name_", "_value_"))


def attribute(frame: Frame, values: Values, name: str, at: int) -> Values:
    """What attribute `name` of any of the values may be. Properties and `__getattr__` are called."""
    if len(values) > 1 and frame.machine.interner.vacant in values:
        values = _without_vacant(frame, values)
    if len(values) == 1:
        return _of_one(frame, next(iter(values)), name, at)
    held = is_held(values, frame.machine.held)
    if len(values) > frame.machine.bounds.widest:
        blurred = frame.machine.interner.by_class(values)
        values = frozenset(each for each in blurred if not isinstance(each, Instance) or _binds(frame, each, name))
    found = pending = NOTHING
    for value in ordered(values):
        before = frame.recorded
        given = ATTRIBUTE[type(value)](frame, value, name, at)
        if _is_of_pending(value, name):
            pending |= given
            continue
        is_silent = frame.recorded == before and value is not frame.machine.none
        if is_silent and (given or isinstance(value, _BUILTIN)):
            frame.pass_over(at, "property", (name, "__getattr__"))
        found |= given
    found = found or pending
    if held:
        hold(found, frame.machine.held)
    if not found and all(isinstance(value, _TOLD_APART) for value in values):
        several = [value for value in ordered(values) if value is not frame.machine.none]
        for first in {_kind(value): value for value in reversed(several)}.values():
            missing = Missing("attribute", at, frame.half, first, name, several=len(several) > 1)
            frame.activation.missing[missing] = None
    return found


def _of_one(frame: Frame, value: Value, name: str, at: int) -> Values:
    """The attribute of the only value; that it surely lacks it is noted."""
    found = ATTRIBUTE[type(value)](frame, value, name, at)
    if isinstance(value, (Unknown, External)):
        found |= kept_attribute(frame, value, name)
    lacks = isinstance(value, _LACKING) and value is not frame.machine.none and _is_nothing(found, name)
    is_empty = isinstance(value, ExternalInstance) and value.path in EMPTY
    function = value.function if isinstance(value, Bound) else value
    if (
        lacks
        or (is_empty and not frame.read(("external", value, name)))
        or (isinstance(function, Function) and name not in OF_METHODS)
    ):
        frame.activation.missing[Missing("attribute", at, frame.half, value, name)] = None
    return found


def _without_vacant(frame: Frame, values: Values) -> Values:
    """The values without what an empty dict may give, if something else stands beside it."""
    others = values - {frame.machine.interner.vacant}
    return others if others - {frame.machine.none} else values


def _is_of_pending(value: Value, name: str) -> bool:
    """Whether the attribute is not that of what a task gives, but of the task."""
    known = value.value if isinstance(value, Constant) else None
    return known is not None and is_of_pending(type(known).__name__, name)


def _is_nothing(found: Values, name: str) -> bool:
    """Whether nothing was found, or what a base outside would give, which is known to give no such thing."""
    if len(found) > 1:
        return False
    for value in found:
        given = value.function if isinstance(value, Bound) else value
        base, _, attribute = given.path.rpartition(".") if isinstance(given, External) else ("", "", "")
        return attribute == name and library_bases.lack(base, name)
    return True


def _kind(value: Value) -> object:
    """What tells of the attributes that a value has: its class."""
    if isinstance(value, (Class, Instance, Super)):
        return isinstance(value, Class), value.info
    return value.type if isinstance(value, Container) else type(getattr(value, "value", None))


def _binds(frame: Frame, value: Instance, name: str) -> bool:
    """Whether the project's code gives an instance the attribute: of many that a value may be, few are meant."""
    value.info.watchers[frame.activation] = None
    if ("field", value, name) in frame.environment:
        return True
    if frame.machine.heap.read(("all", value.info, name), frame.activation):
        return True
    known = runtime_classes(frame, value)
    return any(
        name in each.names or name in each.fields or "__getattr__" in each.names
        for info in known
        for each in info.classes
    )


def names_like(frame: Frame, values: Values, pattern: Pattern) -> list[str]:
    """The names of attributes of the values that fit a pattern, in the order of their definition."""
    found: dict[str, None] = {}
    for value in ordered(values):
        if isinstance(value, Module):
            names: Iterable[str] = frame.machine.global_names(value.name, frame.activation)
        elif isinstance(value, Class):
            names = [name for info in value.info.classes for name in info.names]
        else:
            names = [name for info in runtime_classes(frame, value) for base in info.classes for name in base.names]
        found.update(dict.fromkeys(name for name in names if pattern.fits(name)))
    return list(found)


# -- one function a type of value


def _of_language(frame: Frame, value: Instance, name: str) -> Values:
    """What an instance has whatever its class says: itself, a member of an enumeration, or a class that it is."""
    if name in OF_OBJECTS:
        return type_of(frame, value) if name == "__class__" else fields_of(frame, value)
    if name in MEMBERS_OWN:
        return _of_member(frame, value, name)
    is_class = "<builtin>.type" in value.info.outside
    return frame.machine.only(External, f"<builtin>.object.{name}") if is_class else NOTHING


def _of_instance(frame: Frame, value: Instance, name: str, at: int) -> Values:
    return intercepted(frame, value, name, at) or _of_plain(frame, value, name, at)


def _of_class(frame: Frame, value: Class, name: str, at: int) -> Values:
    return intercepted(frame, value, name, at) or of_class(frame, value, name, at)


def _of_plain(frame: Frame, value: Instance, name: str, at: int) -> Values:
    if name in OF_OBJECTS or name in MEMBERS_OWN or name in OF_OBJECT:
        told = _of_language(frame, value, name)
        if told:
            return told
    own = read_field(frame, value, name)
    if name == "data" and not own and (wrapped := WRAPPERS.intersection(value.info.outside)):
        return frozenset(contents(frame, value, HOLDERS[min(wrapped)]))
    found = _of_classes(frame, value, name, own, at) | own
    if not found or (own and is_filled_when_asked(frame, value, name)):
        found |= _fallback(frame, value, name, at)
    return found | _of_unknown_class(frame, value)


def _of_classes(frame: Frame, value: Instance, name: str, own: Values, at: int) -> Values:
    """What the classes give that an instance may be of, where its `own` attribute does not hide it."""
    found = NOTHING
    seen: set[Value] = set()
    for info in runtime_classes(frame, value):
        owner, values = find(frame, info, name)
        if owner is None and not values:
            if value.open:  # if it is of this class, none of those below it is asked
                frame.pass_over(at, "property", (name, "__getattr__"))
            continue
        if any(isinstance(each, Descriptor) and each.type in ("property", "cached_property") for each in values):
            if not values <= seen:
                found |= bind_all(frame, values, told_by(frame, value, owner), info, at)
            seen |= values
            continue
        if values <= seen or (own and _is_hidden(frame, value, name, values)):
            continue
        seen |= values
        if any(isinstance(each, Function) for each in values) and _is_field(frame, owner, info, name):
            found |= values  # each instance has it for itself, so a function is no method
        else:
            found |= bind_all(frame, values, told_by(frame, value, owner), info, at)
    return found


def _is_hidden(frame: Frame, value: Instance, name: str, values: Values) -> bool:
    """Whether an instance's own attribute hides what its class binds; of a field it has what the factory makes."""
    if not all(isinstance(each, (Function, Constant, External, Wrapper)) for each in values):
        return False
    return not any(isinstance(each, Function) for each in values) or is_set_from_start(frame, value, name)


def _of_unknown_class(frame: Frame, value: Instance) -> Values:
    """What else an attribute may be if something unknown was put in the place of the instance's class."""
    is_known = all(isinstance(each, Class) for each in put_in_place(frame, value))
    return NOTHING if is_known else frozenset((frame.machine.unknown,))


def _is_field(frame: Frame, owner: ClassInfo | None, info: ClassInfo, name: str) -> bool:
    """Whether an initialiser that nobody wrote sets the attribute on each instance."""
    fields = frame.machine.synthetic_fields(frame, info) if owner is not None and name in owner.fields else None
    return fields is not None and name in fields.names


def _of_member(frame: Frame, value: Instance, name: str) -> Values:
    """`name` and `value` of a member of an enumeration, unless its class says otherwise."""
    member = member_name(value)
    if member is None or any(name in info.names for info in value.info.classes):
        return NOTHING
    return frame.machine.only(Constant, member) if "name" in name else member_value(frame, value, member)


def _fallback(frame: Frame, value: Instance, name: str, at: int) -> Values:
    declared = frame.machine.declared_attribute(frame, value.info, name)
    if declared:
        return declared
    if not name.startswith("__"):
        getter = special(frame, value, "__getattr__")
        if getter:
            return frame.machine.call(frame, getter, Arguments((frame.machine.only(Constant, name),)), at, "property")
    return NOTHING


def _of_module(frame: Frame, value: Module, name: str, at: int) -> Values:
    if name == "__dict__":
        return namespace(frame, value.name)
    return frame.machine.module_attribute(frame, value.name, name, at)


def _of_constant(frame: Frame, value: Constant, name: str, at: int) -> Values:
    if value.value is None:
        return NOTHING
    type_name = type(value.value).__name__
    if name == "__class__":
        return frame.machine.only(External, f"<builtin>.{type_name}")
    if builtin_lacks(type_name, name):
        return NOTHING
    return frame.machine.only(Bound, frame.machine.make(External, f"<builtin>.{type_name}.{name}"), value)


def _of_pattern(frame: Frame, value: Pattern, name: str, at: int) -> Values:
    return frame.machine.only(Bound, frame.machine.make(External, f"<builtin>.str.{name}"), value)


def _of_container(frame: Frame, value: Container, name: str, at: int) -> Values:
    machine = frame.machine
    if "." in value.type:  # an object of a library that holds what the project gave it
        machine.named[f"{value.type}.{name}"] = value.type
        return machine.only(Bound, machine.make(External, f"{value.type}.{name}"), value)
    is_wrapped = value.library in WRAPPERS
    if is_wrapped and name == "data":
        return frozenset((value,))
    if containers.is_made(value) and builtin_lacks(value.type, name):
        return NOTHING
    is_own = value.library and not is_wrapped and not is_builtin(value.library, name)
    path = value.library if is_own else f"<builtin>.{value.type}"
    return machine.only(Bound, machine.make(External, f"{path}.{name}"), value)


def _of_function(frame: Frame, value: Function | Bound, name: str, at: int) -> Values:
    own = frame.read(("external", value, name))
    if own:
        return own
    machine = frame.machine
    if isinstance(value, Bound):
        if name == "__self__":
            return frozenset((value.receiver,))
        if name == "__func__":
            return frozenset((value.function,))
    if name == "__call__":
        return frozenset((value,))
    if name == "__get__":
        return machine.only(Wrapper, "__get__", value)
    if name == "__name__" and isinstance(value, Function):
        return machine.only(Constant, value.code.scope.name)
    if isinstance(value, Bound) and isinstance(value.function, External):
        if value.function.path.startswith("<builtin>."):
            return frozenset((machine.unknown,))  # of an attribute of an attribute of a function nothing is known
        return of_external(frame, value.function, name, at)  # of what a class inherits from outside
    if not name.startswith("__"):
        return machine.only(Bound, machine.make(External, f"<builtin>.function.{name}"), value)
    return NOTHING


def _of_generator(frame: Frame, value: Generator, name: str, at: int) -> Values:
    machine = frame.machine
    return machine.only(Bound, machine.make(External, f"<builtin>.generator.{name}"), value)


def _of_descriptor(frame: Frame, value: Descriptor, name: str, at: int) -> Values:
    if name in ("setter", "getter", "deleter", "__get__"):
        return frame.machine.only(Wrapper, name, value)
    if name in ("fget", "func", "__func__", "__wrapped__"):
        return frozenset((value.getter,))
    return NOTHING


def _of_partial(frame: Frame, value: Partial, name: str, at: int) -> Values:
    if value.path:
        return frame.machine.only(Bound, frame.machine.make(External, f"{value.path}.{name}"), value)
    held = frame.machine.partial_arguments(value)
    if name == "args":
        return containers.packed_tuple(frame, held.positional, held.rest)
    if name == "keywords":
        return containers.packed_dict(frame, frame.code, dict(held.keywords), held.rest_keywords)
    return frame.read(("partial", value.key)) if name == "func" else NOTHING


def _of_wrapper(frame: Frame, value: Wrapper, name: str, at: int) -> Values:
    if name == REGISTER and value.name in (FUNCTION, METHOD):
        return frame.machine.only(Wrapper, REGISTER, value)
    if name == DISPATCH and value.name == FUNCTION:
        return frame.machine.only(Wrapper, DISPATCH, value)
    if name == "registry" and value.name == FUNCTION:
        return registry(frame, value, at)
    return frozenset((frame.machine.unknown,))


def _of_unknown(frame: Frame, value: Value, name: str, at: int) -> Values:
    return frozenset((frame.machine.unknown,))


ATTRIBUTE: dict[type[Value], Callable[[Frame, Any, str, int], Values]] = {
    Instance: _of_instance,
    Class: _of_class,
    Super: of_super,
    Module: _of_module,
    External: of_external,
    ExternalInstance: of_external,
    Constant: _of_constant,
    Container: _of_container,
    Function: _of_function,
    Bound: _of_function,
    Generator: _of_generator,
    Descriptor: _of_descriptor,
    Partial: _of_partial,
    Pattern: _of_pattern,
    Wrapper: _of_wrapper,
    Unknown: _of_unknown,
    Vacant: _of_unknown,
}
