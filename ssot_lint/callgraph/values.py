"""Abstract values: what an expression may stand for.

A set of values (`Values`) is what the analysis knows of an expression. Every value is interned by `Interner`, so that
equality is identity and sets of them are cheap.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

if TYPE_CHECKING:
    from ssot_lint.callgraph.activation import Activation
    from ssot_lint.callgraph.classes import ClassInfo
    from ssot_lint.callgraph.code import Code


class Value:
    """Base of the abstract values: `alone` is the set of just this one, once that was asked for."""

    __slots__ = ("alone", "order")
    order: int
    alone: Values | None


class Unknown(Value):
    """A value of which nothing is known."""

    __slots__ = ()


class Vacant(Unknown):
    """What a dict in which nothing was seen to be put may give: nothing that stands beside what is put there instead.

    So in `found = cache.get(key)`, `if found is None: found = Client()`.
    """

    __slots__ = ()


class Constant(Value):
    """A constant: None, bool, int, float or str."""

    __slots__ = ("value",)

    def __init__(self, value: None | bool | int | float | str) -> None:
        self.value = value


class Pattern(Value):
    """A string of which the beginning and the end are known: `f"visit_{name}"`."""

    __slots__ = ("prefix", "suffix")

    def __init__(self, prefix: str, suffix: str) -> None:
        self.prefix = prefix
        self.suffix = suffix

    def fits(self, text: str) -> bool:
        """Whether the string may be this one."""
        long_enough = len(text) >= len(self.prefix) + len(self.suffix)
        return long_enough and text.startswith(self.prefix) and text.endswith(self.suffix)


class External(Value):
    """What lies outside the project, by its import path; builtins are `<builtin>.name`."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path


class ExternalInstance(Value):
    """What a call of something outside gives: `threading.Thread()`; `path` is that of what was called."""

    __slots__ = ("path",)

    def __init__(self, path: str) -> None:
        self.path = path


class Function(Value):
    """A function of the project with the activation that its free variables live in, and the class it stands in."""

    __slots__ = ("closure", "code", "owner")

    def __init__(self, code: Code, closure: Activation | None, owner: ClassInfo | None) -> None:
        self.code = code
        self.closure = closure
        self.owner = owner


class Bound(Value):
    """A callable with its first argument: a method taken from an instance or a class."""

    __slots__ = ("function", "receiver")

    def __init__(self, function: Value, receiver: Value) -> None:
        self.function = function
        self.receiver = receiver


class Class(Value):
    """A class of the project; an `open` one, which an annotation names (`type[C]`), stands for those below it too."""

    __slots__ = ("info", "open")

    def __init__(self, info: ClassInfo, open: bool = False) -> None:
        self.info = info
        self.open = open


class Instance(Value):
    """An instance: of one allocation (`key`), or any instance of the class (`key` None).

    `open` instances stand for those of subclasses too: they come from annotations, from a class that is open, and from
    `self` in a method that nobody was seen to call.
    """

    __slots__ = ("info", "key", "open")

    def __init__(self, info: ClassInfo, key: object, open: bool) -> None:
        self.info = info
        self.key = key
        self.open = open


class Module(Value):
    """A module or namespace package of the project."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name


NO_KEYS: frozenset[object] = frozenset()
# How the key of a tuple begins that is an entry of a dict: there are no more of them than entries.
PAIR = "<pair>"
# How the key of a container begins that stands for all that were made at one place, whoever made them.
SITE = "<site>"
# And of those that `*args` and `**kwargs` get: they are what they hold.
PACKED = "<packed>"


class Container(Value):
    """A list, tuple, set or dict made at one place (or of given contents, where `key` holds them).

    `born_with` are the known keys that it has from the start, `listed` all, in the order in which they came. One that
    was handed out of the project, or joined with what is not known, `may_hold_more`. It `is_telling` if it was given
    more than data. `library` is the class of the standard library of which it is, where that is none of the language's;
    `blurred` is what stands for it and for all others of its place, where they are told apart no more,
    and holds what any of them does.
    """

    __slots__ = ("blurred", "born_with", "is_telling", "key", "library", "listed", "may_hold_more", "type")

    def __init__(self, type: str, key: object) -> None:
        self.type = type
        self.key = key
        self.born_with = NO_KEYS
        self.listed: dict[object, None] | None = None
        self.may_hold_more = False
        self.is_telling = False
        self.library = ""
        self.blurred: Container | None = None

    @property
    def is_blurred(self) -> bool:
        """Whether it stands for several."""
        return isinstance(self.key, tuple) and self.key[0] == SITE


class Generator(Value):
    """A generator object, by the activation that runs it and the place (in an activation) that made it."""

    __slots__ = ("activation", "key")

    def __init__(self, activation: Activation, key: object) -> None:
        self.activation = activation
        self.key = key


class Descriptor(Value):
    """`property`, `staticmethod`, `classmethod` or `cached_property` around functions; `type` says which."""

    __slots__ = ("deleter", "getter", "setter", "type")

    def __init__(self, type: str, getter: Value, setter: Value | None, deleter: Value | None) -> None:
        self.type = type
        self.getter = getter
        self.setter = setter
        self.deleter = deleter


class Partial(Value):
    """`functools.partial(function, …)` made at one place; its arguments live in the heap.

    With a `path`, an object from outside that keeps the function for later, such as a `threading.Thread`.
    """

    __slots__ = ("key", "path")

    def __init__(self, key: object, path: str = "") -> None:
        self.key = key
        self.path = path


class Super(Value):
    """`super()`: attributes are looked up after `info` in the order of `receiver`'s class."""

    __slots__ = ("info", "receiver")

    def __init__(self, info: ClassInfo, receiver: Value) -> None:
        self.info = info
        self.receiver = receiver


class Wrapper(Value):
    """A callable of the language itself that gives back or adapts a function: `wraps(f)`, `prop.setter`, …."""

    __slots__ = ("name", "value")

    def __init__(self, name: str, value: Value) -> None:
        self.name = name
        self.value = value


_DATA = (Constant, Unknown, External, ExternalInstance, Pattern)
# Lists and sets are copied, joined and nested too much for that.
_RECORDS = frozenset(("tuple", "dict"))
# What nobody calls.
PLAIN_DATA = (Constant, Unknown)

Values: TypeAlias = frozenset[Value]

NOTHING: Values = frozenset()

# Sets of more values than these are worth keeping with what they are coarsened to, so many of them.
WIDE = 12
MOST_COARSE = 4096
# Sets of more items are not shared.
MOST_SHARED = 64

_ORDER = attrgetter("order")

V = TypeVar("V", bound=Value)
T = TypeVar("T")


class Interner:
    """Makes each value once. Values are numbered as they are made, which gives sets of them a stable order.

    `blur` has the second container hold what the first holds, from now on. It `tells_places` of containers that are
    told apart no more, or they are not known.
    """

    def __init__(self) -> None:
        self.blur: Callable[[Container, Container], None] = _blur
        self.tells_places = True
        self._made: dict[tuple[object, ...], Value] = {}
        self._sets: dict[frozenset[Any], frozenset[Any]] = {}
        self._coarse: dict[Values, Values] = {}
        self.unknown = self.make(Unknown)
        self.vacant = self.make(Vacant)
        self.none = self.make(Constant, None)

    def make(self, type_: type[V], *parts: Any) -> V:
        """The one value of that type with those parts."""
        key: tuple[object, ...] = (type_, *parts)
        if type_ is Constant:
            key = (type_, type(parts[0]), *parts)
        found = self._made.get(key)
        if found is None:
            found = type_(*parts)
            found.order = len(self._made)
            found.alone = None
            self._made[key] = found
        return found  # type: ignore[return-value]

    def has(self, type_: type[Value], *parts: object) -> bool:
        """Whether such a value was made."""
        return (type_, *parts) in self._made

    def clear(self) -> None:
        """Forgets what was made. What is made after this equals none of it."""
        self._made.clear()
        self._sets.clear()
        self._coarse.clear()

    def share(self, items: frozenset[T]) -> frozenset[T]:
        """The one set of those items that all share who keep it: of the sets that are kept, four in five are alike.

        Not so long ones, such as the keys of a table: they are alike in few places, and of one that grows key by key
        all that it was before would be kept.
        """
        return self._sets.setdefault(items, items) if len(items) <= MOST_SHARED else items

    def coarsen(self, values: Values, home: object = None) -> Values:
        """The same values told less apart: instances by class only, tuples and dicts by place, data not at all.

        Entries of a dict stay what they are: who goes through a long table calls what stands in it. What `*args` and
        `**kwargs` get is told by their `home`, the function that gets them, if there is one.
        """
        is_wide = home is None and len(values) > WIDE
        known = self._coarse.get(values) if is_wide else None
        if known is not None:
            return known
        found = frozenset([self._coarsen_value(value, home) for value in ordered(values)])
        if is_wide and all(_is_settled(value) for value in values):
            if len(self._coarse) >= MOST_COARSE:
                self._coarse.clear()
            self._coarse[values] = found
        return found

    def by_class(self, values: Values) -> Values:
        """The same values, instances told apart by class only."""
        return frozenset(
            [self._coarsen_value(each) if isinstance(each, Instance) else each for each in ordered(values)]
        )

    def _coarsen_value(self, value: Value, home: object = None) -> Value:
        if isinstance(value, Instance):
            return value if value.key is None else self.make(Instance, value.info, None, False)
        if isinstance(value, Bound) and isinstance(value.receiver, Instance):
            return self.make(Bound, value.function, self._coarsen_value(value.receiver))
        if isinstance(value, Generator):
            return self.make(Generator, value.activation, None)
        if isinstance(value, Constant):
            return value if value.value is None or isinstance(value.value, bool) else self.unknown
        if isinstance(value, Container):
            return self._coarsen_container(value, home)
        return self.unknown if isinstance(value, (External, ExternalInstance, Pattern)) else value

    def _coarsen_container(self, value: Container, home: object) -> Value:
        if value.blurred is None:
            place = _place(value, home) if value.is_telling and self.tells_places else None
            if place is None:
                return value if isinstance(value.key, tuple) and value.key[0] in (PAIR, SITE) else self.unknown
            value.blurred = self.make(Container, value.type, (SITE, *place))
            value.blurred.may_hold_more = value.blurred.is_telling = True
            value.blurred.library = value.library
            self.blur(value, value.blurred)
        return value.blurred

    def only(self, type_: type[V], *parts: Any) -> Values:
        """The set of just that value."""
        value = self.make(type_, *parts)
        if value.alone is None:
            value.alone = self.share(frozenset((value,)))
        return value.alone


def is_telling(values: Values) -> bool:
    """Whether values are more than data: who has them may call something of the project."""
    return any(value.is_telling if isinstance(value, Container) else not isinstance(value, _DATA) for value in values)


def _is_settled(value: Value) -> bool:
    """Whether a value is coarsened to the same one whenever it is asked: a container may come to hold more."""
    return not isinstance(value, Container) or value.blurred is not None or _place(value, None) is None


def _blur(container: Container, blurred: Container) -> None:
    """Where there is no heap, containers hold nothing."""


def _place(container: Container, home: object) -> tuple[object, ...] | None:
    """Where a container was made, or which function got it as `*args` or `**kwargs`; None where that is not known."""
    key = container.key
    if not isinstance(key, tuple) or container.type not in _RECORDS:
        return None
    if key[0] == PACKED:
        return (home,) if home is not None else None
    return key[:2] if len(key) > 2 and isinstance(key[1], int) and type(key[0]) is str else None


def is_news(old: Values, new: Values) -> bool:
    """Whether values that were added may lead to calls that the old ones did not lead to."""
    return not old or any(not isinstance(value, (Constant, Pattern, ExternalInstance, Unknown)) for value in new - old)


def ordered(values: Values) -> list[Value]:
    """The values in the order in which they were made."""
    if len(values) < 2:
        return list(values)
    return sorted(values, key=_ORDER)


def only_text(values: Values) -> str | None:
    """The text that the values are; None where they are more than one, or no text that is known."""
    only = next(iter(values)) if len(values) == 1 else None
    return only.value if isinstance(only, Constant) and isinstance(only.value, str) else None
