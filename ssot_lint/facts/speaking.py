"""Whether code may read settings from its environment, told from its text."""

from __future__ import annotations

import re

# Without one of these, in lower case, no environment is read, unless by a wrapper.
_WORDS = (b"basesettings", b"decouple", b"dj_database", b"dotenv_values", b"starlette")
# It begins with plain letters, which is what makes the search quick.
_READS = re.compile(rb"env(?:iron|(?<=getenv)|var|\w*(?:\(\))?\.\w+\(|\w*\(\))")


def speaks_of_environment(text: bytes) -> bool:
    """Whether there is a word in it that reading an environment takes."""
    lower = text.lower()
    return _READS.search(lower) is not None or any(word in lower for word in _WORDS)
