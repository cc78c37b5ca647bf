"""Operators: which special methods they call, and what they give where a value has none in the project.

Source of the methods: the Python language reference, 3.3.8 "Emulating numeric types" and 3.3.1 "Basic customization".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.callgraph import containers, lookup, merging
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.bounds import MOST
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.showing import show_by_directives
from ssot_lint.callgraph.values import (
    NOTHING,
    Class,
    Constant,
    Container,
    ExternalInstance,
    Instance,
    Pattern,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model
from ssot_lint.findings import Certainty

REFLECTED = {name: f"__r{name[2:]}" for name in (
    "__add__", "__sub__", "__mul__", "__matmul__", "__truediv__", "__floordiv__", "__mod__", "__divmod__", "__pow__",
    "__lshift__", "__rshift__", "__and__", "__xor__", "__or__",
)}  # fmt: skip
MOST_TEXTS = 16


def operate(frame: Frame, left: Values, method: str, right: Values, at: int) -> Values:
    """A binary operator: the left operand's method, else the right one's reflected method."""
    found = NOTHING
    combined: list[Container] = []
    are_few = len(left) * len(right) <= MOST  # a loop that adds to a text would make ever more of them
    if (name := REFLECTED.get(method)) and is_below(left, right) and _overrides(frame, left, right, name):
        found = asked_first(frame, left, name, right, at)
        if frame.machine.not_implemented not in found:
            return found
    for value, result in special_calls(frame, left, (method,), Arguments((right,)), at):
        if result is not None:
            found |= result - {frame.machine.not_implemented}
            if frame.machine.not_implemented not in result:
                continue
        limit: Certainty = "likely" if result is not None and len(result) > 1 else "certain"
        reflected = _reflect(frame, right, method, value, at, limit)
        if reflected is not None:
            found |= reflected
        elif isinstance(value, Container) and method == "__mul__":
            found |= _repeat(frame, value, right, at)
        elif isinstance(value, Container):
            combined.append(value)
        elif isinstance(value, (Constant, Pattern)):
            found |= _computed(frame, value, method, right, at, are_few)
        elif isinstance(value, ExternalInstance):
            found |= frame.machine.models.operate(frame, value, method, right, at)
        elif not result:
            found |= frozenset((frame.machine.unknown,))
    return found | _combine(frame, combined, right, at)


def is_below(left: Values, right: Values) -> bool:
    """Whether the right operand's class is surely below the left one's, so that it is asked first."""
    if len(left) != 1 or len(right) != 1:
        return False
    (one,), (other,) = left, right
    if not isinstance(one, Instance) or not isinstance(other, Instance) or one.open or one.info is other.info:
        return False
    return other.info.derives_from(one.info)


def _overrides(frame: Frame, left: Values, right: Values, name: str) -> bool:
    """Whether the right operand's class has a reflected method of its own: else the left one is asked first."""
    methods = [lookup.find(frame, value.info, name) for value in (*left, *right) if isinstance(value, Instance)]
    return methods[1][0] is not None and methods[0] != methods[1]


def asked_first(frame: Frame, left: Values, name: str, right: Values, at: int) -> Values:
    """What the right operand gives, where it is asked first; NotImplemented where it has no such method."""
    (value,) = right
    result = special_call(frame, value, (name,), Arguments((left,)), at)
    return frozenset((frame.machine.not_implemented,)) if result is None else result


def _computed(frame: Frame, value: Constant | Pattern, method: str, right: Values, at: int, are_few: bool) -> Values:
    """An operation on a constant: the beginning of a string that is added to is known still."""
    if isinstance(value, Pattern):
        if method == "__mod__":
            show_by_directives(frame, None, right, at)
        return text_like(frame, value.prefix, "") if method == "__add__" else frozenset((frame.machine.unknown,))
    if isinstance(value.value, str) and method == "__add__":
        texts = joined_texts([value.value], right) if are_few else None
        if texts is not None:
            return frozenset(frame.machine.make(Constant, text) for text in texts)
        return text_like(frame, value.value, "")
    if isinstance(value.value, str) and method == "__mod__":
        show_by_directives(frame, value.value, right, at)
        return text_like(frame, value.value.partition("%")[0], "")
    return frame.machine.only(ExternalInstance, f"<builtin>.{type(value.value).__name__}")


def _reflect(frame: Frame, right: Values, method: str, left: Value, at: int, limit: Certainty) -> Values | None:
    """What the right operands' reflected method gives, at best that certain; None where none of them has one.

    An operand of the left one's own class is not asked: it would say the same.
    """
    found: Values | None = None
    name = REFLECTED.get(method)
    for value in ordered(right) if name else ():
        result = None
        if isinstance(value, Instance) and not _are_alike(left, value):
            result = special_call(frame, value, (name or "",), Arguments((frozenset((left,)),)), at, limit)
            if result is not None:
                found = (found or NOTHING) | result
        if result is None and len(right) > 1:
            frame.pass_over(at, "operator", (name or "",))
    return found


def _are_alike(left: Value, right: Instance) -> bool:
    """Whether two operands are surely of one class."""
    return isinstance(left, Instance) and left.info is right.info and not (left.open or right.open)


def _combine(frame: Frame, left: Sequence[Container], right: Values, at: int) -> Values:
    """`list + list`, `dict | dict`: new containers, one of a type, with what both sides hold."""
    is_told = all(isinstance(other, Container) for other in right)
    found = NOTHING
    for kind in dict.fromkeys(value.type for value in left):
        made = containers.make(frame, kind, at, (), of=None if is_told else frame.machine.none)
        merging.merge_any(frame, made, [value for value in left if value.type == kind])
        merging.merge_any(frame, made, ordered(right))
        found |= frozenset((made,))
    return found


def _repeat(frame: Frame, value: Container, right: Values, at: int) -> Values:
    """`[x] * n`: so many times the same items, where that is known and not too many."""
    items = containers.exact(frame, value)
    times = next(iter(right)) if len(right) == 1 else None
    count = times.value if isinstance(times, Constant) and isinstance(times.value, int) else None
    if items is not None and count is not None and len(items) * count <= containers.PLAIN_ENTRIES:
        return frozenset((containers.make(frame, value.type, at, list(enumerate(items * count))),))
    # What multiplies a list by itself is an array.
    held = containers.elements(frame, value)
    return frozenset((containers.make(frame, value.type, at, (), held, of=frame.machine.none),))


def truth(frame: Frame, values: Values, at: int) -> None:
    """Testing values for truth calls their `__bool__`, else their `__len__`."""
    if any(isinstance(value, (Instance, Class)) for value in values):
        for _ in special_calls(frame, values, ("__bool__", "__len__"), Arguments(), at):
            pass


def site_of(expression: model.Expression) -> int:
    """A site that stands for an expression: its own, or that of its first part that has one."""
    if isinstance(expression, model.Operation):
        return expression.rest[0][2]
    if isinstance(expression, model.BoolOp):
        return site_of(expression.values[0])
    if isinstance(expression, model.Conditional):
        return site_of(expression.test)
    if isinstance(expression, model.Walrus):
        return expression.target.at
    return getattr(expression, "at", -1)


def special_calls(
    frame: Frame, values: Values, names: tuple[str, ...], arguments: Arguments, at: int
) -> Iterator[tuple[Value, Values | None]]:
    """Each of the values with what `special_call` gives; a call for one that others do without is not certain."""
    several = len(values) > 1
    for value in ordered(values):
        result = special_call(frame, value, names, arguments, at)
        if several and result is None and value is not frame.machine.none:
            frame.pass_over(at, "operator", names)
        yield value, result


def special_call(
    frame: Frame, value: Value, names: tuple[str, ...], arguments: Arguments, at: int, limit: Certainty = "certain"
) -> Values | None:
    """Calls the first of the special methods that the value's class has; None where it has none in the project."""
    if not isinstance(value, Instance) and lookup.class_of(value) is None:
        return None
    method = lookup.first_special(frame, value, names)
    return frame.machine.call(frame, method, arguments, at, "operator", limit) if method else None


def joined_texts(texts: list[str] | None, values: Values) -> list[str] | None:
    """The texts, each with each of the values behind it; None where a value is no text, or there are too many."""
    others = [each.value for each in ordered(values) if isinstance(each, Constant) and isinstance(each.value, str)]
    if texts is None or not others or len(others) < len(values) or len(texts) * len(others) > MOST_TEXTS:
        return None
    return [text + other for text in texts for other in others]


def text_like(frame: Frame, prefix: str, suffix: str) -> Values:
    """A string of which only the beginning and the end are known."""
    if prefix or suffix:
        return frame.machine.only(Pattern, prefix, suffix)
    return frame.machine.only(ExternalInstance, "<builtin>.str")
