"""How deep the brackets of a source nest, told without parsing it."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    rb"""[(\[{]|[)\]}]|\#[^\n\r]*
    |'''(?:[^\\']|\\.|'(?!''))*(?:'''|$) |\"\"\"(?:[^\\"]|\\.|"(?!""))*(?:\"\"\"|$)
    |'(?:[^\\'\n\r]|\\.)*'? |"(?:[^\\"\n\r]|\\.)*"?""",
    re.VERBOSE | re.DOTALL,
)
_CHANGE = {ord(c): 1 for c in "([{"} | {ord(c): -1 for c in ")]}"}


def bracket_depth(source: bytes) -> int:
    """An estimate of the deepest nesting of brackets, as the tokens of Python see it.

    Strings and comments are skipped; quotes inside f-strings may mislead it, so take it for a reason to look closer.
    """
    depth = deepest = 0
    for token in _TOKEN.finditer(source):
        change = _CHANGE.get(source[token.start()], 0)
        if change > 0:
            depth += 1
            deepest = max(deepest, depth)
        elif change < 0 and depth:
            depth -= 1
    return deepest
