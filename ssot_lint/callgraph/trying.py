"""`try`: what variables are where its body may fail, what handles that, and what runs in the end."""

from __future__ import annotations

from ssot_lint.callgraph import handlers
from ssot_lint.callgraph.expressions import evaluate
from ssot_lint.callgraph.frame import Environment, Frame
from ssot_lint.facts import model


def run_try(frame: Frame, node: model.Try) -> None:
    """Runs a `try`: each handler begins with what its variables were before one of the statements that may fail."""
    start, mark = frame.fork(), frame.mark()
    frame.guarded += 1 if node.handlers else 0
    failed = run_body(frame, node.body)
    frame.guarded -= 1 if node.handlers else 0
    after_body, completed = frame.environment, frame.alive
    ends: list[Environment] = []
    every: list[Environment] = [start, *failed, after_body]
    if completed:
        frame.machine.run(frame, node.orelse)
        every.append(frame.environment)
        if frame.alive:
            ends.append(frame.environment)
    for handler in node.handlers:
        frame.join([each.copy() for each in failed] or [start, after_body])
        frame.resume(mark)
        if handler.type is not None:
            handlers.bind(frame, handler, evaluate(frame, handler.type))
        handlers.note_raising(frame, handler, node.body)
        frame.machine.run(frame, handler.body)
        if handler.name is not None:
            frame.delete(handler.name)
        every.append(frame.environment)
        if frame.alive:
            ends.append(frame.environment)
    frame.join(ends if ends or not node.final else every)
    frame.resume(mark)
    if node.final:
        frame.machine.run(frame, node.final)
        frame.alive = frame.alive and bool(ends)


def run_body(frame: Frame, body: list[model.Statement]) -> list[Environment]:
    """Runs the body; what variables are before each statement that may fail, however deep it stands in others."""
    around, frame.failing = frame.failing, []
    frame.machine.run(frame, body)
    failed, frame.failing = frame.failing, around
    if around is not None:
        around += failed  # no handler may be for it
    return failed


def may_fail(frame: Frame, statement: model.Statement) -> bool:
    """Whether a statement itself may raise: not what stands in its blocks, and not one that only binds a variable."""
    if isinstance(statement, model.Assign):
        is_bound = all(isinstance(target, model.Name) for target in statement.targets)
        return not (is_bound and _is_harmless(frame, statement.value))
    if isinstance(statement, (model.If, model.While)):
        return not _is_harmless(frame, statement.test)
    return not isinstance(statement, (model.Jump, model.Try))


def _is_harmless(frame: Frame, value: model.Expression) -> bool:
    """Whether an expression neither fails nor calls anything."""
    if isinstance(value, model.Name):
        return bool(frame.load(value.id))
    return isinstance(value, (model.Const, model.Opaque, model.Lambda))
