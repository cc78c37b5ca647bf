"""Handlers of exceptions: what they catch, and whether what they catch gets past them."""

from __future__ import annotations

from ssot_lint.callgraph import containers, lookup, writes
from ssot_lint.callgraph.expressions import evaluate
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.narrowing import may_be
from ssot_lint.callgraph.values import (
    NOTHING,
    Class,
    Container,
    External,
    ExternalInstance,
    Instance,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model
from ssot_lint.facts.nested import nested


def bind(frame: Frame, handler: model.Handler, types: Values) -> None:
    """Binds the name of a handler to what it catches of the types."""
    if handler.name is not None:
        caught = _caught(frame, types)
        frame.store(handler.name, _group(frame, caught) if handler.is_group else caught)


def note_raising(frame: Frame, handler: model.Handler) -> None:
    """Notes of each `raise` in a handler that is about to run whether the handler surely ends in one.

    `if step.critical: raise` is such a `raise` where all steps are critical.
    """
    raising = [each for each in nested(handler.body) if isinstance(each, model.Raise)]
    is_ended = bool(raising) and _surely_raises(frame, handler.body)
    ended = frame.activation.ended
    for each in raising:
        ended[each.at] = is_ended and ended.get(each.at, True)


def _surely_raises(frame: Frame, body: list[model.Statement]) -> bool:
    """Whether statements end in a `raise`, as far as what is known of variables and attributes decides their tests."""
    for statement in body:
        if isinstance(statement, model.Raise):
            return True
        if isinstance(statement, model.If):
            outcomes = [outcome for outcome in (True, False) if _may_be(frame, statement.test, outcome)]
            branches = [statement.body if outcome else statement.orelse for outcome in outcomes]
            if all(_surely_raises(frame, branch) for branch in branches):
                return True
            left = [each for branch in branches for each in nested(branch)]
        else:
            left = [*nested([statement])]
        if any(isinstance(each, (model.Return, model.Jump)) for each in left):
            return False
    return False


def _may_be(frame: Frame, test: model.Expression, outcome: bool) -> bool:
    """Whether a test may have an outcome."""
    if isinstance(test, model.Not):
        return _may_be(frame, test.value, not outcome)
    if not isinstance(test, (model.Name, model.Attribute)):
        return True
    values = evaluate(frame, test)
    return not values or any(may_be(value, outcome) for value in values)


def _caught(frame: Frame, types: Values) -> Values:
    machine = frame.machine
    found = NOTHING
    seen: set[Value] = set()
    pending = ordered(types)
    for value in pending:
        if isinstance(value, Class):
            found |= _caught_below(frame, value)
        elif isinstance(value, External):
            found |= machine.only(ExternalInstance, value.path)
        elif isinstance(value, Container) and value not in seen:  # a tuple may hold itself, as far as can be told
            seen.add(value)
            pending += ordered(containers.elements(frame, value))
    return found or frozenset((machine.unknown,))


def _group(frame: Frame, caught: Values) -> Values:
    """What `except*` binds: a group of the exceptions."""
    group = frame.machine.only(ExternalInstance, "<builtin>.ExceptionGroup")
    held = containers.packed_tuple(frame, (), caught)
    writes.set_attribute(frame, group, "exceptions", held, -1)
    return group


def _caught_below(frame: Frame, value: Class) -> Values:
    """An exception of the class, or of those below it that the program makes, if it makes none of the class itself."""
    machine = frame.machine
    caught = machine.make(Instance, value.info, None, True)
    below = lookup.runtime_classes(frame, caught)[1:]
    if value.info.instantiated or not below:
        return frozenset((caught,))
    return frozenset(machine.make(Instance, each, None, False) for each in below)
