"""The facts of a module as entry-point finders read them: what names mean, which statements run, which calls stand."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Call,
    Compare,
    Const,
    Display,
    Expression,
    For,
    If,
    Import,
    ImportFrom,
    Index,
    Match,
    ModuleFacts,
    Name,
    Operation,
    Scope,
    Statement,
    Try,
    While,
    With,
)
from ssot_lint.facts.nested import walk
from ssot_lint.project.imports import absolute_name
from ssot_lint.project.model import Source

_ASSIGNED = rb"([\w\x80-\xff]+)\b(?![.\[])[^=\n(]*="
_INDENT = rb"[ \t]*"
# What defines a name, the more telling form first: what stands in no block may be what a module is known for.
_DEFINITIONS = [
    re.compile(rb"^" + form, re.MULTILINE)
    for form in (
        _INDENT + rb"(?:async\s+def|def|class)\s+([\w\x80-\xff]+)",
        _ASSIGNED + rb"[^=\n]*\(",
        _INDENT + _ASSIGNED + rb"[^=\n]*\(",
        _INDENT + _ASSIGNED,
    )
]


class View:
    """One module. Names are resolved by its own imports and definitions alone."""

    def __init__(self, source: Source, facts: ModuleFacts, text: bytes) -> None:
        self.source = source
        self.facts = facts
        self._text = text
        self._local: dict[str, dict[str, str]] = {}

    @property
    def name(self) -> str:
        """The module's dotted name."""
        return self.source.name

    @property
    def body(self) -> Scope:
        """The module's own code."""
        return self.facts.scopes[0]

    @cached_property
    def imports(self) -> dict[str, str]:
        """What the module's imports bind: name to dotted origin."""
        return self._imports_of(self.body.body)

    @cached_property
    def _script_imports(self) -> dict[str, str]:
        """What the imports under `if __name__ == "__main__"` bind."""
        return self._imports_of(self.main_guard.body) if self.main_guard else {}

    def _local_imports(self, scope: Scope) -> dict[str, str]:
        if scope.qualname not in self._local:
            self._local[scope.qualname] = self._imports_of(scope.body)
        return self._local[scope.qualname]

    def _imports_of(self, body: Sequence[Statement]) -> dict[str, str]:
        found: dict[str, str] = {}
        for statement in statements(body):
            if isinstance(statement, Import):
                for dotted, alias, _ in statement.names:
                    bound = dotted if alias else dotted.partition(".")[0]
                    found[alias or bound] = absolute_name(self.source, 0, bound) or bound
            elif isinstance(statement, ImportFrom):
                module = self.absolute(statement)
                for name, alias, _ in statement.names:
                    found[alias or name] = f"{module}.{name}" if module else name
        found.pop("*", None)
        return found

    def absolute(self, statement: ImportFrom) -> str:
        """The module that a `from` import names, its dots resolved; empty if they lead nowhere."""
        return absolute_name(self.source, statement.level, statement.module) or ""

    def origin(self, expression: Expression, scope: Scope | None = None) -> str:
        """The dotted name that an expression in a scope stands for, type arguments aside; empty if it is none."""
        attributes: list[str] = []
        while isinstance(expression, (Attribute, Index)):
            if isinstance(expression, Attribute):
                attributes.append(expression.name)
            expression = expression.value
        if not isinstance(expression, Name):
            return ""
        base = self._local_imports(scope).get(expression.id) if scope else None
        base = base or self.imports.get(expression.id) or self._script_imports.get(expression.id)
        if base is None:
            base = f"{self.name}.{expression.id}" if expression.id in self.body.bound else expression.id
        return ".".join([base, *reversed(attributes)])

    def scopes(self, kind: str) -> Iterator[Scope]:
        """The functions or classes that stand in the module, methods and nested ones among them."""
        return (scope for scope in self.facts.scopes if scope.kind == kind)

    @cached_property
    def calls(self) -> list[tuple[Scope, Call]]:
        """Every call of the module, with the scope whose code it is."""
        return [(scope, call) for scope in self.facts.scopes for call in calls_in(scope.body)]

    def line_of(self, name: str) -> int:
        """The 1-based line where a qualified name is defined or, best with a call, assigned; 1 if none is seen."""
        start, line = -1, 1
        for part in name.encode().split(b"."):
            later = (at for places in self._defined.get(part, ()) for at in places if at[0] > start)
            start, line = next(later, (start, line))
        return line

    @cached_property
    def _defined(self) -> dict[bytes, list[list[tuple[int, int]]]]:
        """For each name, by form, where the lines that define or assign it begin, and their numbers."""
        begins = [0, *(match.end() for match in re.finditer(rb"\n", self._text))]
        found: dict[bytes, list[list[tuple[int, int]]]] = {}
        for form, pattern in enumerate(_DEFINITIONS):
            for match in pattern.finditer(self._text):
                places = found.setdefault(match[1], [[] for _ in _DEFINITIONS])
                places[form].append((match.start(), bisect_right(begins, match.start())))
        return found

    def line_of_text(self, text: str) -> int:
        """The 1-based line where a text stands first; 1 if it stands nowhere."""
        return self._text.count(b"\n", 0, max(self._text.find(text.encode()), 0)) + 1

    @cached_property
    def main_guard(self) -> If | None:
        """The module's `if __name__ == "__main__"`."""
        return next((s for s in self.body.body if isinstance(s, If) and is_main_guard(s)), None)

    @property
    def main_line(self) -> int:
        """The 1-based line of that guard."""
        match = re.search(rb"^if\b.*__main__", self._text, re.MULTILINE)
        return self._text.count(b"\n", 0, match.start()) + 1 if match else 1


def is_main_guard(statement: object) -> bool:
    """Whether a statement is `if __name__ == "__main__"`."""
    if not isinstance(statement, If):
        return False
    test = statement.test
    if not isinstance(test, Compare) or len(test.rest) != 1 or test.rest[0][0] != "==":
        return False
    sides = (test.first, test.rest[0][1])
    return any(isinstance(s, Name) and s.id == "__name__" for s in sides) and any(
        text_of(s) == "__main__" for s in sides
    )


def statements(body: Sequence[Statement]) -> Iterator[Statement]:
    """The statements of a body and of the blocks in it, in order; what runs only as a script is left out."""
    stack = list(reversed(body))
    while stack:
        statement = stack.pop()
        yield statement
        stack.extend(reversed(_blocks(statement)))


def _blocks(statement: Statement) -> list[Statement]:
    if isinstance(statement, If):
        return statement.orelse if is_main_guard(statement) else [*statement.body, *statement.orelse]
    if isinstance(statement, (For, While)):
        return [*statement.body, *statement.orelse]
    if isinstance(statement, With):
        return statement.body
    if isinstance(statement, Try):
        handled = [inner for handler in statement.handlers for inner in handler.body]
        return [*statement.body, *handled, *statement.orelse, *statement.final]
    if isinstance(statement, Match):
        return [inner for case in statement.cases for inner in case.body]
    return []


def assignments(body: Sequence[Statement]) -> Iterator[tuple[list[str], Expression]]:
    """The assignments to plain names in a body: the names and the value."""
    for statement in statements(body):
        if isinstance(statement, Assign):
            yield [target.id for target in statement.targets if isinstance(target, Name)], statement.value
        elif isinstance(statement, AnnotatedAssign) and statement.value and isinstance(statement.target, Name):
            yield [statement.target.id], statement.value


def calls_in(node: object) -> Iterator[Call]:
    """The calls that stand in an expression, a statement, or a list of them; not those of functions defined there."""
    return (each for each in walk(node) if isinstance(each, Call))


def keyword(call: Call, name: str) -> Expression | None:
    """A keyword argument of a call."""
    return next((value for key, value in call.keywords if key == name), None)


def text_of(expression: Expression | None) -> str:
    """The text of a string constant; empty for anything else."""
    return expression.value if isinstance(expression, Const) and isinstance(expression.value, str) else ""


def texts_of(expression: Expression | None) -> list[str]:
    """The string constants of a list, a tuple, a set, or a sum of them, or of one string."""
    if isinstance(expression, Display):
        return [text for item in expression.items for text in texts_of(item)]
    if isinstance(expression, Operation):
        parts = [expression.first, *(value for _, value, _ in expression.rest)]
        return [text for part in parts for text in texts_of(part)]
    return [text_of(expression)] if text_of(expression) else []
