"""Queues: what one puts there, another gets."""

from __future__ import annotations

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Partial, Value, Values

QUEUES = (
    *(f"queue.{name}" for name in ("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue")),
    *(f"asyncio.{name}" for name in ("Queue", "LifoQueue", "PriorityQueue")),
    *(f"multiprocessing.{name}" for name in ("Queue", "SimpleQueue", "JoinableQueue")),
)


def _queue(path: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if receiver is not None:
            return None  # a class of the project that is a queue
        return frame.machine.only(Partial, (path, (frame.code.module.name, at, frame.activation)), path)

    return handler


def _put(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Partial):
        return None
    frame.machine.heap.write(("queue", receiver), arguments.at(0) or arguments.at("item") or NOTHING, frame.activation)
    return frozenset((frame.machine.none,))


def _get(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Partial):
        return None
    return frame.machine.heap.read(("queue", receiver), frame.activation) | {frame.machine.unknown}


HANDLERS: dict[str, Handler] = {
    **{path: _queue(path) for path in QUEUES},
    **{f"{path}.{name}": _put for path in QUEUES for name in ("put", "put_nowait")},
    **{f"{path}.{name}": _get for path in QUEUES for name in ("get", "get_nowait")},
}
