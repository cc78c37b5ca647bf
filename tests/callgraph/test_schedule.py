"""How often what may find more runs again."""

from __future__ import annotations

import pytest

from ssot_lint.callgraph.activation import NOTHING_PASSED, Activation, CallRecord
from ssot_lint.callgraph.bounds import ORDINARY_CALLS, Bounds
from ssot_lint.callgraph.schedule import Schedule
from tests.callgraph.small import graph_of


@pytest.mark.parametrize(("calls", "times"), [(ORDINARY_CALLS - 1, Bounds().evaluations), (100 * ORDINARY_CALLS, 2)])
def test_what_finds_many_calls_runs_again_less_often(calls: int, times: int) -> None:
    known = next(each for each in graph_of("def f(): pass\nf()").nodes if each.function)
    record = CallRecord("app", 0, "call", 0, None, "f", "certain", None, *NOTHING_PASSED)

    def execute(activation: Activation) -> None:
        activation.calls = (record,) * calls

    schedule = Schedule(Bounds(), execute, lambda _: None)
    running = Activation(0, known.code, known.function, {}, schedule.stage)
    for _ in range(100):
        schedule.enqueue(running)
        schedule.drain()
    assert running.evaluations == times
