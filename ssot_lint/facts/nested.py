"""What stands inside a part of the facts: the nodes of an expression or statement, and the statements of a scope."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any

import msgspec

from ssot_lint.facts import model
from ssot_lint.facts.model import Match, Statement, Try

# How the types of fields are written that hold nodes, or tuples with sites.
_HOLDING = re.compile(r"Expression|Statement|Pattern|Name|Clause|Handler|Case|tuple\[")
_KINDS = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, msgspec.Struct)]
FIELDS: dict[type, tuple[str, ...]] = {
    kind: tuple(name for name, type_ in kind.__annotations__.items() if _HOLDING.search(type_)) for kind in _KINDS
}
"""The fields of each kind of node that may hold other nodes or sites in tuples, in source order."""
_BACKWARDS = {kind: attrgetter(*fields[::-1]) for kind, fields in FIELDS.items() if fields}
_OF_ONE_FIELD = {kind for kind, fields in FIELDS.items() if len(fields) == 1}
_BLOCKS = {
    kind: tuple(name for name in ("body", "orelse", "final") if name in fields)
    for kind, fields in FIELDS.items()
    if ("body" in fields and "orelse" in fields) or kind is model.With
}
HOLDS_STATEMENTS = frozenset({Try, Match, *_BLOCKS})
"""The kinds of statements that hold others."""


def walk(part: object) -> Iterator[msgspec.Struct]:
    """The nodes in a part of the facts, itself included, in source order; bodies of scopes are not in it."""
    pending: list[Any] = [part]
    while pending:
        each = pending.pop()
        kind = type(each)
        if kind is list or kind is tuple:
            pending.extend(each[::-1])
        elif kind in _BACKWARDS:
            yield each
            found = _BACKWARDS[kind](each)
            if kind in _OF_ONE_FIELD:
                pending.append(found)
            else:
                pending.extend(found)
        elif kind in FIELDS:
            yield each


def children(node: msgspec.Struct) -> list[msgspec.Struct]:
    """The nodes directly inside a node, in source order."""
    found: list[msgspec.Struct] = []
    for field in FIELDS[type(node)]:
        part = getattr(node, field)
        if isinstance(part, msgspec.Struct):
            found.append(part)
        elif part:
            _gather(part, found)
    return found


def _gather(parts: Iterable[object], found: list[msgspec.Struct]) -> None:
    """Adds the nodes of a list, and of the tuples in it."""
    for part in parts:
        if isinstance(part, msgspec.Struct):
            found.append(part)
        elif isinstance(part, tuple):
            _gather(part, found)


def nested(body: Iterable[Statement]) -> Iterator[Statement]:
    """The statements of a body in source order, those inside `if`, `for`, `try` and the like too."""
    pending = list(body)[::-1]
    while pending:
        statement = pending.pop()
        yield statement
        if type(statement) in HOLDS_STATEMENTS:
            for block in reversed(_blocks(statement)):
                pending.extend(block[::-1])


def _blocks(statement: Statement) -> list[list[Statement]]:
    """The blocks of a compound statement, in source order."""
    if isinstance(statement, Try):
        handled = (handler.body for handler in statement.handlers)
        return [statement.body, *handled, statement.orelse, statement.final]
    if isinstance(statement, Match):
        return [case.body for case in statement.cases]
    return [getattr(statement, field) for field in _BLOCKS[type(statement)]]
