"""Lists, tuples, sets and dicts: entries under known keys, each its own cell, and one cell for all others.

A key is known if it is a constant, a class, a function, a member of an enumeration or one instance that is told apart
from others, or a tuple of such.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.callgraph.bounds import MOST
from ssot_lint.callgraph.choices import hold
from ssot_lint.callgraph.fields import holder, names_of_fields, read_field, write_field
from ssot_lint.callgraph.namespaces import module_of, names_of, read_name, write_name
from ssot_lint.callgraph.values import (
    NOTHING,
    PACKED,
    PAIR,
    Class,
    Constant,
    Container,
    External,
    ExternalInstance,
    Function,
    Instance,
    Unknown,
    Value,
    Values,
    is_telling,
    ordered,
)

if TYPE_CHECKING:
    from ssot_lint.callgraph.code import Code
    from ssot_lint.callgraph.frame import Frame

# No module has a name like these: other keys begin with that of a module.
MEMBER = "<member>"
CONTENTS = "<contents>"
# How the key of a container ends that is `items[:n]` for some n.
BEGINNING = "<beginning>"
# A longer table of nothing but data is held as one cell: nobody calls what stands in it.
PLAIN_ENTRIES = 16

Key: TypeAlias = "bool | int | float | str | None | Value"


def identity(frame: Frame, value: Value) -> Value | None:
    """The value that stands for a key: all that are equal to it have the same one. None for a key that is not known."""
    if isinstance(value, (Constant, Class, Function, External)):
        return value
    if isinstance(value, Instance):
        return None if value.open or value.key is None or _compares(value) else value
    if isinstance(value, Container) and value.type == "tuple":
        items = exact(frame, value)
        parts = [identity(frame, *item) if len(item) == 1 else None for item in items or ()]
        known = [frozenset((part,)) for part in parts if part is not None]
        return next(iter(packed_tuple(frame, known, None))) if items is not None and len(known) == len(items) else None
    return None


def _compares(value: Instance) -> bool:
    return any("__eq__" in info.names for info in value.info.classes)


def as_key(value: Value) -> Key:
    """The key for which such a value stands."""
    return value.value if isinstance(value, Constant) else value


def as_values(frame: Frame, key: Key) -> Values:
    """What a key is when the program looks at it."""
    return frozenset((key,)) if isinstance(key, Value) else frame.machine.only(Constant, key)


def packed_tuple(frame: Frame, items: Sequence[Values], rest: Values | None) -> Values:
    """The tuple that `*args` gets: the same one for the same contents, since nobody can change it."""
    items = [*map(frame.machine.interner.share, items)]
    made = frame.machine.make(Container, "tuple", (PACKED, tuple(items), rest))
    return _filled(frame, made, list(enumerate(items)), rest)


def packed_dict(frame: Frame, code: Code, items: dict[str, Values], rest: Values | None) -> Values:
    """The dict that `**kwargs` of a function gets: the same one for the same contents."""
    made = frame.machine.make(Container, "dict", (PACKED, code, tuple(items.items()), rest))
    return _filled(frame, made, list(items.items()), rest)


def is_beginning(container: Container) -> bool:
    """Whether it is the beginning of another one, nobody knows how long."""
    return isinstance(container.key, tuple) and container.key[-1] is BEGINNING


def is_packed(container: Container) -> bool:
    """Whether it is the `*args` or `**kwargs` of a function."""
    return isinstance(container.key, tuple) and container.key[0] == PACKED


def _filled(frame: Frame, container: Container, entries: Sequence[tuple[Key, Values]], rest: Values | None) -> Values:
    """A container whose contents never change, with these."""
    heap = frame.machine.heap
    _bear(frame, container, entries)
    for key, values in entries:
        heap.write(("index", container), as_values(frame, key), frame.activation)
        heap.write(("item", container, key), values, frame.activation)
    if rest:
        put(frame, container, rest)
    return frozenset((container,))


def put(frame: Frame, container: Container, values: Values) -> None:
    """Puts values into a container, under no known key."""
    _note(container, values)
    frame.machine.heap.write(("rest", container), values, frame.activation)


def _note(container: Container, values: Values) -> None:
    container.is_telling = container.is_telling or is_telling(values)


def _bear(frame: Frame, container: Container, entries: Sequence[tuple[Key, Values]]) -> None:
    bear(frame, container, [key for key, _ in entries])
    for key, values in entries:
        _order(container, key)
        _note(container, values)


def bear(frame: Frame, container: Container, found: Iterable[Key]) -> None:
    """Notes the keys that a container has from the start: many have the same."""
    born_with = container.born_with.union(found)
    if len(born_with) > len(container.born_with):
        container.born_with = frame.machine.interner.share(born_with)


def _order(container: Container, key: Key) -> None:
    """Notes in which order the keys of a dict came; those of others are numbers."""
    if container.type == "dict":
        if container.listed is None:
            container.listed = {}
        container.listed[key] = None


def is_made(container: Container) -> bool:
    """Whether the project's code has made it, so that it is of that very type or of one that goes for it."""
    return isinstance(container.key, tuple) and len(container.key) == 3 and isinstance(container.key[1], int)


def make(
    frame: Frame,
    type: str,
    at: int,
    items: Iterable[tuple[Key, Values]],
    rest: Values = NOTHING,
    of: Value | str | None = None,
) -> Container:
    """A new container of this site, with entries under constant keys and others; one for each `of` which it is."""
    place = frame.place(at)
    made = frame.machine.make(Container, type, place if of is None else (*place, of))
    heap = frame.machine.heap
    entries = list(items)
    if len(entries) > PLAIN_ENTRIES and all(is_plain(values) for _, values in entries):
        rest = rest.union(*(values for _, values in entries))
        if type == "dict":
            heap.write(("keys", made), _kinds(frame, (as_values(frame, key) for key, _ in entries)), frame.activation)
        entries = []
    _bear(frame, made, entries)
    index = NOTHING.union(*(as_values(frame, key) for key, _ in entries))
    if frame.loop_exits:
        frame.environment.pop(("index", made), None)
        heap.write(("index", made), index, frame.activation)
    else:
        frame.write(("index", made), index, strong=True)
    for key, values in entries:
        frame.write(("item", made, key), values, strong=True)
    if rest:
        put(frame, made, rest)
    return made


def _kinds(frame: Frame, keys: Iterable[Values]) -> Values:
    """What is known of the keys of a long table: of texts and numbers only that they are."""
    found: set[Value] = set()
    for value in {value for values in keys for value in values}:
        kind = type(value.value).__name__ if isinstance(value, Constant) and value.value is not None else ""
        found |= frame.machine.only(ExternalInstance, f"<builtin>.{kind}") if kind else {value}
    return frozenset(found)


def add_data(frame: Frame, table: Container, keys: Values, values: Values) -> None:
    """An entry of a long table of data: it is held with all others."""
    put(frame, table, values)
    frame.machine.heap.write(("keys", table), _kinds(frame, (keys,)), frame.activation)


def is_plain(values: Values) -> bool:
    """Whether values are nothing but data."""
    return all(isinstance(value, (Constant, ExternalInstance, Unknown)) for value in values)


def keys(frame: Frame, container: Container) -> list[Key]:
    """The known keys that have entries, in the order in which they came."""
    if container.is_blurred:
        frame.publish()  # what those hold for which it stands
    if (module := module_of(container)) is not None:
        return [*names_of(frame, module)]
    known = frame.read(("index", container))
    if (instance := holder(container)) is not None:
        known |= names_of_fields(frame, instance)
    found = [as_key(value) for value in ordered(known)]
    if container.type != "dict":
        found.sort(key=lambda key: key if isinstance(key, int) else -1)
    else:
        places = {key: place for place, key in enumerate(container.listed or ())}
        found.sort(key=lambda key: places.get(key, len(places)))
    return found


def rest(frame: Frame, container: Container) -> Values:
    """What stands under keys that are not known."""
    if container.is_blurred:
        frame.publish()
    return frame.machine.heap.read(("rest", container), frame.activation)


def exact(frame: Frame, container: Container) -> list[Values] | None:
    """The items in order where all positions are known, else None."""
    if container.type in ("dict", "set") or is_beginning(container) or rest(frame, container):
        return None
    positions = keys(frame, container)
    if positions != list(range(len(positions))) or (container.is_blurred and len(container.born_with) < len(positions)):
        return None
    return [frame.read(("item", container, position)) for position in positions]


def beginning(frame: Frame, container: Container) -> list[Values] | None:
    """The items of a sequence in order, as many as it has at most, where the places of all are known."""
    if not is_beginning(container):
        return exact(frame, container)
    return [entry(frame, container, key) for key in keys(frame, container)]


def item(frame: Frame, container: Container, key: Key) -> Values:
    """What stands under one known key."""
    if isinstance(key, str) and (instance := holder(container)) is not None:
        return read_field(frame, instance, key)
    if isinstance(key, str) and (module := module_of(container)) is not None:
        return read_name(frame, module, key) | rest(frame, container)
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
    return rest(frame, container) if not isinstance(key, Value) else elements(frame, container)


def has_all(frame: Frame, container: Container, key: Values, *, since_start: bool = True) -> bool:
    """Whether entries are known to stand under all of the keys: from the start, or since this evaluation wrote them."""
    found = [identity(frame, each) for each in key]
    known = [as_key(each) for each in found if each is not None]
    missing = [each for each in known if ("item", container, each) not in frame.environment]
    if len(known) < len(found) or not missing:
        return len(known) == len(found)
    if not since_start or not container.born_with.issuperset(missing):
        return False
    return not frame.machine.heap.read(("removed", container), frame.activation)


def lacking(frame: Frame, container: Container, key: Values) -> str | None:
    """The key, if a dict has no such entry but others, as far as all that was put into it is known."""
    only = next(iter(key)) if len(key) == 1 else None
    name = only.value if isinstance(only, Constant) else None
    is_one = holder(container) is None and not container.is_blurred
    if container.type != "dict" or not container.listed or not is_one or not isinstance(name, str):
        return None
    heap = frame.machine.heap
    is_told = not any(heap.read((kind, container), frame.activation) for kind in ("rest", "keys", "default"))
    return name if is_told and name not in keys(frame, container) else None


def told(frame: Frame, values: Values, type_: str) -> Container | None:
    """The one tuple or dict that the values are, if the project has made it, and all that it was given is known."""
    only = next(iter(values)) if len(values) == 1 else None
    if not isinstance(only, Container) or only.type != type_ or not is_made(only) or only.is_blurred:
        return None
    heap = frame.machine.heap
    is_open = any(heap.read((kind, only), frame.activation) for kind in ("rest", "keys", "default"))
    return None if is_open else only


def elements(frame: Frame, container: Container) -> Values:
    """All entries' values."""
    unplaced = rest(frame, container)
    found = unplaced.union(*(entry(frame, container, key) for key in keys(frame, container)))
    if not unplaced:
        hold(found, frame.machine.held)
    return found


def entry(frame: Frame, container: Container, key: Key) -> Values:
    """What stands under a key that has an entry."""
    if (instance := holder(container)) is not None:
        return read_field(frame, instance, str(key))
    if (module := module_of(container)) is not None:
        return read_name(frame, module, str(key))
    return frame.read(("item", container, key))


def key_values(frame: Frame, container: Container) -> Values:
    """All keys of a dict, as far as they are known."""
    if (module := module_of(container)) is not None:
        return frozenset(frame.machine.make(Constant, name) for name in names_of(frame, module))
    if (instance := holder(container)) is not None:
        return names_of_fields(frame, instance)
    found = frame.read(("index", container))
    return found | frame.machine.heap.read(("keys", container), frame.activation)


def set_item(frame: Frame, container: Container, key: Values, new: Values, *, strong: bool) -> None:
    """`container[key] = new`."""
    _note(container, new)
    known = identity(frame, *key) if len(key) == 1 else None
    if isinstance(known, Constant) and isinstance(known.value, str) and (module := module_of(container)) is not None:
        write_name(frame, module, known.value, new, strong=strong)
        return
    if known is not None and (isinstance(known, Constant) or len(keys(frame, container)) < MOST):
        _list(frame, container, known)
        if isinstance(as_key(known), str) and (instance := holder(container)) is not None:
            write_field(frame, instance, str(as_key(known)), new, strong=strong)
            return
        is_one = not isinstance(known, Instance) or (isinstance(known.key, tuple) and known.key[0] == MEMBER)
        is_one = is_one and ((held_by := holding(container)) is None or held_by.key is not None)
        is_one = is_one and not container.is_blurred
        frame.write(("item", container, as_key(known)), new, strong=strong and is_one)
        return
    put(frame, container, new)
    frame.machine.heap.write(("keys", container), key, frame.activation)


def remove_item(frame: Frame, container: Container, key: Values) -> None:
    """`del container[key]` of a dict."""
    note_removed(frame, container)
    set_item(frame, container, key, NOTHING, strong=not frame.loop_exits)


def note_removed(frame: Frame, container: Container) -> None:
    """Notes that a dict may have lost what it had from the start."""
    if container.born_with:
        frame.machine.heap.write(("removed", container), frozenset((frame.machine.none,)), frame.activation)


def _list(frame: Frame, container: Container, key: Value) -> None:
    """Notes that an entry stands under the key."""
    _order(container, as_key(key))
    own = frame.environment.get(("index", container))
    if own is None:
        frame.machine.heap.write(("index", container), frozenset((key,)), frame.activation)
    elif key not in own:
        frame.write(("index", container), own | {key}, strong=True)


def is_settled(frame: Frame, container: Container) -> bool:
    """Whether a list's items stand as they are told now: nobody else, and no other round of a loop, changes them."""
    return container.type == "list" and not frame.loop_exits and is_made_here(frame, container)


def is_made_here(frame: Frame, container: Container) -> bool:
    """Whether this activation has made the container."""
    held_by = holding(container)
    key = container.key if held_by is None else held_by.key
    return isinstance(key, tuple) and frame.activation in key


def holding(container: Container) -> Instance | None:
    """The instance that is the container, if it is one of a class of the project."""
    key = container.key
    return key[1] if isinstance(key, tuple) and key[0] == CONTENTS else None


def rewrite(frame: Frame, container: Container, items: Sequence[Values]) -> None:
    """Makes these the items of a list that is settled."""
    indexes = [frame.machine.make(Constant, index) for index in range(len(items))]
    frame.write(("index", container), frozenset(indexes), strong=True)
    for index, values in enumerate(items):
        frame.write(("item", container, index), values, strong=True)


def add(frame: Frame, container: Container, new: Values) -> None:
    """`append`, `add`: a further item."""
    items = exact(frame, container)
    if items is not None and is_settled(frame, container) and len(items) < frame.machine.bounds.items:
        known = frame.environment.get(("item", container, len(items) - 1)) if items else new
        if known is not None:
            set_item(frame, container, frame.machine.only(Constant, len(items)), new, strong=True)
            return
    put(frame, container, new)


def pairs(frame: Frame, container: Container) -> tuple[list[Values], Values]:
    """`items()`: key and value together, a tuple an entry; those of keys that are not known apart."""
    machine = frame.machine
    heap = machine.heap
    found: list[Values] = []
    for key in keys(frame, container):
        pair = machine.make(Container, "tuple", (PAIR, container, key))
        _filled(frame, pair, [(0, as_values(frame, key))], None)
        heap.write(("index", pair), machine.only(Constant, 1), frame.activation)
        frame.write(("item", pair, 1), entry(frame, container, key), strong=True)
        found.append(frozenset((pair,)))
    others = rest(frame, container)
    if not others:
        return found, NOTHING
    pair = machine.make(Container, "tuple", (PAIR, container, "", "rest"))
    return found, _filled(frame, pair, [(0, heap.read(("keys", container), frame.activation)), (1, others)], None)
