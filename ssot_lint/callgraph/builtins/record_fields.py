"""What the fields of a dataclass or a named tuple are, and what they hold: as objects, a tuple, or a dict."""

from __future__ import annotations

from typing import Literal

from ssot_lint.callgraph import attributes, containers, fields, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.definitions import make_class
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.synthetic import DECORATORS
from ssot_lint.callgraph.values import NOTHING, Class, Constant, Container, External, Instance, Value, Values, ordered

# Of records with more fields nothing is told by name, nor of those that stand deeper in others.
MOST_FIELDS = 64
DEEPEST = 3


def _names(frame: Frame, info: ClassInfo) -> tuple[str, ...] | None:
    """The names of the fields of a record, None for a class that is none, or has too many."""
    known = frame.machine.synthetic_fields(frame, info)
    names = () if known is None else tuple(name for name in known.names if name not in known.passed)
    return names if known is not None and len(names) <= MOST_FIELDS else None


def _fields(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`fields(x)`: an object for each field, that knows its name."""
    found = NOTHING
    for value in ordered(arguments.at(0) or NOTHING):
        names = _names(frame, value.info) if isinstance(value, (Instance, Class)) else None
        if isinstance(value, (Instance, Class)) and names is not None:
            items = [_field(frame, value, name, at) for name in names]
            found |= containers.packed_tuple(frame, items, None)
    return found or None


def _field(frame: Frame, record: Instance | Class, name: str, at: int) -> Values:
    machine = frame.machine
    (made,) = make_class(frame, "Field", [machine.only(External, "dataclasses.Field")], {}, at)
    if not isinstance(made, Class):
        return frozenset((machine.unknown,))
    field = machine.make(Instance, made.info, (record.info, name), False)
    fields.write_field(frame, field, "name", machine.only(Constant, name), strong=True)
    return frozenset((field,))


class _Copying:
    """Puts dicts or tuples in the place of records, and of the records of their kind in what they hold.

    `decorators` make classes whose instances are of that kind. Others stay as they are, as do named tuples.
    """

    def __init__(self, frame: Frame, at: int, kind: Literal["dict", "tuple"], decorators: frozenset[str]) -> None:
        self._frame = frame
        self._at = at
        self._kind = kind
        self._decorators = decorators
        self._unknown: Values = frozenset((frame.machine.unknown,))

    def is_record(self, value: Value) -> bool:
        """Whether the value is one of those that are copied."""
        return isinstance(value, Instance) and any(self._decorators & each.decorators for each in value.info.classes)

    def of(self, values: Values, depth: int = 0) -> Values:
        """The copies of values; what stands deeper than some steps inside is not known."""
        return NOTHING.union(*(self._copy(value, depth) for value in ordered(values)))

    def _copy(self, value: Value, depth: int) -> Values:
        if isinstance(value, Container):
            inside = containers.elements(self._frame, value)
            if not any(isinstance(each, Container) or self.is_record(each) for each in inside):
                return frozenset((value,))
            return self._unknown if depth > DEEPEST else self._container(value, depth)
        if not isinstance(value, Instance) or not self.is_record(value):
            return frozenset((value,))
        names = _names(self._frame, value.info) if depth <= DEEPEST else None
        return self._unknown if names is None else self._record(value, names, depth)

    def _record(self, value: Instance, names: tuple[str, ...], depth: int) -> Values:
        frame = self._frame
        held = (attributes.attribute(frame, frozenset((value,)), name, self._at) for name in names)
        items = [self.of(each, depth + 1) for each in held]
        if self._kind == "tuple":
            return containers.packed_tuple(frame, items, None)
        return frozenset((_dict(frame, value, names, items, self._at),))

    def _container(self, value: Container, depth: int) -> Values:
        frame = self._frame
        if value.type == "dict":
            entries = [(key, containers.entry(frame, value, key)) for key in containers.keys(frame, value)]
            others = containers.rest(frame, value)
        else:
            items = containers.exact(frame, value)
            entries = [*enumerate(items)] if items is not None else []
            others = containers.elements(frame, value) if items is None else NOTHING
        copied = [(key, self.of(values, depth + 1)) for key, values in entries]
        made = containers.make(frame, value.type, self._at, copied, self.of(others, depth + 1), of=value)
        keys = frame.machine.heap.read(("keys", value), frame.activation)
        if keys:
            frame.machine.heap.write(("keys", made), keys, frame.activation)
        return frozenset((made,))


def _dict(frame: Frame, value: Instance, names: tuple[str, ...], items: list[Values], at: int) -> Container:
    made = containers.make(frame, "dict", at, (), of=value)
    for name, values in zip(names, items, strict=True):
        containers.set_item(frame, made, frame.machine.only(Constant, name), values, strong=True)
    return made


def _copying(kind: Literal["dict", "tuple"], package: str) -> Handler:
    """`asdict(x)` or `astuple(x)`: what `x` holds, and what the records in it hold."""
    of_attrs = frozenset(each for each in DECORATORS if each.startswith("attr"))
    decorators = of_attrs if package.startswith("attr") else DECORATORS - of_attrs

    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        given = arguments.at(0) or NOTHING
        if arguments.keywords or len(arguments.positional) != 1:
            return None
        copying = _Copying(frame, at, kind, decorators)
        return copying.of(frozenset(value for value in given if copying.is_record(value))) or None

    return handler


def _as_dict_of_tuple(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`point._asdict()` of a named tuple, which leaves the items as they are."""
    names = _names(frame, receiver.info) if isinstance(receiver, Instance) else None
    if not isinstance(receiver, Instance) or names is None:
        return None
    items = [attributes.attribute(frame, frozenset((receiver,)), name, at) for name in names]
    return frozenset((_dict(frame, receiver, names, items, at),))


def _made(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`Point._make(items)` of a named tuple."""
    items = iteration.known_items(frame, arguments.at(0) or NOTHING)
    if not isinstance(receiver, Class) or items is None:
        return None
    return frame.machine.call(frame, frozenset((receiver,)), Arguments(tuple(items)), at, "class")


HANDLERS: dict[str, Handler] = {
    **{f"{package}.fields": _fields for package in ("dataclasses", "attr", "attrs")},
    **{f"{package}.asdict": _copying("dict", package) for package in ("dataclasses", "attr", "attrs")},
    **{f"{package}.astuple": _copying("tuple", package) for package in ("dataclasses", "attr", "attrs")},
    "typing.NamedTuple._asdict": _as_dict_of_tuple,
    "typing.NamedTuple._make": _made,
}
