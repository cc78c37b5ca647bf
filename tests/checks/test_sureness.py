from __future__ import annotations

import pytest

from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.checks.sureness import rests_on_a_choice
from tests.callgraph.small import graph_of


@pytest.mark.parametrize(("evaluations", "unsure"), [(1, True), (8, False)])
def test_what_was_not_analysed_to_the_end_may_go_elsewhere(evaluations: int, unsure: bool) -> None:
    text = """
hook = None
def target(): pass
def run():
    hook and hook()
    target()
def fill():
    global hook
    hook = len
run()
fill()
"""
    graph = graph_of(text, bounds=Bounds(evaluations=evaluations))
    (node,) = graph.symbols()["app.target"]
    assert rests_on_a_choice(node.reach[0]) is unsure
