"""Descriptors, and functions that give back, wrap or complete the function that they are given."""

from __future__ import annotations

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.dispatching import FUNCTION, METHOD
from ssot_lint.callgraph.enumerations import members
from ssot_lint.callgraph.equality import member_name
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.namespaces import write_name
from ssot_lint.callgraph.synthetic import CONVERTER, FACTORY, FACTORY_OF_SELF, FIELD, VALIDATOR
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Container,
    Descriptor,
    Function,
    Instance,
    Partial,
    Value,
    Values,
    Wrapper,
    ordered,
)

OWN = (Function, Bound, Class, Instance, Partial)
GIVE_BACK = (
    "dataclasses.dataclass",
    "attrs.define",
    "attrs.frozen",
    "attr.s",
    "attr.define",
    "attr.frozen",
    "typing.final",
    "typing.overload",
    "typing.runtime_checkable",
    "typing.no_type_check",
    "typing.override",
    "typing_extensions.override",
    "typing_extensions.deprecated",
    "warnings.deprecated",
    "abc.abstractmethod",
    "enum.unique",
    "types.coroutine",
)


def _descriptor(type_name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        getters = arguments.at(0) or arguments.at("fget") or NOTHING
        setters = arguments.at(1) or arguments.at("fset")
        setter = next(iter(ordered(setters or NOTHING)), None)
        made = {frame.machine.make(Descriptor, type_name, getter, setter, None) for getter in ordered(getters)}
        if not made and setter is not None:
            made = {frame.machine.make(Descriptor, type_name, frame.machine.unknown, setter, None)}
        return frozenset(made)

    return handler


def make_partial(frame: Frame, function: Values, held: Arguments, at: int) -> Values:
    """A function that holds some arguments already."""
    key = (frame.code.module.name, at, frame.activation)
    made = frame.machine.make(Partial, key)
    frame.write(("partial", key), function, strong=True)
    frame.machine.set_partial(made, held)
    return frozenset((made,))


def _partial(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not arguments.positional:
        return None
    held = arguments._replace(positional=arguments.positional[1:])
    return make_partial(frame, arguments.positional[0], held, at)


def _partial_method(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    made = _partial(frame, arguments, at, receiver)
    return frozenset(frame.machine.make(Wrapper, "partialmethod", each) for each in ordered(made)) if made else None


def _decorated_by_manager(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """A `ContextDecorator` called with a function: one that enters it, calls the function, and leaves it."""
    if not isinstance(receiver, Instance):
        return None
    functions = ordered(arguments.at(0) or NOTHING)
    return frozenset(
        frame.machine.make(Bound, frame.machine.make(Wrapper, "entering", each), receiver) for each in functions
    )


def _wraps(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return (
        frozenset(frame.machine.make(Wrapper, "wraps", value) for value in ordered(arguments.at(0) or NOTHING)) or None
    )


def _reference(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`weakref.ref(x)`: a call of it gives x. What it calls when x is gone, the models say."""
    frame.machine.models.apply(frame, "weakref.ref", arguments, at, receiver)
    return frozenset(frame.machine.make(Wrapper, "reference", value) for value in arguments.at(0) or NOTHING) or None


def _same(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """Gives back its first argument; called with options only (`@lru_cache(maxsize=8)`), a decorator that does."""
    first = arguments.at(0)
    if first and any(isinstance(value, (Function, Bound, Class, Descriptor, Instance, Partial)) for value in first):
        return first
    return frame.machine.only(Wrapper, "same", frame.machine.none)


def _global_enumeration(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`enum.global_enum`: the members of the class are names of its module, too."""
    first = arguments.at(0) or NOTHING
    for value in ordered(first):
        if not isinstance(value, Class):
            continue
        for member, _ in members(frame, value.info):
            name = member_name(member) or ""
            write_name(frame, value.info.code.module.name, name, frozenset((member,)), strong=True)
    return first or None


def _dispatching(name: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        return frozenset(frame.machine.make(Wrapper, name, value) for value in arguments.at(0) or NOTHING) or None

    return handler


def _context_manager(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    first = arguments.at(0) or NOTHING
    for value in first:
        if isinstance(value, Function):
            frame.machine.split.add(value.code)
    return first


def _field(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    factory = arguments.at("default_factory") or arguments.at("factory")
    if factory:
        return frozenset(frame.machine.make(Wrapper, FACTORY, value) for value in ordered(factory))
    return arguments.at("default") or None


def _attrs_field(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """A field of attrs, with what converts and checks what it is given."""
    default = _field(frame, arguments, at, receiver) or arguments.at(0) or NOTHING
    found = default | frame.machine.only(Wrapper, FIELD, frame.machine.none)
    for name in (CONVERTER, VALIDATOR):
        for value in ordered(arguments.at(name) or NOTHING):
            listed = containers.elements(frame, value) if isinstance(value, Container) else frozenset((value,))
            found |= {frame.machine.make(Wrapper, name, each) for each in listed if isinstance(each, OWN)}
    return found


def _factory(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`attrs.Factory(list)`, the default of a field; it may ask for the instance."""
    made = ordered(arguments.at(0) or arguments.at("factory") or NOTHING)
    kind = FACTORY_OF_SELF if arguments.at(1) or arguments.at("takes_self") else FACTORY
    return frozenset(frame.machine.make(Wrapper, kind, value) for value in made) or None


HANDLERS: dict[str, Handler] = {
    "<builtin>.property": _descriptor("property"),
    "functools.cached_property": _descriptor("cached_property"),
    "<builtin>.staticmethod": _descriptor("staticmethod"),
    "<builtin>.classmethod": _descriptor("classmethod"),
    "functools.partial": _partial,
    "functools.partialmethod": _partial_method,
    "contextlib.ContextDecorator.__call__": _decorated_by_manager,
    "functools.wraps": _wraps,
    **{f"weakref.{name}": _reference for name in ("ref", "WeakMethod")},
    "contextlib.contextmanager": _context_manager,
    "contextlib.asynccontextmanager": _context_manager,
    "dataclasses.field": _field,
    **dict.fromkeys(("attrs.field", "attr.field", "attr.ib", "attr.attrib"), _attrs_field),
    "attrs.Factory": _factory,
    "attr.Factory": _factory,
    "pydantic.Field": _field,
    **{f"functools.{name}": _same for name in ("lru_cache", "cache", "total_ordering")},
    **{f"functools.{name}": _dispatching(name) for name in (FUNCTION, METHOD)},
    **dict.fromkeys(GIVE_BACK, _same),
    "enum.global_enum": _global_enumeration,
}
