"""What code makes of the text that the environment gives it: numbers, where it fails for what is none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.facts.model import Call, Const, Define, Expression, Name, Statement
from ssot_lint.facts.nested import walk
from ssot_lint.settings.model import Form

_FORMS: dict[str, Form] = {"int": "int", "float": "float"}
_OF_FIELDS: dict[str, Form] = {
    **_FORMS, "bool": "bool", "PositiveInt": "int", "NonNegativeInt": "int", "PositiveFloat": "float",
    "NonNegativeFloat": "float",
}  # fmt: skip
_AROUND = frozenset({"Optional", "Annotated", "Union", "Field", "typing", "t", "Final"})
_VALIDATORS = frozenset({"field_validator", "validator", "model_validator", "root_validator"})
_EARLY = frozenset({"before", "plain", "wrap"})


def conversion(call: Call) -> Form:
    """What `int(x)` or `float(x)` makes of x; nothing of any other call."""
    if isinstance(call.function, Name) and len(call.arguments) == 1 and not call.keywords:
        return _FORMS.get(call.function.id, "")
    return ""


def handed_conversion(target: str, call: Call) -> Form:
    """What a reader makes of a value by its name (`env.int("X")`) or by what it is handed (`cast=int`)."""
    if target.startswith(("environ.", "environs.")):
        return _FORMS.get(target.rpartition(".")[2], "")
    given = (*call.arguments[1:], *(value for _, value in call.keywords))
    forms = {_FORMS[each.id] for each in given if isinstance(each, Name) and each.id in _FORMS}
    return forms.pop() if len(forms) == 1 else ""


def form_of_field(annotation: Expression) -> Form:
    """What pydantic makes of the value of a field: of `int`, `int | None`, `Annotated[int, Field(gt=0)]`."""
    names = {node.id for node in walk(annotation) if isinstance(node, Name)} - _AROUND
    return _OF_FIELDS.get(names.pop(), "") if len(names) == 1 else ""


def changes_values(body: Sequence[Statement]) -> bool:
    """Whether validators of a class take values as they come, and may make numbers of what is none."""
    return any(map(_is_early, _decorators(body)))


def _decorators(body: Sequence[Statement]) -> Iterator[Call]:
    for statement in body:
        for decorator, _ in statement.decorators if isinstance(statement, Define) else ():
            if isinstance(decorator, Call):
                yield decorator


def _is_early(decorator: Call) -> bool:
    names = {node.id for node in walk(decorator.function) if isinstance(node, Name)}
    names |= {getattr(decorator.function, "name", "")}
    options = {name: value.value for name, value in decorator.keywords if name and isinstance(value, Const)}
    return bool(names & _VALIDATORS) and (options.get("mode") in _EARLY or options.get("pre") is True)
