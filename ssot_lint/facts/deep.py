"""Runs code that recurses as deep as its input is nested."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from typing import TypeVar

from ssot_lint.glibc import share_heap

Result = TypeVar("Result")

TOO_DEEP = "nested too deeply to be analysed"

_STACK_BYTES = 512 * 1024 * 1024
_RECURSION_LIMIT = 20_000


def run_deep(function: Callable[[], Result]) -> Result:
    """What the function returns or raises; tried again with room for deep recursion where it overflows.

    Only address space is taken for the large stack, and only by inputs that need it. The function must be one that
    can be called twice. Raises `RecursionError` where even that room does not do.
    """
    try:
        return function()
    except RecursionError:
        return run_on_large_stack(function)


def run_on_large_stack(function: Callable[[], Result]) -> Result:
    """What the function returns or raises, run once, with room for deep recursion."""
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(function())
        except BaseException as error:  # noqa: BLE001 - raised again in the caller's thread
            errors.append(error)

    share_heap()
    size, limit = threading.stack_size(_STACK_BYTES), sys.getrecursionlimit()
    sys.setrecursionlimit(max(limit, _RECURSION_LIMIT))
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(size)
        sys.setrecursionlimit(limit)
    if errors:
        raise errors[0]
    return results[0]
