"""The language of relations: comparisons of sums and products over settings, numbers and durations.

`2 * HEARTBEAT_INTERVAL <= HEARTBEAT_TIMEOUT <= deploy.timeout` compares settings; `30 s`, `500 ms`, `15 m`, `1 h` are
durations; `--timeout` is the flag of a deployment; `staging.NAME` takes the setting from the source, environment or
kind of that name; `first(A, B)` is the first of them that is set anywhere; `TIMEOUT` is also `TIMEOUT_SECONDS` and
`TIMEOUT_MS`, where there is no setting of the bare name. Times are compared in seconds: what a value or a name says of
its unit (`75s`, `TIMEOUT_MS`) is heeded, and a bare number means seconds where it meets a time.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias, cast

from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import SECONDS

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

_GRAMMAR = r"""
start: sum (COMPARISON sum)+
?sum: product | sum SIGN product -> binary
?product: unary | product FACTOR unary -> binary
?unary: "-" unary -> negative | atom
?atom: NUMBER UNIT? -> number
     | reference
     | "first" "(" reference ("," reference)* ")" -> first
     | "(" sum ")"
reference: NAME | FLAG
COMPARISON: "<=" | ">=" | "==" | "!=" | "<" | ">"
SIGN: "+" | "-"
FACTOR: "*" | "/"
FLAG.2: /--[a-z][a-z0-9-]*/
UNIT.2: /(?:ms|s|m|h)\b/
NUMBER: /\d+(?:\.\d+)?/
NAME: /[A-Za-z_][A-Za-z0-9_-]*\.(?:--)?[A-Za-z_][A-Za-z0-9_-]*|[A-Za-z_][A-Za-z0-9_]*/
%ignore /[ \t\r\n]+/
"""
_OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "==": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt,
}  # fmt: skip
_ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv,
}  # fmt: skip
NAMED_UNITS = {
    "MS": 0.001, "MILLIS": 0.001, "MILLISECONDS": 0.001, "S": 1.0, "SEC": 1.0, "SECS": 1.0, "SECONDS": 1.0,
    "MIN": 60.0, "MINS": 60.0, "MINUTES": 60.0, "HOURS": 3600.0,
}  # fmt: skip
"""The words with which a name says its unit, in seconds."""


class RelationError(ValueError):
    """An expression that is none; the text says what is wrong and where."""


@dataclass(frozen=True)
class Reference:
    """A setting by its names, the first of which that is known counts; `qualifier` says where to look."""

    names: tuple[str, ...]
    qualifier: str = ""


@dataclass(frozen=True)
class Number:
    """A number; a duration in seconds."""

    value: float


@dataclass(frozen=True)
class Operation:
    """`left operator right`."""

    symbol: str
    left: Expression
    right: Expression


Expression: TypeAlias = Reference | Number | Operation


@dataclass(frozen=True)
class Comparison:
    """One link of a chain of comparisons, and its text."""

    symbol: str
    left: Expression
    right: Expression
    text: str

    def references(self) -> tuple[Reference, ...]:
        """The settings that it compares, each once, from left to right."""
        return tuple(dict.fromkeys((*_references(self.left), *_references(self.right))))

    def holds(self, chosen: Mapping[Reference, Setting]) -> bool | None:
        """Whether it holds for those settings; None where that can't be computed."""
        left, right = _evaluate(self.left, chosen), _evaluate(self.right, chosen)
        return None if left is None or right is None else _OPERATORS[self.symbol](left, right)


def parse_relation(text: str) -> tuple[Comparison, ...]:
    """The comparisons of a chain; raises `RelationError`."""
    from lark.exceptions import UnexpectedInput

    try:
        tree = _parser().parse(text)
    except UnexpectedInput as error:
        column = getattr(error, "column", 0)
        where = f"at column {column}" if isinstance(column, int) and column > 0 else "at its end"
        raise RelationError(f"`{text}` is no comparison of settings: it can't be understood {where}") from None
    sides, symbols = tree.children[::2], tree.children[1::2]
    return tuple(
        Comparison(str(sign), _expression(left), _expression(right), f"{_text(left, text)} {sign} {_text(right, text)}")
        for left, sign, right in zip(sides, symbols, sides[1:], strict=False)
    )


@lru_cache(maxsize=1)
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", propagate_positions=True, maybe_placeholders=False)


def _expression(part: Tree[Token] | Token) -> Expression:
    tree = cast("Tree[Token]", part)
    children = tree.children
    if tree.data == "number":
        scale = SECONDS[str(children[1])] if len(children) > 1 else 1.0
        return Number(float(str(children[0])) * scale)
    if tree.data == "reference":
        return _reference(str(children[0]))
    if tree.data == "first":
        references = [cast("Reference", _expression(child)) for child in children]
        return Reference(tuple(name for each in references for name in each.names), references[0].qualifier)
    if tree.data == "negative":
        return Operation("-", Number(0.0), _expression(children[0]))
    left, symbol, right = children
    return Operation(str(symbol), _expression(left), _expression(right))


def _reference(text: str) -> Reference:
    qualifier, _, name = text.rpartition(".")
    return Reference((name,), qualifier)


def _text(part: Tree[Token] | Token, text: str) -> str:
    meta = cast("Tree[Token]", part).meta
    return text[meta.start_pos : meta.end_pos]


def _references(expression: Expression) -> Iterator[Reference]:
    if isinstance(expression, Reference):
        yield expression
    elif isinstance(expression, Operation):
        yield from _references(expression.left)
        yield from _references(expression.right)


def _evaluate(expression: Expression, chosen: Mapping[Reference, Setting]) -> float | None:
    if isinstance(expression, Number):
        return expression.value
    if isinstance(expression, Reference):
        return seconds(chosen[expression])
    left, right = _evaluate(expression.left, chosen), _evaluate(expression.right, chosen)
    if left is None or right is None or (expression.symbol == "/" and not right):
        return None
    return _ARITHMETIC[expression.symbol](left, right)


def seconds(setting: Setting) -> float | None:
    """The number of a setting, a time in seconds: in the unit of its value, else the one that its name ends with."""
    if setting.number is None or setting.unit:
        return setting.number
    return setting.number * NAMED_UNITS.get(setting.name.upper().rpartition("_")[2], 1.0)
