"""Enumerations: the members that a class's body makes, and those that a call of the class finds."""

from __future__ import annotations

from ssot_lint.callgraph import attributes, class_attributes, iteration
from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.equality import are_equal
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import find
from ssot_lint.callgraph.values import NOTHING, Class, Constant, Descriptor, Instance, Value, Values, ordered


def members(frame: Frame, info: ClassInfo) -> list[tuple[Instance, Values]]:
    """The members that the class's own body makes, with the values that it gives them."""
    found: list[tuple[Instance, Values]] = []
    for name in info.names:
        values = frame.read(("class", info, name))
        made = frozenset(class_attributes.member(frame, info, name, value) for value in values)
        found.extend((each, values) for each in ordered(made) if isinstance(each, Instance) and each.info is info)
    return found


def make_members(frame: Frame, info: ClassInfo, at: int) -> None:
    """Calls the class's own `__new__` and `__init__` for each member, with the value as arguments."""
    for method in ("__new__", "__init__"):
        owner, found = find(frame, info, method)
        for function in ordered(found) if owner is not None else ():
            plain = frozenset((function.getter if isinstance(function, Descriptor) else function,))
            for member, values in members(frame, info):
                receiver = member if method == "__init__" else frame.machine.make(Class, info)
                given = iteration.known_items(frame, values) or [values]
                frame.machine.call(frame, plain, Arguments((frozenset((receiver,)), *given)), at, "class")


def look_up(frame: Frame, info: ClassInfo, wanted: Values, at: int) -> Values | None:
    """`Enumeration(value)`: the member of that value, or what `_missing_` gives; None for a class without members."""
    known = members(frame, info)
    if not known:
        return None
    found = NOTHING
    for value in ordered(wanted):
        equal = [member for member, values in known if _has(frame, value, member, values)]
        if not equal:
            break
        found |= frozenset(equal)
    else:
        return found
    _note_unknown(frame, info, known, wanted, at)
    found = frame.machine.only(Instance, info, None, False)
    owner, _ = find(frame, info, "_missing_")
    if owner is not None:
        bound = attributes.attribute(frame, frame.machine.only(Class, info), "_missing_", at)
        found |= frame.machine.call(frame, bound, Arguments((wanted,)), at, "class")
    return found


def _note_unknown(frame: Frame, info: ClassInfo, known: list[tuple[Instance, Values]], wanted: Values, at: int) -> None:
    """Notes that an enumeration is asked for a value that none of its members has, all of which are known."""
    only = next(iter(wanted)) if len(wanted) == 1 else None
    if not isinstance(only, Constant):
        return
    if all(_has(frame, only, member, values) is False for member, values in known):
        frame.activation.missing[Missing("key", at, frame.half, frame.machine.make(Class, info), repr(only.value))] = (
            None
        )


def _has(frame: Frame, value: Value, member: Instance, values: Values) -> bool | None:
    """Whether the member is, or has, the value."""
    if value is member:
        return True
    only = next(iter(values)) if len(values) == 1 else None
    if isinstance(value, Constant) and isinstance(only, Constant):
        return are_equal(frame, value, only, same_type=False)
    return None
