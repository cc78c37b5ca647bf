"""An instance's own attributes, and its `__dict__`: a dict whose entries they are."""

from __future__ import annotations

from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import runtime_classes
from ssot_lint.callgraph.values import NOTHING, Constant, Container, Instance, Values

FIELDS = "<fields>"
# The key of a copy: this, the instance that was copied, and where.
_COPY = "<copy>"


def copy_of(frame: Frame, value: Instance, at: int) -> Instance:
    """A copy of an instance, which holds what that does, and what is written to the copy.

    Copies of copies, which a loop may make without end, are told apart by their class only.
    """
    if value.key is None:
        return value
    key = None if _original(value) is not None else (_COPY, value, *frame.place(at))
    return frame.machine.make(Instance, value.info, key, False)


def _original(value: Instance) -> Instance | None:
    """What an instance is a copy of, None for one that is none."""
    return value.key[1] if isinstance(value.key, tuple) and value.key[0] == _COPY else None


def fields_of(frame: Frame, value: Instance) -> Values:
    """`value.__dict__`."""
    value.info.dynamic = True
    return frame.machine.only(Container, "dict", (FIELDS, value))


def holder(container: Container) -> Instance | None:
    """The instance of which a dict is the `__dict__`."""
    key = container.key
    return key[1] if isinstance(key, tuple) and key[0] == FIELDS else None


def names_of_fields(frame: Frame, value: Instance) -> Values:
    """The names of the attributes that are written to instances of its class."""
    written = (frame.machine.heap.read(("written", info), frame.activation) for info in runtime_classes(frame, value))
    return NOTHING.union(*written)


def read_field(frame: Frame, value: Instance, name: str) -> Values:
    """What an instance's own attribute may hold."""
    if value.key is None:
        own = frame.environment.get(("field", value, name))
        if own is not None:
            return own
        found = frame.machine.heap.read(("all", value.info, name), frame.activation)
        for info in runtime_classes(frame, value)[1:]:
            found |= frame.machine.heap.read(("all", info, name), frame.activation)
        return found
    key = ("field", value, name)
    strong = frame.environment.get(key)
    if strong is not None:
        return strong
    heap = frame.machine.heap
    own = heap.read(key, frame.activation) | heap.read(("any", value.info, name), frame.activation)
    original = _original(value)
    return own if original is None else own | read_field(frame, original, name)


def is_set_from_start(frame: Frame, value: Instance, name: str) -> bool:
    """Whether the attribute is there whenever it is asked for: no code of others put it in the place of a method."""
    key = ("field", value, name) if value.key is not None else ("all", value.info, name)
    writer = frame.machine.heap.first_writer(key)
    if writer is None or key in frame.environment:
        return True
    owner = writer.function.owner if writer.function is not None else None
    return owner is not None and (owner in value.info.classes or value.info in owner.classes)


def is_filled_when_asked(frame: Frame, value: Instance, name: str) -> bool:
    """Whether the attribute is there since the `__getattr__` of the class, when it was asked for it, has set it."""
    key = ("field", value, name) if value.key is not None else ("all", value.info, name)
    writer = frame.machine.heap.first_writer(key)
    return writer is not None and writer.code.scope.name == "__getattr__" and key not in frame.environment


def write_field(frame: Frame, value: Instance, name: str, new: Values, *, strong: bool) -> None:
    """Writes an instance's own attribute, past descriptors and `__setattr__`."""
    frame.write(("field", value, name), new, strong=strong)
    heap = frame.machine.heap
    heap.write(("all", value.info, name), new, frame.activation)
    if name not in value.info.written:
        value.info.written[name] = None
        heap.write(("written", value.info), frame.machine.only(Constant, name), frame.activation)
    if value.key is None:
        heap.write(("any", value.info, name), new, frame.activation)
