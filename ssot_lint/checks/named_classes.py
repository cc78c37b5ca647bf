"""Classes that annotations name, looked up as they are written: by the definitions and imports of the modules."""

from __future__ import annotations

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


class NamedClasses:
    """The plain classes of the project, of which pydantic makes no fields."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._plain: dict[tuple[str, str], bool] = {}
        self._binding: dict[str, dict[str, list[Statement]]] = {}

    def named(self, module: str, annotation: Expression) -> str:
        """The name of such a class, if an annotation is one, or a list of one."""
        if isinstance(annotation, Index) and written(annotation.value) in ("list", "List"):
            annotation = annotation.key
        is_name = isinstance(annotation, Name) and self._is_plain(module, annotation.id, _DEEPEST)
        return annotation.id if is_name else ""  # type: ignore[union-attr]

    def is_bound(self, module: str, name: str) -> bool:
        """Whether the module itself binds a name."""
        return self.comes_from(module, name) is not None

    def comes_from(self, module: str, name: str) -> str | None:
        """The module outside the project that a name is imported from, empty for another; None for an unbound name."""
        facts = self._start.context.library.get(module) if module in self._start.context.project.modules else None
        binding = self._bound_in(module, facts).get(name, []) if isinstance(facts, ModuleFacts) else []
        if not binding:
            return None
        first = binding[0]
        return first.module if len(binding) == 1 and isinstance(first, ImportFrom) and not first.level else ""

    def is_model(self, module: str, annotation: Expression) -> bool:
        """Whether an annotation surely is a pydantic model of the project: a class with one right above it, or so."""
        return isinstance(annotation, Name) and self._finds_model(module, annotation.id, _DEEPEST)

    def texts_of(self, module: str, name: str) -> frozenset[str] | None:
        """The values of an enumeration whose members are all texts that are written out; None for anything else."""
        for _ in range(_DEEPEST):
            facts = self._start.context.library.get(module) if module in self._start.context.project.modules else None
            binding = self._bound_in(module, facts).get(name, []) if isinstance(facts, ModuleFacts) else []
            statement = binding[0] if len(binding) == 1 else None
            if isinstance(statement, DefineClass) and isinstance(facts, ModuleFacts):
                return _texts(facts, statement)
            if not isinstance(statement, ImportFrom):
                return None
            base = absolute_name(self._start.context.project.modules[module], statement.level, statement.module)
            name = next(each for each, alias, _ in statement.names if name == (alias or each))
            module = base or ""
        return None

    def _finds_model(self, module: str, name: str, depth: int) -> bool:
        facts = self._start.context.library.get(module) if module in self._start.context.project.modules else None
        binding = self._bound_in(module, facts).get(name, []) if isinstance(facts, ModuleFacts) and depth else []
        statement = binding[0] if len(binding) == 1 else None
        if isinstance(statement, DefineClass):
            bases = [each.id for each in statement.bases if isinstance(each, Name)]
            return any(self._finds_model(module, each, depth - 1) for each in bases)
        if not isinstance(statement, ImportFrom):
            return False
        taken = next(each for each, alias, _ in statement.names if name == (alias or each))
        base = absolute_name(self._start.context.project.modules[module], statement.level, statement.module)
        is_base = not statement.level and (statement.module, taken) == ("pydantic", "BaseModel")
        return is_base or (base is not None and self._finds_model(base, taken, depth - 1))

    def is_function(self, module: str, name: str) -> bool:
        """Whether a global surely is a function of the project: the module defines it, or imports it."""
        for _ in range(_DEEPEST):
            facts = self._start.context.library.get(module) if module in self._start.context.project.modules else None
            binding = self._bound_in(module, facts).get(name, []) if isinstance(facts, ModuleFacts) else []
            if len(binding) != 1 or not isinstance(binding[0], ImportFrom):
                return len(binding) == 1 and isinstance(binding[0], Define) and not binding[0].decorators
            statement = binding[0]
            base = absolute_name(self._start.context.project.modules[module], statement.level, statement.module)
            name = next(each for each, alias, _ in statement.names if name == (alias or each))
            module = base or ""
        return False

    def _is_plain(self, module: str, name: str, depth: int) -> bool:
        key = (module, name)
        if key not in self._plain:
            self._plain[key] = depth > 0 and self._finds_plain(module, name, depth - 1)
        return self._plain[key]

    def _finds_plain(self, module: str, name: str, depth: int) -> bool:
        """Whether a global surely is a class with only plain ones above it: the module defines it, or imports it."""
        facts = self._start.context.library.get(module) if module in self._start.context.project.modules else None
        if not isinstance(facts, ModuleFacts):
            return False
        binding = self._bound_in(module, facts).get(name, [])
        statement = binding[0] if len(binding) == 1 else None
        if isinstance(statement, DefineClass):
            scope = facts.scopes[statement.scope]
            has_metaclass = any(each in (None, "metaclass") for each, _ in statement.keywords)
            if statement.decorators or has_metaclass or _AS_FIELDS.intersection(scope.bound):
                return False
            bases = [each.value if isinstance(each, Index) else each for each in statement.bases]
            return all(
                isinstance(each, Name) and (each.id in ("ABC", "Generic") or self._is_plain(module, each.id, depth))
                for each in bases
            )
        if isinstance(statement, ImportFrom):
            base = absolute_name(self._start.context.project.modules[module], statement.level, statement.module)
            taken = next(each for each, alias, _ in statement.names if name == (alias or each))
            if not statement.level and (statement.module, taken) in _OUTSIDE:
                return True
            return base is not None and self._is_plain(base, taken, depth)
        value = statement.value if isinstance(statement, Assign) else None
        return isinstance(value, Call) and last_name(value.function) in _MAKING_BASES and not value.keywords

    def _bound_in(self, module: str, facts: ModuleFacts) -> dict[str, list[Statement]]:
        if module not in self._binding:
            found = self._binding[module] = {}
            for statement in nested(facts.scopes[0].body):
                for name in names_bound(facts, statement):
                    found.setdefault(name, []).append(statement)
        return self._binding[module]


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
