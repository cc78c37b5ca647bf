"""Which activation runs when: stages, the queue of those that must run again, and how often each may.

A stage (import, startup, service) is over when nothing of it waits any more; what ran in it does not run again in a
later one. `bounds.py` says how far a stage goes, and how it narrows when it has grown large.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from heapq import heappop, heappush

from ssot_lint.callgraph.activation import IMPORT, PERHAPS, SERVICE, Activation
from ssot_lint.callgraph.bounds import CROWDED, LEAST_EFFORT, ORDINARY_CALLS, ROOMY, Bounds, guessing, share, tightened
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.crowd import joined_by, members
from ssot_lint.callgraph.values import Function, is_news


class Schedule:
    """Runs activations by `execute`; `rebound` is told the bounds whenever they change.

    `late`, if it is not None, gets what would find more if it ran again, but whose stage is over.
    It `is_cut` if not all ran that runs after the start, so that what nobody was seen to do there somebody may do.
    """

    def __init__(
        self, bounds: Bounds, execute: Callable[[Activation], None], rebound: Callable[[Bounds], None]
    ) -> None:
        self._given = self._roomy = self._bounds = bounds
        self._execute = execute
        self._rebound = rebound
        self._queue: list[tuple[int, int, Activation]] = []
        self._waiting: dict[int, list[Activation]] = {}
        self._postponed: deque[Activation] = deque()
        self._spent: dict[Code, int] = {}
        self._depth = 0
        self._stage = IMPORT
        self._entered = self._evaluations = self._narrowed = 0
        self._has_many = False
        self._most = bounds.service
        self.unsettled = 0
        self.late: dict[Activation, None] | None = None
        self.is_cut = False

    @property
    def stage(self) -> int:
        """The stage that now runs; guesses belong to the service."""
        return min(self._stage, SERVICE)

    def has_run(self, function: Function) -> bool:
        """Whether anything called the function, or another closure of its code."""
        return function.code in self._spent

    def enqueue(self, activation: Activation) -> None:
        """Has an activation run again, soon, if its stage is not over."""
        if activation.stage == self.stage and not activation.waiting:
            self._enqueue(activation)
        elif self.late is not None and activation.stage < self.stage:
            self.late[activation] = None

    def _enqueue(self, activation: Activation) -> None:
        if not activation.queued:
            activation.queued = True
            heappush(self._queue, (activation.evaluations, -activation.number, activation))

    def drain(self) -> None:
        """Runs all that waits, and what that makes wait.

        What ran the least goes first, so that what depends on much waits for it; then the youngest, since callees are
        younger than their callers. What was postponed comes last.
        """
        while self._queue or (self._postponed and not self._depth):
            if self._queue:
                _, _, activation = heappop(self._queue)
                activation.queued = False
                self._run(activation)
            else:
                self._run_postponed(self._postponed.popleft())

    def _run_postponed(self, activation: Activation) -> None:
        activation.waiting = False
        if not activation.evaluations:
            self._run(activation)

    def advance(self, stage: int) -> None:
        """Runs all that the stages up to this one need."""
        self.drain()
        while self._stage < stage:
            self._stage += 1
            self._entered = self._evaluations = 0
            waiting = self._waiting.pop(self._stage, [])
            self._roomy = self._given if self._stage < PERHAPS else guessing(self._given)
            self._bound(self._roomy)
            handlers = [each for each in waiting if not each.is_task]
            self._run_tasks([each for each in waiting if each.is_task])
            self._has_many = self._stage >= SERVICE and len(handlers) > self._bounds.handlers
            for activation in handlers:
                self.enter(activation, None, self._stage)
                self.drain()

    def _run_tasks(self, tasks: list[Activation]) -> None:
        """Runs what a start left running, before any handler, each only so far: they may be the larger half of it."""
        for activation in tasks:
            self._most = self._evaluations + self._bounds.errands // len(tasks)
            self.enter(activation, None, self._stage)
            self.drain()
        self._most = self._bounds.service
        self._evaluations = 0

    def enter(self, activation: Activation, caller: Activation | None, stage: int, *, postponed: bool = False) -> None:
        """Makes sure that an activation has run, or will in that stage; the caller learns when its result grows.

        If it is postponed, all that runs now comes first: a factory goes on after it has registered a lifespan.
        """
        if not activation.evaluations and not activation.queued:
            activation.first = activation.first or caller
            if stage > self._stage:
                self._wait(activation, stage)
            elif postponed:
                self._postpone(activation)
            elif self._depth < self._bounds.depth:
                activation.waiting = False
                self._run(activation)
            else:
                activation.waiting = False
                self.enqueue(activation)
        elif activation.stale:
            self.enqueue(activation)
        if caller is not None:  # only now: what the run gave, the caller sees for itself
            activation.callers = joined_by(activation.callers, caller)

    def _wait(self, activation: Activation, stage: int) -> None:
        if not activation.waiting:
            activation.waiting = activation.is_hook = True
            self._waiting.setdefault(stage, []).append(activation)

    def _postpone(self, activation: Activation) -> None:
        if not activation.waiting:
            activation.waiting = True
            self._postponed.append(activation)

    def _run(self, activation: Activation) -> None:
        if activation.running:
            self.enqueue(activation)
            return
        if not self._may_run(activation):
            if activation.stage >= self.stage:  # else it has run to the end of its own
                self.unsettled += not activation.unsettled
                activation.unsettled = True
            return
        before = (activation.result, activation.yielded)
        steps = dict(activation.steps)
        passed = activation.passes
        activation.running = True
        self._depth += 1
        self._execute(activation)
        self._depth -= 1
        activation.running = False
        self._spent[activation.code] += len(activation.calls) // ORDINARY_CALLS
        now = (activation.result, activation.yielded)
        changed = activation.passes != passed or (len(steps) > 1 and activation.steps != steps)
        if changed or (now != before and any(map(is_news, before, now))):
            for caller in members(activation.callers):
                if caller.evaluations:
                    self.enqueue(caller)
            for caller in members(activation.awaiting):
                self._enqueue(caller)

    def _may_run(self, activation: Activation) -> bool:
        """Whether the bounds allow one more evaluation, which is counted then."""
        spent = self._spent.get(activation.code, 0)
        if self._is_brief() and (activation.evaluations or not activation.is_hook):
            self.is_cut = True
            return False
        often = spent <= share(self._bounds.effort, activation.code.size, LEAST_EFFORT)
        if activation.evaluations >= (self._bounds.evaluations if often else self._bounds.again):
            return False
        self._spent[activation.code] = spent + 1
        self._entered += activation.evaluations == 0
        self._evaluations += 1
        activation.evaluations += 1
        if self._narrowed < 2:
            self._narrow()
        return True

    def _narrow(self) -> None:
        """Narrows the bounds where a stage has grown large, and again where that comes from contexts, not functions."""
        is_large = self._entered > ROOMY or self._evaluations > 2 * ROOMY
        is_crowded = self._entered > max(ROOMY, CROWDED * len(self._spent))
        if is_large + is_crowded > self._narrowed:
            self._narrowed = is_large + is_crowded
            self._bound(tightened(self._roomy, is_crowded=is_crowded))

    def _is_brief(self) -> bool:
        """Whether no more is looked at of what runs after the start."""
        return self._has_many or (self._stage >= SERVICE and self._evaluations >= self._most)

    def _bound(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._rebound(bounds)
