from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ssot_lint.cli import main


class Done(NamedTuple):
    """How a command ended, and what it said."""

    status: int
    stdout: str
    stderr: str


Ssot = Callable[..., Done]


@pytest.fixture
def ssot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ssot:
    """Runs a command line in this process, in a directory of its own unless told otherwise."""

    def run(*arguments: str, cwd: Path = tmp_path, **environment: str) -> Done:
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
                patch.delenv(name, raising=False)
            for name, value in ({"SSOT_LINT_CACHE_DIR": str(tmp_path / "cache")} | environment).items():
                patch.setenv(name, value)
            capsys.readouterr()
            return Done(main.run(arguments), *capsys.readouterr())

    return run
