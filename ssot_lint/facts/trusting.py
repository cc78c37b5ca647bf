"""LibCST's parser without the validation of what it has just parsed, which is a fifth of its time.

LibCST checks each node when it is made, also by its parser, whose grammar can't make a wrong one; its authors say so in
`CSTNode.__post_init__`, and offer no switch.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from libcst import CSTNode

_NODE: Any = CSTNode
_VALIDATE = CSTNode.__post_init__


@contextmanager
def trusting() -> Iterator[None]:
    """Inside of it nodes are made as they come. Outside, what code puts together is validated as ever."""
    _NODE.__post_init__ = _take
    try:
        yield
    finally:
        _NODE.__post_init__ = _VALIDATE


def _take(_: CSTNode) -> None:
    """Nothing to check."""
