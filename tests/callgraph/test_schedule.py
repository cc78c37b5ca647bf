"""How often what may find more runs again."""

from __future__ import annotations

import pytest

from ssot_lint.callgraph import schedule
from ssot_lint.callgraph.activation import IMPORT, NOTHING_PASSED, PERHAPS, SERVICE, Activation, CallRecord
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
    guessing = Schedule(Bounds(), lambda _: None, lambda _: None)
    guessing.advance(PERHAPS)
    assert _evaluations(guessing) == Bounds().again


@pytest.mark.parametrize("stage", [IMPORT, SERVICE, PERHAPS])
def test_a_stage_that_has_grown_large_goes_on_with_less_care(stage: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "ROOMY", 0)
    told: list[Bounds] = []
    running = Schedule(Bounds(), lambda _: None, told.append)
    running.advance(stage)
    _evaluations(running)
    assert told[-1].candidates < Bounds().candidates


def test_contexts_without_end_are_gone_through_with_the_least_care(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "ROOMY", 1)
    told: list[Bounds] = []
    running = Schedule(Bounds(), lambda _: None, told.append)
    known = next(each for each in graph_of("def f(): pass\nf()").nodes if each.function)
    for number in range(10):
        running.enter(Activation(number, known.code, known.function, {}, running.stage), None, IMPORT)
    assert [each.candidates for each in told] == sorted({each.candidates for each in told}, reverse=True)
    assert len(told) == 2


def _evaluations(running: Schedule) -> int:
    """How often one activation runs, whatever happens."""
    known = next(each for each in graph_of("def f(): pass\nf()").nodes if each.function)
    activation = Activation(0, known.code, known.function, {}, running.stage)
    for _ in range(100):
        running.enqueue(activation)
        running.drain()
    return activation.evaluations
