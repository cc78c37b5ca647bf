from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Ssot = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def ssot(tmp_path: Path) -> Ssot:
    """Runs the command line as a process of its own, in a directory of its own unless told otherwise."""

    def run(*arguments: str, cwd: Path = tmp_path, **environment: str) -> subprocess.CompletedProcess[str]:
        unset = ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS", "SSOT_LINT_CACHE_DIR")
        inherited = {name: value for name, value in os.environ.items() if name not in unset}
        return subprocess.run(
            [sys.executable, "-m", "ssot_lint", *arguments],
            cwd=cwd,
            env=inherited | {"SSOT_LINT_CACHE_DIR": str(tmp_path / "cache")} | environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    return run
