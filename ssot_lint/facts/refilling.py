"""Calls of `setattr` that give an object no new attribute: in a loop over its fields, or where it has it already.

So configurations are filled: `for name in config.__annotations__: setattr(config, name, environment[name])`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.facts.model import Attribute, BoolOp, Call, Compare, Expression, For, If, Name, Site, Statement
from ssot_lint.facts.nested import nested, walk

_FIELDS = frozenset(("__annotations__", "__dataclass_fields__", "__fields__", "model_fields"))
_LISTING = frozenset(("dataclasses.fields", "fields", "typing.get_type_hints", "get_type_hints"))


def refilling(body: Iterable[Statement]) -> frozenset[Site]:
    """The sites of such calls among the statements of a function."""
    return frozenset(_sites(body))


def _sites(body: Iterable[Statement]) -> Iterator[Site]:
    for statement in nested(body):
        if isinstance(statement, For) and _tells_fields(statement.iterable):
            names = {each.id for each in walk(statement.target) if isinstance(each, Name)}
            for call in _settings(statement.body):
                if _dotted(call.arguments[1]).partition(".")[0] in names:
                    yield call.at
        elif isinstance(statement, If):
            asked = set(_asked(statement.test))
            for call in _settings(statement.body):
                if _told(call) in asked or ("", _told(call)[1]) in asked:
                    yield call.at


def _settings(body: list[Statement]) -> Iterator[Call]:
    """The calls of `setattr` in some code."""
    for node in walk(body):
        if isinstance(node, Call) and _dotted(node.function) == "setattr" and len(node.arguments) > 1:
            yield node


def _asked(test: Expression) -> Iterator[tuple[str, str]]:
    """What a test asks to be there: the object, empty where it looks at the fields of a class, and the name."""
    for each in test.values if isinstance(test, BoolOp) and test.operator == "and" else [test]:
        if isinstance(each, Call) and _dotted(each.function) == "hasattr" and len(each.arguments) > 1:
            yield _told(each)
        elif isinstance(each, Compare) and each.rest[0][0] == "in" and _tells_fields(each.rest[0][1]):
            yield "", _dotted(each.first)


def _told(call: Call) -> tuple[str, str]:
    return _dotted(call.arguments[0]), _dotted(call.arguments[1]) or "?"


def _tells_fields(expression: Expression) -> bool:
    """Whether it lists the fields of a class: `config.__annotations__.items()`, `fields(config)`."""
    return any(
        (isinstance(each, Attribute) and each.name in _FIELDS)
        or (isinstance(each, Call) and _dotted(each.function) in _LISTING)
        for each in walk(expression)
    )


def _dotted(expression: Expression) -> str:
    """A dotted name as it is written, empty for anything else."""
    if isinstance(expression, Attribute):
        owner = _dotted(expression.value)
        return f"{owner}.{expression.name}" if owner else ""
    return expression.id if isinstance(expression, Name) else ""
