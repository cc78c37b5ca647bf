"""Text of the analysed tree made safe and measurable: names, messages and source lines are not to be trusted.

A file name may hold an escape sequence that rewrites the terminal, a source line may hold bidirectional controls that
show other code than what runs. Everything that is not printable is shown as the escape that Python's `repr` gives.
"""

from __future__ import annotations

import unicodedata

ELLIPSIS = "…"


def plain(text: str) -> str:
    r"""`text` on one line, with control, bidirectional, invisible and surrogate characters as `\x1b`-like escapes."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _escape(char) for char in text)


def plain_lines(text: str) -> str:
    """`text` made safe line by line: line feeds stay."""
    return "\n".join(plain(line) for line in text.replace("\r\n", "\n").split("\n"))


def cells(char: str) -> int:
    """The columns that a printable character takes on a terminal: 0 if it combines, 2 if it is wide, else 1."""
    if char.isascii():
        return 1
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """The columns that printable text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(cells, text))


def shorten(text: str, limit: int) -> str:
    """Printable text in at most `limit` columns, with an ellipsis where it was cut."""
    if width(text) <= limit:
        return text
    taken = 0
    for index, char in enumerate(text):
        taken += cells(char)
        if taken > limit - 1:
            return text[:index] + ELLIPSIS
    return text


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
