"""What is asked of the heap of the GNU C library, where LibCST's parser and large objects live; nothing elsewhere."""

from __future__ import annotations

import sys
from functools import cache

_M_ARENA_MAX = -8


@cache
def share_heap() -> None:
    """Lets all threads take memory from one heap; to be called before the first of them starts.

    Each thread has a heap of its own otherwise, and what is freed there hardly ever goes back (`M_ARENA_MAX` in
    mallopt(3)). Threads of this program wait for each other, so that they need only one.
    """
    if sys.platform == "linux":
        import ctypes

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none
        if mallopt is not None:
            mallopt(_M_ARENA_MAX, 1)
