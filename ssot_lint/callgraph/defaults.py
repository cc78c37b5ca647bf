"""`collections.defaultdict`: what its factory makes where an entry is read that is not there."""

from __future__ import annotations

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.containers import Key, as_key, identity, keys, put, set_item
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Constant, Container, Value, Values, ordered


def set_factories(frame: Frame, container: Container, factories: Values) -> None:
    """Gives a dict what makes its entries: functions and classes, or the names of builtin containers."""
    frame.machine.heap.write(("default", container), factories, frame.activation)


def fill(frame: Frame, container: Container, key: Values, at: int) -> None:
    """Makes what reading the entry makes: one of its own for each key."""
    factories = frame.machine.heap.read(("default", container), frame.activation)
    if not factories:
        return
    stands_for = [identity(frame, each) for each in ordered(key)]
    if not key or None in stands_for:
        made = _made(frame, container, factories, None, at, is_first=False)  # one of those that are there may be meant
        put(frame, container, made)
        frame.machine.heap.write(("keys", container), key, frame.activation)
        return
    known = keys(frame, container)
    for value in stands_for:
        if value is not None and _fills(frame, container, as_key(value), known, at):
            made = _made(frame, container, factories, value, at, is_first=len(key) == 1)
            set_item(frame, container, frozenset((value,)), made, strong=False)


def _fills(frame: Frame, container: Container, key: Key, known: list[Key], at: int) -> bool:
    """Whether this is the place that finds no such entry: the first one that asks for it, whenever it runs again."""
    place = (frame.code, at)
    if key not in known:
        frame.machine.filled_by.setdefault((container, key), place)
    return frame.machine.filled_by.get((container, key)) == place


def _made(
    frame: Frame, container: Container, factories: Values, key: Value | None, at: int, *, is_first: bool
) -> Values:
    machine = frame.machine
    made: set[Value] = set()
    callables = frozenset(each for each in factories if not isinstance(each, Constant))
    for kind in ordered(factories - callables):
        of = ("default", container) if key is None else ("default", container, key)
        made.add(machine.make(Container, kind.value if isinstance(kind, Constant) else "", of))
    if callables:
        outer, frame.filled = frame.filled, (*frame.filled, container, key)
        with frame.called_back(None, "certain" if is_first else "likely", "collections.defaultdict default_factory"):
            made |= machine.call(frame, callables, Arguments(), at, "callback")
        frame.filled = outer
    return frozenset(made)
