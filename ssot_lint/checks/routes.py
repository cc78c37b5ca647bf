"""What FastAPI refuses where routes are defined: prefixes, bodies that can't be, types of which it makes no fields."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.forwarded import is_spread
from ssot_lint.checks.named_classes import NamedClasses
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import (
    Attribute,
    Call,
    Const,
    Define,
    Display,
    Expression,
    Format,
    Index,
    Name,
    Opaque,
    Operation,
    Parameter,
)

_PREFIXED = re.compile(r"fastapi\.(routing\.)?(APIRouter|(FastAPI|APIRouter)\.include_router)")
_ROUTE = re.compile(
    r"fastapi\.(routing\.)?(FastAPI|APIRouter)\.(get|post|put|patch|delete|options|head|trace|api_route)"
)
_PATH = re.compile(r"fastapi\.(params\.)?Path")
# What FastAPI takes from elsewhere than the path.
_ELSEWHERE = frozenset(("Query", "Body", "Header", "Cookie", "Form", "File"))
_FIELDS = _ELSEWHERE | {"Path"}
_DECLARING = _FIELDS | {"Depends", "Security"}
_WITHOUT_BODY = re.compile(r"HTTP_(204|205|304)_\w+|(NO_CONTENT|RESET_CONTENT|NOT_MODIFIED)")
_CODES_WITHOUT_BODY = (204, 205, 304)
_PLAIN_TYPES = frozenset(("dict", "list", "str", "int", "float", "bool", "tuple", "set", "Dict", "List"))
_TAKING_DEPENDENCIES = re.compile(r"fastapi\.(routing\.)?(FastAPI|APIRouter)(\.\w+)?")
_DEPENDS = re.compile(r"fastapi\.(params\.|param_functions\.)?(Depends|Security)")
_UNREADABLE = "which FastAPI can't read from a request"


def refused(start: Start) -> Iterator[tuple[Reached, str, str, type[Exception]]]:
    """Each such call or definition, what is called, what is wrong, and what FastAPI raises."""
    classes = NamedClasses(start)
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
    start: Start, classes: NamedClasses, node: Node, target: str, call: Call
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
        verb = target.rpartition(".")[2]
        if "methods" in keywords and verb != "api_route":
            yield f"{verb}() gets an unexpected keyword argument `methods`", TypeError
        elif not call.arguments and "path" not in keywords:
            yield f"{target.rpartition('.')[2]}() misses the required argument `path`", TypeError
        elif isinstance(definition, Define) and all(_is_route(each) for each, _ in definition.decorators):
            yield from _of_route(classes, node, call, keywords, definition)


def _of_dependency(
    start: Start, classes: NamedClasses, place: Reached, call: CallRecord
) -> Iterator[tuple[Reached, str, str, type[Exception]]]:
    """Parameters of a function that is depended on, of which FastAPI makes no fields."""
    code = call.callee.code if call.callee is not None else None
    if code is None or call.certainty != "certain" or not start.counts(place):
        return
    for parameter in code.scope.parameters:
        for what, error in _of_parameter(classes, code.module.name, parameter, ()):
            yield place, call.target, what, error
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
    classes: NamedClasses, node: Node, call: Call, keywords: dict[str, Expression], definition: Define
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
    if len(set(in_path)) < len(in_path):
        yield f"the path has the parameter `{max(in_path, key=in_path.count)}` twice", Exception
    for parameter in scope.parameters:
        kind = _taken_from(parameter)
        yield from _of_parameter(classes, node.module, parameter, in_path)
        if parameter.name in in_path and kind in _ELSEWHERE:
            yield f"`{parameter.name}` is a parameter of the path, and can't be taken from `{kind}`", AssertionError
        elif parameter.default is None and parameter.annotation is not None:
            name = classes.named(node.module, parameter.annotation)
            if name:
                yield f"`{parameter.name}` is of the class `{name}`, {_UNREADABLE}", Exception
    name = classes.named(node.module, model) if model is not None and "response_class" not in keywords else ""
    if name:
        yield f"`{name}` is no model that FastAPI can answer with", Exception


def _of_parameter(
    classes: NamedClasses, module: str, parameter: Parameter, in_path: Collection[str]
) -> Iterator[tuple[str, type[Exception]]]:
    """How a parameter is declared in more than one way, or with a default where it can have none."""
    declared = _annotated_call(parameter)
    if declared is None or classes.comes_from(module, last_name(declared.function)) != "fastapi":
        return
    kind, default = last_name(declared.function), parameter.default
    again = last_name(default.function) if isinstance(default, Call) else ""
    if again in _DECLARING and classes.comes_from(module, again) == "fastapi":
        yield f"`{parameter.name}` is declared in its annotation and again by its default", AssertionError
    elif kind in _FIELDS:
        given = [*declared.arguments[:1], *(value for key, value in declared.keywords if key == "default")]
        is_told = any(not (isinstance(each, Opaque) and each.type == "ellipsis") for each in given)
        if is_told and kind != "Path":  # of that it is told where it stands
            yield f"`{kind}` in an annotation can't have a default, as that of `{parameter.name}` has", AssertionError
        elif parameter.name in in_path and default is not None:
            yield f"`{parameter.name}` is a parameter of the path, and can't have a default value", AssertionError


def _annotated_call(parameter: Parameter) -> Call | None:
    """What declares a parameter in its annotation: `Depends(…)` of `Annotated[User, Depends(…)]`."""
    annotation = parameter.annotation
    if not isinstance(annotation, Index) or last_name(annotation.value) != "Annotated":
        return None
    items = annotation.key.items if isinstance(annotation.key, Display) else []
    calls = [each for each in items[1:] if isinstance(each, Call) and last_name(each.function) in _DECLARING]
    return calls[0] if len(calls) == 1 else None


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
