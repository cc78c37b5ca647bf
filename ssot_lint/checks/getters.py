"""Which attributes a module's own `__getattr__` gives, where that is written out."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.facts.model import (
    Assign,
    Compare,
    Const,
    DictDisplay,
    Display,
    Expression,
    If,
    ModuleFacts,
    Name,
    Return,
    Statement,
)
from ssot_lint.facts.nested import nested


def refuses(facts: ModuleFacts, name: str) -> bool:
    """Whether a module's `__getattr__` asks for the name that is wanted, and surely gives nothing for this one."""
    getter = next((scope for scope in facts.scopes if scope.qualname == "__getattr__"), None)
    if getter is None or len(getter.parameters) != 1:
        return False
    given = _given(facts, getter.body, getter.parameters[0].name)
    return given is not None and name not in given


def _given(facts: ModuleFacts, body: Iterable[Statement], parameter: str) -> set[str] | None:
    """The names for which the statements return something; None where they may do so for any."""
    found: set[str] = set()
    for statement in body:
        if isinstance(statement, If):
            asked = _asked(facts, statement.test, parameter)
            inside = _given(facts, statement.body, parameter) if asked is None else asked
            otherwise = _given(facts, statement.orelse, parameter)
            if inside is None or otherwise is None:
                return None
            found |= inside | otherwise
        elif any(isinstance(each, Return) for each in nested([statement])):
            return None
    return found


def _asked(facts: ModuleFacts, test: Expression, parameter: str) -> set[str] | None:
    """The names that pass a test: `name == "x"`, `name in ("x", "y")`, `name in _LAZY`; None for another test."""
    if not isinstance(test, Compare) or len(test.rest) != 1:
        return None
    ((operator, other),) = test.rest
    if not isinstance(test.first, Name) or test.first.id != parameter:
        return None
    if operator == "==":
        return _texts([other])
    return _texts(_items(facts, other)) if operator == "in" else None


def _items(facts: ModuleFacts, holder: Expression) -> list[Expression | None]:
    """What a tuple, list or set, or the keys of a dict, has that is written there, or that a global alone is."""
    if isinstance(holder, Name):
        values = [
            each.value
            for each in nested(facts.scopes[0].body)
            if isinstance(each, Assign) and any(isinstance(to, Name) and to.id == holder.id for to in each.targets)
        ]
        return _items(facts, values[0]) if len(values) == 1 and not isinstance(values[0], Name) else [None]
    if isinstance(holder, DictDisplay):
        return [key for key, _ in holder.items]
    return [*holder.items] if isinstance(holder, Display) else [None]


def _texts(items: Iterable[Expression | None]) -> set[str] | None:
    texts = [each.value if isinstance(each, Const) else None for each in items]
    return {str(text) for text in texts} if all(isinstance(text, str) for text in texts) else None
