"""Copies: of an instance, of all that it holds, and of a dataclass with other fields."""

from __future__ import annotations

from ssot_lint.callgraph import containers, merging, writes
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.fields import copy_of, read_field
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import find
from ssot_lint.callgraph.operators import special_call
from ssot_lint.callgraph.values import NOTHING, Class, Container, Instance, Value, Values, ordered

REPLACING = ("dataclasses.replace", "copy.replace", "attr.evolve", "attrs.evolve", "msgspec.structs.replace")


def _shallow_copy(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`copy.copy(x)`: what `x` says that a copy of it is, else one that holds the same."""
    found = NOTHING
    for value in ordered(arguments.at(0) or NOTHING):
        result = special_call(frame, value, ("__copy__",), Arguments(), at)
        found |= frozenset((_copied(frame, value, at),)) if result is None else result
    return found


def _copied(frame: Frame, value: Value, at: int) -> Value:
    if isinstance(value, Container):
        return merging.copied(frame, value, at)
    return copy_of(frame, value, at) if isinstance(value, Instance) else value


def _deep_copy(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`copy.deepcopy(x)`: the same; what `x` holds is copied, too."""
    found = NOTHING
    given = arguments.at(0) or NOTHING
    waiting = ordered(given)
    seen: set[Value] = set()
    while waiting:
        value = waiting.pop()
        if value in seen:
            continue
        seen.add(value)
        result = special_call(frame, value, ("__deepcopy__",), Arguments((NOTHING,)), at)
        if value in given:
            found |= frozenset((_copied(frame, value, at),)) if result is None else result
        if result is None and isinstance(value, Container):
            waiting += ordered(containers.elements(frame, value))
    return found


def _replace(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`dataclasses.replace(x, field=y)`: another instance, made with the fields of `x` but for those that are given."""
    found = NOTHING
    for value in ordered(arguments.at(0) or arguments.at("obj") or NOTHING):
        fields = frame.machine.synthetic_fields(frame, value.info) if isinstance(value, Instance) else None
        if not isinstance(value, Instance) or fields is None:
            found |= frozenset((value,))
            continue
        changed = arguments.keywords
        if value.key is None:
            for name, values in changed.items():
                writes.set_attribute(frame, frozenset((value,)), name, values, at)
            found |= frozenset((value,))
            continue
        unknown = {name: values for name, values in changed.items() if name not in fields.names}
        held = {name: changed.get(name) or _held(frame, value, name) for name in fields.names}
        given = Arguments((), {name: values for name, values in held.items() if values} | unknown)
        found |= frame.machine.call(frame, frame.machine.only(Class, value.info), given, at, "class")
    return found


def _held(frame: Frame, value: Instance, name: str) -> Values:
    """What an instance holds in a field; nothing where its class has a default for it."""
    held = read_field(frame, value, name)
    return held or (NOTHING if find(frame, value.info, name)[1] else frozenset((frame.machine.unknown,)))


def _replace_of_tuple(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`point._replace(x=1)` of a named tuple."""
    if receiver is None:
        return None
    return _replace(frame, arguments.prepend(frozenset((receiver,))), at, None)


HANDLERS: dict[str, Handler] = {
    "typing.NamedTuple._replace": _replace_of_tuple,
    "copy.copy": _shallow_copy,
    "copy.deepcopy": _deep_copy,
    **dict.fromkeys(REPLACING, _replace),
}
