"""Whether code may read settings from its environment, told from its text."""

from __future__ import annotations

import re

# Without one of these, in lower case, no environment is read, unless by a wrapper.
_WORDS = (b"basesettings", b"decouple", b"dj_database", b"dotenv_values", b"starlette")
# It begins with plain letters, which is what makes the search quick.
_READS = re.compile(rb"env(?:iron|(?<=getenv)|var|\w*(?:\(\))?\.\w+\(|\w*\(\))")
_KEY = re.compile(rb"[\"'][A-Z][A-Z0-9_]{2}|[A-Z_][A-Z][\"']")


def speaks_of_environment(text: bytes) -> bool:
    """Whether there is a word in it that reading an environment takes."""
    lower = text.lower()
    return _READS.search(lower) is not None or any(word in lower for word in _WORDS)


def may_hold_key(text: bytes) -> bool:
    """Whether there is a text in it such as the name of an environment variable, or a part of one."""
    return _KEY.search(text) is not None
