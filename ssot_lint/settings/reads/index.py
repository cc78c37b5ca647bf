"""A module's facts by what is asked of them: what names are bound to, what classes hold, which calls there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeAlias

import msgspec

from ssot_lint.facts.model import (
    BODY_SITES,
    Attribute,
    BoolOp,
    Call,
    Compare,
    Conditional,
    Const,
    DictDisplay,
    Expression,
    Index,
    Lambda,
    ModuleFacts,
    Name,
    Opaque,
    Operation,
    Scope,
    Walrus,
)
from ssot_lint.settings.model import Form
from ssot_lint.settings.reads.idioms import CALLABLE_READERS

_ASKING = ("isdigit", "isdecimal", "isnumeric", "match", "fullmatch")
Path: TypeAlias = tuple[int, ...]
"""Where in an element a name is unpacked from: `(1,)` is `b` in `for a, b in pairs`."""


class Around(NamedTuple):
    """What stands around a node.

    `guarded` are the constants that a condition around it tests; `caught` says that a `try` takes what a missing key
    raises, and `handled` that one takes what functions of the project may raise; `conditional` that the node is not
    evaluated in every case; `prefix` stands before the keys that are read in a `with env.prefixed("APP_")`. In `a or b`
    the `fallback` of `a` is (a, b), and what `b` is there `instead` of is (a,). `after` is what the function would have
    returned before if it had been given (`if a: return a`), and `never_in` are the environments in which it has.
    """

    scope: int
    guarded: frozenset[str] = frozenset()
    caught: bool = False
    handled: bool = False
    conditional: bool = False
    prefix: str = ""
    fallback: tuple[Expression, Expression] | None = None
    instead: tuple[Expression, ...] = ()
    after: tuple[msgspec.Struct, ...] = ()
    never_in: frozenset[str] = frozenset()


class Use(NamedTuple):
    """A call, subscript, comparison or attribute in capitals; `bound_to` is the name that all of it is assigned to."""

    node: Call | Index | Compare | Attribute
    around: Around
    bound_to: str = ""

    @property
    def scope(self) -> int:
        """The scope that it stands in."""
        return self.around.scope


class Alias(NamedTuple):
    """A name that is given a value which may be a function, and the scope where that stands."""

    name: str
    value: Expression
    scope: int


@dataclass
class ModuleIndex:
    """What one module holds, by scope (its index in the facts) and name.

    `looped` is what loops give to names, by the `id` of the name's node, which is kept with it.
    `attributes` are those that methods give to `self`, by class, each with the scope that it is assigned in. `required`
    are the names for which code raises where they are None or empty, and `refused` the calls (by id), both with the
    environments in which it does not. `converted` are the calls (by id), and the names by scope, that `int(…)` is made
    of. `sentinels` are what code refuses that stands for nothing: `if default is
    _MISSING: raise`. `calls` are by the last name of what is
    called, `handed` those that are given a function (its last name) with arguments for it, `keyed` those that are given
    what looks like a setting's name; `lookups` are subscripts, tests with `in`, and `named` attributes in capitals.
    `aliases` are what is assigned or given under a name (`self.getter = getter or os.environ.get`), by its last name or
    (lambdas) its qualified one, and `made_readers` the names of what is called itself to read (`env = environ.Env()`).
    `closed` are the scopes that were not looked into yet; `look` does so. `text` gives the bytes of the module, and
    `asked` are the classes whose methods were looked for, with the names that these should mention (all: empty).
    """

    name: str
    is_package: bool
    facts: ModuleFacts
    assigned: defaultdict[tuple[int, str], list[Expression]] = field(default_factory=lambda: defaultdict(list))
    annotated: dict[tuple[int, str], Expression] = field(default_factory=dict)
    iterated: defaultdict[tuple[int, str], list[tuple[Expression, Path]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    looped: dict[int, tuple[Name, Expression, Path]] = field(default_factory=dict)
    defined: dict[tuple[int, str], int] = field(default_factory=dict)
    imported: defaultdict[tuple[int, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    attributes: defaultdict[tuple[int, str], list[tuple[Expression, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    bases: dict[int, list[Expression]] = field(default_factory=dict)
    returned: defaultdict[int, list[Expression]] = field(default_factory=lambda: defaultdict(list))
    stars: list[str] = field(default_factory=list)
    calls: defaultdict[str, list[Use]] = field(default_factory=lambda: defaultdict(list))
    aliases: defaultdict[str, list[Alias]] = field(default_factory=lambda: defaultdict(list))
    made_readers: set[tuple[int, str]] = field(default_factory=set)
    handed: defaultdict[str, list[Use]] = field(default_factory=lambda: defaultdict(list))
    keyed: list[Use] = field(default_factory=list)
    lookups: list[Use] = field(default_factory=list)
    named: list[Use] = field(default_factory=list)
    required: dict[tuple[int, str], frozenset[str]] = field(default_factory=dict)
    converted: dict[int | tuple[int, str], Form] = field(default_factory=dict)
    refused: dict[int, frozenset[str]] = field(default_factory=dict)
    sentinels: set[tuple[int, str]] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    asked: set[tuple[int, str]] = field(default_factory=set)
    text: Callable[[], bytes] = bytes
    look: Callable[[int], None] = lambda _: None

    def assign(self, name: str, value: Expression, scope: int) -> None:
        """Notes what a name is bound to."""
        self.assigned[scope, name].append(value)
        self.note(name, value, scope)

    def note(self, name: str, value: Expression, scope: int) -> None:
        """Notes a name or an attribute that may stand for a function, or for an object that reads."""
        self.note_alias(name, value, scope)
        if isinstance(value, Call) and last_name(value.function) in CALLABLE_READERS:
            self.made_readers.add((scope, name))

    def last_value(self, bound: Name | Walrus, scope: int) -> list[msgspec.Struct]:
        """What a name was bound to last, if that is known."""
        values = [bound.value] if isinstance(bound, Walrus) else self.assigned.get((scope, bound.id), [])
        return [unpolished(each) for each in values[-1:]]

    def require(self, name: str, scope: int, spared: frozenset[str] = frozenset()) -> None:
        """Notes that code refuses a name that is None or empty, but in the environments that are spared."""
        self.required[scope, name] = self.required.get((scope, name), spared) & spared

    def refuse(self, node: object, spared: frozenset[str] = frozenset()) -> None:
        """Notes the same of what an expression gives."""
        self.refused[id(node)] = self.refused.get(id(node), spared) & spared

    def convert(self, value: Expression, form: Form, scope: int) -> None:
        """Notes that a value is made a number."""
        match value:
            case BoolOp(operator="or", values=parts):
                for part in parts:
                    self.convert(part, form, scope)
            case Conditional(body=body):
                self.convert(body, form, scope)
            case Name(id=name):
                self.converted[scope, name] = form
            case _:
                self.converted[id(unpolished(value))] = form

    def form_of(self, use: Use) -> Form:
        """What is made of what a read gives; nothing where it is asked before what form it has."""
        if any(each.scope == use.scope for name in _ASKING for each in self.calls.get(name, ())):
            return ""
        return self.converted.get(id(use.node), "") or self.converted.get((use.scope, use.bound_to), "")

    def spared(self, use: Use) -> frozenset[str] | None:
        """The environments in which what a call gives is not refused; None where it is refused in none."""
        by_name = self.required.get((use.scope, use.bound_to))
        by_itself = self.refused.get(id(use.node))
        told = [each for each in (by_name, by_itself) if each is not None]
        return frozenset.intersection(*told) if told else None

    def note_alias(self, name: str, value: Expression, scope: int) -> None:
        """Notes a name that a function may be assigned to or given under."""
        match value:
            case BoolOp(values=parts):
                for part in parts:
                    self.note_alias(name, part, scope)
            case Conditional(body=body, orelse=orelse):
                self.note_alias(name, body, scope)
                self.note_alias(name, orelse, scope)
            case Lambda(scope=number):
                self.aliases[f"{self.name}.{self.scope(number).qualname}"].append(Alias(name, value, scope))
            case Name() | Attribute():
                self.aliases[last_name(value)].append(Alias(name, value, scope))
            case DictDisplay() | Operation() | Call():
                for copied in _copied(value):
                    self.aliases[copied].append(Alias(name, value, scope))
            case _:
                pass

    def open(self, number: int) -> None:
        """Looks into a function, and into what stands in it."""
        while number in self.closed:
            self.closed.remove(number)
            self.look(number)
            number += 1
            if number in self.closed and self.scope(number).at < BODY_SITES:
                break  # the next function

    def open_methods(self, number: int, name: str = "") -> None:
        """Looks into the methods of a class, if a name is given into those that mention it, ASCII or not."""
        if (number, name) in self.asked:
            return
        self.asked.add((number, name))
        closed = [each for each in self.facts.unread if each.scope in self.closed]
        methods = [each for each in closed if self.scope(each.scope).parent == number]
        text, word = (self.text(), name.encode()) if methods else (b"", b"")
        self.open_those(
            each.scope for each in methods if word in (body := text[each.start : each.end]) or not body.isascii()
        )

    def open_mentioning(self, names: re.Pattern[bytes]) -> bool:
        """Looks into the closed functions of the module that mention one of the names; whether there are any."""
        text = self.text()
        closed = (each for each in self.facts.unread if each.scope in self.closed)
        return self.open_those({each.scope for each in closed if names.search(text, each.start, each.end)})

    def open_those(self, numbers: Iterable[int]) -> bool:
        """Looks into these closed functions, in source order, as if it had been done at once; whether there are any."""
        opened = sorted(numbers)
        for number in opened:
            self.open(number)
        if opened:
            for uses in (*self.calls.values(), *self.handed.values(), self.keyed, self.lookups, self.named):
                uses.sort(key=lambda use: use.scope)
            for places in self.attributes.values():
                places.sort(key=lambda place: place[1])
        return bool(opened)

    @cached_property
    def by_qualname(self) -> dict[str, int]:
        """The scope of each function and class."""
        return {scope.qualname: number for number, scope in enumerate(self.facts.scopes) if scope.kind != "module"}

    def scope(self, number: int) -> Scope:
        """The scope of that index."""
        return self.facts.scopes[number]

    def class_around(self, number: int) -> int | None:
        """The class that a method belongs to, functions inside the method included."""
        while number > 0:
            parent = self.scope(number).parent
            if parent >= 0 and self.scope(parent).kind == "class":
                return parent
            number = parent
        return None

    def absolute(self, level: int, module: str) -> str:
        """The absolute name of a relative import."""
        if not level:
            return module
        parts = self.name.split(".")
        kept = parts[: len(parts) - level + self.is_package]
        return ".".join([*kept, module] if module else kept)


def last_name(expression: Expression) -> str:
    """`f` of `f`, `a.f` and `a.b().f`; empty for anything else."""
    if isinstance(expression, Attribute):
        return expression.name
    return expression.id if isinstance(expression, Name) else ""


_COPYING = frozenset({"dict", "copy", "deepcopy", "MappingProxyType", "ChainMap"})
_OF_FILES = "dotenv_values"


def _copied(value: DictDisplay | Operation | Call) -> Iterator[str]:
    """The last names of what this may be a copy of: `{**a}`, `a | b`, `dict(a)`, `a.copy()`."""
    parts: list[Expression] = []
    match value:
        case DictDisplay(items=items):
            parts = [part for key, part in items if key is None]
        case Operation(first=first, rest=rest):
            parts = [first, *(part for method, part, _ in rest if method == "__or__")]
        case Call(function=function) if last_name(function) == _OF_FILES:
            parts = [function]
        case Call(function=function) if last_name(function) in _COPYING:
            parts = [*value.arguments] or [each.value for each in (function,) if isinstance(each, Attribute)]
        case _:
            pass
    return filter(None, map(last_name, parts))


LEAVES = frozenset({Name, Const, Opaque})
"""The nodes without nodes inside."""

_POLISHING = frozenset({"strip", "lstrip", "rstrip", "lower", "upper", "casefold"})
"""The methods that leave of an empty text an empty one."""


def unpolished(node: msgspec.Struct) -> msgspec.Struct:
    """What is polished before it is looked at: `read()` of `read().strip().lower()`."""
    while isinstance(node, Call) and isinstance(node.function, Attribute) and node.function.name in _POLISHING:
        node = node.function.value
    return node
