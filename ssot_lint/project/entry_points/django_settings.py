"""Django's settings as the code of a settings module gives them, without running it."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    AugmentedAssign,
    Call,
    Display,
    Evaluate,
    Expression,
    ImportFrom,
    Name,
    Operation,
    Star,
    Statement,
)
from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.entry_points.view import statements, text_of, texts_of


def texts_of_setting(search: Search, module: str, name: str) -> list[str]:
    """The strings that a setting (a string, or a list built up in steps) may hold, in order, each once.

    Every branch counts, and `from .base import *` is followed: a list may be built up over several modules.
    """
    return list(dict.fromkeys(_Settings(search).texts(module, name)))


def sure_texts_of_setting(
    search: Search, module: str, name: str, seen: frozenset[str] = frozenset()
) -> list[tuple[str, str]]:
    """The strings that a setting is surely given, each with the module that writes it; no block counts."""
    found: list[tuple[str, str]] = []
    view = search.view(module) if module not in seen else None
    for statement in view.body.body if view else ():
        if view and isinstance(statement, ImportFrom) and any(each == "*" for each, _, _ in statement.names):
            found += sure_texts_of_setting(search, view.absolute(statement), name, seen | {module})
        elif isinstance(statement, Assign) and _given(statement, name):
            found = []
        for value in _given(statement, name):
            found += ((module, text) for text in texts_of(value))
    return found


class _Settings:
    def __init__(self, search: Search) -> None:
        self._search = search
        self._pending: set[tuple[str, str]] = set()

    def texts(self, module: str, name: str) -> Iterator[str]:
        """The strings of a name of a module; a name that depends on itself is followed once."""
        view = self._search.view(module)
        if view is None or (module, name) in self._pending:
            return
        self._pending.add((module, name))
        for statement in statements(view.body.body):
            if isinstance(statement, ImportFrom):
                origin = view.absolute(statement)
                for imported, alias, _ in statement.names:
                    if imported == "*" or name == (alias or imported):
                        yield from self.texts(origin, name if imported == "*" else imported)
            else:
                for value in _given(statement, name):
                    yield from self._values(module, value)
        self._pending.discard((module, name))

    def _values(self, module: str, value: Expression) -> Iterator[str]:
        if isinstance(value, Display):
            for item in value.items:
                yield from self._values(module, item)
        elif isinstance(value, Operation):
            for part in (value.first, *(operand for _, operand, _ in value.rest)):
                yield from self._values(module, part)
        elif isinstance(value, Star):
            yield from self._values(module, value.value)
        elif isinstance(value, Call):
            for argument in value.arguments:
                yield from self._values(module, argument)
        elif isinstance(value, Name):
            yield from self.texts(module, value.id)
        elif text_of(value):
            yield text_of(value)


def _given(statement: Statement, name: str) -> list[Expression]:
    """The values that a statement gives to a name, or adds to its list."""
    if isinstance(statement, Assign):
        return [statement.value for target in statement.targets if isinstance(target, Name) and target.id == name]
    if isinstance(statement, (AnnotatedAssign, AugmentedAssign)):
        is_it = isinstance(statement.target, Name) and statement.target.id == name
        return [statement.value] if is_it and statement.value else []
    if isinstance(statement, Evaluate) and isinstance(statement.value, Call):
        function = statement.value.function
        if isinstance(function, Attribute) and isinstance(function.value, Name) and function.value.id == name:
            return list(statement.value.arguments) if function.name in {"append", "extend", "insert"} else []
    return []
