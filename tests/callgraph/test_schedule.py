"""How often what may find more runs again."""

from __future__ import annotations

import pytest

from ssot_lint.callgraph.activation import NOTHING_PASSED, PERHAPS, Activation, CallRecord
from ssot_lint.callgraph.bounds import ORDINARY_CALLS, Bounds
from ssot_lint.callgraph.schedule import Schedule
from tests.callgraph.small import graph_of


@pytest.mark.parametrize(("calls", "times"), [(ORDINARY_CALLS - 1, Bounds().evaluations), (100 * ORDINARY_CALLS, 2)])
def test_what_finds_many_calls_runs_again_less_often(calls: int, times: int) -> None:
    record = CallRecord("app", 0, "call", 0, None, "f", "certain", None, *NOTHING_PASSED)

    def execute(activation: Activation) -> None:
        activation.calls = (record,) * calls

    assert _evaluations(Schedule(Bounds(), execute, lambda _: None)) == times


def test_what_guesses_write_has_little_else_run_again() -> None:
    schedule = Schedule(Bounds(), lambda _: None, lambda _: None)
    schedule.advance(PERHAPS)
    assert _evaluations(schedule) == Bounds().again


def _evaluations(schedule: Schedule) -> int:
    """How often one activation runs, whatever happens."""
    known = next(each for each in graph_of("def f(): pass\nf()").nodes if each.function)
    running = Activation(0, known.code, known.function, {}, schedule.stage)
    for _ in range(100):
        schedule.enqueue(running)
        schedule.drain()
    return running.evaluations
