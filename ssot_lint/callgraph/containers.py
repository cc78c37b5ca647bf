"""Lists, tuples, sets and dicts: entries under constant keys, each its own cell, and one cell for all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.callgraph.values import NOTHING, Constant, Container, ExternalInstance, Unknown, Value, Values, ordered

if TYPE_CHECKING:
    from ssot_lint.callgraph.frame import Frame

# A longer table of nothing but data is held as one cell: nobody calls what stands in it.
PLAIN_ENTRIES = 16

Key: TypeAlias = "bool | int | float | str | None"


def packed_tuple(frame: Frame, items: Sequence[Values], rest: Values | None) -> Values:
    """The tuple that `*args` gets: the same one for the same contents."""
    items = [*map(frame.machine.interner.share, items)]
    made = frame.machine.make(Container, "tuple", ("packed", tuple(items), rest))
    return _filled(frame, made, list(enumerate(items)), rest)


def packed_dict(frame: Frame, items: dict[str, Values], rest: Values | None) -> Values:
    """The dict that `**kwargs` gets: the same one for the same contents."""
    made = frame.machine.make(Container, "dict", ("packed", tuple(items.items()), rest))
    return _filled(frame, made, list(items.items()), rest)


def _filled(frame: Frame, container: Container, entries: Sequence[tuple[Key, Values]], rest: Values | None) -> Values:
    """A container whose contents never change, with these."""
    heap = frame.machine.heap
    _bear(frame, container, entries)
    for key, values in entries:
        heap.write(("index", container), frame.machine.only(Constant, key), frame.activation)
        heap.write(("item", container, key), values, frame.activation)
    if rest:
        heap.write(("rest", container), rest, frame.activation)
    return frozenset((container,))


def _bear(frame: Frame, container: Container, entries: Sequence[tuple[Key, Values]]) -> None:
    """Notes the keys that a container has from the start: many have the same."""
    if entries:
        born_with = container.born_with.union(key for key, _ in entries)
        container.born_with = frame.machine.interner.share(born_with)


def make(frame: Frame, type: str, at: int, items: Iterable[tuple[Key, Values]], rest: Values = NOTHING) -> Container:
    """A new container of this site, with entries under constant keys and others."""
    made = frame.machine.make(Container, type, (frame.code.module.name, at, frame.activation))
    heap = frame.machine.heap
    entries = list(items)
    if len(entries) > PLAIN_ENTRIES and all(is_plain(values) for _, values in entries):
        rest = rest.union(*(values for _, values in entries))
        entries = []
    _bear(frame, made, entries)
    for key, values in entries:
        heap.write(("index", made), frame.machine.only(Constant, key), frame.activation)
        frame.write(("item", made, key), values, strong=True)
    if rest:
        heap.write(("rest", made), rest, frame.activation)
    return made


def is_plain(values: Values) -> bool:
    """Whether values are nothing but data."""
    return all(isinstance(value, (Constant, ExternalInstance, Unknown)) for value in values)


def keys(frame: Frame, container: Container) -> list[Key]:
    """The constant keys that have entries, in the order in which they came."""
    values = frame.machine.heap.read(("index", container), frame.activation)
    found = [value.value for value in ordered(values) if isinstance(value, Constant)]
    if container.type != "dict":
        found.sort(key=lambda key: key if isinstance(key, int) else -1)
    return found


def rest(frame: Frame, container: Container) -> Values:
    """What stands under keys that are not known."""
    return frame.machine.heap.read(("rest", container), frame.activation)


def exact(frame: Frame, container: Container) -> list[Values] | None:
    """The items in order where all positions are known, else None."""
    if container.type in ("dict", "set") or rest(frame, container):
        return None
    positions = keys(frame, container)
    if positions != list(range(len(positions))):
        return None
    return [frame.read(("item", container, position)) for position in positions]


def item(frame: Frame, container: Container, key: Key) -> Values:
    """What stands under one constant key."""
    if isinstance(key, int) and key < 0 and container.type != "dict":
        items = exact(frame, container)
        if items is not None:
            return items[key] if -key <= len(items) else NOTHING
        return elements(frame, container)
    known = keys(frame, container)
    if key in known:
        return frame.read(("item", container, key)) | (rest(frame, container) if container.type == "dict" else NOTHING)
    if container.type != "dict" and isinstance(key, int) and known and key < len(known):
        return elements(frame, container)
    return rest(frame, container)


def has_all(frame: Frame, container: Container, key: Values) -> bool:
    """Whether entries are known to stand under all of the keys: from the start, or since this evaluation wrote them."""
    return all(
        isinstance(each, Constant)
        and (each.value in container.born_with or ("item", container, each.value) in frame.environment)
        for each in key
    )


def elements(frame: Frame, container: Container) -> Values:
    """All entries' values."""
    found = rest(frame, container)
    for key in keys(frame, container):
        found |= frame.read(("item", container, key))
    return found


def key_values(frame: Frame, container: Container) -> Values:
    """All keys of a dict, as far as they are known."""
    found = frame.machine.heap.read(("index", container), frame.activation)
    return found | frame.machine.heap.read(("keys", container), frame.activation)


def set_item(frame: Frame, container: Container, key: Values, new: Values, *, strong: bool) -> None:
    """`container[key] = new`."""
    constants = [each for each in key if isinstance(each, Constant)]
    if len(constants) == len(key) == 1:
        constant = constants[0].value
        frame.machine.heap.write(("index", container), key, frame.activation)
        frame.write(("item", container, constant), new, strong=strong)
        return
    heap = frame.machine.heap
    heap.write(("rest", container), new, frame.activation)
    heap.write(("keys", container), key, frame.activation)


def fill_default(frame: Frame, container: Container, key: Values) -> None:
    """What reading an entry of a `defaultdict` of containers makes: one of its own for each key."""
    for kind in ordered(frame.machine.heap.read(("default", container), frame.activation)):
        if not isinstance(kind, Constant) or not isinstance(kind.value, str):
            continue
        if not key or not all(isinstance(each, Constant) for each in key):
            made = frame.machine.make(Container, kind.value, ("default", container))
            frame.machine.heap.write(("rest", container), frozenset((made,)), frame.activation)
            continue
        known = keys(frame, container)
        for each in ordered(key):
            if isinstance(each, Constant) and each.value not in known:
                made = frame.machine.make(Container, kind.value, ("default", container, each))
                set_item(frame, container, frozenset((each,)), frozenset((made,)), strong=False)


def add(frame: Frame, container: Container, new: Values) -> None:
    """`append`, `add`, `insert`: a further item."""
    items = exact(frame, container)
    fresh = isinstance(container.key, tuple) and frame.activation in container.key
    if items is not None and fresh and not frame.loop_exits and len(items) < frame.machine.bounds.items:
        known = frame.environment.get(("item", container, len(items) - 1)) if items else new
        if known is not None:
            set_item(frame, container, frame.machine.only(Constant, len(items)), new, strong=True)
            return
    frame.machine.heap.write(("rest", container), new, frame.activation)


def pairs(frame: Frame, container: Container) -> Values:
    """`items()`: key and value together, a tuple an entry."""
    machine = frame.machine
    heap = machine.heap
    found: set[Value] = set()
    for key in keys(frame, container):
        pair = machine.make(Container, "tuple", ("pair", container, key))
        _filled(frame, pair, [(0, machine.only(Constant, key))], None)
        heap.write(("index", pair), machine.only(Constant, 1), frame.activation)
        frame.write(("item", pair, 1), frame.read(("item", container, key)), strong=True)
        found.add(pair)
    others = rest(frame, container)
    if others:
        pair = machine.make(Container, "tuple", ("pair", container, "", "rest"))
        found |= _filled(frame, pair, [(0, heap.read(("keys", container), frame.activation)), (1, others)], None)
    return frozenset(found)


def merge(frame: Frame, target: Container, source: Container) -> None:
    """`update`, `extend`, `{**source}`: the entries of one go into another."""
    if target is source:
        return
    if target.type == "dict":
        for key in keys(frame, source):
            new = frame.read(("item", source, key))
            set_item(frame, target, frame.machine.only(Constant, key), new, strong=True)
        others = rest(frame, source)
        if others:
            frame.machine.heap.write(("rest", target), others, frame.activation)
            heap_keys = frame.machine.heap.read(("keys", source), frame.activation)
            frame.machine.heap.write(("keys", target), heap_keys, frame.activation)
        return
    items = exact(frame, source)
    if items is not None:
        for values in items:
            add(frame, target, values)
    else:
        frame.machine.heap.write(("rest", target), elements(frame, source), frame.activation)
