"""Classes: their bases, the order in which attributes are looked up, and what their bodies bound."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.callgraph.arguments import NO_NAMES
from ssot_lint.callgraph.values import NOTHING, Class, External, Values, ordered

if TYPE_CHECKING:
    from ssot_lint.callgraph.activation import Activation
    from ssot_lint.callgraph.code import Code
    from ssot_lint.facts.model import Expression

_OBJECT = "<builtin>.object"
DATACLASS = "dataclasses.dataclass"

Ancestor: TypeAlias = "ClassInfo | str"


class ClassInfo:
    """A class of the project, as one activation defines it.

    `code` is that of its body; of a class that a call of `type` makes, which has none, of the scope that calls it.
    `order` is its method resolution order: classes of the project, and the import paths of bases outside it.
    `names` are the attributes that its body binds; their values are in the heap under `("class", info, name)`.
    `instantiated_below` are the classes below it of which the program makes instances, in the order in which it does.
    `fields` are the annotations of attributes, in the body or on `self`, in the order in which they came.
    `decorated_by` are the functions of the project that decorate it, by their place among the decorators.
    `dynamic` says that attributes of its instances may be written by names that are not known.
    `written` are the attributes that instances of exactly this class get.
    `presumed` says that it is taken to be instantiated by others, since the program itself does not.
    `refusal` says why Python can't make a class of these bases.
    """

    def __init__(self, code: Code, activation: Activation, name: str = "") -> None:
        self.code = code
        self.activation = activation
        self.symbol = f"{code.symbol}.{name}" if name else code.symbol
        self.order: tuple[Ancestor, ...] = (self,)
        self.names: dict[str, None] = {}
        self.fields: dict[str, Expression] = {}
        self.metaclasses: Values = NOTHING
        self.decorators = NO_NAMES
        self.decorated_by: dict[int, Code] = {}
        self.subclasses: dict[ClassInfo, None] = {}
        self.instantiated = self.presumed = False
        self.instantiated_below: dict[ClassInfo, None] = {}
        self.unknown_base = False
        self.dynamic = False
        self.written: dict[str, None] = {}
        self.refusal = ""
        self.watchers: dict[Activation, None] = {}

    @property
    def classes(self) -> Iterator[ClassInfo]:
        """The classes of the project in the resolution order."""
        return (ancestor for ancestor in self.order if isinstance(ancestor, ClassInfo))

    @property
    def outside(self) -> Iterator[str]:
        """The import paths of the bases outside the project."""
        return (ancestor for ancestor in self.order if isinstance(ancestor, str))

    def derives_from(self, ancestor: Ancestor) -> bool:
        """Whether the class is, or derives from, the ancestor."""
        return ancestor in self.order

    def direct_subclasses(self) -> Iterator[ClassInfo]:
        """The classes that name this one as a base, in the order of their definition."""
        for info in self.subclasses:
            between = [each for each in info.classes if each is not info and each is not self]
            if not any(each.derives_from(self) for each in between):
                yield info

    def all_subclasses(self) -> Iterator[ClassInfo]:
        """Every class below this one, each once, in the order of their definition."""
        seen: dict[ClassInfo, None] = {}
        pending = deque(self.subclasses)
        while pending:
            info = pending.popleft()
            if info not in seen and info is not self:
                seen[info] = None
                pending.extend(info.subclasses)
        return iter(seen)


def resolution_order(info: ClassInfo, bases: Sequence[Values]) -> tuple[Ancestor, ...]:
    """The C3 linearisation (Barrett et al. 1996, as in Python 2.3); where it fails, depth first, each once."""
    direct: list[Ancestor] = []
    for values in bases:
        for value in ordered(values):
            if isinstance(value, Class) and value.info is not info:
                direct.append(value.info)
            elif isinstance(value, External) and value.path != _OBJECT:
                direct.append(value.path)
    direct = list(dict.fromkeys(direct))
    sequences: list[list[Ancestor]] = [list(base.order) if isinstance(base, ClassInfo) else [base] for base in direct]
    merged = _merge([*sequences, list(direct)])
    if merged is None:
        merged = list(dict.fromkeys(ancestor for sequence in sequences for ancestor in sequence))
    return (info, *(ancestor for ancestor in merged if ancestor is not info))


def refusal(bases: Sequence[Values]) -> str:
    """Why no class can have these bases, as far as those of the project show; empty where it can."""
    sequences: list[list[Ancestor]] = []
    direct: list[Ancestor] = []
    for values in bases:
        for value in values if len(values) == 1 else ():
            if isinstance(value, Class) and not value.info.unknown_base:
                own = [*value.info.classes]
                sequences.append([*own, _OBJECT])
                direct.append(own[0])
            elif isinstance(value, External) and value.path == _OBJECT:
                sequences.append([_OBJECT])
                direct.append(_OBJECT)
    twice = next((each for index, each in enumerate(direct) if each in direct[:index]), None)
    if isinstance(twice, ClassInfo):
        return f"`{twice.code.scope.name}` is twice among its bases"
    return (
        ""
        if _merge([*sequences, direct]) is not None
        else "its bases can't be put in an order: one derives from a later one"
    )


def _merge(sequences: list[list[Ancestor]]) -> list[Ancestor] | None:
    merged: list[Ancestor] = []
    while remaining := [sequence for sequence in sequences if sequence]:
        for sequence in remaining:
            head = sequence[0]
            if not any(head in other[1:] for other in remaining):
                break
        else:
            return None
        merged.append(head)
        sequences = [[each for each in sequence if each is not head and each != head] for sequence in remaining]
    return merged
