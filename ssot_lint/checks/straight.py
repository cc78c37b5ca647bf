"""Straight-line code: what of a body surely runs when the body does."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import takewhile

import msgspec

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    AugmentedAssign,
    BoolOp,
    Comprehension,
    Conditional,
    Const,
    Define,
    DefineClass,
    Evaluate,
    For,
    If,
    Import,
    ImportFrom,
    Jump,
    Lambda,
    Match,
    Name,
    Raise,
    Return,
    Site,
    Statement,
    Try,
    Walrus,
    While,
    With,
)
from ssot_lint.facts.nested import nested


def surely_run(body: list[Statement], raised: Collection[Site] | None = None) -> Iterator[Name | Site]:
    """The names that are read and the sites that are come to, up to the first statement that may leave the body.

    What branches, loops and handlers hold is left out, and what only some operands make Python evaluate. Where it is
    known which `raise` statements run, the others leave nothing.
    """
    for statement in body:
        yield from head(statement)
        if isinstance(statement, With):
            yield from surely_run(statement.body, raised)
        elif isinstance(statement, Try):  # what stands behind an import may need what is not installed
            yield from surely_run(list(takewhile(_is_no_import, statement.body)), raised)
        if _may_leave(statement, raised):
            return


def head(statement: Statement) -> Iterator[Name | Site]:
    """What a statement evaluates first, whatever follows from it: the test of an `if`, what is assigned."""
    return _evaluated(_parts(statement))


def _may_leave(statement: Statement, raised: Collection[Site] | None) -> bool:
    inside = list(nested([statement]))
    if raised is None or any(isinstance(each, Try) for each in inside):  # of what is caught here, that is not known
        return any(isinstance(each, (Return, Raise, Jump)) for each in inside)
    return any(isinstance(each, (Return, Jump)) or (isinstance(each, Raise) and each.at in raised) for each in inside)


def _is_no_import(statement: Statement) -> bool:
    return not isinstance(statement, (Import, ImportFrom))


def _parts(statement: Statement) -> list[object]:
    """What running a statement evaluates first."""
    if isinstance(statement, (Evaluate, Assign, AnnotatedAssign, AugmentedAssign, Return)):
        return [statement.value]
    if isinstance(statement, Raise):
        return [statement.exception, statement.cause]
    if isinstance(statement, (If, While)):
        return [statement.test]
    if isinstance(statement, For):
        return [statement.iterable, statement.at]
    if isinstance(statement, Match):
        return [statement.subject]
    if isinstance(statement, With):
        return [statement.items[0]]
    if isinstance(statement, Define):
        return [statement.decorators]
    if isinstance(statement, Import):
        return [statement.names]
    if isinstance(statement, ImportFrom):
        return [statement.at, statement.names]
    if isinstance(statement, DefineClass):
        return [statement.decorators, statement.bases, [value for _, value in statement.keywords], statement.at]
    return []


def _evaluated(parts: object) -> Iterator[Name | Site]:
    pending = [parts]
    while pending:
        part = pending.pop()
        if isinstance(part, Name):
            yield part
        elif isinstance(part, int):
            yield part  # of what has numbers in it, constants are left out: the rest are sites
        elif isinstance(part, (list, tuple)):
            pending += reversed(part)
        elif isinstance(part, BoolOp):
            pending.append(part.values[0])
        elif isinstance(part, Conditional):
            pending.append(part.test)
        elif isinstance(part, Comprehension):
            pending.append(part.clauses[0].iterable)
        elif isinstance(part, Walrus):
            pending.append(part.value)
        elif isinstance(part, msgspec.Struct) and not isinstance(part, (Const, Lambda)):
            pending += [getattr(part, field) for field in reversed(part.__struct_fields__)]
