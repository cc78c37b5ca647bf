"""Classes that annotations name, looked up as they are written: by the definitions and imports of the modules."""

from __future__ import annotations

from typing import NamedTuple

from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.reached import Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import (
    Assign,
    Call,
    Const,
    Define,
    DefineClass,
    Expression,
    ImportFrom,
    Index,
    ModuleFacts,
    Name,
    Statement,
)
from ssot_lint.facts.nested import nested
from ssot_lint.project.imports import absolute_name

# Classes from outside of which pydantic makes no fields either, and what stands for such a base.
_OUTSIDE = frozenset((
    ("sqlalchemy.ext.asyncio", "AsyncSession"), ("sqlalchemy.ext.asyncio", "AsyncEngine"),
    ("sqlalchemy.orm", "Session"), ("sqlalchemy.orm", "DeclarativeBase"), ("redis.asyncio", "Redis"),
    ("httpx", "AsyncClient"),
))  # fmt: skip
_MAKING_BASES = frozenset(("declarative_base",))
_AS_FIELDS = frozenset(("__get_pydantic_core_schema__", "__get_validators__", "__modify_schema__"))
_DEEPEST = 8
_ENUMERATIONS = frozenset(("Enum", "StrEnum"))
_OF_MEMBERS = frozenset(("_missing_", "__new__", "__init__", "_value_", "_generate_next_value_"))


class _Bound(NamedTuple):
    """The statement that binds a global in the end: its module, and the name there; of an import, that outside."""

    module: str
    facts: ModuleFacts
    statement: Statement
    name: str


class NamedClasses:
    """What names in annotations and calls stand for: classes and functions of the project, and some from outside."""

    def __init__(self, start: Start) -> None:
        self._project = start.context.project
        self._library = start.context.library
        self._plain: dict[tuple[str, str], bool] = {}
        self._binding: dict[str, dict[str, list[Statement]]] = {}

    def named(self, module: str, annotation: Expression) -> str:
        """The name of a plain class, of which pydantic makes no field, if an annotation is one, or a list of one."""
        if isinstance(annotation, Index) and written(annotation.value) in ("list", "List"):
            annotation = annotation.key
        if isinstance(annotation, Name) and self._is_plain(module, annotation.id, _DEEPEST):
            return annotation.id
        return ""

    def is_bound(self, module: str, name: str) -> bool:
        """Whether the module itself binds a name."""
        return bool(self._bindings(module).get(name))

    def comes_from(self, module: str, name: str) -> str:
        """The module that a name is imported from, by an absolute import that alone binds it; else empty."""
        binding = self._bindings(module).get(name, [])
        first = binding[0] if len(binding) == 1 else None
        return first.module if isinstance(first, ImportFrom) and not first.level else ""

    def is_model(self, module: str, annotation: Expression) -> bool:
        """Whether an annotation surely is a pydantic model of the project: a class with one right above it, or so."""
        return isinstance(annotation, Name) and self._is_model(module, annotation.id, _DEEPEST)

    def is_function(self, module: str, name: str) -> bool:
        """Whether a global surely is a function of the project: the module defines it, or imports it."""
        bound = self._bound(module, name)
        return bound is not None and isinstance(bound.statement, Define) and not bound.statement.decorators

    def texts_of(self, module: str, name: str) -> frozenset[str] | None:
        """The values of an enumeration whose members are all texts that are written out; None for anything else."""
        bound = self._bound(module, name)
        if bound is None or not isinstance(bound.statement, DefineClass):
            return None
        return _texts(bound.facts, bound.statement)

    def _is_model(self, module: str, name: str, depth: int) -> bool:
        bound = self._bound(module, name) if depth else None
        if bound is None:
            return False
        if isinstance(bound.statement, DefineClass):
            bases = [each.id for each in bound.statement.bases if isinstance(each, Name)]
            return any(self._is_model(bound.module, each, depth - 1) for each in bases)
        return _outside(bound) == ("pydantic", "BaseModel")

    def _is_plain(self, module: str, name: str, depth: int) -> bool:
        key = (module, name)
        if key not in self._plain:
            self._plain[key] = depth > 0 and self._finds_plain(module, name, depth - 1)
        return self._plain[key]

    def _finds_plain(self, module: str, name: str, depth: int) -> bool:
        """Whether a global surely is a class with only plain ones above it."""
        bound = self._bound(module, name)
        if bound is None:
            return False
        statement = bound.statement
        if isinstance(statement, DefineClass):
            scope = bound.facts.scopes[statement.scope]
            has_metaclass = any(each in (None, "metaclass") for each, _ in statement.keywords)
            if statement.decorators or has_metaclass or _AS_FIELDS.intersection(scope.bound):
                return False
            bases = [each.value if isinstance(each, Index) else each for each in statement.bases]
            return all(
                isinstance(each, Name)
                and (each.id in ("ABC", "Generic") or self._is_plain(bound.module, each.id, depth))
                for each in bases
            )
        value = statement.value if isinstance(statement, Assign) else None
        is_base = isinstance(value, Call) and last_name(value.function) in _MAKING_BASES and not value.keywords
        return is_base or _outside(bound) in _OUTSIDE

    def _bound(self, module: str, name: str) -> _Bound | None:
        """What binds a global, followed through the imports of the project; None where more than one thing may."""
        for _ in range(_DEEPEST):
            facts = self._library.own(module)
            binding = self._bindings(module).get(name, [])
            if facts is None or len(binding) != 1:
                return None
            statement = binding[0]
            if not isinstance(statement, ImportFrom):
                return _Bound(module, facts, statement, name)
            name = next(each for each, alias, _ in statement.names if name == (alias or each))
            base = absolute_name(self._project.modules[module], statement.level, statement.module)
            if base not in self._project.modules:
                return _Bound(module, facts, statement, name)
            module = base
        return None

    def _bindings(self, module: str) -> dict[str, list[Statement]]:
        """The statements of a module of the project that bind its globals, by name."""
        if module not in self._binding:
            found = self._binding[module] = {}
            facts = self._library.own(module)
            if facts is not None:
                for statement in nested(facts.scopes[0].body):
                    for name in names_bound(facts, statement):
                        found.setdefault(name, []).append(statement)
        return self._binding[module]


def _outside(bound: _Bound) -> tuple[str, str] | None:
    """The module and the name there of what is imported from outside the project; None for anything else."""
    statement = bound.statement
    return (statement.module, bound.name) if isinstance(statement, ImportFrom) and not statement.level else None


def _texts(facts: ModuleFacts, definition: DefineClass) -> frozenset[str] | None:
    scope = facts.scopes[definition.scope]
    bases = {last_name(each) for each in definition.bases}
    if not bases & _ENUMERATIONS or bases - _ENUMERATIONS - {"str"} or definition.decorators or definition.keywords:
        return None
    if _OF_MEMBERS.intersection(scope.bound):
        return None
    values = [
        each.value
        for each in scope.body
        if isinstance(each, Assign) and not any(last_name(target).startswith("_") for target in each.targets)
    ]
    texts = [each.value for each in values if isinstance(each, Const) and isinstance(each.value, str)]
    return frozenset(texts) if texts and len(texts) == len(values) else None
