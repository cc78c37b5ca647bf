"""`isinstance` and `issubclass`: what metaclasses and abstract classes are asked. `cast`: what code says of a value."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph import attributes, containers, lookup
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.instances import REGISTERED, classes_of, is_instance
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
        known = _answer(frame, first, arguments.at(1) or NOTHING) if method == "__instancecheck__" else None
        return frame.machine.only(*((ExternalInstance, "<builtin>.bool") if known is None else (Constant, known)))

    return handler


def _answer(frame: Frame, values: Values, asked: Values) -> bool | None:
    """Whether all the values are such instances, or none is; None where that is not told, or not alike for all."""
    classes = classes_of(frame, asked)
    if not values or classes is None or any(_decides_itself(each) for each in classes):
        return None
    answers = {is_instance(frame, value, classes) for value in values}
    return answers.pop() if len(answers) == 1 else None


def _decides_itself(value: Value) -> bool:
    """Whether a class has a say in what its instances are."""
    is_plain = isinstance(value, Class) and not value.info.unknown_base and not value.info.metaclasses
    return isinstance(value, Class) and not (is_plain and not any(HOOK in each.names for each in value.info.classes))


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


def _register(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`Abstract.register(x)`: from now on x counts as a class below it, and below those above it."""
    for each in receiver.info.classes if isinstance(receiver, Class) else ():
        frame.machine.heap.write((REGISTERED, each), arguments.at(0) or NOTHING, frame.activation)
    return arguments.at(0) or None


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
    "abc.ABCMeta.register": _register,
    "typing.cast": _cast,
    "typing_extensions.cast": _cast,
}
