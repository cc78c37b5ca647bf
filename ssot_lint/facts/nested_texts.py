"""Formatted strings that only a newer Python takes: those that reuse their quotes inside (PEP 701), and t-strings."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ssot_lint.facts.scopes import Walk


def note_syntax(walk: Walk, node: cst.CSTNode) -> None:
    """Notes what a string literal, or several side by side, needs."""
    pending = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, cst.ConcatenatedString):
            pending += [each.right, each.left]
        elif isinstance(each, cst.TemplatedString):
            walk.needs("3.14", "a t-string", each)
        elif isinstance(each, cst.FormattedString) and any(_reuses(each.end, inner) for inner in _strings(each)):
            walk.needs("3.12", "an f-string with its own quotes or a backslash inside its braces", each)


def _reuses(quote: str, inner: cst.CSTNode) -> bool:
    """Whether a string inside the braces holds the quote of the f-string around it, or a backslash."""
    if isinstance(inner, cst.SimpleString):
        return quote in inner.value or "\\" in inner.value
    if isinstance(inner, cst.FormattedString):
        texts = [part.value for part in inner.parts if isinstance(part, cst.FormattedStringText)]
        return quote in inner.end or any(quote in text or "\\" in text for text in texts)
    return False


def _strings(node: cst.FormattedString) -> Iterator[cst.CSTNode]:
    """The string literals inside the braces of an f-string, at any depth."""
    pending: list[cst.CSTNode] = [part for part in node.parts if isinstance(part, cst.FormattedStringExpression)]
    while pending:
        each = pending.pop()
        if isinstance(each, (cst.SimpleString, cst.FormattedString)):
            yield each
        pending += each.children
