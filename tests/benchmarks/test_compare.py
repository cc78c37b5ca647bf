"""How the benchmark compares graphs: with the expected one of a case, and with a recording of a package's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.callgraph import score
from benchmarks.callgraph.names import read_names
from benchmarks.callgraph.recall import Recording, compare

EXPECTED = {("main", "main.f"), ("main", "<builtin>.print")}


def _score(case: str, *found: tuple[str, str]) -> score.Score:
    return score.Score(case, EXPECTED, set(found), frozenset({"main", "main.f"}))


def test_an_edge_too_many_is_as_inexact_as_one_too_few() -> None:
    assert _score("c/exact", *EXPECTED).exact
    assert not _score("c/missing", ("main", "main.f")).exact
    assert _score("c/false", *EXPECTED, ("main.f", "main.f")).false == {("main.f", "main.f")}
    assert _score("c/own", ("main", "main.f"), ("main", "len")).among_own().exact


def test_a_case_that_is_no_longer_exact_is_told_unless_it_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = tmp_path / "inexact.txt"
    listed.write_text("c/known  # why\nc/mended\n")
    monkeypatch.setattr(score, "INEXACT", listed)
    scores = [_score("c/known"), _score("c/lost"), _score("c/mended", *EXPECTED)]
    assert [found.case for found in score.lost(scores)] == ["c/lost"]
    score.accept(scores)
    assert listed.read_text() == "c/known  # why\nc/lost\n"
    assert score.lost(scores) == []


def test_a_recorded_call_that_the_graph_lacks_is_a_miss_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "p.py").write_text("class A:\n    @property\n    def x(self): ...\n    def y(self): ...\n")
    recording = Recording(
        direct={("p", "p.A.x"), ("p", "p.A.y")}, callback={("p.A.y", "p.A.x")}, ran={"p", "p.A.x", "p.A.y"}
    )
    recall = compare(recording, {("p", "p.A.y"), ("p.A.x", "p.A.y"), ("p", "p.never")}, tmp_path)
    assert (recall.direct, recall.callback, recall.reached, recall.taken) == ((1, 2), (0, 1), (1, 2), (1, 2))
    assert recall.misses == {"direct, property": [("p", "p.A.x")], "callback, property": [("p.A.y", "p.A.x")]}


def test_lambdas_are_numbered_in_source_order_within_their_scope(tmp_path: Path) -> None:
    path = tmp_path / "m.py"
    path.write_text(
        "a = lambda: [lambda: 1]\nclass C:\n    def f(self, b=lambda: 2): return lambda: 3\nd = lambda: 4\n"
    )
    names = read_names(path, "m").functions()
    assert sorted(names) == [
        "m", "m.<lambda1>", "m.<lambda1>.<lambda1>", "m.<lambda2>", "m.C.<lambda1>", "m.C.f", "m.C.f.<lambda1>",
    ]  # fmt: skip
