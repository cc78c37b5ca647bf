"""What a function's code says of when it raises."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from ssot_lint.callgraph.values import Constant, Values
from ssot_lint.facts.model import Const, If, Match, Name, Raise, Return, Scope, Statement, Try, While, With
from ssot_lint.facts.nested import nested


def only_raises(body: Iterable[Statement]) -> bool:
    """Whether every way through a body ends in a `raise`, whatever the variables hold."""
    body = list(body)
    return not any(isinstance(each, Return) for each in nested(body)) and _ends_in_raise(body)


def _ends_in_raise(body: Iterable[Statement]) -> bool:
    return any(_raises(statement) for statement in body)


def _raises(statement: Statement) -> bool:
    if isinstance(statement, Raise):
        return True
    if isinstance(statement, If):
        return _ends_in_raise(statement.body) and _ends_in_raise(statement.orelse)
    if isinstance(statement, With):
        return _ends_in_raise(statement.body)
    if isinstance(statement, Try):
        tried = _ends_in_raise([*statement.body, *statement.orelse])
        return tried and all(_ends_in_raise(handler.body) for handler in statement.handlers)
    return False


def is_endless(body: Iterable[Statement]) -> bool:
    """Whether a body holds a loop that only a jump ends: then not to return does not mean to raise."""
    return any(
        isinstance(each, While) and isinstance(each.test, Const) and bool(each.test.value) for each in nested(body)
    )


def deciding_parameters(scope: Scope, binding: Mapping[str, Values]) -> tuple[str, ...]:
    """The parameters that a test in the function looks at, and of which only constants are known."""
    tested: set[str] = set()
    for statement in nested(scope.body):
        if isinstance(statement, (If, While)):
            tested |= _names(statement.test)
        elif isinstance(statement, Match):
            tested |= _names(statement.subject)
    return tuple(
        parameter.name
        for parameter in scope.parameters
        if parameter.name in tested
        and (values := binding.get(parameter.name))
        and all(isinstance(value, Constant) for value in values)
    )


def _names(part: object) -> set[str]:
    """The names that an expression reads."""
    if isinstance(part, Name):
        return {part.id}
    if isinstance(part, msgspec.Struct):
        part = [getattr(part, field) for field in part.__struct_fields__]
    if isinstance(part, (list, tuple)):
        return set().union(*map(_names, part))
    return set()
