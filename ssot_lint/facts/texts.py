"""Lowering of string literals, plain and formatted, alone and side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import libcst as cst

from ssot_lint.facts.lowering import Lowerings, lower
from ssot_lint.facts.model import Const, Expression, Format, Opaque
from ssot_lint.facts.nested_texts import note_syntax
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.strings import is_bytes, is_kept, literal_text


def _text(walk: Walk, text: str | None) -> Expression:
    if text is None or not (walk.in_annotation or is_kept(text, walk.secret)):
        return Opaque("str")
    return Const(text)


def _simple_string(walk: Walk, node: cst.SimpleString) -> Expression:
    note_syntax(walk, node)
    if is_bytes(node.value):
        return Opaque("bytes")
    return _text(walk, literal_text(node.value))


def _string(walk: Walk, node: cst.FormattedString | cst.TemplatedString | cst.ConcatenatedString) -> Expression:
    """Strings side by side and formatted ones: a `Format` of texts and expressions, or else one text."""
    at = walk.site(node)
    parts: list[Expression] = []
    text: str | None = ""
    represented: list[int] = []
    for piece, is_represented in _pieces(walk, node):
        if piece is None or isinstance(piece, str):
            text = None if piece is None or text is None else text + piece
            continue
        if text != "":
            parts.append(_text(walk, text))
        if is_represented:
            represented.append(len(parts))
        parts.append(piece)
        text = ""
    if parts and text == "":
        return Format(parts, at, represented)
    last = _text(walk, text)
    return Format([*parts, last], at, represented) if parts else last


def _pieces(walk: Walk, node: cst.CSTNode) -> Iterator[tuple[str | Expression | None, bool]]:
    """The texts (None for one that is not known) and expressions of strings, in order, and which are represented."""
    while isinstance(node, cst.ConcatenatedString):
        yield from _pieces(walk, node.left)
        node = node.right
    if isinstance(node, (cst.SimpleString, cst.FormattedString, cst.TemplatedString)):
        note_syntax(walk, node)
    if isinstance(node, cst.SimpleString):
        yield literal_text(node.value), False
    elif isinstance(node, cst.TemplatedString):
        yield from _contents(walk, node.parts)
    elif isinstance(node, cst.FormattedString):
        walk.formatted.append(node)
        yield from _contents(walk, node.parts)
        walk.formatted.pop()


def _contents(walk: Walk, contents: Iterable[cst.CSTNode]) -> Iterator[tuple[str | Expression | None, bool]]:
    for content in contents:
        if isinstance(content, (cst.FormattedStringText, cst.TemplatedStringText)):
            text = content.value.replace("{{", "{").replace("}}", "}")
            yield (None if "\\" in text else text), False
        elif isinstance(content, (cst.FormattedStringExpression, cst.TemplatedStringExpression)):
            yield lower(walk, content.expression), content.conversion in ("r", "a")
            for inner, is_represented in _contents(walk, content.format_spec or ()):
                if inner is not None and not isinstance(inner, str):
                    yield inner, is_represented


TEXTS: Lowerings = {
    cst.SimpleString: _simple_string,
    cst.FormattedString: _string,
    cst.TemplatedString: _string,
    cst.ConcatenatedString: _string,
}
