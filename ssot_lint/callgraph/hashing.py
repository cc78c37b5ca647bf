"""Dicts and sets look for a key by its `__hash__`, then compare the keys that they hold with it by `__eq__`.

The hash of a tuple is made of those of its items.
"""

from __future__ import annotations

from ssot_lint.callgraph import containers, lookup
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Container, Instance, Value, Values, ordered
from ssot_lint.findings import Certainty

# Tuples in tuples are looked into so far.
MOST_NESTED = 3


def seek(frame: Frame, container: Container, keys: Values, at: int) -> None:
    """Calls what looking for any of the keys, or putting one there, calls."""
    if container.type in ("dict", "set") and any(isinstance(key, Instance) or _is_tuple(key) for key in keys):
        held = containers.key_values if container.type == "dict" else containers.elements
        add(frame, keys, held(frame, container), at)


def add(frame: Frame, keys: Values, held: Values, at: int) -> None:
    """Calls what putting keys among those that are held already calls."""
    hash_all(frame, keys, at)
    if frame.is_done("compare", at, keys, held):
        return
    for key in ordered(keys) if held else ():
        if not isinstance(key, Instance):
            continue
        for other in ordered(held):
            # What is the same object needs no comparison, nor is one made with an object of another kind, as a rule.
            if isinstance(other, Instance) and other is not key and other.info is key.info:
                _call(frame, other, "__eq__", Arguments((frozenset((key,)),)), at, "likely")  # if the hashes are equal


def hash_all(frame: Frame, values: Values, at: int) -> None:
    """Calls what the hashes of any of the values call."""
    seen: set[Value] = set()
    for _ in range(MOST_NESTED + 1):
        if not frame.is_done("hash", at, values):
            _hash_each(frame, values, at)
        tuples = [value for value in values if isinstance(value, Container) and _is_tuple(value) and value not in seen]
        seen.update(tuples)
        values = NOTHING.union(*(containers.elements(frame, each) for each in tuples))


def _hash_each(frame: Frame, values: Values, at: int) -> None:
    for value in ordered(values):
        has_own = isinstance(value, Instance) and _call(frame, value, "__hash__", Arguments(), at)
        if not has_own and len(values) > 1 and value is not frame.machine.none:
            frame.pass_over(at, "operator", ("__hash__",))


def _is_tuple(value: Value) -> bool:
    return isinstance(value, Container) and value.type == "tuple"


def _call(frame: Frame, value: Value, name: str, arguments: Arguments, at: int, limit: Certainty = "certain") -> bool:
    """Calls a special method, if the value has it."""
    method = lookup.special(frame, value, name)
    if method:
        frame.machine.call(frame, method, arguments, at, "operator", limit)
    return bool(method)
