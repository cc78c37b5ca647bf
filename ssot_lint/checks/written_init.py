"""Calls of classes whose `__init__` a library writes from their fields: dataclasses, named tuples, pydantic models.

Where aliases, validators or a decorator of one's own may change what a class takes, nothing is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.activation import Made
from ssot_lint.callgraph.arguments import Arguments, Signature, bind
from ssot_lint.callgraph.classes import DATACLASS, ClassInfo
from ssot_lint.callgraph.values import NOTHING
from ssot_lint.checks.known import PLAIN_BASES, definition_of, is_made_by_init
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import targets
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Call,
    Const,
    Define,
    Expression,
    For,
    If,
    Index,
    Match,
    Name,
    Opaque,
    Operation,
    Parameter,
    Statement,
    Try,
    While,
    With,
)
from ssot_lint.facts.nested import walk

_NAMED_TUPLE = "typing.NamedTuple"
_MODEL = "pydantic.BaseModel"
# What lets a model take other names than those of its fields, or give itself what is missing.
_CHANGING = frozenset(("Config", "__pydantic_init_subclass__", "__get_validators__"))
_CONFIG = "model_config"
# What may stand in the configuration of a model and changes neither names nor what is required.
_HARMLESS = frozenset((
    "extra", "frozen", "arbitrary_types_allowed", "from_attributes", "str_strip_whitespace", "validate_assignment",
    "use_enum_values", "protected_namespaces", "json_schema_extra", "title", "strict", "str_max_length",
    "str_min_length", "validate_default", "json_encoders", "ser_json_timedelta", "hide_input_in_errors",
    "populate_by_name", "validate_by_name", "validate_by_alias", "serialize_by_alias", "loc_by_alias", "defer_build",
    "revalidate_instances", "use_attribute_docstrings", "coerce_numbers_to_str", "str_to_lower", "str_to_upper",
))  # fmt: skip
# What a field says that leaves its name and its default alone.
_DEFAULTING = frozenset(("default", "default_factory"))
_VALIDATORS = frozenset(("model_validator", "root_validator"))
# Pydantic 1 gives a field of such a type None.
_OPTIONAL = frozenset(("Optional", "Any", "Annotated", "Union", "None"))


class Field(NamedTuple):
    """A field: whether it has a default, whether it is given by name only, and what its class sets it to.

    `is_described` of one that `field(…)` tells of, which says all about its default.
    """

    name: str
    has_default: bool
    by_name: bool
    value: Expression | None = None
    is_described: bool = False


def misfit(made: Made) -> str:
    """Why the arguments of a call can't fit the fields of the class; empty where they may."""
    info = made.info
    fields = _fields(info)
    if fields is None:
        return ""
    if _MODEL in info.outside:
        if made.positional:
            return (
                f"takes no positional arguments but {made.positional} {'is' if made.positional == 1 else 'are'} given"
            )
        missing = [each.name for each in fields if not each.has_default and each.name not in made.keywords]
        if missing:
            return f"misses the required argument `{missing[0]}`"
        surplus = made.keywords - {each.name for each in fields} if _forbids_others(info) else ()
        return f"gets an unexpected keyword argument `{min(surplus)}`" if surplus else ""
    parameters = [_parameter(each) for each in sorted(fields, key=lambda each: each.by_name)]
    arguments = Arguments((NOTHING,) * made.positional, dict.fromkeys(sorted(made.keywords), NOTHING))
    return bind(Signature(parameters), arguments).problem


def dataclass_fields(info: ClassInfo) -> list[Field] | None:
    """The fields of a dataclass in their order; None for what is none, or where they are not known."""
    return _fields(info) if DATACLASS in info.decorators else None


def named_fields(info: ClassInfo) -> list[Field] | None:
    """The fields of a `NamedTuple` in their order; None for what is none, or where they are not known."""
    return _fields(info) if _NAMED_TUPLE in info.outside else None


def is_model(made: Made) -> bool:
    """Whether it is a pydantic model, which refuses what does not fit with a `ValueError`."""
    return _MODEL in made.info.outside


def _parameter(field: Field) -> Parameter:
    default = Const(None) if field.has_default else None
    return Parameter(field.name, "keyword-only" if field.by_name else "positional", None, default)


def _fields(info: ClassInfo) -> list[Field] | None:
    """The fields of a class in their order; None where they are not known."""
    classes = list(info.classes)
    if not is_made_by_init(info) or any({"__init__", "__new__"} & each.names.keys() for each in classes):
        return None
    outside = {path for path in info.outside if path not in PLAIN_BASES}
    fields: dict[str, Field] = {}
    for each in reversed(classes):
        if outside == {_MODEL}:
            found = _of_model(each)
        elif outside == {_NAMED_TUPLE} and len(classes) == 1:
            found = _annotated(each, by_name=False)
        elif not outside and DATACLASS in each.decorators:
            found = _of_dataclass(each)
        else:
            found = [] if not outside else None
        if found is None:
            return None
        fields.update({field.name: field for field in found})
    return [_with_default(info, each) for each in fields.values()]


def _with_default(info: ClassInfo, field: Field) -> Field:
    """A dataclass takes as a default what the class has under that name, from wherever."""
    if DATACLASS not in info.decorators or field.is_described:
        return field
    return field._replace(has_default=field.has_default or any(field.name in each.names for each in info.classes))


def _of_dataclass(info: ClassInfo) -> list[Field] | None:
    definition = definition_of(info)
    by_name = False
    for decorator, _ in definition.decorators if definition is not None else ():
        for name, value in decorator.keywords if isinstance(decorator, Call) else ():
            if name is None or not isinstance(value, Const) or (name == "init" and not value.value):
                return None
            by_name = by_name or (name == "kw_only" and bool(value.value))
    return _annotated(info, by_name=by_name)


def _of_model(info: ClassInfo) -> list[Field] | None:
    if _CHANGING & info.names.keys() or not configuration(info).keys() <= _HARMLESS:
        return None
    for statement in info.code.scope.body:
        if isinstance(statement, Define) and any(map(_gives_values, (each for each, _ in statement.decorators))):
            return None
    found = _annotated(info, by_name=True)
    if found is None:
        return None
    annotations = {name: statement.annotation for name, statement in _annotations(info.code.scope.body)}
    fields = []
    for field in found:
        described = field.value if isinstance(field.value, Call) and _last(field.value) == "Field" else None
        has_default = field.has_default and (described is None or _describes_default(described))
        if not field.name.startswith("_"):
            fields.append(field._replace(has_default=has_default or _is_optional(annotations[field.name])))
    return fields


def _gives_values(decorator: Expression) -> bool:
    """Whether it is a validator of a whole model, which may put in what is missing; one that comes after may not."""
    called = decorator.function if isinstance(decorator, Call) else decorator
    modes = [value for name, value in decorator.keywords if name == "mode"] if isinstance(decorator, Call) else []
    is_late = any(isinstance(each, Const) and each.value == "after" for each in modes)
    return _last(called) in _VALIDATORS and not is_late


def _describes_default(described: Call) -> bool:
    """Whether `Field(…)` gives a default: it may stand first, and `...` is none. By an alias it has another name."""
    if any(name is None or "alias" in name for name, _ in described.keywords):
        return True
    given = [*described.arguments[:1], *(value for name, value in described.keywords if name in _DEFAULTING)]
    return any(not (isinstance(each, Opaque) and each.type == "ellipsis") for each in given)


def configuration(info: ClassInfo) -> dict[str, Expression]:
    """What configures a model by name, in its statement or its `model_config`; an empty name is what is not told."""
    definition = definition_of(info)
    keywords = {name or "": value for name, value in definition.keywords} if definition is not None else {}
    values = [
        each.value
        for each in info.code.scope.body
        if isinstance(each, (Assign, AnnotatedAssign)) and _CONFIG in (_last(target) for target in targets(each))
    ]
    if _CONFIG not in info.names and not values:
        return keywords
    if (
        len(values) == 1
        and isinstance(values[0], Call)
        and _last(values[0]) in ("ConfigDict", "SettingsConfigDict", "dict")
    ):
        return keywords | {name or "": value for name, value in values[0].keywords}
    return {"": Const(None)}


def _forbids_others(info: ClassInfo) -> bool:
    """Whether the model itself refuses what none of its fields is called, by a name or an alias."""
    extra = configuration(info).get("extra")
    calls = [node for each in info.classes for node in walk(each.code.scope.body) if isinstance(node, Call)]
    has_aliases = any(name is None or "alias" in name for call in calls for name, _ in call.keywords)
    return isinstance(extra, Const) and extra.value == "forbid" and not has_aliases


def _annotations(body: list[Statement]) -> Iterator[tuple[str, AnnotatedAssign]]:
    for each in body:
        if isinstance(each, AnnotatedAssign) and isinstance(each.target, Name):
            yield each.target.id, each


def _annotated(info: ClassInfo, *, by_name: bool) -> list[Field] | None:
    """The annotated names of a class body; None where what stands among them may change them."""
    body = info.code.scope.body
    if any(isinstance(statement, (If, For, While, Try, With, Match)) for statement in body):
        return None
    found = []
    for name, statement in _annotations(body):
        kind = _last(statement.annotation)
        if kind == "KW_ONLY":
            by_name = True
        elif kind != "ClassVar":
            field = _field(name, statement.value, by_name=by_name)
            if field is None:
                return None
            found.append(field)
    return found


def _field(name: str, value: Expression | None, *, by_name: bool) -> Field | None:
    if not isinstance(value, Call) or _last(value) != "field":
        return Field(name, value is not None, by_name, value)
    keywords = dict(value.keywords)
    if None in keywords or value.arguments or "init" in keywords:
        return None
    chosen = keywords.get("kw_only")
    if chosen is not None:
        by_name = isinstance(chosen, Const) and bool(chosen.value)
    has_default = not keywords.keys().isdisjoint(("default", "default_factory", "factory"))
    return Field(name, has_default, by_name, keywords.get("default"), is_described=True)


def is_frozen(info: ClassInfo) -> bool | None:
    """Whether a dataclass is frozen; None for what is none, or where that is not written out."""
    definition = definition_of(info) if DATACLASS in info.decorators else None
    if definition is None or len(definition.decorators) != 1:
        return None
    decorator = definition.decorators[0][0]
    keywords = dict(decorator.keywords) if isinstance(decorator, Call) else {}
    chosen = keywords.get("frozen", Const(False))
    return bool(chosen.value) if isinstance(chosen, Const) and None not in keywords else None


def _is_optional(annotation: Expression) -> bool:
    """Whether a field of that type may be left out, or is not what its type seems to say."""
    if isinstance(annotation, (Operation, Const)):
        return True
    return (not isinstance(annotation, (Name, Index)) and not written(annotation)) or _last(annotation) in _OPTIONAL


def _last(expression: Expression) -> str:
    """The last name of what is written, that of what is subscribed or called."""
    if isinstance(expression, Index):
        expression = expression.value
    return written(expression).rpartition(".")[2]
