"""The statements of the small language that code is lowered to, with the patterns of `match`."""

from __future__ import annotations

from typing import Literal as OneOf
from typing import TypeAlias, Union

import msgspec

from ssot_lint.facts.model.expressions import Expression, Site


class _Statement(msgspec.Struct, array_like=True, gc=False, tag_field="node"):
    """Base of the statements."""


class Evaluate(_Statement, tag=101):
    """An expression as a statement."""

    value: Expression


class Assign(_Statement, tag=102):
    """`target = target = value`; targets are `Name`, `Attribute`, `Index`, `Display`, `Star`."""

    targets: list[Expression]
    value: Expression


class AnnotatedAssign(_Statement, tag=103):
    """`target: annotation = value`."""

    target: Expression
    annotation: Expression
    value: Expression | None


class AugmentedAssign(_Statement, tag=104):
    """`target op= value`; the method is the binary one (`__add__`), the in-place one is `__i` + its rest."""

    target: Expression
    method: str
    value: Expression
    at: Site


class Return(_Statement, tag=105):
    """`return value`; a lambda's body is one too."""

    value: Expression | None


class Raise(_Statement, tag=106):
    """`raise exception from cause`."""

    exception: Expression | None
    cause: Expression | None
    at: Site


class If(_Statement, tag=107):
    """`if`; an `elif` is an `If` alone in `orelse`."""

    test: Expression
    body: list[Statement]
    orelse: list[Statement]


class While(_Statement, tag=108):
    """`while`."""

    test: Expression
    body: list[Statement]
    orelse: list[Statement]


class For(_Statement, tag=109):
    """`for` and `async for`; the site is the iterable's."""

    target: Expression
    iterable: Expression
    body: list[Statement]
    orelse: list[Statement]
    is_async: bool
    at: Site


class Handler(msgspec.Struct, array_like=True, gc=False):
    """`except type as name:`; no type for a bare `except`. Of `except*`, the name is that of a group."""

    type: Expression | None
    name: str | None
    body: list[Statement]
    is_group: bool = False


class Try(_Statement, tag=110):
    """`try`, also with `except*`."""

    body: list[Statement]
    handlers: list[Handler]
    orelse: list[Statement]
    final: list[Statement]


class With(_Statement, tag=111):
    """`with` and `async with`: (context expression, target or None, site of the expression), in order."""

    items: list[tuple[Expression, Expression | None, Site]]
    body: list[Statement]
    is_async: bool


class MatchValue(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=201):
    """A literal or dotted name as a pattern."""

    value: Expression


class MatchCapture(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=202):
    """`pattern as name`, `name`, or `_` (both None); `*name` inside a sequence too."""

    pattern: Pattern | None
    name: str | None


class MatchClass(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=203):
    """`Class(pattern, name=pattern)`."""

    type: Expression
    positional: list[Pattern]
    keywords: list[tuple[str, Pattern]]
    at: Site


class MatchSequence(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=204):
    """`[pattern, …]`; `star` is the index of the starred one, or None."""

    patterns: list[Pattern]
    star: int | None


class MatchMapping(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=205):
    """`{key: pattern, **rest}`."""

    items: list[tuple[Expression, Pattern]]
    rest: str | None


class MatchOr(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=206):
    """`pattern | pattern`."""

    patterns: list[Pattern]


Pattern: TypeAlias = Union[MatchValue, MatchCapture, MatchClass, MatchSequence, MatchMapping, MatchOr]


class Case(msgspec.Struct, array_like=True, gc=False):
    """`case pattern if guard:`."""

    pattern: Pattern
    guard: Expression | None
    body: list[Statement]


class Match(_Statement, tag=112):
    """`match`."""

    subject: Expression
    cases: list[Case]


class Import(_Statement, tag=113):
    """`import a.b, c as d`: (dotted name, alias or None, site)."""

    names: list[tuple[str, str | None, Site]]


class ImportFrom(_Statement, tag=114):
    """`from ..module import name as alias, …`; `names` is (name, alias or None, site); a star import has one `*`.

    `level` counts the leading dots; `module` is empty for `from . import x`.
    """

    level: int
    module: str
    names: list[tuple[str, str | None, Site]]
    at: Site


class Define(_Statement, tag=115):
    """`def` or `async def`: binds the scope's name to the decorated function. The site is the name.

    Decorators are (expression, site of the expression), outermost first, as written.
    """

    scope: int
    decorators: list[tuple[Expression, Site]]
    at: Site


class DefineClass(_Statement, tag=116):
    """`class`: its body is the scope of that index. `bases` may hold `Star`; the site is the name."""

    scope: int
    bases: list[Expression]
    keywords: list[tuple[str | None, Expression]]
    decorators: list[tuple[Expression, Site]]
    at: Site


class Delete(_Statement, tag=117):
    """`del target, …`."""

    targets: list[Expression]


class Assert(_Statement, tag=118):
    """`assert test, message`."""

    test: Expression
    message: Expression | None


class Jump(_Statement, tag=119):
    """`break` or `continue`."""

    type: OneOf["break", "continue"]


class TypeAliasStatement(_Statement, tag=120):
    """`type name = value`; the value is not evaluated where it stands."""

    name: str
    value: Expression


Statement: TypeAlias = Union[
    Evaluate, Assign, AnnotatedAssign, AugmentedAssign, Return, Raise, If, While, For, Try, With, Match, Import,
    ImportFrom, Define, DefineClass, Delete, Assert, Jump, TypeAliasStatement,
]  # fmt: skip
