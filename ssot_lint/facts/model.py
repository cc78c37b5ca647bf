"""The facts of one module: its code, lowered to a small language.

`ModuleFacts` is a pure function of a file's bytes. It keeps what a call graph needs to know (names, values, calls,
control flow) and drops the rest (formatting, docstrings, comments, texts of strings that may be secrets).

Every node that a finding may point at carries `at`, its *site*: its ordinal among the located nodes of the file, in
source order (comments that suppress, and syntax that not every Python takes, come last); in the body of a function that
stands in no other, among those of that body, behind `BODY_SITES` times the number of the function.
`ssot_lint.facts.locate` turns sites into lines and columns, and only for the files that need it; so a comment that
moves every line leaves the facts as they are.

The statements of such a body may be *unread*: they are parsed when somebody asks for them (`ssot_lint.facts.bodies`).

Nodes are `msgspec` structs, encoded as arrays with an integer tag: typed, compact, and data only, so that a cache
entry can be read from a hostile place.
"""

from __future__ import annotations

from functools import cached_property
from typing import Literal as OneOf
from typing import TypeAlias, Union

import msgspec

from ssot_lint.errors import DamagedCacheError
from ssot_lint.facts.deep import run_deep

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
    arguments: list[Expression]
    keywords: list[tuple[str | None, Expression]]
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


_ENCODER = msgspec.msgpack.Encoder()
_DECODER: msgspec.msgpack.Decoder[list[Statement]] = msgspec.msgpack.Decoder(list[Statement])


class Parameter(msgspec.Struct, array_like=True, gc=False):
    """One parameter. Defaults are evaluated by the scope around the function."""

    name: str
    kind: OneOf["positional-only", "positional", "var-positional", "keyword-only", "var-keyword"]
    annotation: Expression | None
    default: Expression | None


class Scope(msgspec.Struct, array_like=True, dict=True):
    """The code of a module, function, lambda or class body.

    `qualname` is dotted inside the module (empty for the module itself), lambdas named `<lambda1>`, `<lambda2>`, …
    in source order within their scope. `parent` is the index of the scope around it (-1 for the module).
    `bound` holds the names that the scope itself binds (parameters first, then in order of first binding, without
    its `global` and `nonlocal` names; comprehension targets are not among them). `captured` holds those of its
    `bound` that a scope inside it reads or rebinds as its own free variable. A class scope captures nothing.
    `encoded` are the statements as bytes: most functions of a project are never looked into.
    """

    name: str
    qualname: str
    kind: OneOf["module", "function", "lambda", "class"]
    parent: int
    parameters: list[Parameter]
    returns: Expression | None
    is_async: bool
    is_generator: bool
    bound: list[str]
    captured: list[str]
    global_names: list[str]
    nonlocal_names: list[str]
    encoded: msgspec.Raw
    at: Site

    @cached_property
    def body(self) -> list[Statement]:
        """The statements. Raises `DamagedCacheError` for bytes that this tool has not written."""
        self.look_at()
        return self.read()

    def complete(self) -> Scope:
        """The scope itself, with what is only known once its statements were read: `bound`, `captured`, `encoded`."""
        if self.is_unread:
            self.__dict__["reader"]()
        return self

    @property
    def is_unread(self) -> bool:
        """Whether its statements were left for later, and nobody has asked for them."""
        return "reader" in self.__dict__

    def look_at(self) -> None:
        """Notes that a result rests on the statements."""
        self.__dict__["is_looked_at"] = True

    @property
    def is_looked_at(self) -> bool:
        """Whether anybody has asked for `body`, or noted that it matters."""
        return "is_looked_at" in self.__dict__

    @property
    def is_decoded(self) -> bool:
        """Whether `body` is at hand."""
        return "body" in self.__dict__

    def read(self) -> list[Statement]:
        """The same, decoded for this once, not kept, and not noted: for a look at every scope of a program."""
        if self.is_decoded:
            return self.body
        self.complete()
        try:
            return run_deep(lambda: _DECODER.decode(self.encoded))
        except msgspec.MsgspecError as error:
            raise DamagedCacheError from error

    def forget(self) -> None:
        """Lets the statements go until they are asked for again."""
        self.__dict__.pop("body", None)

    def seal(self) -> None:
        """Writes `encoded` from the statements. Raises `RecursionError` where they are nested too deeply."""
        self.encoded = msgspec.Raw(_ENCODER.encode(self.body))


def unread_scope(function: Scope, index: int) -> Scope:
    """What stands for one of the scopes inside of a function that is not read yet."""
    scope = Scope(
        name="<unread>", qualname=f"{function.qualname}.<unread>", kind="lambda", parent=index, parameters=[],
        returns=None, is_async=False, is_generator=False, bound=[], captured=[], global_names=[], nonlocal_names=[],
        encoded=msgspec.Raw(), at=function.at,
    )  # fmt: skip
    scope.body = []
    return scope


class Unread(msgspec.Struct, array_like=True, gc=False):
    """A body that is parsed when it is asked for.

    `scope` is the index of its function; those of the `inner` scopes follow. It is the bytes from `start` to `end` of
    the file, and `digest` names its text. `sites` is where its sites begin.
    """

    scope: int
    inner: int
    start: int
    end: int
    digest: bytes
    sites: Site


class ImportedModule(msgspec.Struct, array_like=True, gc=False):
    """One import as the files needed next: `deferred` inside a function, `typing_only` under `TYPE_CHECKING`.

    `names` are those of a `from` import (submodules perhaps), empty for `import module`.
    """

    level: int
    module: str
    names: list[str]
    deferred: bool
    typing_only: bool


class Suppression(msgspec.Struct, array_like=True, gc=False):
    """`# ssot-lint: ignore[CODES] reason`; no codes means all of them. The site is the comment."""

    codes: list[str]
    reason: str
    whole_file: bool
    at: Site


class Syntax(msgspec.Struct, array_like=True, gc=False):
    """A piece of syntax that not every Python 3 takes, by what people call it.

    `since` is the first version that takes it, such as `3.12`; empty for what none does though its grammar allows it.
    """

    since: str
    what: str
    at: Site


class ModuleFacts(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=301):
    """All that is known of a file from its bytes alone.

    `scopes[0]` is the module's body; `syntax` has the first piece of each kind; `unread` are the bodies that were left
    for later.
    """

    scopes: list[Scope]
    imports: list[ImportedModule]
    suppressions: list[Suppression]
    syntax: list[Syntax]
    lines: int
    unread: list[Unread]


class Unreadable(msgspec.Struct, array_like=True, gc=False, tag_field="node", tag=302):
    """Why a file could not be decoded or parsed. The line is 1-based."""

    line: int
    message: str
