"""What the project's modules define, as far as it is certain from their facts."""

from __future__ import annotations

import re
from typing import NamedTuple

from ssot_lint.facts.extract import extract
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Const,
    Define,
    DefineClass,
    Expression,
    ImportFrom,
    ModuleFacts,
    Name,
    Scope,
)
from ssot_lint.facts.nested import nested
from ssot_lint.project.imports import absolute_name
from ssot_lint.project.model import Project, Source


class Definition(NamedTuple):
    """What a name means: the module that binds it, and its `def` or `class` where it has exactly one."""

    module: str
    statement: Define | DefineClass | None
    scope: Scope | None

    @property
    def function(self) -> Scope | None:
        """The function that it is, if it is one."""
        return self.scope if self.scope and self.scope.kind == "function" else None


class Definitions:
    """Answers from the facts of a project's files. Raises `OSError` where one can't be read."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._facts: dict[str, ModuleFacts | None] = {}

    def find(self, module: str, name: str) -> Definition | None:
        """What `from module import name` gives, through re-exports; None where that is not certain."""
        return self._find(module, name, frozenset())

    def result_attributes(self, definition: Definition) -> set[str] | None:
        """The attributes of what a function is annotated to return; None where they are not certain."""
        returns = definition.function.returns if definition.function else None
        name = returns.id if isinstance(returns, Name) else returns.value if isinstance(returns, Const) else None
        return self._attributes(definition.module, name, frozenset()) if isinstance(name, str) else None

    def _attributes(self, module: str, name: str, below: frozenset[tuple[str, str]]) -> set[str] | None:
        """The attributes of the instances of a class; `below` are the classes that inherit from it."""
        definition = self.find(module, name) if (module, name) not in below else None
        facts = self._of(definition.module) if definition else None
        if not definition or not facts or not isinstance(definition.statement, DefineClass) or not definition.scope:
            return None
        statement, body = definition.statement, definition.scope
        if statement.decorators or statement.keywords or "__getattr__" in body.bound:
            return None
        known = {*dir(object), *body.bound}
        for base in statement.bases:
            here = below | {(module, name)}
            inherited = self._attributes(definition.module, base.id, here) if isinstance(base, Name) else None
            if inherited is None:
                return None
            known |= inherited
        methods = [scope for scope in facts.scopes if scope.parent == statement.scope and scope.parameters]
        return known.union(*map(_attributes_of_self, methods))

    def is_taken_from(self, module: str, name: str) -> bool:
        """Whether another module of the project may take a name from a module, by an import or an attribute."""
        attribute = f"{module.rpartition('.')[2]}.{name}".encode()
        mentions = re.compile(rb"import\s*\*|" + re.escape(name.encode()))
        for other in self.project.modules.values():
            if other.name == module:
                continue
            content = self.project.read(other)
            if attribute in content or (mentions.search(content) and self._imports(other, module, name)):
                return True
        return False

    def _imports(self, other: Source, module: str, name: str) -> bool:
        facts = self._of(other.name)
        return facts is None or any(
            isinstance(statement, ImportFrom)
            and absolute_name(other, statement.level, statement.module) == module
            and any(original in (name, "*") for original, _, _ in statement.names)
            for scope in facts.scopes
            for statement in nested(scope.body)
        )

    def _find(self, module: str, name: str, passed: frozenset[str]) -> Definition | None:
        facts = self._of(module)
        if facts is None or module in passed:
            return None
        found: list[Definition | None] = []
        for statement in nested(facts.scopes[0].body):
            if isinstance(statement, (Define, DefineClass)) and facts.scopes[statement.scope].name == name:
                found.append(Definition(module, statement, facts.scopes[statement.scope]))
            elif isinstance(statement, ImportFrom):
                found.append(self._imported(module, statement, name, passed | {module}))
        certain = [definition for definition in found if definition]
        if len(certain) == 1:
            return certain[0]
        return Definition(module, None, None) if certain or name in facts.scopes[0].bound else None

    def _imported(self, module: str, statement: ImportFrom, name: str, passed: frozenset[str]) -> Definition | None:
        origin = absolute_name(self.project.modules[module], statement.level, statement.module)
        if origin is None:
            return None
        for original, alias, _ in statement.names:
            if (alias or original) == name:
                return self._find(origin, original, passed)
            if original == "*" and not name.startswith("_"):
                return self._find(origin, name, passed)
        return None

    def _of(self, module: str) -> ModuleFacts | None:
        if module not in self._facts:
            source = self.project.modules.get(module)
            facts = extract(self.project.read(source)) if source else None
            self._facts[module] = facts if isinstance(facts, ModuleFacts) else None
        return self._facts[module]


def _attributes_of_self(method: Scope) -> set[str]:
    """The attributes that a method binds on its first parameter."""
    targets: list[Expression] = []
    for statement in nested(method.body):
        if isinstance(statement, Assign):
            targets += statement.targets
        elif isinstance(statement, AnnotatedAssign):
            targets.append(statement.target)
    return {
        target.name
        for target in targets
        if isinstance(target, Attribute)
        and isinstance(target.value, Name)
        and target.value.id == method.parameters[0].name
    }
