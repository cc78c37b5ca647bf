"""Source as it may be shown: what may be a secret's value is starred out."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

from ssot_lint.facts.strings import has_login, is_kept, looks_secret
from ssot_lint.settings.exposure import is_random, known_form

_TOKEN = re.compile(
    r"""[^\#"'()\[\]{}\n]*(?: (?P<comment>\#[^\n]*)
    | (?P<literal>(?P<quote>\"{3}|'{3}|["'])
      (?P<text>(?:(?<=\"{3})(?:[^"\\]|\\.|"(?!""))*|(?<=''')(?:[^'\\]|\\.|'(?!''))*|(?:(?!(?P=quote))[^\\\n]|\\.)*))
      (?P=quote)?)
    | (?P<open>[(\[{]) | (?P<close>[)\]}]) | \n)""",
    re.VERBOSE | re.DOTALL,
)
_KEY = re.compile(r"[A-Z][A-Z0-9_]*")
_READS_SETTINGS = re.compile(r"environ|getenv|(?<![a-z])env(?![a-z])", re.IGNORECASE)
_GIVES_LOGIN = re.compile(r"-----BEGIN|\b(?:bearer|basic)\s+\S", re.IGNORECASE)
_LONG_WORD = re.compile(r"[A-Za-z0-9+/=_-]{32,}")
_LONG_NUMBER = re.compile(r"(?<![\w.])\d{6,}")


class Redaction:
    """A text of Python, one line or a whole module, with stars, as many as characters, for what may be a secret.

    In a statement that speaks of secrets, or reads settings, that is every literal but the names of settings; in any
    other, what has the form or the randomness of a secret. A comment that speaks of secrets is starred, too.
    """

    def __init__(self, source: str) -> None:
        self._text = f"{source}\n"
        self._statements = list(_statements(self._text))
        ends = accumulate(self._text.count("\n", start, end) for start, end, _ in self._statements)
        self._first_lines = [1, *(1 + count for count in ends)]

    def whole(self) -> str:
        """All of it."""
        return "".join(self._shown(0, len(self._statements)))[:-1]

    def lines(self, first: int, last: int) -> list[str]:
        """The lines from `first` to `last`, 1-based, without their ends."""
        begin = bisect_right(self._first_lines, first) - 1
        end = bisect_right(self._first_lines, last)
        skipped = first - self._first_lines[begin]
        return "".join(self._shown(begin, end)).split("\n")[skipped : skipped + last - first + 1]

    def _shown(self, begin: int, end: int) -> Iterator[str]:
        for statement in self._statements[begin:end]:
            yield from _shown(self._text, *statement)


def _statements(text: str) -> Iterator[tuple[int, int, list[re.Match[str]]]]:
    """(start, end, literals and comments) of each logical line; the whole text is in one of them."""
    start = depth = 0
    parts: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if token["literal"] or token["comment"]:
            parts.append(token)
        elif token["open"]:
            depth += 1
        elif token["close"]:
            depth = max(0, depth - 1)
        elif not depth and not text.endswith("\\", start, token.end() - 1):
            yield start, token.end(), parts
            start, parts = token.end(), []
    yield start, len(text), parts


def _shown(text: str, start: int, end: int, parts: list[re.Match[str]]) -> Iterator[str]:
    statement = _without_comments(text, start, end, parts)
    secretive = looks_secret(statement)
    reads = _READS_SETTINGS.search(statement) is not None
    for part in parts:
        kind = "comment" if part["comment"] else "literal"
        yield _code(text[start : part.start(kind)], secretive=secretive)
        yield _comment(part["comment"]) if part["comment"] else _literal(part, secretive=secretive, reads=reads)
        start = part.end()
    yield _code(text[start:end], secretive=secretive)


def _without_comments(text: str, start: int, end: int, parts: list[re.Match[str]]) -> str:
    kept = []
    for part in parts:
        if part["comment"]:
            kept.append(text[start : part.start("comment")])
            start = part.end()
    return "".join([*kept, text[start:end]])


def _literal(match: re.Match[str], *, secretive: bool, reads: bool) -> str:
    text = match["text"]
    if secretive or reads:
        hide = not is_kept(text, bound_to_secret=True) and (secretive or not _KEY.fullmatch(text))
    else:
        hide = _is_telling(text) or is_random(text)
    if not hide:
        return _starred(_LONG_WORD, match["literal"], _is_a_secret)
    quote = match["quote"]
    return f"{quote}{_stars(text)}{quote if match['literal'].endswith(quote, len(quote) + len(text)) else ''}"


def _comment(text: str) -> str:
    if (looks_secret(text) or _is_telling(text)) and "ssot-lint:" not in text:
        return f"#{_stars(text[1:])}"
    return _starred(_LONG_WORD, text, _is_a_secret)


def _code(text: str, *, secretive: bool) -> str:
    shown = _starred(_LONG_WORD, text, _is_a_secret)
    return _starred(_LONG_NUMBER, shown, lambda _: True) if secretive else shown


def _starred(pattern: re.Pattern[str], text: str, hides: Callable[[str], bool]) -> str:
    return pattern.sub(lambda match: _stars(match[0]) if hides(match[0]) else match[0], text)


def _is_a_secret(word: str) -> bool:
    return is_random(word) or bool(known_form(word))


def _is_telling(text: str) -> bool:
    """Whether a text has a login, a key or a token in it by its form."""
    return bool(known_form(text) or _GIVES_LOGIN.search(text)) or has_login(text)


def _stars(text: str) -> str:
    return re.sub(r"[^\n]", "*", text)
