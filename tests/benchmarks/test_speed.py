"""What the speed is measured on is what it is said to be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks.speed.inputs import SHAPES, project
from benchmarks.speed.measure import measured
from ssot_lint.check import CheckOptions, check
from ssot_lint.run import Request, Run


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_a_shape_is_a_program(tmp_path: Path, shape: str) -> None:
    SHAPES[shape](tmp_path, 30)
    compile((tmp_path / "main.py").read_bytes(), "main.py", "exec")
    with Run(Request((tmp_path,), isolated=True, no_cache=True)) as run:
        assert check(run, CheckOptions()).stats.calls > 0


@pytest.mark.parametrize("files", [450, 600])
def test_what_is_reached_stays_the_same(tmp_path: Path, files: int) -> None:
    project(tmp_path, files)
    assert sum(1 for _ in tmp_path.rglob("*.py")) == files
    assert len((tmp_path / "app/main.py").read_text().splitlines()) == 83


def test_time_and_memory_of_children_count(tmp_path: Path) -> None:
    burn = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = [0] * 9_000_000; sum(range(9_000_000))'])"
    )
    cost = measured([sys.executable, "-c", burn], directory=tmp_path, environment={})
    assert cost.status == 0
    assert cost.cpu > 0.05
    assert (
        measured([sys.executable, "-c", "while 1: pass"], directory=tmp_path, environment={}, seconds=0.2).status
        is None
    )
