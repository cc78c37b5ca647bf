"""Dicts and sets look for a key by its `__hash__`, then compare the keys that they hold with it by `__eq__`."""

from __future__ import annotations

from ssot_lint.callgraph import containers, lookup
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Container, Instance, Value, Values, ordered


def seek(frame: Frame, container: Container, keys: Values, at: int) -> None:
    """Calls what looking for any of the keys, or putting one there, calls."""
    if container.type in ("dict", "set") and any(isinstance(key, Instance) for key in keys):
        held = containers.key_values if container.type == "dict" else containers.elements
        add(frame, keys, held(frame, container), at)


def add(frame: Frame, keys: Values, held: Values, at: int) -> None:
    """Calls what putting keys among those that are held already calls."""
    for key in ordered(keys):
        if not isinstance(key, Instance):
            continue
        _call(frame, key, "__hash__", Arguments(), at)
        for other in ordered(held):
            # What is the same object needs no comparison, nor is one made with an object of another kind, as a rule.
            if isinstance(other, Instance) and other is not key and other.info is key.info:
                _call(frame, other, "__eq__", Arguments((frozenset((key,)),)), at)


def _call(frame: Frame, value: Value, name: str, arguments: Arguments, at: int) -> None:
    method = lookup.special(frame, value, name)
    if method:
        frame.machine.call(frame, method, arguments, at, "operator")
