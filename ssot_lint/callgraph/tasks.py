"""Tasks that a program starts and does not wait for.

A coroutine counts as run where it is made. Of a start, what such tasks run (health checks, schedulers that handle jobs
for ever) may be the larger half, and the start neither waits for it nor fails with it. Where `Bounds.tasks` says so it
is looked at with what the service runs.
"""

from __future__ import annotations

from itertools import takewhile

from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import Values
from ssot_lint.facts import model
from ssot_lint.facts.nested import walk

# What holds what waiting for it gives.
PENDING = frozenset(("asyncio.Future", "asyncio.Task"))
_WAITING = frozenset(("gather", "wait", "wait_for", "as_completed", "shield"))


def note_task(frame: Frame, callees: Values, node: model.Call) -> None:
    """Notes where the coroutine is made that the call is about to leave running, if it does and nobody here waits."""
    made = node.arguments[0] if node.arguments else None
    if isinstance(made, model.Call) and any(map(frame.machine.models.starts_task, callees)) and not _waits(frame):
        frame.left_running.add(made.at)


def _waits(frame: Frame) -> bool:
    """Whether the function waits for what may be a task, a name or several gathered, before it yields (a lifespan)."""
    nodes = walk(frame.machine.body(frame.code))
    return any(
        (isinstance(node, model.Await) and not isinstance(node.value, model.Call))
        or (isinstance(node, model.Call) and _name(node.function) in _WAITING)
        for node in takewhile(lambda node: not isinstance(node, model.Yield), nodes)
    )


def _name(called: model.Expression) -> str:
    if isinstance(called, model.Attribute):
        return called.name
    return called.id if isinstance(called, model.Name) else ""
