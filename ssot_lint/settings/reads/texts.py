"""Texts that are put together or changed on the way to a key."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ssot_lint.facts.model import Const, Expression, Opaque

Change: TypeAlias = tuple[str, ...]
"""A method of strings and its arguments: `("upper",)`, `("replace", "-", "_")`."""

_CHANGES = {"upper": 0, "lower": 0, "strip": 0, "replace": 2, "removeprefix": 1, "removesuffix": 1}
_PERCENT = re.compile(r"%(?:\((\w+)\))?[-+ #0-9.]*[a-zA-Z]|%%")
_ANY = Opaque("str")


def change_of(method: str, arguments: Sequence[Expression]) -> Change | None:
    """The change that calling the method makes, None where it is not known."""
    given = [each.value for each in arguments if isinstance(each, Const) and isinstance(each.value, str)]
    return (method, *given) if _CHANGES.get(method) == len(given) == len(arguments) else None


def changed(text: str, changes: Sequence[Change]) -> str:
    """The text after the changes, one after the other."""
    for method, *arguments in changes:
        text = getattr(text, method)(*arguments)
    return text


def percent_fields(text: str, values: Sequence[Expression]) -> list[Expression]:
    """The parts of `text % values`; what is not known stands as something that may be any text."""
    rest = iter(values)
    parts: list[Expression] = []
    end = 0
    for match in _PERCENT.finditer(text):
        parts.append(Const(text[end : match.start()]))
        end = match.end()
        parts.append(Const("%") if match[0] == "%%" else _ANY if match[1] else next(rest, _ANY))
    return [*parts, Const(text[end:])]


def fields(text: str, values: Sequence[Expression], named: Mapping[str | None, Expression]) -> list[Expression]:
    """The parts of `text.format(*values, **named)`, likewise."""
    try:
        return list(_fields(text, values, named))
    except ValueError:  # no format
        return [_ANY]


def _fields(text: str, values: Sequence[Expression], named: Mapping[str | None, Expression]) -> Iterator[Expression]:
    rest = iter(values)
    for literal, name, _, _ in string.Formatter().parse(text):
        yield Const(literal)
        if name is None:
            continue
        if not name:
            yield next(rest, _ANY)
        elif name.isdecimal():
            yield values[int(name)] if int(name) < len(values) else _ANY
        else:
            yield named.get(name, _ANY)
