"""Lines of source as they may be shown: what may be a secret's value is starred out."""

from __future__ import annotations

import re

from ssot_lint.facts.strings import is_kept, looks_secret
from ssot_lint.settings.exposure import is_random, known_form

_LITERAL = re.compile(r"""(?P<quote>["'])(?P<text>(?:\\.|(?!(?P=quote)).)+)(?P=quote)?""")
_LONG_WORD = re.compile(r"[A-Za-z0-9+/=_-]{32,}")


def redacted(line: str) -> str:
    """`line` with stars, as many as characters, in place of what may be a secret.

    In a line that speaks of secrets that is every literal but the names of settings; in any other line, what has the
    form or the randomness of a secret.
    """
    secretive = looks_secret(line)

    def starred(match: re.Match[str]) -> str:
        text = match["text"]
        hide = not is_kept(text, bound_to_secret=True) if secretive else bool(known_form(text)) or is_random(text)
        return match[0].replace(text, "*" * len(text)) if hide else match[0]

    shown = _LITERAL.sub(starred, line)
    return _LONG_WORD.sub(
        lambda word: "*" * len(word[0]) if is_random(word[0]) or known_form(word[0]) else word[0], shown
    )
