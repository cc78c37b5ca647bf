"""What a list, tuple, set or dict gets of another one: all of it, or perhaps."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.callgraph.containers import add, as_values, elements, entry, exact, keys, make, put, rest, set_item
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Container, Value


def copied(frame: Frame, source: Container, at: int) -> Container:
    """Another container with the same entries."""
    made = make(frame, source.type, at, ())
    merge(frame, made, source)
    return made


def merge_any(frame: Frame, target: Container, sources: Iterable[Value]) -> None:
    """`merge` of what may be one of several containers."""
    each_of = [source for source in sources if isinstance(source, Container)]
    for source in each_of:
        merge(frame, target, source, surely=len(each_of) == 1)


def merge(frame: Frame, target: Container, source: Container, *, surely: bool = True) -> None:
    """`update`, `extend`, `{**source}`: the entries of one go into another, or perhaps do."""
    if target is source:
        return
    if target.type == "dict":
        for key in keys(frame, source):
            new = entry(frame, source, key)
            set_item(frame, target, as_values(frame, key), new, strong=surely)
        others = rest(frame, source)
        if others:
            put(frame, target, others)
            heap_keys = frame.machine.heap.read(("keys", source), frame.activation)
            frame.machine.heap.write(("keys", target), heap_keys, frame.activation)
        return
    items = exact(frame, source) if surely else None
    if items is not None:
        for values in items:
            add(frame, target, values)
    else:
        put(frame, target, elements(frame, source))
