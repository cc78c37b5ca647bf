"""The statements of a scope, those inside other statements too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.facts.model import Match, Statement, Try


def nested(body: Iterable[Statement]) -> Iterator[Statement]:
    """The statements of a body in source order, those inside `if`, `for`, `try` and the like too."""
    stack = list(body)[::-1]
    while stack:
        statement = stack.pop()
        yield statement
        inner: list[Statement] = [*getattr(statement, "body", ())]
        if isinstance(statement, Try):
            inner += [handled for handler in statement.handlers for handled in handler.body]
        if isinstance(statement, Match):
            inner += [chosen for case in statement.cases for chosen in case.body]
        inner += [*getattr(statement, "orelse", ()), *getattr(statement, "final", ())]
        stack += inner[::-1]
