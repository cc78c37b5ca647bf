"""Runs a command and says what it and all that it started took."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
_SAMPLE_SECONDS = 0.05


class Cost(NamedTuple):
    """CPU seconds of all processes, wall seconds, the largest sum of their resident memory in MB, how it ended.

    `status` is the exit status, or None where it was killed for taking too long.
    """

    cpu: float
    wall: float
    megabytes: float
    status: int | None
    output: str


def measured(command: Sequence[str], *, directory: Path, environment: Mapping[str, str], seconds: float = 600) -> Cost:
    """Runs a command to its end, or for so many seconds. Needs Linux: elsewhere orphaned workers are not counted."""
    if sys.platform == "linux":  # workers outlive the process that they belong to; they come to this one
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    process = subprocess.Popen(
        command, cwd=directory, env={**os.environ, **environment}, start_new_session=True, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, errors="replace",
    )  # fmt: skip
    done, peak = threading.Event(), [0.0]
    sampler = threading.Thread(target=_sample, args=(process.pid, done, peak))
    sampler.start()
    output = ""
    try:
        output, _ = process.communicate(timeout=seconds)
        status = process.returncode
    except subprocess.TimeoutExpired:
        status = None
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
    wall = time.monotonic() - started
    done.set()
    sampler.join()
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-process.pid, 0)  # those of its group
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, wall, peak[0], status, output)


def _sample(session: int, done: threading.Event, peak: list[float]) -> None:
    page = resource.getpagesize() / 2**20
    while not done.wait(_SAMPLE_SECONDS):
        pages = 0
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError, ValueError, ProcessLookupError):
                if os.getsid(int(process.name)) == session:
                    pages += int((process / "statm").read_text().split()[1])
        peak[0] = max(peak[0], pages * page)
