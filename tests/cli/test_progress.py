from __future__ import annotations

import io
import time
from pathlib import Path

import pytest

from ssot_lint.cli import progress as module
from ssot_lint.cli.progress import progress
from ssot_lint.run import Request, Run


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, *, seconds: float = 0.0, quiet: bool = False) -> str:
    monkeypatch.setattr("sys.stderr", stderr)
    run = Run(Request((Path(),)))
    with progress(run, quiet=quiet):
        time.sleep(seconds)
    return stderr.getvalue()


def test_a_long_run_on_a_terminal_shows_a_bar_and_removes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(module, "DELAY_SECONDS", 0.01)
    shown = _shown(monkeypatch, _Terminal(), seconds=0.1)
    assert "[........................] 0 of up to 0 files read, 0 s" in shown
    assert shown.endswith("\r\x1b[K")


@pytest.mark.parametrize(
    ("stderr", "term", "quiet", "delay"),
    [
        (io.StringIO(), "xterm", False, 0.0),
        (_Terminal(), "dumb", False, 0.0),
        (_Terminal(), "xterm", True, 0.0),
        (_Terminal(), "xterm", False, 60.0),
    ],
    ids=["no terminal", "dumb terminal", "quiet", "quick"],
)
def test_otherwise_there_is_nothing(
    monkeypatch: pytest.MonkeyPatch, stderr: io.StringIO, term: str, quiet: bool, delay: float
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setattr(module, "DELAY_SECONDS", delay)
    assert _shown(monkeypatch, stderr, seconds=0.02, quiet=quiet) == ""


def test_the_bar_fills() -> None:
    assert module._line(6, 12, 3.4) == "[############............] 6 of up to 12 files read, 3 s"
