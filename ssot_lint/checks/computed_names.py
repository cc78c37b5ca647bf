"""Names that code makes up when it runs: what of them is written down, and which names they may be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ssot_lint.facts.model import Attribute, Call, Const, Expression, Format, Operation


class Names:
    """Names, and the patterns of those that are not known to the end."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._patterns: set[Pattern] = set()

    def add(self, name: str | Pattern) -> None:
        """One more name or pattern."""
        if isinstance(name, Pattern):
            self._patterns.add(name)
        else:
            self._known.add(name)

    def __contains__(self, name: str) -> bool:
        return name in self._known or self.computes(name)

    def computes(self, name: str) -> bool:
        """Whether it is of one of the patterns."""
        return any(each.takes(name) for each in self._patterns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Names) and (self._known, self._patterns) == (other._known, other._patterns)

    def __hash__(self) -> int:
        return hash((frozenset(self._known), frozenset(self._patterns)))


class Pattern(NamedTuple):
    """How a computed name begins and ends."""

    prefix: str
    suffix: str

    def takes(self, name: str) -> bool:
        """Whether it may be this name."""
        is_long_enough = len(name) >= len(self.prefix) + len(self.suffix)
        return is_long_enough and name.startswith(self.prefix) and name.endswith(self.suffix)


def pattern(expression: Expression) -> Pattern | None:
    """What is known of a text that is put together: `"_" + name`, `f"_{name}"`, `"_%s" % name`; None for nothing."""
    if isinstance(expression, Const):
        return None
    prefix, suffix = _ends(expression)
    return Pattern(prefix, suffix) if prefix or suffix else None


def _ends(expression: Expression) -> tuple[str, str]:
    """The text that a value surely begins with, and that it surely ends with."""
    if isinstance(expression, Const) and isinstance(expression.value, str):
        return expression.value, expression.value
    if isinstance(expression, Format):
        return _joined(expression.parts)
    if isinstance(expression, Operation):
        methods = {method for method, _, _ in expression.rest}
        if methods == {"__add__"}:
            return _joined([expression.first, *(operand for _, operand, _ in expression.rest)])
        if methods == {"__mod__"} and isinstance(expression.first, Const):
            return _around(expression.first.value, "%", "s")
    if isinstance(expression, Call) and isinstance(expression.function, Attribute):
        template = expression.function.value
        if expression.function.name == "format" and isinstance(template, Const):
            return _around(template.value, "{", "}")
    return "", ""


def _joined(parts: Iterable[Expression]) -> tuple[str, str]:
    ends = [_ends(each) for each in parts]
    return (ends[0][0], ends[-1][1]) if ends else ("", "")


def _around(template: object, begins: str, ends: str) -> tuple[str, str]:
    """What stands before the first and behind the last place of a template."""
    if not isinstance(template, str) or begins not in template:
        return "", ""
    return template.partition(begins)[0], template.rpartition(ends)[2]
