"""Iteration, unpacking, and subscripts."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.callgraph import attributes, containers, defaults, hashing, lookup, outside_entries, stepping
from ssot_lint.callgraph.activation import CallKind, Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.choices import hold, is_held
from ssot_lint.callgraph.containers import BEGINNING
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Container,
    External,
    ExternalInstance,
    Function,
    Generator,
    Instance,
    Unknown,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts.model import Display, Expression, Slice, Star

# What going through an object may call.
ITERATES = ("__iter__", "__aiter__", "__next__", "__anext__", "__getitem__")


def iterate(frame: Frame, values: Values, at: int, *, is_async: bool = False, alone: bool = True) -> Values:
    """What iterating over any of the values gives, one item at a time; `alone` if there are no others."""
    machine = frame.machine
    alone = alone and len(values) == 1
    found = NOTHING
    for value in ordered(values):
        before = frame.recorded
        if value in machine.iterators:
            stepping.lose(frame, value)
        if isinstance(value, Container):
            found |= containers.key_values(frame, value) if value.type == "dict" else containers.elements(frame, value)
        elif isinstance(value, Generator):
            stepping.lose(frame, value)
            machine.enter(value.activation, frame.activation, value.activation.stage)
            found |= value.activation.yielded
        elif isinstance(value, (Instance, Class)):
            found |= _iterate_object(frame, value, at, is_async, alone)
        elif isinstance(value, ExternalInstance):
            found |= machine.models.operate(frame, value, "__next__", NOTHING, at)
        elif isinstance(value, (Unknown, External)):
            found |= frozenset((machine.unknown,))
        elif isinstance(value, Constant) and isinstance(value.value, str):
            found |= machine.only(ExternalInstance, "<builtin>.str")
        elif alone:
            note_lacking(frame, value, "__aiter__" if is_async else "__iter__", at)
        if frame.recorded == before and len(values) > 1 and value is not machine.none:
            frame.pass_over(at, "iteration", ITERATES)
    return found


def _iterate_object(frame: Frame, value: Instance | Class, at: int, is_async: bool, alone: bool) -> Values:
    machine = frame.machine
    start, step = ("__aiter__", "__anext__") if is_async else ("__iter__", "__next__")
    starter = lookup.special(frame, value, start)
    if starter:
        iterator = machine.call(frame, starter, Arguments(), at, "iteration")
        found = NOTHING
        for each in ordered(iterator):
            stepper = lookup.special(frame, each, step)
            if stepper:
                found |= machine.call(frame, stepper, Arguments(), at, "iteration")
            elif not isinstance(each, (Instance, Class)):
                found |= iterate(frame, frozenset((each,)), at, is_async=is_async)
        return found
    getter = lookup.special(frame, value, "__getitem__")
    if getter:
        return machine.call(frame, getter, Arguments((frozenset((machine.unknown,)),)), at, "iteration")
    if alone:
        note_lacking(frame, value, start, at)
    return enumerated(frame, value)


def note_lacking(frame: Frame, value: Value, name: str, at: int) -> None:
    """Notes that a value which stands somewhere alone has no such special method, as far as the project says."""
    if isinstance(value, (Instance, Function, Generator)) or (
        isinstance(value, Bound) and isinstance(value.function, Function)
    ):
        frame.activation.missing[Missing("attribute", at, frame.half, value, name)] = None


def enumerated(frame: Frame, value: Instance | Class) -> Values:
    """The members that iterating over an enum gives; otherwise an unknown value."""
    machine = frame.machine
    if isinstance(value, Class) and lookup.is_enum(value.info):
        return machine.only(Instance, value.info, None, False)
    return frozenset((machine.unknown,))


def unpack(
    frame: Frame, target: Display, values: Values, at: int, assign: Callable[[Expression, Values], None]
) -> None:
    """`a, *b, c = value`: each target gets what stands at its place."""
    starred = next((index for index, each in enumerate(target.items) if isinstance(each, Star)), None)
    slots: list[Values] = [NOTHING] * len(target.items)
    surplus: list[tuple[Value, int]] = []
    for value in ordered(values):
        items = _sequence(frame, value, at)
        count = _count(value, items)
        if count is not None and not _fits(count, len(target.items), starred):
            surplus.append((value, count))
        if items is not None and _fits(len(items), len(target.items), starred):
            for index, part in enumerate(_distribute(frame, items, len(target.items), starred, target.at)):
                slots[index] |= part
            continue
        if items is not None and len(values) > 1 and isinstance(value, Container) and value.type == "tuple":
            continue  # too short or too long: Python would raise, so another one is meant
        element = iterate(frame, frozenset((value,)), at, alone=len(values) == 1)
        for index in range(len(slots)):
            if index == starred:
                slots[index] |= frozenset((containers.make(frame, "list", target.at, (), element),))
            else:
                slots[index] |= element
    if surplus and len(surplus) == len(values):
        frame.activation.missing[Missing("unpack", at, frame.half, surplus[0][0], str(surplus[0][1]))] = None
    if is_held(values, frame.machine.held):
        for part in slots:
            hold(part, frame.machine.held)
    for each, part in zip(target.items, slots, strict=True):
        assign(each.value if isinstance(each, Star) else each, part)


def _sequence(frame: Frame, value: Value, at: int) -> list[Values] | None:
    """The items of what is unpacked, in order, where they are known; what iterating over it calls is called."""
    starter = lookup.special(frame, value, "__iter__") if isinstance(value, Instance) else NOTHING
    if starter:
        given = frame.machine.call(frame, starter, Arguments(), at, "iteration")
        only = next(iter(given)) if len(given) == 1 else None
        return stepping.sequence(frame, only) if isinstance(only, (Container, Generator)) else None
    names = _names_of_tuple(frame, value) if isinstance(value, Instance) else ()
    if names:
        return [attributes.attribute(frame, frozenset((value,)), name, at) for name in names]
    return stepping.sequence(frame, value)


def _names_of_tuple(frame: Frame, value: Instance) -> tuple[str, ...]:
    """The fields of a named tuple, nothing for what is none."""
    fields = frame.machine.synthetic_fields(frame, value.info) if "typing.NamedTuple" in value.info.outside else None
    return fields.names if fields is not None else ()


def _count(value: Value, items: list[Values] | None) -> int | None:
    """How many items a value surely has, whatever becomes of it: a tuple's, a text's; None for any other."""
    if isinstance(value, Constant):
        return len(value.value) if isinstance(value.value, str) else None
    is_fixed = isinstance(value, Instance) or (isinstance(value, Container) and value.type == "tuple")
    return len(items) if items is not None and is_fixed else None


def _fits(count: int, targets: int, starred: int | None) -> bool:
    return count == targets if starred is None else count >= targets - 1


def _distribute(frame: Frame, items: list[Values], targets: int, starred: int | None, at: int) -> list[Values]:
    if starred is None:
        return items
    after = targets - starred - 1
    middle = items[starred : len(items) - after]
    made = containers.make(frame, "list", at, list(enumerate(middle)))
    return [*items[:starred], frozenset((made,)), *items[len(items) - after :]]


def subscript(frame: Frame, values: Values, key: Values, at: int) -> Values:
    """`value[key]`."""
    machine = frame.machine
    found = NOTHING
    for value in ordered(values):
        is_silent = True
        if isinstance(value, Container):
            found |= entry(frame, value, key, at)
            name = containers.lacking(frame, value, key) if len(values) == 1 else None
            if name is not None:
                frame.activation.missing[Missing("key", at, frame.half, value, name)] = None
        elif isinstance(value, Instance):
            method = lookup.special(frame, value, "__getitem__")
            found |= machine.call(frame, method, Arguments((key,)), at, "operator") if method else NOTHING
            if not method:
                found |= _field(frame, value, key, at)
                if len(values) == 1:
                    note_lacking(frame, value, "__getitem__", at)
            is_silent = not method
        elif isinstance(value, Class):
            before = frame.recorded
            found |= _class_entry(frame, value, key, at)
            is_silent = frame.recorded == before
        elif not isinstance(value, Constant):
            if len(values) == 1:
                note_lacking(frame, value, "__getitem__", at)
            found |= outside_entries.entry(frame, value, key)
        if is_silent and len(values) > 1 and value is not machine.none:
            frame.pass_over(at, "operator", ("__getitem__", "__class_getitem__"))
    return found


def _field(frame: Frame, value: Instance, key: Values, at: int) -> Values:
    """`point[0]` of a named tuple: the field of that place."""
    known, place = _constant_bound(key)
    names = _names_of_tuple(frame, value)
    if known and place is not None and -len(names) <= place < len(names):
        names = (names[place],)
    return NOTHING.union(*(attributes.attribute(frame, frozenset((value,)), name, at) for name in names))


def _class_entry(frame: Frame, value: Class, key: Values, at: int) -> Values:
    """`Enum["name"]`, a metaclass's `__getitem__`, `__class_getitem__`; otherwise a parametrised generic."""
    machine = frame.machine
    method = lookup.special(frame, value, "__getitem__")
    if not method:
        owner, found = lookup.find(frame, value.info, "__class_getitem__")
        method = (
            attributes.attribute(frame, frozenset((value,)), "__class_getitem__", at) if owner and found else NOTHING
        )
    if method:
        return machine.call(frame, method, Arguments((key,)), at, "operator")
    if lookup.is_enum(value.info):
        only = next(iter(key)) if len(key) == 1 else None
        if isinstance(only, Constant) and only.value not in value.info.names:
            frame.activation.missing[Missing("key", at, frame.half, value, repr(only.value))] = None
        return machine.only(Instance, value.info, None, False)
    frame.activation.missing[Missing("attribute", at, frame.half, value, "__class_getitem__")] = None
    return frozenset((value,))


def entry(frame: Frame, container: Container, key: Values, at: int, *, fills: bool = True) -> Values:
    """`container[key]`; `fills` if that makes the entry of a `defaultdict` that is not there."""
    hashing.seek(frame, container, key, at)
    if fills:
        defaults.fill(frame, container, key, at)
    if container.type not in ("dict", "set"):
        for each in ordered(key):
            if isinstance(each, Instance):
                _call_special(frame, each, "__index__", Arguments(), at)
    known = [containers.identity(frame, each) for each in ordered(key)]
    if not key or None in known:
        return containers.elements(frame, container)
    return NOTHING.union(*(containers.item(frame, container, containers.as_key(each)) for each in known if each))


def slice_of(frame: Frame, values: Values, bounds: Slice, constants: list[Values], at: int) -> Values:
    """`value[lower:upper:step]` with the values of the three bounds."""
    found = NOTHING
    others = frozenset(value for value in values if not isinstance(value, Container))
    if others:
        found |= subscript(frame, others, frozenset((frame.machine.unknown,)), at)
    if 0 < len(others) < len(values):
        frame.pass_over(at, "operator", ("__getitem__", "__class_getitem__"))
    for value in ordered(values):
        if not isinstance(value, Container):
            continue
        items = containers.exact(frame, value)
        ends = [_constant_bound(each) for each in constants]
        if items is not None and all(known for known, _ in ends):
            part = items[slice(*(end for _, end in ends))] if ends[2][1] != 0 else []
            found |= frozenset((containers.make(frame, value.type, at, list(enumerate(part))),))
        elif items is not None and ends[0] in ((True, None), (True, 0)) and ends[2] == (True, None):
            found |= frozenset((containers.make(frame, value.type, at, list(enumerate(items)), of=BEGINNING),))
        else:
            element = containers.elements(frame, value)
            found |= frozenset((containers.make(frame, value.type, at, (), element),))
    return found


def _constant_bound(values: Values) -> tuple[bool, int | None]:
    if not values:
        return True, None
    only = next(iter(values))
    if len(values) == 1 and isinstance(only, Constant) and (only.value is None or isinstance(only.value, int)):
        return True, only.value
    return False, None


def set_subscript(frame: Frame, values: Values, key: Values, new: Values, at: int) -> None:
    """`value[key] = new`."""
    machine = frame.machine
    strong = len(values) == 1 and not frame.loop_exits
    for value in ordered(values):
        if isinstance(value, Container):
            hashing.seek(frame, value, key, at)
            containers.set_item(frame, value, key, new, strong=strong)
        elif isinstance(value, Instance):
            _call_special(frame, value, "__setitem__", Arguments((key, new)), at)
        elif isinstance(value, (External, ExternalInstance)):
            outside_entries.keep(frame, value, key, new)
            machine.escape(frame, new, at, f"{value.path}.__setitem__")
        if len(values) > 1 and not isinstance(value, Instance):
            frame.pass_over(at, "operator", ("__setitem__",))


def delete_subscript(frame: Frame, values: Values, key: Values, at: int) -> None:
    """`del value[key]`."""
    for value in ordered(values):
        if isinstance(value, Container):
            hashing.seek(frame, value, key, at)
        if isinstance(value, Container) and value.type == "dict" and len(values) == 1:
            containers.remove_item(frame, value, key)
        elif isinstance(value, Container) and len(values) == 1:
            _delete_item(frame, value, _constant_bound(key))
        if isinstance(value, Instance):
            _call_special(frame, value, "__delitem__", Arguments((key,)), at)
        elif len(values) > 1:
            frame.pass_over(at, "operator", ("__delitem__",))


def _delete_item(frame: Frame, value: Container, place: tuple[bool, int | None]) -> None:
    items = containers.exact(frame, value) if containers.is_settled(frame, value) else None
    index = place[1]
    if items is not None and index is not None and -len(items) <= index < len(items):
        del items[index]
        containers.rewrite(frame, value, items)


def set_slice(frame: Frame, values: Values, bounds: Slice, constants: list[Values], new: Values, at: int) -> None:
    """`value[lower:upper:step] = new`."""
    only = next(iter(values)) if len(values) == 1 else None
    ends = [_constant_bound(each) for each in constants]
    if isinstance(only, Container) and containers.is_settled(frame, only) and all(known for known, _ in ends):
        items, others = containers.exact(frame, only), known_items(frame, new)
        if items is not None and others is not None and bounds.step is None:
            items[ends[0][1] : ends[1][1]] = others
            containers.rewrite(frame, only, items)
            return
    element = iterate(frame, new, at)
    for value in ordered(values):
        # Items behind the slice may stand elsewhere now.
        moved = containers.elements(frame, value) if isinstance(value, Container) else NOTHING
        set_subscript(frame, frozenset((value,)), frozenset((frame.machine.unknown,)), element | moved, at)


def known_items(frame: Frame, values: Values) -> list[Values] | None:
    """The items of the one container that the values are, where all are known."""
    only = next(iter(values)) if len(values) == 1 else None
    return stepping.sequence(frame, only) if only is not None else None


def spread(frame: Frame, values: Values, at: int) -> tuple[list[Values], Values | None]:
    """What `*values` passes: at the places that are known, whichever value it is, and at any place behind them."""
    sequences = []
    for value in ordered(values):
        known = containers.beginning(frame, value) if isinstance(value, Container) else stepping.sequence(frame, value)
        sequences.append(known)
    told = [each for each in sequences if each is not None]
    if not told or len(told) < len(sequences):
        return [], iterate(frame, values, at)
    length = min(map(len, told))
    others = NOTHING.union(*(item for items in told for item in items[length:]))
    is_open = any(len(items) != length for items in told)
    items = [NOTHING.union(*column) for column in zip(*(items[:length] for items in told), strict=True)]
    return items, others if is_open else None


def in_turn(frame: Frame, values: Values, *, plain: bool = False) -> list[Values] | None:
    """The items that a loop goes through, where they are few, told in their order, and more than `plain` data.

    Of a list that was made elsewhere, others may have taken some.
    """
    only = next(iter(values)) if len(values) == 1 else None
    if not isinstance(only, Container) or only in frame.machine.iterators:
        return None
    if only.type != "tuple" and not containers.is_made_here(frame, only):
        return None
    items = containers.exact(frame, only)
    if items is None or not 1 < len(items) <= frame.machine.bounds.turns:
        return None
    if not plain and all(map(containers.is_plain, items)):
        return None
    return items


def _call_special(frame: Frame, value: Instance, name: str, arguments: Arguments, at: int) -> None:
    method = lookup.special(frame, value, name)
    if method:
        kind: CallKind = "operator"
        frame.machine.call(frame, method, arguments, at, kind)
