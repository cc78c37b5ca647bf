"""Parses files in other processes, and survives those that die of it.

Processes come from a fork server (POSIX) or start anew (elsewhere): a plain fork copies the locks of threads and open
databases in whatever state they are, and this way LibCST is loaded once in the server and never in the parent.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from ssot_lint.facts.encoding import encode
from ssot_lint.facts.jobs import Job, Parsed, parse_job
from ssot_lint.facts.model import Unreadable
from ssot_lint.glibc import share_heap

# To start processes costs as much as to parse some 400 kB in this one. What kills the parser takes many tokens.
_INLINE_BYTES = 400_000
_LARGEST_INLINE_FILE = 40_000
_QUEUED_PER_PROCESS = 3
_HARMLESS = Job("", Path(), b"", 0)


class ParserPool:
    """Takes jobs and gives results in the order in which they get done.

    A few small files are parsed in this process. The file that ends its process is `Unreadable`, the others are not
    harmed. Where no processes can be had, all is done in this one.
    """

    def __init__(self, processes: int) -> None:
        self._processes = processes or _usable_cores()
        self._can_start = True
        self._executor: ProcessPoolExecutor | None = None
        self._waiting: deque[Job] = deque()
        self._submitted_bytes = 0
        self._running: dict[Future[Parsed], Job] = {}

    def __len__(self) -> int:
        return len(self._waiting) + len(self._running)

    def submit(self, job: Job) -> None:
        """Queues a job."""
        self._waiting.append(job)
        self._submitted_bytes += job.size

    def results(self) -> list[Parsed]:
        """What got done: something, if any job was left."""
        if self._waiting and self._executor is None and self._can_start and self._is_worthwhile():
            self._start()
        if self._executor is not None:
            self._fill(self._executor)
        if self._running:
            return self._wait()
        return [parse_job(self._waiting.popleft())] if self._waiting else []

    def close(self) -> None:
        """Ends the processes, until new jobs need some. What was not done is dropped."""
        self._waiting.clear()
        self._running.clear()
        self._submitted_bytes = 0
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _is_worthwhile(self) -> bool:
        return self._submitted_bytes > _INLINE_BYTES or any(job.size > _LARGEST_INLINE_FILE for job in self._waiting)

    def _start(self) -> None:
        share_heap()
        try:
            self._executor = _executor(self._processes)
        except (OSError, ImportError):  # no semaphores, no shared memory
            self._can_start = False

    def _fill(self, executor: ProcessPoolExecutor) -> None:
        while self._waiting and len(self._running) < self._processes * _QUEUED_PER_PROCESS:
            job = self._waiting.popleft()
            try:
                self._running[executor.submit(parse_job, job)] = job
            except (BrokenProcessPool, OSError):  # a process died idle, or can't be started
                self._waiting.appendleft(job)
                if not self._running:
                    self._restart()
                return

    def _wait(self) -> list[Parsed]:
        done, _ = wait(self._running, return_when=FIRST_COMPLETED)
        results: list[Parsed] = []
        suspects: list[Job] = []
        for future in done:
            job = self._running.pop(future)
            try:
                results.append(future.result())
            except BrokenProcessPool:
                suspects.append(job)
        if suspects:
            suspects += self._running.values()
            self._running.clear()
            self._restart()
            results += map(_parse_alone if self._can_start else parse_job, suspects)
        return results

    def _restart(self) -> None:
        if self._executor is not None:
            self._executor.shutdown()
        self._executor = None
        # None can live where the main module can't be imported again, such as that of a script from standard input.
        self._can_start = _parse_alone(_HARMLESS).digest is not None
        if self._can_start:
            self._start()


def _parse_alone(job: Job) -> Parsed:
    """Parses a file in a process that is started for it, and may die."""
    with _executor(1) as executor:
        try:
            return executor.submit(parse_job, job).result()
        except BrokenProcessPool:
            return Parsed(job, None, encode(Unreadable(1, "the parser crashed on it")))


def _executor(processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
    if sys.platform != "win32":
        context.set_forkserver_preload(["ssot_lint.facts.extract", "ssot_lint.facts.cache"])
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_prepare)


def _prepare() -> None:
    """Leaves interrupts to the parent, and LibCST's trees, which have no cycles, to the counting of references."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()


def _usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
