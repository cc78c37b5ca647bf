"""What the fields of a dataclass or a named tuple are, and what they hold: as objects, a tuple, or a dict."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph import attributes, containers, fields, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.definitions import make_class
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Class, Constant, External, Instance, Value, Values, ordered

# Of records with more fields nothing is told by name, nor of those that stand deeper in others.
MOST_FIELDS = 64
DEEPEST = 3


def _records(frame: Frame, values: Values) -> Iterator[tuple[Instance | Class, tuple[str, ...]]]:
    """The records, or classes of records, among the values, with the names of their fields."""
    for value in ordered(values):
        known = frame.machine.synthetic_fields(frame, value.info) if isinstance(value, (Instance, Class)) else None
        if isinstance(value, (Instance, Class)) and known is not None and len(known.names) <= MOST_FIELDS:
            yield value, known.names


def _fields(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`fields(x)`: an object for each field, that knows its name."""
    found = NOTHING
    for value, names in _records(frame, arguments.at(0) or NOTHING):
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


def _as_tuple(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    given = arguments.at(0) or NOTHING
    if arguments.keywords or len(arguments.positional) != 1:
        return None
    return _tuple(frame, given, at, 0) or None


def _tuple(frame: Frame, values: Values, at: int, depth: int) -> Values:
    found = NOTHING
    for value, names in _records(frame, values):
        if isinstance(value, Instance):
            held = (attributes.attribute(frame, frozenset((value,)), name, at) for name in names)
            items = [_tuple(frame, each, at, depth + 1) or each if depth < DEEPEST else each for each in held]
            found |= containers.packed_tuple(frame, items, None)
    return found


def _as_dict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    given = frozenset((receiver,)) if receiver is not None else arguments.at(0) or NOTHING
    if arguments.keywords or len(arguments.positional) > 1:
        return None
    return _dict(frame, given, at, 0) or None


def _dict(frame: Frame, values: Values, at: int, depth: int) -> Values:
    found = NOTHING
    for value, names in _records(frame, values):
        if not isinstance(value, Instance):
            continue
        made = containers.make(frame, "dict", at, (), of=value)
        for name in names:
            held = attributes.attribute(frame, frozenset((value,)), name, at)
            inner = _dict(frame, held, at, depth + 1) if depth < DEEPEST else NOTHING
            containers.set_item(frame, made, frame.machine.only(Constant, name), inner or held, strong=True)
        found |= frozenset((made,))
    return found


def _made(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`Point._make(items)` of a named tuple."""
    items = iteration.known_items(frame, arguments.at(0) or NOTHING)
    if not isinstance(receiver, Class) or items is None:
        return None
    return frame.machine.call(frame, frozenset((receiver,)), Arguments(tuple(items)), at, "class")


HANDLERS: dict[str, Handler] = {
    "dataclasses.fields": _fields,
    "dataclasses.astuple": _as_tuple,
    "dataclasses.asdict": _as_dict,
    **{f"{package}.astuple": _as_tuple for package in ("attr", "attrs")},
    **{f"{package}.asdict": _as_dict for package in ("attr", "attrs")},
    **{f"{package}.fields": _fields for package in ("attr", "attrs")},
    "typing.NamedTuple._asdict": _as_dict,
    "typing.NamedTuple._make": _made,
}
