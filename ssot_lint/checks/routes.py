"""What FastAPI refuses where routes are defined: prefixes, bodies that can't be, types of which it makes no fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.forwarded import is_spread
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import (
    Assign,
    Attribute,
    Call,
    Const,
    Define,
    DefineClass,
    Display,
    Expression,
    Format,
    ImportFrom,
    Index,
    ModuleFacts,
    Name,
    Operation,
    Parameter,
    Statement,
)
from ssot_lint.facts.nested import nested
from ssot_lint.project.imports import absolute_name

_PREFIXED = re.compile(r"fastapi\.(routing\.)?(APIRouter|(FastAPI|APIRouter)\.include_router)")
_ROUTE = re.compile(
    r"fastapi\.(routing\.)?(FastAPI|APIRouter)\.(get|post|put|patch|delete|options|head|trace|api_route)"
)
_PATH = re.compile(r"fastapi\.(params\.)?Path")
# What FastAPI takes from elsewhere than the path.
_ELSEWHERE = frozenset(("Query", "Body", "Header", "Cookie", "Form", "File"))
_WITHOUT_BODY = re.compile(r"HTTP_(204|205|304)_\w+|(NO_CONTENT|RESET_CONTENT|NOT_MODIFIED)")
_CODES_WITHOUT_BODY = (204, 205, 304)
_PLAIN_TYPES = frozenset(("dict", "list", "str", "int", "float", "bool", "tuple", "set", "Dict", "List"))
_TAKING_DEPENDENCIES = re.compile(r"fastapi\.(routing\.)?(FastAPI|APIRouter)(\.\w+)?")
_DEPENDS = re.compile(r"fastapi\.(params\.|param_functions\.)?(Depends|Security)")
# Classes from outside of which pydantic makes no fields either, and what stands for such a base.
_OUTSIDE = frozenset((
    ("sqlalchemy.ext.asyncio", "AsyncSession"), ("sqlalchemy.ext.asyncio", "AsyncEngine"),
    ("sqlalchemy.orm", "Session"), ("sqlalchemy.orm", "DeclarativeBase"), ("redis.asyncio", "Redis"),
    ("httpx", "AsyncClient"),
))  # fmt: skip
_MAKING_BASES = frozenset(("declarative_base",))
_AS_FIELDS = frozenset(("__get_pydantic_core_schema__", "__get_validators__", "__modify_schema__"))
_DEEPEST = 8
_UNREADABLE = "which FastAPI can't read from a request"


def refused(start: Start) -> Iterator[tuple[Reached, str, str, type[Exception]]]:
    """Each such call or definition, what is called, what is wrong, and what FastAPI raises."""
    classes = _Classes(start)
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.kind == "callback" and _DEPENDS.match(call.via):
                yield from _of_dependency(start, classes, Reached(node, call.at, call.half, call.certainty), call)
            if call.kind != "call" or not _is_looked_at(call.target):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            written_call = start.context.surroundings.node(place.site)
            if isinstance(written_call, Call) and not is_spread(written_call) and start.counts(place):
                for what, error in _faults(start, classes, node, call.target, written_call):
                    yield place, call.target, what, error


@cache
def _is_looked_at(target: str) -> bool:
    return any(each.fullmatch(target) for each in (_PREFIXED, _ROUTE, _PATH, _TAKING_DEPENDENCIES))


def _faults(
    start: Start, classes: _Classes, node: Node, target: str, call: Call
) -> Iterator[tuple[str, type[Exception]]]:
    keywords = {name: value for name, value in call.keywords if name is not None}
    listed = keywords.get("dependencies")
    for each in listed.items if isinstance(listed, Display) and _TAKING_DEPENDENCIES.fullmatch(target) else ():
        if isinstance(each, Name) and classes.is_function(node.module, each.id):
            yield f"`{each.id}` is a function, and `dependencies` are given as `Depends({each.id})`", AttributeError
    if _PREFIXED.fullmatch(target) and "prefix" in keywords:
        yield from ((what, AssertionError) for what in _of_prefix(keywords["prefix"]))
    elif _PATH.fullmatch(target) and call.arguments and _is_value(call.arguments[0]):
        yield "a parameter of the path can't have a default value", AssertionError
    elif _ROUTE.fullmatch(target):
        step = next(start.context.surroundings.of(Reached(node, call.at, 0).site), None)
        definition = step.node if step is not None and step.field == "decorators" else None
        if not call.arguments and "path" not in keywords:
            yield f"{target.rpartition('.')[2]}() misses the required argument `path`", TypeError
        elif isinstance(definition, Define) and all(_is_route(each) for each, _ in definition.decorators):
            yield from _of_route(classes, node, call, keywords, definition)


def _of_dependency(
    start: Start, classes: _Classes, place: Reached, call: CallRecord
) -> Iterator[tuple[Reached, str, str, type[Exception]]]:
    """Parameters of a function that is depended on, of which FastAPI makes no fields."""
    code = call.callee.code if call.callee is not None else None
    if code is None or call.certainty != "certain" or not start.counts(place):
        return
    for parameter in code.scope.parameters:
        if parameter.default is None and parameter.annotation is not None:
            name = classes.named(code.module.name, parameter.annotation)
            if name:
                what = f"`{parameter.name}` of {code.scope.name}() is of the class `{name}`, {_UNREADABLE}"
                yield place, call.target, what, Exception


def _is_route(decorator: Expression) -> bool:
    """Whether a decorator looks like one that leaves the function as it is, since it defines a route."""
    name = written(decorator).rpartition(".")[2] if isinstance(decorator, Call) else ""
    return _ROUTE.fullmatch(f"fastapi.APIRouter.{name}") is not None


def _of_prefix(prefix: Expression) -> Iterator[str]:
    first, last = prefix, prefix
    if isinstance(prefix, Format) and prefix.parts:
        first, last = prefix.parts[0], prefix.parts[-1]
    elif isinstance(prefix, Operation) and all(method == "__add__" for method, _, _ in prefix.rest):
        first, last = prefix.first, prefix.rest[-1][1]
    if isinstance(first, Const) and isinstance(first.value, str) and first.value and not first.value.startswith("/"):
        yield "the prefix must start with `/`"
    elif isinstance(last, Const) and isinstance(last.value, str) and last.value.endswith("/"):
        yield "the prefix must not end with `/`, since the paths begin with it"


def _of_route(
    classes: _Classes, node: Node, call: Call, keywords: dict[str, Expression], definition: Define
) -> Iterator[tuple[str, type[Exception]]]:
    facts = node.activation.code.module.facts
    scope = facts.scopes[definition.scope]
    model = keywords.get("response_model", scope.returns)
    is_told = "response_model" in keywords
    is_model = model is not None and (_is_named(model, is_told=is_told) or classes.is_model(node.module, model))
    if is_model and _has_no_body(keywords.get("status_code")):
        yield "an answer with this status can't have a body, and the route declares one", AssertionError
    path = call.arguments[0] if call.arguments else keywords["path"]
    in_path = re.findall(r"{(\w+)", path.value) if isinstance(path, Const) and isinstance(path.value, str) else []
    for parameter in scope.parameters:
        kind = _taken_from(parameter)
        if parameter.name in in_path and kind in _ELSEWHERE:
            yield f"`{parameter.name}` is a parameter of the path, and can't be taken from `{kind}`", AssertionError
        elif parameter.default is None and parameter.annotation is not None:
            name = classes.named(node.module, parameter.annotation)
            if name:
                yield f"`{parameter.name}` is of the class `{name}`, {_UNREADABLE}", Exception
    name = classes.named(node.module, model) if model is not None and "response_class" not in keywords else ""
    if name:
        yield f"`{name}` is no model that FastAPI can answer with", Exception


def _is_value(expression: Expression) -> bool:
    return isinstance(expression, Const) and expression.value is not None


def _has_no_body(status: Expression | None) -> bool:
    if isinstance(status, Const):
        return status.value in _CODES_WITHOUT_BODY
    return isinstance(status, Attribute) and _WITHOUT_BODY.fullmatch(status.name) is not None


def _is_named(model: Expression, *, is_told: bool) -> bool:
    """Whether it is surely a type of what is answered: that of a `response_model`, or a plain one."""
    if isinstance(model, Index):
        model = model.value
    if is_told:
        return isinstance(model, (Name, Attribute))
    return isinstance(model, Name) and model.id in _PLAIN_TYPES


def _taken_from(parameter: Parameter) -> str:
    """What a parameter is declared as: `Query` for `Query(…)`, as a default or in `Annotated`."""
    if isinstance(parameter.default, Call):
        return written(parameter.default).rpartition(".")[2]
    annotation = parameter.annotation
    if isinstance(annotation, Index) and written(annotation.value).rpartition(".")[2] == "Annotated":
        calls = [each for each in getattr(annotation.key, "items", ()) if isinstance(each, Call)]
        return written(calls[0]).rpartition(".")[2] if len(calls) == 1 else ""
    return ""


class _Classes:
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

    def is_model(self, module: str, annotation: Expression) -> bool:
        """Whether an annotation surely is a pydantic model of the project: a class with one right above it, or so."""
        return isinstance(annotation, Name) and self._finds_model(module, annotation.id, _DEEPEST)

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
