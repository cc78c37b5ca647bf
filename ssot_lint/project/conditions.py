"""What is asked of the bytes of a file before anything else of it is read."""

from __future__ import annotations

import re
from typing import TypeAlias

Condition: TypeAlias = tuple[bytes, ...]
"""A text that has to stand in a file as it is, and patterns that have to fit something in it, too."""


def holds(condition: Condition, content: bytes) -> bool:
    """Whether a file with that content fulfils a condition."""
    word, *patterns = condition
    return word in content and all(re.search(pattern, content, re.MULTILINE) for pattern in patterns)
