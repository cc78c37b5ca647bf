"""Comparisons: which special methods they call, and those that looking for a value in a container calls.

Source of the methods: the Python language reference, 3.3.1 "Basic customization" and 6.10 "Comparisons".
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph import containers, hashing, iteration, lookup
from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import asked_first, is_below, special_call, special_calls
from ssot_lint.callgraph.values import Container, Instance, Value, Values, ordered

COMPARISONS = {"==": "__eq__", "!=": "__ne__", "<": "__lt__", "<=": "__le__", ">": "__gt__", ">=": "__ge__"}
ROOTS = ("__lt__", "__le__", "__gt__", "__ge__")
SWAPPED = {"__lt__": "__gt__", "__le__": "__ge__", "__gt__": "__lt__", "__ge__": "__le__", "__eq__": "__eq__"}

EQUALITIES = ("__eq__", "__ne__")
SEQUENCES = ("list", "tuple")
# Of more lists or tuples that may be compared with each other, none is gone through.
MOST_PAIRS = 16


def membership(frame: Frame, left: Values, right: Values, at: int) -> None:
    """`left in right`: the container's `__contains__`, else what iterating over it calls."""
    for value, result in special_calls(frame, right, ("__contains__",), Arguments((left,)), at):
        if isinstance(value, Container):
            search(frame, value, left, at)
        elif result is None and isinstance(value, Instance):
            iteration.iterate(frame, frozenset((value,)), at)
        elif result is None and len(right) == 1:
            iteration.note_lacking(frame, value, "__contains__", at)


def search(frame: Frame, container: Container, wanted: Values, at: int) -> None:
    """What looking for a value in a container calls: each item of a list or tuple is asked whether it is equal."""
    hashing.seek(frame, container, wanted, at)
    if container.type not in SEQUENCES:
        return
    items = containers.elements(frame, container)
    items -= frozenset(each for each in wanted if len(wanted) == 1 and _is_one_object(frame, container, each))
    if any(isinstance(each, Instance) for each in items | wanted) and not frame.is_done("search", at, items, wanted):
        with frame.at_best("likely"):  # an item before it may be the one
            rich_comparison(frame, items, "__eq__", wanted, at)


def _is_one_object(frame: Frame, container: Container, value: Value) -> bool:
    """Whether what stands for a value stands for the very same object in the container, of which no one asks more."""
    key = value.key if isinstance(value, Instance) else None
    made_in = key[2] if isinstance(key, tuple) and len(key) > 2 else None
    is_of_module = isinstance(made_in, Activation) and made_in.function is None
    return is_of_module or containers.is_made_here(frame, container)


def rich_comparison(frame: Frame, left: Values, method: str, right: Values, at: int) -> None:
    """A comparison: the left operand's method, else the right one's for the operands swapped."""
    names = (method, "__eq__") if method == "__ne__" else (method,)
    swapped = SWAPPED.get(method)
    is_asked_first = bool(swapped) and is_below(left, right)
    if is_asked_first and frame.machine.not_implemented not in asked_first(frame, left, swapped or "", right, at):
        return
    compare_items(frame, left, method, right, at)
    others = [other for other in ordered(right) if lookup.class_of(other) is not None] if swapped else []
    for value in ordered(left):
        result = special_call(frame, value, (*names, *_ordering(value, method)), Arguments((right,)), at)
        if result is None and len(left) > 1:
            frame.pass_over(at, "operator", names)
        if result is None and swapped:
            if len(others) < len(right):
                frame.pass_over(at, "operator", (swapped,))
            for other in others:
                special_call(frame, other, (swapped,), Arguments((frozenset((value,)),)), at)


def compare_items(frame: Frame, left: Values, method: str, right: Values, at: int) -> None:
    """Lists and tuples compare item with item, until two are unlike; many that may stand there are not gone through."""
    mine, theirs = ([*_sequences(each)] for each in (left, right))
    pairs = [(one, other) for one in mine for other in theirs if one.type == other.type]
    if not pairs or len(pairs) > MOST_PAIRS or frame.is_done("items", at, method, left, right):
        return
    with frame.at_best("likely"):
        for one, other in pairs:
            items, others = containers.exact(frame, one), containers.exact(frame, other)
            if items is None or others is None:
                items, others = [containers.elements(frame, one)], [containers.elements(frame, other)]
            for each, against in zip(items, others, strict=False):
                one_side, other_side = _without_sequences(each), _without_sequences(against)
                if any(isinstance(value, Instance) for value in one_side | other_side):
                    rich_comparison(frame, one_side, "__eq__", other_side, at)
                    if method not in EQUALITIES:
                        rich_comparison(frame, one_side, method, other_side, at)


def _sequences(values: Values) -> Iterator[Container]:
    return (each for each in ordered(values) if isinstance(each, Container) and each.type in SEQUENCES)


def _without_sequences(values: Values) -> Values:
    """The values but for those that would be compared item by item in their turn."""
    return values - frozenset(_sequences(values))


def _ordering(value: Value, method: str) -> tuple[str, ...]:
    """The method by which `functools.total_ordering` makes another comparison."""
    if method not in ROOTS or not isinstance(value, Instance):
        return ()
    written = [info for info in value.info.classes if "functools.total_ordering" in info.decorators]
    return ROOTS if written else ()
