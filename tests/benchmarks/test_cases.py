"""The call graph's micro-cases: their expected graphs are true, and the linter's exact ones stay exact."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def _run(module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="code objects know no columns before 3.11")
def test_a_run_of_each_case_takes_the_edges_that_it_expects() -> None:
    done = _run("benchmarks.callgraph.verify")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_graph_of_each_case_is_as_exact_as_it_was() -> None:
    done = _run("benchmarks.callgraph.score", "--check")
    assert done.returncode == 0, done.stdout + done.stderr
