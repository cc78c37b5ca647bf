"""Iterators one step at a time: which item of a generator, or of `iter(xs)`, comes first, and which next."""

from __future__ import annotations

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import (
    NOTHING,
    Constant,
    Container,
    ExternalInstance,
    Generator,
    Value,
    Values,
    is_telling,
)
from ssot_lint.facts import model
from ssot_lint.facts.nested import walk


def sequence(frame: Frame, value: Value) -> list[Values] | None:
    """All items that the value gives, in their order; None where that is not known."""
    if isinstance(value, Container):
        return containers.exact(frame, value)
    if not isinstance(value, Generator):
        return None
    machine, activation = frame.machine, value.activation
    machine.enter(activation, frame.activation, activation.stage)
    sites = straight_yields(frame, activation.code)
    if sites is None or activation.wide or any(site not in activation.steps for site in sites):
        return None
    return [activation.steps[site] for site in sites]


def begin(frame: Frame, value: Value) -> None:
    """An iterator is made here, and stands at its first item."""
    frame.environment["position", value] = frame.machine.only(Constant, 0)


def advance(frame: Frame, value: Value) -> Values | None:
    """The next item of an iterator that only the evaluation which made it steps through; None where it is not known."""
    key = ("position", value)
    place = frame.environment.get(key, NOTHING)
    only = next(iter(place)) if len(place) == 1 else None
    index = only.value if isinstance(only, Constant) else None
    if isinstance(index, int) and not frame.loop_exits and not frame.machine.heap.read_foreign(key, frame.activation):
        items = sequence(frame, value)
        if items is not None and index < len(items):
            frame.environment[key] = frame.machine.only(Constant, index + 1)
            return items[index]
    lose(frame, value)
    return None


def end(frame: Frame, value: Generator) -> None:
    """A generator may come to its end here: what it returns is the `value` of the exception that says so."""
    returned = value.activation.result - {frame.machine.none}
    if frame.guarded and is_telling(returned):
        stopped = frame.machine.make(ExternalInstance, "<builtin>.StopIteration")
        frame.write(("external", stopped, "value"), returned, strong=False)


def lose(frame: Frame, value: Value) -> None:
    """Where an iterator stands is no longer known: somebody goes on with it."""
    if frame.environment.pop(("position", value), None) is None:
        unknown = frozenset((frame.machine.unknown,))
        frame.machine.heap.write(("position", value), unknown, frame.activation)


def straight_yields(frame: Frame, code: Code) -> tuple[int, ...] | None:
    """The sites of a generator's yields where each runs once, one after the other; None where it may be otherwise."""
    known = frame.machine.straight
    if code not in known:
        known[code] = _straight(frame.machine.body(code))
    return known[code]


def _straight(body: list[model.Statement]) -> tuple[int, ...] | None:
    found: list[int] = []
    for statement in body:
        value = statement.value if isinstance(statement, (model.Evaluate, model.Assign)) else None
        if isinstance(value, model.Yield):
            found.append(value.at)
            statement = model.Evaluate(value.value or model.Const(None))  # noqa: PLW2901 - the rest of it
        if any(isinstance(node, (model.Yield, model.YieldFrom, model.Return)) for node in walk(statement)):
            return None
    return tuple(found)
