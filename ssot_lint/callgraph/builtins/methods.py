"""Methods of containers and generators."""

from __future__ import annotations

from ssot_lint.callgraph import comparing, containers, hashing, iteration, merging, stepping
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins import conversions
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.operators import special_call
from ssot_lint.callgraph.values import (
    NOTHING,
    PACKED,
    Constant,
    Container,
    ExternalInstance,
    Generator,
    Value,
    Values,
    ordered,
)


def _add(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        hashing.seek(frame, receiver, arguments.at(0) or NOTHING, at)
    return _append(frame, arguments, at, receiver)


def _append(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        containers.add(frame, receiver, arguments.positional[-1] if arguments.positional else NOTHING)
    return frozenset((frame.machine.none,))


def _insert(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container) and len(arguments.positional) > 1:
        place, items = _only_constant(arguments.positional[0]), _settled(frame, receiver)
        if isinstance(place, int) and items is not None:
            items.insert(place, arguments.positional[1])
            containers.rewrite(frame, receiver, items)
            return frozenset((frame.machine.none,))
        everything = containers.elements(frame, receiver) | arguments.positional[1]
        containers.put(frame, receiver, everything)
    return frozenset((frame.machine.none,))


def _append_left(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return _insert(frame, arguments.prepend(frame.machine.only(Constant, 0)), at, receiver)


def _remove(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`remove(x)`: the first item that is x, where all items before it are known not to be."""
    items = _settled(frame, receiver)
    wanted = arguments.at(0) or NOTHING
    _count(frame, arguments, at, receiver)
    if isinstance(receiver, Container) and items is not None and len(wanted) == 1:
        found = next((index for index, values in enumerate(items) if values & wanted), None)
        if found is not None and items[found] == wanted:
            containers.rewrite(frame, receiver, items[:found] + items[found + 1 :])
    return frozenset((frame.machine.none,))


def _sought(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`remove(x)` and `discard(x)` of a set, which holds as much as before as far as we know."""
    if isinstance(receiver, Container):
        hashing.seek(frame, receiver, arguments.at(0) or NOTHING, at)
    return frozenset((frame.machine.none,))


def _count(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`count(x)`: each item is compared."""
    if isinstance(receiver, Container):
        comparing.search(frame, receiver, arguments.at(0) or NOTHING, at)
    return frame.machine.only(ExternalInstance, "<builtin>.int")


def _index(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`index(x)`: where the only item stands that may be x."""
    items = _settled(frame, receiver)
    wanted = arguments.at(0) or NOTHING
    _count(frame, arguments, at, receiver)
    places = [index for index, values in enumerate(items or ()) if values & wanted]
    is_known = len(places) == 1 and items is not None and items[places[0]] == wanted
    return frame.machine.only(Constant, places[0]) if is_known else None


def _clear(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container) and _settled(frame, receiver) is not None:
        containers.rewrite(frame, receiver, [])
    return frozenset((frame.machine.none,))


def _reverse(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    items = _settled(frame, receiver)
    if isinstance(receiver, Container) and items is not None:
        containers.rewrite(frame, receiver, items[::-1])
    elif isinstance(receiver, Container):
        containers.put(frame, receiver, containers.elements(frame, receiver))
    return frozenset((frame.machine.none,))


def _settled(frame: Frame, receiver: Value | None) -> list[Values] | None:
    """The items of a list that nobody else changes, None where they are not known."""
    if not isinstance(receiver, Container) or not containers.is_settled(frame, receiver):
        return None
    return containers.exact(frame, receiver)


def _only_constant(values: Values | None) -> object:
    only = next(iter(values)) if values and len(values) == 1 else None
    return only.value if isinstance(only, Constant) else None


def _merge(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        for values in arguments.positional:
            for value in ordered(values):
                if receiver.type == "dict":
                    conversions.fill(frame, receiver, value, at)
                elif isinstance(value, Container):
                    merging.merge(frame, receiver, value)
                else:
                    containers.put(frame, receiver, iteration.iterate(frame, frozenset((value,)), at))
        for name, values in arguments.keywords.items():
            containers.set_item(frame, receiver, frame.machine.only(Constant, name), values, strong=True)
    return frozenset((frame.machine.none,))


def _combined(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """Another set, of what is in this one and in those."""
    if not isinstance(receiver, Container):
        return None
    others = (iteration.iterate(frame, values, at) for values in (*arguments.positional, arguments.rest or NOTHING))
    element = containers.elements(frame, receiver).union(*others)
    return frozenset((containers.make(frame, "set", at, (), element),))


def _chosen(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """Another set, of some that are in this one."""
    return _combined(frame, Arguments(), at, receiver)


def _get(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    found = iteration.entry(frame, receiver, arguments.at(0) or NOTHING, at, fills=False)
    default = arguments.at(1)
    # Who gives no default is ready for other keys, of which the program need not show any.
    trusts_start = default is not None or not containers.is_made(receiver)
    if found and containers.has_all(frame, receiver, arguments.at(0) or NOTHING, since_start=trusts_start):
        return found
    if default is None:
        default = frozenset((frame.machine.none,))
        if receiver.may_hold_more:
            default |= frozenset((frame.machine.unknown,))
        elif not found and not _is_packed(receiver):
            default |= frozenset((frame.machine.interner.vacant,))
    return found | default


def _is_packed(container: Container) -> bool:
    """Whether it is what `**kwargs` got, of which all is known."""
    key = container.key
    return isinstance(key, tuple) and key[0] == PACKED and key[-1] is None


def _get_item(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`__getitem__`: what a container holds; a class of the project that is a dict may make what is missing."""
    if not isinstance(receiver, Container):
        return None
    key = arguments.at(0) or NOTHING
    found = iteration.subscript(frame, frozenset((receiver,)), key, at)
    instance = containers.holding(receiver)
    if receiver.type == "dict" and instance is not None and not (found and containers.has_all(frame, receiver, key)):
        found |= special_call(frame, instance, ("__missing__",), arguments, at) or NOTHING
    return found or frozenset((frame.machine.unknown,))


def _set_item(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        key, new = arguments.at(0) or NOTHING, arguments.at(1) or NOTHING
        iteration.set_subscript(frame, frozenset((receiver,)), key, new, at)
    return frozenset((frame.machine.none,))


def _delete_item(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        iteration.delete_subscript(frame, frozenset((receiver,)), arguments.at(0) or NOTHING, at)
    return frozenset((frame.machine.none,))


def _iterator(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return frozenset((receiver,)) if isinstance(receiver, Container) else None


def _contains(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        comparing.search(frame, receiver, arguments.at(0) or NOTHING, at)
    return frame.machine.only(ExternalInstance, "<builtin>.bool")


def _length(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return frame.machine.only(ExternalInstance, "<builtin>.int")


def _pop(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    if receiver.type == "list":
        return _take(frame, receiver, _only_constant(arguments.at(0)) if arguments.positional else -1)
    if not arguments.positional:
        return containers.elements(frame, receiver)
    taken = _get(frame, arguments, at, receiver)
    containers.remove_item(frame, receiver, arguments.positional[0])
    return taken


def _take(frame: Frame, receiver: Container, place: object) -> Values:
    """The item that `pop` gives, and takes out of the list."""
    items = _settled(frame, receiver)
    if items is None or not isinstance(place, int) or not -len(items) <= place < len(items):
        return containers.elements(frame, receiver)
    taken = items.pop(place)
    containers.rewrite(frame, receiver, items)
    return taken


def _pop_left(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return _take(frame, receiver, 0) if isinstance(receiver, Container) else None


def _pop_item(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    containers.note_removed(frame, receiver)
    items, others = containers.pairs(frame, receiver)
    return others.union(*items) or None


def _clear_dict(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if isinstance(receiver, Container):
        containers.note_removed(frame, receiver)
    return frozenset((frame.machine.none,))


def _setdefault(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    key, new = arguments.at(0) or NOTHING, arguments.at(1) or frozenset((frame.machine.none,))
    held = iteration.entry(frame, receiver, key, at, fills=False)
    if held and containers.has_all(frame, receiver, key):
        return held
    is_new = not held and containers.is_made_here(frame, receiver) and not frame.loop_exits
    containers.set_item(frame, receiver, key, new | held, strong=is_new)
    return held | new


def _items(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    items, others = containers.pairs(frame, receiver)
    return _listed(frame, receiver, at, items, others)


def _values(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    items = [containers.item(frame, receiver, key) for key in containers.keys(frame, receiver)]
    return _listed(frame, receiver, at, items, containers.rest(frame, receiver))


def _listed(frame: Frame, source: Container, at: int, items: list[Values], rest: Values) -> Values:
    """A list of the items of a dict, in their order where there are no others."""
    is_told = containers.is_made_here(frame, source) or len(items) <= frame.machine.bounds.turns
    if rest or frame.loop_exits or not is_told:
        return frozenset((containers.make(frame, "list", at, (), rest.union(*items)),))
    return frozenset((containers.make(frame, "list", at, list(enumerate(items))),))


def _keys(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    items = [containers.as_values(frame, key) for key in containers.keys(frame, receiver)]
    others = containers.key_values(frame, receiver) if containers.rest(frame, receiver) else NOTHING
    return _listed(frame, receiver, at, items, others)


def _copy(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """`x.copy()` of a container."""
    return frozenset((merging.copied(frame, receiver, at),)) if isinstance(receiver, Container) else None


def _generator_step(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Generator):
        return None
    if arguments.positional:
        frame.machine.heap.write(("sent", receiver.activation), arguments.positional[0], frame.activation)
    known = stepping.advance(frame, receiver)
    found = iteration.iterate(frame, frozenset((receiver,)), at) if known is None else known
    stepping.end(frame, receiver)
    return found


KINDS = ("list", "dict", "set", "tuple")
# What every container has, and a class of the project that is one inherits.
INHERITED: dict[str, Handler] = {
    "__init__": _merge,
    "__getitem__": _get_item,
    "__setitem__": _set_item,
    "__delitem__": _delete_item,
    "__iter__": _iterator,
    "__contains__": _contains,
    "__len__": _length,
}

HANDLERS: dict[str, Handler] = {
    **{f"<builtin>.{kind}.{name}": each for kind in KINDS for name, each in INHERITED.items()},
    **{f"<builtin>.{kind}.append": _append for kind in ("list", "set")},
    "<builtin>.list.appendleft": _append_left,
    "<builtin>.list.remove": _remove,
    "<builtin>.set.remove": _sought,
    "<builtin>.list.clear": _clear,
    "<builtin>.list.index": _index,
    "<builtin>.tuple.index": _index,
    **{f"<builtin>.{kind}.count": _count for kind in ("list", "tuple")},
    "<builtin>.list.reverse": _reverse,
    "<builtin>.set.add": _add,
    "<builtin>.set.discard": _sought,
    "<builtin>.list.insert": _insert,
    **{f"<builtin>.{kind}.update": _merge for kind in ("dict", "set")},
    "<builtin>.list.extend": _merge,
    **{f"<builtin>.set.{name}": _combined for name in ("union", "symmetric_difference")},
    **{f"<builtin>.set.{name}": _chosen for name in ("intersection", "difference")},
    "<builtin>.dict.get": _get,
    **{f"<builtin>.{kind}.pop": _pop for kind in ("list", "dict", "set")},
    "<builtin>.list.popleft": _pop_left,
    "<builtin>.dict.popitem": _pop_item,
    "<builtin>.dict.clear": _clear_dict,
    "<builtin>.dict.setdefault": _setdefault,
    "<builtin>.dict.items": _items,
    "<builtin>.dict.values": _values,
    "<builtin>.dict.keys": _keys,
    **{f"<builtin>.{kind}.copy": _copy for kind in ("list", "dict", "set")},
    **{f"<builtin>.generator.{name}": _generator_step for name in ("send", "__next__", "asend", "__anext__")},
}
