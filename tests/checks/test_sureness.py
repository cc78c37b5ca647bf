from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.checks.sureness import rests_on_a_choice
from tests.callgraph.small import graph_of
from tests.checks.findings import told


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


@pytest.mark.parametrize(("second", "found"), [("tasks", True), ("others", False)])
def test_what_several_imports_take_is_known_where_they_take_the_same(tmp_path: Path, second: str, found: bool) -> None:
    code = f"""
def start(mode):
    if mode:
        from tasks import begin
        begin(1)
    else:
        from {second} import begin
        begin()
"""
    tasks = "def begin(): pass\n"
    files = {"app.py": code, "tasks.py": tasks, "others.py": tasks}
    expected = ["app.py: begin(1) [startup]"] * found
    assert told(tmp_path, files, 'entry-points = ["app:start"]\n', select="SSOT112") == expected
