"""Shell text as lists of words, one a command. The grammar is the POSIX shell's, as far as `shlex` knows it."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator

KEYWORDS = frozenset({"if", "then", "elif", "else", "while", "until", "do", "!", "{", "("})
_OPERATOR = re.compile(r"[();<>|&]+")
_ASSIGNMENT = re.compile(r"\w+=")
_DEFAULT = re.compile(r"\$\{\w+:?-([^{}]*)\}")


def commands(text: str) -> Iterator[tuple[list[str], int]]:
    """The commands of a text and their 1-based lines.

    `${NAME:-value}` stands for its value, other variables for themselves; keywords, assignments and redirections are
    left out. A line that is not whole without its neighbours (a quotation or a here-document over lines) is skipped.
    """
    for text_line, line in _logical_lines(text):
        lexer = shlex.shlex(_DEFAULT.sub(r"\1", text_line), posix=True, punctuation_chars="();<>|&")
        lexer.whitespace_split = True
        try:
            words = list(lexer)
        except ValueError:
            continue
        for command in _split(words):
            yield command, line


def plain(words: Iterable[str]) -> list[str]:
    """The words of a command without its leading keywords and assignments."""
    rest = list(words)
    while rest and (rest[0] in KEYWORDS or _ASSIGNMENT.match(rest[0])):
        rest.pop(0)
    return rest


def _logical_lines(text: str) -> Iterator[tuple[str, int]]:
    joined, start = "", 1
    for number, line in enumerate(text.splitlines(), start=1):
        start = start if joined else number
        joined += line
        if line.endswith("\\"):
            joined = joined[:-1] + " "
            continue
        yield joined, start
        joined = ""
    if joined:
        yield joined, start


def _split(words: list[str]) -> Iterator[list[str]]:
    command: list[str] = []
    is_redirected = False
    for word in [*words, ";"]:
        if not _OPERATOR.fullmatch(word):
            command += [] if is_redirected else [word]
        elif "<" in word or ">" in word:
            is_redirected = True
        else:
            if plain(command):
                yield plain(command)
            command, is_redirected = [], False
