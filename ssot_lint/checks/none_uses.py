"""What is done with None that it refuses: reading an attribute, a call, a loop."""

from __future__ import annotations

from ssot_lint.callgraph.activation import Missing
from ssot_lint.checks.reached import Reached
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import (
    Assert,
    Attribute,
    BoolOp,
    Call,
    Compare,
    Conditional,
    Expression,
    For,
    If,
    Index,
    Match,
    Name,
    Not,
    While,
)
from ssot_lint.facts.nested import walk

_OF_NONE = frozenset(dir(None))
USES = {
    "__call__": "call", "__getitem__": "index", "__setitem__": "index", "__iter__": "loop", "__mro_entries__": "base",
}  # fmt: skip
_HOW = {
    "call": "it is called", "index": "it is subscripted", "loop": "it is gone over", "base": "a class is made below it",
}  # fmt: skip


def how(missing: Missing) -> str:
    """What is done with what is None."""
    return _HOW.get(USES.get(missing.name, ""), f"its `{missing.name}` is read")


def fails(missing: Missing) -> bool:
    """Whether None refuses what is done with it: it has a `__class__`, for example."""
    return missing.name not in _OF_NONE or missing.name in USES


def read_from(node: object) -> Expression | None:
    """What an attribute is read from, what is subscripted, called, or gone over."""
    if isinstance(node, For):
        return node.iterable
    if isinstance(node, (Attribute, Index)):
        return node.value
    if isinstance(node, Name):
        return node  # the base of a class
    return node.function if isinstance(node, Call) else None


def is_asked(place: Reached, value: Expression) -> bool:
    """Whether the function looks at what the value is, anywhere."""
    name = written(value)
    tests: list[object] = []
    for node in walk(place.node.activation.code.scope.body):
        if isinstance(node, (If, While, Conditional, Assert)):
            tests.append(node.test)
        elif isinstance(node, (BoolOp, Compare, Not)):
            tests.append(node)
        elif isinstance(node, Match):
            tests.append(node.subject)
    return not name or any(
        written(each) == name
        for test in tests
        for each in walk(test)
        if isinstance(each, (Attribute, Name)) and each is not value
    )
