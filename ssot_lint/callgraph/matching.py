"""`match`: what a pattern binds, and whether the subject may fit it at all."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.callgraph import attributes, containers, iteration, lookup
from ssot_lint.callgraph.equality import are_equal
from ssot_lint.callgraph.expressions import evaluate
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.instances import found_to_be
from ssot_lint.callgraph.values import NOTHING, Class, Constant, Container, External, Instance, Value, Values, ordered
from ssot_lint.facts import model

Assign = Callable[[Frame, model.Expression, Values], None]


def is_irrefutable(pattern: model.Pattern) -> bool:
    """Whether the pattern fits whatever comes."""
    return isinstance(pattern, model.MatchCapture) and (pattern.pattern is None or is_irrefutable(pattern.pattern))


def match(frame: Frame, pattern: model.Pattern, subject: Values, assign: Assign) -> bool:
    """Binds the pattern's names in the frame; false where the subject can't fit."""
    if isinstance(pattern, model.MatchValue):
        return _match_value(frame, pattern, subject)
    if isinstance(pattern, model.MatchCapture):
        if pattern.pattern is not None and not match(frame, pattern.pattern, subject, assign):
            return False
        if pattern.name is not None:
            frame.store(pattern.name, fitting(frame, pattern.pattern, subject))
        return True
    if isinstance(pattern, model.MatchClass):
        return _match_class(frame, pattern, subject, assign)
    if isinstance(pattern, model.MatchSequence):
        _match_sequence(frame, pattern, subject, assign)
        return True
    if isinstance(pattern, model.MatchMapping):
        for key, part in pattern.items:
            match(frame, part, iteration.subscript(frame, subject, evaluate(frame, key), -1), assign)
        if pattern.rest is not None:
            frame.store(pattern.rest, subject)
        return True
    fits = [match(frame, part, subject, assign) for part in pattern.patterns]
    return any(fits)


def left_over(frame: Frame, subject: model.Expression, pattern: model.Pattern, values: Values) -> Values:
    """The values of a subject that may come to the cases behind this one: those that don't surely fit it."""
    if not isinstance(subject, model.Name) or not frame.is_exact(subject.id):
        return values
    if isinstance(pattern, model.MatchOr):
        for part in pattern.patterns:
            values = left_over(frame, subject, part, values)
        return values
    if isinstance(pattern, model.MatchCapture) and pattern.pattern is not None:
        return left_over(frame, subject, pattern.pattern, values)
    if isinstance(pattern, model.MatchClass):
        return frozenset(value for value in values if not _surely_fits(frame, pattern, value))
    wanted = evaluate(frame, pattern.value) if isinstance(pattern, model.MatchValue) else NOTHING
    if len(wanted) != 1:
        return values
    return frozenset(value for value in values if are_equal(frame, value, *wanted, same_type=False) is not True)


def _surely_fits(frame: Frame, pattern: model.MatchClass, value: Value) -> bool:
    """Whether an instance is of the pattern's class and has what the pattern asks for, whatever that is."""
    classes = evaluate(frame, pattern.type)
    if len(classes) != 1 or not isinstance(value, Instance):
        return False
    (cls,) = classes
    if not isinstance(cls, Class) or not value.info.derives_from(cls.info):
        return False
    alone = frozenset((value,))
    return all(
        _surely_is(frame, part, attributes.attribute(frame, alone, name, pattern.at)) for name, part in pattern.keywords
    ) and all(
        _surely_is(frame, part, _positional(frame, alone, index, pattern.at))
        for index, part in enumerate(pattern.positional)
    )


def _surely_is(frame: Frame, pattern: model.Pattern, values: Values) -> bool:
    """Whether what an attribute is fits a part of a class pattern."""
    if not isinstance(pattern, model.MatchValue):
        return bool(values) and is_irrefutable(pattern)
    wanted = evaluate(frame, pattern.value)
    are_known = len(wanted) == 1 and bool(values)
    return are_known and all(are_equal(frame, value, *wanted, same_type=False) is True for value in values)


def _match_value(frame: Frame, pattern: model.MatchValue, subject: Values) -> bool:
    wanted = evaluate(frame, pattern.value)
    if len(wanted) != 1 or not subject:
        return True
    return any(are_equal(frame, value, *wanted, same_type=False) is not False for value in subject)


def fitting(frame: Frame, pattern: model.Pattern | None, subject: Values) -> Values:
    """What a subject that fits the pattern is known to be."""
    if isinstance(pattern, model.MatchClass):
        return _fitting(frame, pattern, subject) or subject
    if isinstance(pattern, model.MatchCapture):
        return fitting(frame, pattern.pattern, subject)
    if isinstance(pattern, model.MatchOr):
        return NOTHING.union(*(fitting(frame, part, subject) for part in pattern.patterns))
    return subject


def _fitting(frame: Frame, pattern: model.MatchClass, subject: Values) -> Values:
    classes = ordered(evaluate(frame, pattern.type))
    if not classes or not all(isinstance(each, (Class, External)) for each in classes):
        return subject
    return found_to_be(frame, subject, classes)


def _match_class(frame: Frame, pattern: model.MatchClass, subject: Values, assign: Assign) -> bool:
    fitting = _fitting(frame, pattern, subject)
    if subject and not fitting:
        return False
    for name, part in pattern.keywords:
        match(frame, part, attributes.attribute(frame, fitting, name, pattern.at), assign)
    for index, part in enumerate(pattern.positional):
        match(frame, part, _positional(frame, fitting, index, pattern.at), assign)
    return True


def _positional(frame: Frame, fitting: Values, index: int, at: int) -> Values:
    """The attribute that `__match_args__` (or the order of a dataclass's fields) gives a positional pattern."""
    found = NOTHING
    for value in ordered(fitting):
        if not isinstance(value, Instance):
            found |= frozenset((frame.machine.unknown,))
            continue
        name = _match_argument(frame, value, index)
        if name is not None:
            found |= attributes.attribute(frame, frozenset((value,)), name, at)
    return found


def _match_argument(frame: Frame, value: Instance, index: int) -> str | None:
    _, declared = lookup.find(frame, value.info, "__match_args__")
    for each in ordered(declared):
        if isinstance(each, Container):
            for name in ordered(containers.item(frame, each, index)):
                if isinstance(name, Constant) and isinstance(name.value, str):
                    return name.value
    synthetic = frame.machine.synthetic_fields(frame, value.info)
    if synthetic is not None and index < len(synthetic.names):
        return synthetic.names[index]
    return None


def _match_sequence(frame: Frame, pattern: model.MatchSequence, subject: Values, assign: Assign) -> None:
    element = NOTHING
    exact = [containers.exact(frame, value) if isinstance(value, Container) else None for value in ordered(subject)]
    for index, part in enumerate(pattern.patterns):
        known = [items[index] for items in exact if items is not None and index < len(items)]
        if pattern.star is None and len(known) == len(exact):
            match(frame, part, NOTHING.union(*known), assign)
            continue
        element = element or iteration.iterate(frame, subject, -1)
        if index == pattern.star and len(exact) == 1 and exact[0] is not None:
            after = len(pattern.patterns) - index - 1
            middle = exact[0][index : len(exact[0]) - after]
            match(frame, part, frozenset((containers.make(frame, "list", -2, list(enumerate(middle))),)), assign)
        elif index == pattern.star:
            made = containers.make(frame, "list", -2, (), element)
            match(frame, part, frozenset((made,)), assign)
        else:
            match(frame, part, element, assign)
