"""`functools.singledispatch`: which function of several is meant is told by the class of the first argument."""

from __future__ import annotations

import builtins
from collections.abc import Iterable

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.frame import Frame
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
    Instance,
    Value,
    Values,
    Wrapper,
    ordered,
)

FUNCTION, METHOD, REGISTER = "singledispatch", "singledispatchmethod", "register"
# `generic.dispatch`, which tells what a class is registered with.
DISPATCH = "dispatch"


def register(frame: Frame, generic: Value, arguments: Arguments) -> Values:
    """`generic.register(cls, function)`, or the decorators `@generic.register(cls)` and `@generic.register`."""
    first, second = arguments.at(0) or NOTHING, arguments.at(1) or arguments.at("func")
    machine = frame.machine
    if second is None:
        classes = frozenset(value for value in first if isinstance(value, (Class, External)))
        if classes:
            return frozenset(
                machine.make(Bound, machine.make(Wrapper, REGISTER, generic), each) for each in ordered(classes)
            )
        for function in ordered(first):
            _note(frame, generic, _annotated(frame, function), frozenset((function,)))
        return first
    _note(frame, generic, first, second)
    return second


def _note(frame: Frame, generic: Value, classes: Values, functions: Values) -> None:
    for each in ordered(classes):
        frame.machine.heap.write(("dispatched", generic), frozenset((each,)), frame.activation)
        frame.machine.heap.write(("dispatched", generic, each), functions, frame.activation)


def _annotated(frame: Frame, function: Value) -> Values:
    """The class that the annotation of a function's first argument names."""
    function = function.getter if isinstance(function, Descriptor) else function
    if not isinstance(function, Function):
        return NOTHING
    parameters = function.code.scope.parameters[1 if function.owner is not None else 0 :]
    annotation = parameters[0].annotation if parameters else None
    if annotation is None:
        return NOTHING
    named = frame.machine.evaluate(frame, annotation)
    return frozenset(value for value in named if isinstance(value, (Class, External)))


def chosen(frame: Frame, generic: Wrapper, values: Values) -> Values:
    """The functions that a call with such a first argument may mean."""
    return _matching(frame, generic, [_lineage(frame, value) for value in ordered(values)])


def dispatched(frame: Frame, generic: Wrapper, classes: Values) -> Values:
    """`generic.dispatch(cls)`: the functions that are meant for any of the classes."""
    return _matching(frame, generic, [_lineage_of_class(frame, value) for value in ordered(classes)])


def registry(frame: Frame, generic: Wrapper, at: int) -> Values:
    """`generic.registry`: a dict of what was registered."""
    made = containers.make(frame, "dict", at, ())
    for each in ordered(frame.machine.heap.read(("dispatched", generic), frame.activation)):
        containers.set_item(frame, made, frozenset((each,)), _registered(frame, generic, each), strong=False)
    containers.set_item(
        frame, made, frame.machine.only(External, "<builtin>.object"), frozenset((generic.value,)), strong=False
    )
    return frozenset((made,))


def _matching(frame: Frame, generic: Wrapper, lineages: Iterable[list[Value] | None]) -> Values:
    """What is registered for the first class of each lineage that has something; for one that is not known, all."""
    known = frame.machine.heap.read(("dispatched", generic), frame.activation)
    found = NOTHING
    for lineage in lineages:
        if lineage is None:
            return NOTHING.union((generic.value,), *(_registered(frame, generic, each) for each in known))
        match = next((each for each in lineage if each in known), None)
        found |= frozenset((generic.value,)) if match is None else _registered(frame, generic, match)
    return found


def _registered(frame: Frame, generic: Wrapper, each: Value) -> Values:
    return frame.machine.heap.read(("dispatched", generic, each), frame.activation)


def _lineage(frame: Frame, value: Value) -> list[Value] | None:
    """The classes of a value in the order in which methods are looked up; None where they are not known."""
    if isinstance(value, Instance) and not value.open:
        return _order(frame, value.info)
    return _builtin_lineage(frame, _builtin_name(value))


def _lineage_of_class(frame: Frame, value: Value) -> list[Value] | None:
    """The same of a class."""
    if isinstance(value, Class) and not value.open:
        return _order(frame, value.info)
    return _builtin_lineage(frame, value.path.removeprefix("<builtin>.")) if isinstance(value, External) else None


def _order(frame: Frame, info: ClassInfo) -> list[Value]:
    make = frame.machine.make
    return [make(External, each) if isinstance(each, str) else make(Class, each) for each in info.order]


def _builtin_lineage(frame: Frame, name: str) -> list[Value] | None:
    known = getattr(builtins, name, None)
    if not isinstance(known, type):
        return None
    return [frame.machine.make(External, f"<builtin>.{each.__name__}") for each in known.__mro__]


def _builtin_name(value: Value) -> str:
    if isinstance(value, Constant):
        return type(value.value).__name__
    if isinstance(value, Container):
        return value.type
    return value.path.removeprefix("<builtin>.") if isinstance(value, ExternalInstance) else ""
