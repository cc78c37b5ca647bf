"""What is done with None that it refuses: reading an attribute, a call, a loop, an operator."""

from __future__ import annotations

from typing import Literal, TypeAlias

from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.operators import REFLECTED
from ssot_lint.checks.reached import Reached
from ssot_lint.checks.surroundings import Surroundings, written
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
    Operation,
    While,
)
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site

_OF_NONE = frozenset(dir(None))
Use: TypeAlias = Literal["attribute", "call", "index", "loop", "base", "operator", "search", "argument"]
_OPERATORS = frozenset((*REFLECTED, *REFLECTED.values(), "__lt__", "__le__", "__gt__", "__ge__"))
_USES: dict[str, Use] = {
    "__call__": "call", "__getitem__": "index", "__setitem__": "index", "__iter__": "loop", "__mro_entries__": "base",
    "__contains__": "search",
}  # fmt: skip
_HOW: dict[Use, str] = {
    "call": "it is called", "index": "it is subscripted", "loop": "it is gone over", "base": "a class is made below it",
    "operator": "it is computed with", "search": "something is looked for in it",
}  # fmt: skip


def use_of(missing: Missing) -> Use:
    """What kind of use it is."""
    if missing.name.endswith("()"):
        return "argument"
    return "operator" if missing.name in _OPERATORS else _USES.get(missing.name, "attribute")


def how(missing: Missing) -> str:
    """What is done with what is None."""
    use = use_of(missing)
    return f"`{missing.name}` gets it" if use == "argument" else _HOW.get(use, f"its `{missing.name}` is read")


def fails(missing: Missing) -> bool:
    """Whether None refuses what is done with it: it has a `__class__`, for example."""
    return missing.name not in _OF_NONE or use_of(missing) != "attribute"


def read_from(surroundings: Surroundings, site: Site, missing: Missing) -> Expression | None:
    """What an attribute is read from at a place, what is subscripted, called, gone over, or computed with."""
    step = next(surroundings.of(site), None)
    if step is not None and isinstance(step.node, Operation) and use_of(missing) == "operator":
        return _operand(step.node, missing)
    node = surroundings.node(site)
    if isinstance(node, For):
        return node.iterable
    if isinstance(node, (Attribute, Index)):
        return node.value
    if isinstance(node, Name):
        return node  # the base of a class
    if isinstance(node, Call):
        return node.arguments[0] if use_of(missing) == "argument" else node.function
    if isinstance(node, Compare):
        return node.rest[0][1] if use_of(missing) == "search" else node.first
    return None


def _operand(node: Operation, missing: Missing) -> Expression | None:
    if missing.name in REFLECTED:
        return node.first  # only of the first operator the left side is noted
    return next((operand for _, operand, at in node.rest if at == missing.at), None)


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
