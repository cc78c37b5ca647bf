"""What an instance of a project's class holds that is itself a dict, a list or a set: a container of its own."""

from __future__ import annotations

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.containers import CONTENTS
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import runtime_classes
from ssot_lint.callgraph.values import NOTHING, Container, Instance, Value, ordered

# Classes to inherit from, and what the analysis takes an instance for.
HOLDERS = {
    "<builtin>.list": "list", "collections.deque": "list", "collections.UserList": "list",
    "<builtin>.dict": "dict", "collections.OrderedDict": "dict", "collections.defaultdict": "dict",
    "collections.Counter": "dict", "collections.UserDict": "dict",
    "<builtin>.set": "set", "<builtin>.frozenset": "set", "<builtin>.tuple": "tuple",
}  # fmt: skip


def receivers(frame: Frame, receiver: Value | None, path: str) -> list[Value | None]:
    """What a method of a builtin container is called on: the container that an instance is, else what is given.

    An instance that is told apart by its class alone may be any of that class.
    """
    kind = HOLDERS.get(path.rpartition(".")[0])
    if kind is None or not isinstance(receiver, Instance):
        return [receiver]
    return [*contents(frame, receiver, kind)]


def own_receiver(base: str, arguments: Arguments) -> Instance | None:
    """The `self` of `Base.method(self, …)`, where Base is what its class inherits from outside."""
    first = arguments.positional[0] if arguments.positional else NOTHING
    value = next(iter(first)) if len(first) == 1 else None
    return value if isinstance(value, Instance) and base in value.info.outside else None


def contents(frame: Frame, value: Instance, kind: str) -> list[Container]:
    """The containers that an instance may be."""
    heap = frame.machine.heap
    own = frame.machine.make(Container, kind, (CONTENTS, value))
    if value.key is not None:
        heap.write(("pool", value.info), frozenset((own,)), frame.activation)
        return [own]
    found = {own: None}
    for info in runtime_classes(frame, value):
        pool = heap.read(("pool", info), frame.activation)
        found.update(dict.fromkeys(each for each in ordered(pool) if isinstance(each, Container)))
    return list(found)
