"""Classes of models that pydantic 2 refuses, most of them left over from its first version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.outside import MODELS
from ssot_lint.checks.known import PLAIN_BASES
from ssot_lint.checks.library_names import Imported
from ssot_lint.checks.loops import BRANCHING
from ssot_lint.checks.named_classes import NamedClasses
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Call,
    Const,
    Define,
    DefineClass,
    Display,
    Expression,
    Index,
    Name,
    Opaque,
    Operation,
    Scope,
)
from ssot_lint.facts.nested import walk
from ssot_lint.project.entry_points.view import View

_OF_PYDANTIC_2 = frozenset((
    "ConfigDict", "field_validator", "model_validator", "computed_field", "field_serializer", "model_serializer",
    "TypeAdapter", "RootModel", "AliasChoices", "PlainSerializer", "BeforeValidator", "AfterValidator",
))  # fmt: skip
# What `from pydantic import …` gives no more.
_GONE = frozenset((
    "BaseSettings", "ConstrainedBytes", "ConstrainedDate", "ConstrainedDecimal", "ConstrainedFloat",
    "ConstrainedFrozenSet", "ConstrainedInt", "ConstrainedList", "ConstrainedSet", "ConstrainedStr", "JsonWrapper",
    "NoneBytes", "NoneStr", "NoneStrBytes", "Protocol", "Required", "StrBytes", "compiled",
    "create_model_from_namedtuple", "create_model_from_typeddict", "parse_file_as", "parse_raw_as", "stricturl",
    "validate_model",
))  # fmt: skip
_VALIDATORS = frozenset(("field_validator", "validator", "field_serializer"))
_OF_FIELDS = frozenset(("pydantic.field_validator", "pydantic.validator"))
_CALLED = frozenset((*_OF_FIELDS, "pydantic.model_validator", "pydantic.root_validator"))
_FIELD = "pydantic.Field"
_REMOVED = {"regex": "pattern", "const": "Literal", "unique_items": "set"}
_PLAIN_VALUES = (Const, Opaque, Display)
_ARBITRARY = "arbitrary_types_allowed"
# How code says that it works with both versions.
_BOTH = ("PYDANTIC_V", "pydantic_v", "PydanticV")


def has_pydantic_2(start: Start) -> bool:
    """Whether the loaded code takes from pydantic what only its second version has."""
    imports = (each for facts in start.context.library.loaded.values() for each in facts.imports if not each.level)
    return any(
        each.module == "pydantic_settings" or (each.module == "pydantic" and _OF_PYDANTIC_2.intersection(each.names))
        for each in imports
    )


def supports_both(start: Start) -> bool:
    """Whether the loaded code asks which version of pydantic there is."""
    return any(True for text in _BOTH for _ in start.bindings.scopes_with(text))


def gone(start: Start, imports: Iterable[Imported]) -> Iterator[tuple[Reached, str]]:
    """Imports of what pydantic 2 has no more, where it is pydantic 2."""
    for place, module, name in imports:
        is_lost = module == "pydantic" and name in _GONE and not _is_chosen(start, place)
        if is_lost and has_pydantic_2(start) and not supports_both(start):
            yield place, f"`pydantic` has no `{name}` since its version 2, which the project uses"


def refused(start: Start, place: Reached, info: ClassInfo, classes: NamedClasses, *, is_second: bool) -> Iterator[str]:
    """What pydantic, or its second version, refuses of a class, if that is a model."""
    if not MODELS.intersection(info.outside) or any(path not in (*MODELS, *PLAIN_BASES) for path in info.outside):
        return
    yield _validates_nothing(info)
    if not is_second:
        return
    yield _unannotated(info)
    yield _of_plain_class(info, classes)
    for what in filter(None, _left_over(info)):
        # To look for that in all of the code costs much, and makes what was found rest on all of it: so it comes last.
        if not _is_chosen(start, place) and not supports_both(start):
            yield what


def _left_over(info: ClassInfo) -> Iterator[str]:
    """What the first version of pydantic takes of a model, and the second does not."""
    view = View(info.code.module.source, info.code.module.facts, b"")
    yield _configured_twice(info)
    for statement in info.code.scope.body:
        if isinstance(statement, Define):
            yield from _misused(info, view, statement)
        elif isinstance(statement, (Assign, AnnotatedAssign)) and isinstance(statement.value, Call):
            yield _described(view, statement.value)


def _is_chosen(start: Start, place: Reached) -> bool:
    """Whether a test stands around a place."""
    return any(isinstance(step.node, BRANCHING) for step in start.context.surroundings.of(place.site))


def _unannotated(info: ClassInfo) -> str:
    """Which attribute of a pydantic model has no annotation."""
    for statement in info.code.scope.body:
        if isinstance(statement, Assign) and isinstance(statement.value, _PLAIN_VALUES):
            for target in statement.targets:
                name = target.id if isinstance(target, Name) else "_"
                is_told = name.startswith(("_", "model_")) or any(name in each.fields for each in info.classes)
                if not is_told:
                    return f"pydantic takes no attribute without an annotation: `{name}`"
    return ""


def _of_plain_class(info: ClassInfo, classes: NamedClasses) -> str:
    """Which field of a pydantic model is of a class of which it makes no field."""
    if any(_allows_any(each) for each in info.classes):
        return ""
    for statement in info.code.scope.body:
        if not isinstance(statement, AnnotatedAssign) or not isinstance(statement.target, Name):
            continue
        if statement.target.id.startswith("_") or isinstance(statement.value, Call):
            continue
        parts = [statement.annotation]
        if isinstance(statement.annotation, Operation):
            parts = [statement.annotation.first, *(each for _, each, _ in statement.annotation.rest)]
        elif isinstance(statement.annotation, Index) and written(statement.annotation.value).endswith("Optional"):
            parts = [statement.annotation.key]
        name = next(filter(None, (classes.named(info.code.module.name, each) for each in parts)), "")
        if name:
            return f"`{statement.target.id}` is of the class `{name}`, of which pydantic makes no field"
    return ""


def _allows_any(info: ClassInfo) -> bool:
    """Whether a model may take fields of any class, or has a body of its own kind."""
    words = [node.value for node in walk(info.code.scope.body) if isinstance(node, Const)]
    keywords = {key for node in walk(info.code.scope.body) if isinstance(node, Call) for key, _ in node.keywords}
    return _ARBITRARY in words or _ARBITRARY in keywords or None in keywords or "Config" in info.names


def _validates_nothing(info: ClassInfo) -> str:
    """Which field a validator of a pydantic model is for, if the model has no such field."""
    fields = {name for each in info.classes for name in each.fields}
    for statement in info.code.scope.body:
        for decorator, _ in statement.decorators if isinstance(statement, Define) else ():
            if written(decorator).rpartition(".")[2] in _VALIDATORS and isinstance(decorator, Call):
                asked = [each.value for each in decorator.arguments if isinstance(each, Const)]
                is_checked = all(name != "check_fields" for name, _ in decorator.keywords)
                lost = [each for each in asked if isinstance(each, str) and each != "*" and each not in fields]
                if is_checked and lost:
                    return f"a validator is for the field `{lost[0]}`, which the model does not have"
    return ""


def _configured_twice(info: ClassInfo) -> str:
    """Whether a model has both forms of its configuration."""
    scopes = info.code.module.facts.scopes
    old = any(isinstance(each, DefineClass) and scopes[each.scope].name == "Config" for each in info.code.scope.body)
    return (
        "pydantic takes `model_config` or a class `Config`, and not both"
        if old and "model_config" in info.names
        else ""
    )


def _misused(info: ClassInfo, view: View, definition: Define) -> Iterator[str]:
    """What is wrong with how decorators of pydantic are applied to a function."""
    scope = info.code.module.facts.scopes[definition.scope]
    decorators = [each for each, _ in definition.decorators]
    for decorator in decorators:
        name = view.origin(decorator.function if isinstance(decorator, Call) else decorator)
        said = f"@{name.rpartition('.')[2]}"
        given = {key for key, _ in decorator.keywords} if isinstance(decorator, Call) else set()
        if name == "pydantic.root_validator" and not given & {"pre", "skip_on_failure", None}:
            yield f"`{said}` needs `pre=True` or `skip_on_failure=True` since pydantic 2"
        elif name in _CALLED and not isinstance(decorator, Call):
            yield f"`{said}` is not called: it needs to be told what it is for"
        elif name in _OF_FIELDS and _takes_one(scope, decorators):
            yield f"a validator gets the class and the value, and `{scope.name}()` takes one of them only"
        elif name == "pydantic.computed_field" and scope.returns is None and "return_type" not in given:
            yield f"`{said}` needs to know what `{scope.name}` returns: it has no annotation"


def _takes_one(scope: Scope, decorators: list[Expression]) -> bool:
    """Whether a method gets nothing beside its class or instance."""
    others = [written(each) for each in decorators if not isinstance(each, Call)]
    is_plain = all(name == "classmethod" for name in others) and len(decorators) == len(others) + 1
    return is_plain and len(scope.parameters) == 1 and scope.parameters[0].kind.startswith("positional")


def _described(view: View, call: Call) -> str:
    """What `Field()` refuses."""
    if view.origin(call.function) != _FIELD:
        return ""
    given = {key: value for key, value in call.keywords if key is not None}
    for name, instead in _REMOVED.items():
        if name in given:
            return f"Field() takes no `{name}` since pydantic 2: `{instead}` has taken its place"
    if call.arguments and "default" in given:
        return "Field() gets multiple values for argument `default`"
    default = given.get("default", call.arguments[0] if call.arguments else None)
    required, none = Opaque("ellipsis"), Const(None)  # a field without a default, and no factory
    if default not in (None, required) and given.get("default_factory", none) != none:
        return "Field() takes `default` or `default_factory`, and not both"
    return ""
