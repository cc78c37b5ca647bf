"""How far a run has come, on stderr, for a person who waits."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssot_lint.run import Run

DELAY_SECONDS = 1.0
_INTERVAL_SECONDS = 0.1
_CELLS = 24
_CLEAR = "\r\x1b[K"


@contextmanager
def progress(run: Run, *, quiet: bool) -> Iterator[None]:
    """Shows a bar while the block runs, if that takes longer than about a second and stderr is a terminal."""
    if quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield
        return
    done = threading.Event()
    thread = threading.Thread(target=_show, args=(run, done), daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _show(run: Run, done: threading.Event) -> None:
    started = time.monotonic()
    if done.wait(DELAY_SECONDS):
        return
    while True:
        print(f"{_CLEAR}{_line(*run.files_read, time.monotonic() - started)}", end="", file=sys.stderr, flush=True)
        if done.wait(_INTERVAL_SECONDS):
            break
    print(_CLEAR, end="", file=sys.stderr, flush=True)


def _line(read: int, files: int, seconds: float) -> str:
    """Not every file is read: only those that the program can reach."""
    filled = _CELLS * read // files if files else 0
    return f"[{'#' * filled}{'.' * (_CELLS - filled)}] {read:,} of up to {files:,} files read, {seconds:.0f} s"
