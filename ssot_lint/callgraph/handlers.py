"""Handlers of exceptions: what they catch, and whether what they catch gets past them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ssot_lint.callgraph import containers, lookup, writes
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.expressions import evaluate
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.narrowing import may_be
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Container,
    External,
    ExternalInstance,
    Function,
    Instance,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model
from ssot_lint.facts.nested import nested, walk

NO_VALUES: Mapping[str, Value] = MappingProxyType({})
_MOST_THINGS = 64


def bind(frame: Frame, handler: model.Handler, types: Values) -> None:
    """Binds the name of a handler to what it catches of the types."""
    if handler.name is not None:
        caught = _caught(frame, types)
        frame.store(handler.name, _group(frame, caught) if handler.is_group else caught)


def note_raising(frame: Frame, handler: model.Handler, body: list[model.Statement]) -> None:
    """Notes of each `raise` in a handler that is about to run whether the handler surely ends in one.

    `if step.critical: raise` is such a `raise` where all steps are critical; where only some are, it is one after a
    call of `step.run()` that goes to theirs.
    """
    raising = [each for each in nested(handler.body) if isinstance(each, model.Raise)]
    is_ended = bool(raising) and _surely_raises(frame, handler.body)
    ended, ended_for = frame.activation.ended, frame.activation.ended_for
    codes = _ending(frame, handler.body, body) if raising and not is_ended else frozenset()
    for each in raising:
        ended[each.at] = is_ended and ended.get(each.at, True)
        ended_for[each.at] = codes & ended_for.get(each.at, codes)


def _ending(frame: Frame, handling: list[model.Statement], body: list[model.Statement]) -> frozenset[Code]:
    """The functions that the body calls by an attribute of those things alone for which the handler raises."""
    ending: set[Code] = set()
    others: set[Code] = set()
    for name in _asked(handling):
        methods = {
            each.function.name
            for each in walk(body)
            if isinstance(each, model.Call) and isinstance(each.function, model.Attribute)
            if isinstance(each.function.value, model.Name) and each.function.value.id == name
        }
        values = frame.load(name) if methods else NOTHING
        for value in values if 1 < len(values) <= _MOST_THINGS else ():
            codes = {code for method in methods for code in _codes(_attribute(frame, value, method))}
            (ending if _surely_raises(frame, handling, {name: value}) else others).update(codes)
    return frozenset(ending - others)


def _asked(handling: list[model.Statement]) -> list[str]:
    """The variables whose attributes a handler's tests ask for."""
    tests = [each.test for each in nested(handling) if isinstance(each, model.If)]
    found = [each.value for each in walk(tests) if isinstance(each, model.Attribute)]
    return list(dict.fromkeys(each.id for each in found if isinstance(each, model.Name)))


def _attribute(frame: Frame, value: Value, name: str) -> Values:
    """What an instance has under a name, itself or by its class, as far as that is known."""
    if not isinstance(value, Instance) or value.key is None:
        return NOTHING
    return frame.cell_values(("field", value, name)) or lookup.find(frame, value.info, name)[1]


def _codes(values: Values) -> Iterator[Code]:
    for value in values:
        function = value.function if isinstance(value, Bound) else value
        if isinstance(function, Function):
            yield function.code


def _surely_raises(frame: Frame, body: list[model.Statement], known: Mapping[str, Value] = NO_VALUES) -> bool:
    """Whether statements end in a `raise`, as far as what is known of variables and attributes decides their tests.

    What is `known` of variables beside that tells of their attributes.
    """
    for statement in body:
        if isinstance(statement, model.Raise):
            return True
        if isinstance(statement, model.If):
            outcomes = [outcome for outcome in (True, False) if _may_be(frame, statement.test, outcome, known)]
            branches = [statement.body if outcome else statement.orelse for outcome in outcomes]
            if all(_surely_raises(frame, branch, known) for branch in branches):
                return True
            left = [each for branch in branches for each in nested(branch)]
        else:
            left = [*nested([statement])]
        if any(isinstance(each, (model.Return, model.Jump)) for each in left):
            return False
    return False


def _may_be(frame: Frame, test: model.Expression, outcome: bool, known: Mapping[str, Value]) -> bool:
    """Whether a test may have an outcome."""
    if isinstance(test, model.Not):
        return _may_be(frame, test.value, not outcome, known)
    if not isinstance(test, (model.Name, model.Attribute)):
        return True
    holder = test.value if isinstance(test, model.Attribute) else None
    if isinstance(test, model.Attribute) and isinstance(holder, model.Name) and holder.id in known:
        values = _attribute(frame, known[holder.id], test.name)
    else:
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
