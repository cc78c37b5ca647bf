"""Queues, context variables and futures: what one puts there, another gets."""

from __future__ import annotations

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.builtins.handler import Handler
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Container, ExternalInstance, Partial, Value, Values

QUEUES = (
    *(f"queue.{name}" for name in ("Queue", "LifoQueue", "PriorityQueue", "SimpleQueue")),
    *(f"asyncio.{name}" for name in ("Queue", "LifoQueue", "PriorityQueue")),
    *(f"multiprocessing.{name}" for name in ("Queue", "SimpleQueue", "JoinableQueue")),
)
_VARIABLE = "contextvars.ContextVar"
_FUTURES = ("asyncio.Future", "concurrent.futures.Future")


def _place(path: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        if receiver is not None:
            return None  # a class of the project that is a queue
        made = frame.machine.make(Partial, (path, frame.place(at)), path)
        frame.machine.heap.write(("default", made), arguments.at("default") or NOTHING, frame.activation)
        return frozenset((made,))

    return handler


def _put(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Partial):
        return None
    frame.machine.heap.write(("queue", receiver), arguments.at(0) or arguments.at("item") or NOTHING, frame.activation)
    return frozenset((frame.machine.none,))


def _set(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    return (
        None
        if _put(frame, arguments, at, receiver) is None
        else frame.machine.only(ExternalInstance, "contextvars.Token")
    )


def _get(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Partial):
        return None
    return frame.machine.heap.read(("queue", receiver), frame.activation) | {frame.machine.unknown}


def _look_up(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    """What a context variable holds. If nothing that the analysis has seen sets it, something else may."""
    if not isinstance(receiver, Partial):
        return None
    heap = frame.machine.heap
    known = heap.read(("queue", receiver), frame.activation) or frozenset((frame.machine.unknown,))
    return known | heap.read(("default", receiver), frame.activation) | (arguments.at(0) or NOTHING)


def _future(path: str) -> Handler:
    def handler(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
        # Others may settle it, too.
        unknown = frozenset((frame.machine.unknown,))
        return frozenset((containers.make(frame, path, at, (), unknown, of=frame.machine.none),))

    return handler


def _settle(frame: Frame, arguments: Arguments, at: int, receiver: Value | None) -> Values | None:
    if not isinstance(receiver, Container):
        return None
    containers.put(frame, receiver, arguments.at(0) or NOTHING)
    return frozenset((frame.machine.none,))


HANDLERS: dict[str, Handler] = {
    **{path: _place(path) for path in (*QUEUES, _VARIABLE)},
    f"{_VARIABLE}.set": _set,
    f"{_VARIABLE}.get": _look_up,
    **{f"{path}.{name}": _put for path in QUEUES for name in ("put", "put_nowait")},
    **{f"{path}.{name}": _get for path in QUEUES for name in ("get", "get_nowait")},
    **{path: _future(path) for path in _FUTURES},
    "asyncio.AbstractEventLoop.create_future": _future("asyncio.Future"),
    **{f"{path}.set_result": _settle for path in _FUTURES},
}
