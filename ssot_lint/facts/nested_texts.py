"""Formatted strings that only a newer Python takes: those that reuse their quotes inside (PEP 701), and t-strings."""

from __future__ import annotations

import libcst as cst

from ssot_lint.facts.scopes import Walk


def note_syntax(walk: Walk, node: cst.SimpleString | cst.FormattedString | cst.TemplatedString) -> None:
    """Notes what a string literal needs where it stands."""
    if isinstance(node, cst.TemplatedString):
        walk.needs("3.14", "a t-string", node)
        return
    for around in walk.formatted:
        if _reuses(around.end, node):
            walk.needs("3.12", "an f-string with its own quotes or a backslash inside its braces", around)


def _reuses(quote: str, inner: cst.SimpleString | cst.FormattedString) -> bool:
    """Whether a string inside the braces holds the quote of the f-string around it, or a backslash."""
    if isinstance(inner, cst.SimpleString):
        return quote in inner.value or "\\" in inner.value
    texts = [part.value for part in inner.parts if isinstance(part, cst.FormattedStringText)]
    return quote in inner.end or any(quote in text or "\\" in text for text in texts)
