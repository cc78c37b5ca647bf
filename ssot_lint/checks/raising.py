"""What a function's code says of when it raises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.values import Constant, Value, Values
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.facts.model import (
    BoolOp,
    Const,
    Expression,
    If,
    Match,
    Name,
    Not,
    Raise,
    Return,
    Statement,
    Try,
    While,
    With,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_TESTS = (If, While)


def only_raises(body: Iterable[Statement]) -> bool:
    """Whether every way through a body ends in a `raise`, whatever the variables hold."""
    body = list(body)
    end = next((index for index, each in enumerate(body, 1) if _raises(each)), 0)  # the rest is never run
    return end > 0 and not any(isinstance(each, Return) for each in nested(body[:end]))


def ends_in_raise(body: Iterable[Statement]) -> bool:
    """Whether a way through a body that does not return ends in a `raise`."""
    return any(_raises(statement) for statement in body)


def _raises(statement: Statement) -> bool:
    if isinstance(statement, Raise):
        return True
    if isinstance(statement, If):
        return ends_in_raise(statement.body) and ends_in_raise(statement.orelse)
    if isinstance(statement, With):
        return ends_in_raise(statement.body)
    if isinstance(statement, Try):
        tried = ends_in_raise([*statement.body, *statement.orelse])
        return tried and all(ends_in_raise(handler.body) for handler in statement.handlers)
    return False


def is_endless(body: Iterable[Statement]) -> bool:
    """Whether a body holds a loop that only a jump ends: then not to return does not mean to raise."""
    return any(
        isinstance(each, While) and isinstance(each.test, Const) and bool(each.test.value) for each in nested(body)
    )


def deciding_parameters(callee: Activation, binding: Mapping[str, Values], surroundings: Surroundings) -> list[str]:
    """The parameters that are None, false or empty, and that decide the tests around what is raised.

    Where none of those tests looks at one, as with a `raise` that follows `if limit: return`, a test that lets the
    function return counts.
    """
    missing = {name for name, values in binding.items() if values and all(_is_false(value) for value in values)}
    around = [
        (step.node.test, step.field == "body")
        for at in sorted(callee.raises)
        for step in surroundings.of(Site(callee.code.module.name, at))
        if isinstance(step.node, If) and step.field in ("body", "orelse")
    ]
    decided = _names([test for test, outcome in around if _decides(test, missing, wanted=outcome)])
    if not decided & missing and not _names([test for test, _ in around]) & missing:
        decided = _names([*_letting_return(callee.code.scope.body)])
    return [name for name in binding if name in missing and name in decided]


def _decides(test: Expression, names: set[str], *, wanted: bool) -> bool:
    """Whether what the names hold suffices for the outcome, whatever else the test looks at."""
    if isinstance(test, Not):
        return _decides(test.value, names, wanted=not wanted)
    if isinstance(test, BoolOp):
        parts = (_decides(each, names, wanted=wanted) for each in test.values)
        return any(parts) if (test.operator == "or") is wanted else all(parts)
    return not names.isdisjoint(_names(test))


def _letting_return(body: Iterable[Statement]) -> Iterator[Expression]:
    """The tests in a function that lead to a `return`, or away from one."""
    for each in nested(body):
        if isinstance(each, Match):
            yield each.subject
        elif isinstance(each, _TESTS) and any(isinstance(inner, Return) for inner in nested([each])):
            yield each.test


def _is_false(value: Value) -> bool:
    return isinstance(value, Constant) and not value.value


def _names(part: object) -> set[str]:
    """The names that expressions read."""
    return {node.id for node in walk(part) if isinstance(node, Name)}
