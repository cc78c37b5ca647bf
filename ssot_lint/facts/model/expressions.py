"""The expressions of the small language that code is lowered to."""

from __future__ import annotations

from typing import Literal as OneOf
from typing import TypeAlias, Union

import msgspec

Site: TypeAlias = int
BODY_SITES = 2**20
"""How many sites a file has outside of functions, and each function that stands in no other."""


class _Expression(msgspec.Struct, array_like=True, gc=False, tag_field="node"):
    """Base of the expressions."""


class Name(_Expression, tag=1):
    """A name, read or (as a target) bound."""

    id: str
    at: Site


class Const(_Expression, tag=2):
    """A constant whose value may decide a branch, a key, or an import."""

    value: bool | int | float | str | None


class Opaque(_Expression, tag=3):
    """A value of a known builtin type and unknown content: bytes, complex, ellipsis, a string that is not kept."""

    type: str


class Format(_Expression, tag=4):
    """An f-string (or t-string): its parts in order, constant text as `Const`, the rest as expressions.

    `represented` are the places of those that `!r` or `!a` shows.
    """

    parts: list[Expression]
    at: Site
    represented: list[int] = []


class Attribute(_Expression, tag=5):
    """`value.name`, read or (as a target) written."""

    value: Expression
    name: str
    at: Site


class Call(_Expression, tag=6):
    """A call. `arguments` may hold `Star`; a keyword named None is `**value`. The site spans the whole call."""

    function: Expression
    arguments: tuple[Expression, ...]
    keywords: tuple[tuple[str | None, Expression], ...]
    at: Site


class Star(_Expression, tag=7):
    """`*value` in a call, a display, or a target."""

    value: Expression


class Await(_Expression, tag=8):
    """`await value`."""

    value: Expression
    at: Site


class Yield(_Expression, tag=9):
    """`yield value`."""

    value: Expression | None
    at: Site


class YieldFrom(_Expression, tag=10):
    """`yield from value`."""

    value: Expression
    at: Site


class Lambda(_Expression, tag=11):
    """A lambda; its code is the scope of that index."""

    scope: int
    at: Site


class Display(_Expression, tag=12):
    """A list, tuple or set display; items may be `Star`. Also a tuple or list of targets."""

    type: OneOf["list", "tuple", "set"]
    items: list[Expression]
    at: Site


class DictDisplay(_Expression, tag=13):
    """A dict display; a key of None is `**value`."""

    items: list[tuple[Expression | None, Expression]]
    at: Site


class Index(_Expression, tag=14):
    """`value[key]`, read, written or deleted. Several subscripts are one tuple `Display`."""

    value: Expression
    key: Expression
    at: Site


class Slice(_Expression, tag=15):
    """`lower:upper:step` inside an `Index`."""

    lower: Expression | None
    upper: Expression | None
    step: Expression | None


class Operation(_Expression, tag=16):
    """A left-associative chain of binary operators, flat however long: `first op value op value`.

    Each rest is (special method of the left operand such as `__add__`, operand, site).
    """

    first: Expression
    rest: list[tuple[str, Expression, Site]]


class Unary(_Expression, tag=17):
    """`-x`, `+x`, `~x`: the special method and its operand."""

    method: str
    value: Expression
    at: Site


class Not(_Expression, tag=18):
    """`not value`."""

    value: Expression
    at: Site


class Compare(_Expression, tag=19):
    """`first op value op value`: op is `==`, `!=`, `<`, `<=`, `>`, `>=`, `in`, `not in`, `is`, `is not`."""

    first: Expression
    rest: list[tuple[str, Expression]]
    at: Site


class BoolOp(_Expression, tag=20):
    """`and` or `or`, flat however long."""

    operator: OneOf["and", "or"]
    values: list[Expression]


class Conditional(_Expression, tag=21):
    """`body if test else orelse`."""

    test: Expression
    body: Expression
    orelse: Expression


class Walrus(_Expression, tag=22):
    """`target := value`."""

    target: Name
    value: Expression


class Clause(msgspec.Struct, array_like=True, gc=False):
    """`for target in iterable if condition …` of a comprehension."""

    target: Expression
    iterable: Expression
    conditions: list[Expression]
    is_async: bool
    at: Site


class Comprehension(_Expression, tag=23):
    """A comprehension or generator expression; `value` only for a dict's."""

    type: OneOf["list", "set", "dict", "generator"]
    element: Expression
    value: Expression | None
    clauses: list[Clause]
    at: Site


Expression: TypeAlias = Union[
    Name, Const, Opaque, Format, Attribute, Call, Star, Await, Yield, YieldFrom, Lambda, Display, DictDisplay, Index,
    Slice, Operation, Unary, Not, Compare, BoolOp, Conditional, Walrus, Comprehension,
]  # fmt: skip
