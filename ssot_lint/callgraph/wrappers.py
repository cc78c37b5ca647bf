"""Calls of what the language itself makes of functions: `wraps(f)`, `prop.setter`, a `singledispatch` function."""

from __future__ import annotations

from ssot_lint.callgraph import dispatching, lookup
from ssot_lint.callgraph.activation import CallKind
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Class, Descriptor, Function, Instance, Value, Values, Wrapper, ordered
from ssot_lint.findings import Certainty


def call_wrapper(
    frame: Frame, value: Wrapper, arguments: Arguments, at: int, kind: CallKind, certainty: Certainty
) -> Values:
    """`wraps(f)(g)` is g; `prop.setter(f)` is the property with f; `function.__get__(x)` is the bound function."""
    machine = frame.machine
    first = arguments.at(0) or NOTHING
    if value.name == "wraps":
        for wrapper in ordered(first):
            frame.write(("external", wrapper, "__wrapped__"), frozenset((value.value,)), strong=True)
    if value.name in ("setter", "getter", "deleter") and isinstance(value.value, Descriptor):
        made = NOTHING
        for function in ordered(first):
            parts = {"getter": value.value.getter, "setter": value.value.setter, "deleter": value.value.deleter}
            parts[value.name] = function
            made |= machine.only(Descriptor, "property", parts["getter"], parts["setter"], parts["deleter"])
        return made
    if value.name == dispatching.REGISTER:
        if isinstance(value.value, Wrapper) and value.value.name == dispatching.METHOD:
            frame.record(at, kind, f"functools.{dispatching.METHOD}.register", None, "certain")
        return dispatching.register(frame, value.value, arguments)
    if value.name == dispatching.DISPATCH and isinstance(value.value, Wrapper):
        return dispatching.dispatched(frame, value.value, first)
    if value.name in (dispatching.FUNCTION, dispatching.METHOD):
        place = 0 if value.name == dispatching.FUNCTION else 1
        chosen = dispatching.chosen(frame, value, arguments.at(place) or NOTHING)
        return machine.call(frame, chosen, arguments, at, kind)
    if value.name == "reference":
        return frozenset((value.value, machine.none))
    if value.name == "entering":
        return _call_entering(frame, value.value, arguments, at, kind)
    if value.name == "__get__":
        return _call_get(frame, value.value, arguments, at)
    return first


def _call_entering(frame: Frame, function: Value, arguments: Arguments, at: int, kind: CallKind) -> Values:
    """A function inside a context manager: the first argument."""
    machine = frame.machine
    nothing = frozenset((machine.none, machine.unknown))
    for manager in ordered(arguments.at(0) or NOTHING):
        machine.call(frame, lookup.special(frame, manager, "__enter__"), Arguments(), at, "context")
    rest = Arguments(arguments.positional[1:], arguments.keywords, arguments.rest, arguments.rest_keywords)
    result = machine.call(frame, frozenset((function,)), rest, at, kind)
    for manager in ordered(arguments.at(0) or NOTHING):
        machine.call(frame, lookup.special(frame, manager, "__exit__"), Arguments((nothing,) * 3), at, "context")
    return result


def _call_get(frame: Frame, value: Value, arguments: Arguments, at: int) -> Values:
    """`function.__get__(instance, owner)`: what the descriptor gives for them; the owner counts without an instance."""
    given = (arguments.at(0) or NOTHING) - {frame.machine.none}
    owner = NOTHING if given or isinstance(value, Function) else arguments.at(1) or NOTHING
    found = NOTHING
    for receiver in ordered(given | owner):
        if isinstance(receiver, (Instance, Class)):
            found |= lookup.bind(frame, value, receiver, receiver.info, at)
    return found or frozenset((value,))
