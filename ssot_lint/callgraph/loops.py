"""Loops: how often a body runs, and what its turns see of each other."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.callgraph import iteration
from ssot_lint.callgraph.frame import Environment, Frame
from ssot_lint.callgraph.narrowing import narrow
from ssot_lint.callgraph.nothing import note_none
from ssot_lint.callgraph.operators import site_of, truth
from ssot_lint.callgraph.values import Values
from ssot_lint.facts import model

ROUNDS = 3
# More items than these are gone through one by one only where that is soon done: by a body of so many statements.
FEW = 6
SHORT = 1


def run_while(frame: Frame, node: model.While) -> None:
    """Runs a `while`; one whose test is a true constant ends by `break` alone."""

    def once() -> None:
        truth(frame, frame.machine.evaluate(frame, node.test), site_of(node.test))
        narrowed = narrow(frame, frame.fork(), node.test, True)
        if narrowed is None:
            frame.alive = False
            return
        frame.environment = narrowed
        frame.machine.run(frame, node.body)

    forever = isinstance(node.test, model.Const) and bool(node.test.value)
    _loop(frame, once, node.orelse, forever)


def run_for(frame: Frame, node: model.For) -> None:
    """Runs a `for`: once for each of a few known items, or for all of them together; not over a display of nothing."""
    values = frame.machine.evaluate(frame, node.iterable)
    if isinstance(node.iterable, model.Display) and not node.iterable.items:
        frame.machine.run(frame, node.orelse)
        return
    note_none(frame, node.iterable, values, node.at, "__iter__")
    items = iteration.in_turn(frame, values) if not frame.loop_exits else None
    if items is not None and (len(items) <= FEW or len(node.body) <= SHORT):
        _in_turn(frame, node, items)
        return

    def once() -> None:
        frame.machine.assign(frame, node.target, iteration.iterate(frame, values, node.at, is_async=node.is_async))
        frame.machine.run(frame, node.body)

    _loop(frame, once, node.orelse, forever=False)


def _in_turn(frame: Frame, node: model.For, items: list[Values]) -> None:
    """Runs a body for each of a few items: what it does to variables in one turn, the next one sees."""
    ends: list[Environment] = []
    frame.loop_exits.append(ends)
    mark = frame.mark()
    for item in items:
        entry = frame.fork()
        frame.loop_backs.append([])
        frame.machine.assign(frame, node.target, item)
        frame.machine.run(frame, node.body)
        backs = frame.loop_backs.pop()
        frame.join([frame.environment, *backs] if frame.alive else backs)
        frame.resume(mark)
        if not frame.alive:
            break
        frame.settle(entry)
    frame.loop_exits.pop()
    if frame.alive:
        frame.machine.run(frame, node.orelse)
    frame.join([*ends, frame.environment] if frame.alive else ends)
    frame.resume(mark)


def _loop(frame: Frame, once: Callable[[], None], orelse: list[model.Statement], forever: bool) -> None:
    """Runs a body until the variables that it found bound change no more; a bounded number of times.

    A loop inside another one runs less often each time: the outer one's rounds are its rounds too.
    """
    rounds = max(ROUNDS - len(frame.loop_exits), 1)
    ends: list[Environment] = []
    entry, mark = frame.fork(), frame.mark()
    backs: list[Environment] = []
    frame.loop_exits.append(ends)
    frame.loop_backs.append(backs)
    for _ in range(rounds):
        frame.environment = dict(entry)
        frame.alive = True
        frame.resume(mark)
        once()
        back = [entry, frame.environment] if frame.alive else [entry]
        frame.join(back + backs)
        frame.resume(mark)
        if all(frame.environment.get(name) == values for name, values in entry.items()):
            break
        entry = frame.fork()
    frame.loop_exits.pop()
    frame.loop_backs.pop()
    if not forever:
        frame.machine.run(frame, orelse)
        ends = [*ends, frame.environment] if frame.alive else ends
    frame.join(ends)
    frame.resume(mark)


def jump(frame: Frame, node: model.Jump) -> None:
    """Runs a `break` or a `continue`."""
    if frame.loop_exits:
        exits = frame.loop_exits if node.type == "break" else frame.loop_backs
        exits[-1].append(frame.environment)
    frame.alive = False
