"""Which texts of string literals the facts keep: those that can be names or keys, never those that may be secrets."""

from __future__ import annotations

import re
from functools import lru_cache

LONGEST_TEXT = 200

_SECRET_NAME = re.compile(
    r"passw|pwd|passphrase|secret|token|api_?key|credential|authorization|"
    r"(private|access|signing|encryption|auth|master)_?key",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[\w./:{}<>()*+\[\]$%?&=,;|~^#@!-]*(?: [\w./:{}<>()*%=-]{1,40}){0,2}")
_ENVIRONMENT_KEY = re.compile(r"(?=.*_)_?[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_?")
# The last word of such a key, which a prefix is put to: `read("PASSWORD")`.
_END_OF_KEY = frozenset({"PASSWORD", "PASSWD", "SECRET", "TOKEN", "KEY", "APIKEY", "DSN", "CREDENTIALS", "AUTH"})
_ASSIGNMENT = re.compile(r"=\s*[^{$%\s]")
_URL_WITH_LOGIN = re.compile(r"://[^/\s]*@|://[^/\s@:]*:[^/\s\d{$]")
_HEXADECIMAL = re.compile(r"[0-9a-fA-F-]{24,}")
_LONG_WORD = re.compile(r"[A-Za-z0-9+=]{16,}")
_CASE_CHANGE = re.compile(r"[a-z](?=[A-Z0-9])|[0-9](?=[A-Za-z])")


@lru_cache(maxsize=4096)
def looks_secret(name: str) -> bool:
    """Whether what is bound to this name (variable, attribute, keyword, key) may be a secret."""
    return _SECRET_NAME.search(name) is not None


def has_login(text: str) -> bool:
    """Whether a URL in a text names a user or a password."""
    return _URL_WITH_LOGIN.search(text) is not None


@lru_cache(maxsize=4096)
def is_kept(text: str, bound_to_secret: bool) -> bool:
    """Whether the text of a string literal may stand in the facts.

    Kept is what looks like a name, a path, a key or a short format. What stands where a secret would stand is kept
    only if it is empty or evidently the name of an environment variable, or such a name's last word. Random-looking
    texts are never kept.
    """
    if not text or text in _END_OF_KEY or _ENVIRONMENT_KEY.fullmatch(text):
        return len(text) <= LONGEST_TEXT
    if bound_to_secret or len(text) > LONGEST_TEXT or not _PLAIN.fullmatch(text):
        return False
    if has_login(text) or _HEXADECIMAL.search(text):
        return False
    if looks_secret(text) and _ASSIGNMENT.search(text):
        return False
    return not any(map(_is_random, _LONG_WORD.findall(text)))


def _is_random(word: str) -> bool:
    """Whether letters and digits (or cases) alternate as often as no word of a language does."""
    return len(_CASE_CHANGE.findall(word)) * 5 > len(word)


def is_bytes(literal: str) -> bool:
    """Whether a string literal is one of bytes."""
    return "b" in literal.partition(literal[-1])[0].lower()


def literal_text(literal: str) -> str | None:
    """The text between the quotes of a string literal, or None if it holds escapes (then it is no name)."""
    quote = literal[-1]
    prefix, _, rest = literal.partition(quote)
    width = 3 if len(rest) >= 5 and rest.startswith(quote * 2) else 1
    text = rest[width - 1 : -width]
    return None if "\\" in text and "r" not in prefix.lower() else text
