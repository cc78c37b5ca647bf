"""`isinstance` and `issubclass`: what metaclasses and abstract classes are asked. `cast`: what code says of a value."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph import attributes, containers, lookup
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import special_call
from ssot_lint.callgraph.values import (
    NOTHING,
    Class,
    Constant,
    Container,
    ExternalInstance,
    Instance,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model

# What a class is asked by way of `abc.ABCMeta`.
HOOK = "__subclasshook__"


def _asking(method: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        first = arguments.at(0) or NOTHING
        for value in _asked(frame, arguments.at(1) or NOTHING):
            if special_call(frame, value, (method,), Arguments((first,)), at) is None:
                _ask_hook(frame, value, first if method == "__subclasscheck__" else _classes(frame, first), at)
        return frame.machine.only(ExternalInstance, "<builtin>.bool")

    return handler


def _asked(frame: Frame, values: Values) -> Iterator[Class]:
    """The classes of the second argument: one, or a tuple of them."""
    for value in ordered(values):
        if isinstance(value, Class):
            yield value
        elif isinstance(value, Container):
            yield from (each for each in ordered(containers.elements(frame, value)) if isinstance(each, Class))


def _ask_hook(frame: Frame, value: Class, classes: Values, at: int) -> None:
    if any(HOOK in info.names for info in value.info.classes):
        hook = attributes.attribute(frame, frozenset((value,)), HOOK, at)
        frame.machine.call(frame, hook, Arguments((classes,)), at, "operator")


def _classes(frame: Frame, values: Values) -> Values:
    found = NOTHING
    for value in ordered(values):
        found |= lookup.type_of(frame, value) if isinstance(value, Instance) else frozenset((frame.machine.unknown,))
    return found


def _cast(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """What is cast; where nothing better is known of it, an instance of the class that it is said to be."""
    machine, found = frame.machine, arguments.at(1) or arguments.at("val") or NOTHING
    if all(value is machine.unknown or isinstance(value, ExternalInstance) for value in found):
        for said in ordered(arguments.at(0) or arguments.at("typ") or NOTHING):
            if isinstance(said, Class):
                found |= machine.only(Instance, said.info, None, True)
            elif isinstance(said, Constant) and isinstance(said.value, str):
                found |= machine.annotated(frame, model.Const(said.value))
    return found


HANDLERS: dict[str, Handler] = {
    "<builtin>.isinstance": _asking("__instancecheck__"),
    "<builtin>.issubclass": _asking("__subclasscheck__"),
    "typing.cast": _cast,
    "typing_extensions.cast": _cast,
}
