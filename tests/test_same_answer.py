"""The answer is the same whatever order Python's sets have, which is another one in each run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def found(project: str, seed: int) -> object:
    command = [sys.executable, "-m", "ssot_lint", "check", "--no-cache", "--jobs=1", "--output-format=json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(seed)}
    done = subprocess.run(command, cwd=ROOT / "fixtures" / project, env=environment, capture_output=True, check=False)
    return json.loads(done.stdout)["findings"]


@pytest.mark.parametrize("project", ["aws", "websocket_staging"])
def test_for_any_hash_seed(project: str) -> None:
    assert found(project, 1) == found(project, 2)
