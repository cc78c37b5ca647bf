"""The lines of source that a finding underlines, laid out for a monospaced screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ssot_lint.findings import Span
from ssot_lint.report.plain import ELLIPSIS, plain, width

_TAB = 4
_LIMIT = 110


class Row(NamedTuple):
    """A line of source by its number, printable, in three parts: `marked` is what the span takes of it.

    `underline` counts the columns to underline below `marked`: none outside the span, at least one where it begins.
    """

    number: int
    before: str
    marked: str
    after: str
    underline: int


def excerpt(source: Sequence[str], span: Span) -> list[Row]:
    """The rows that show `span`, without their common indentation and cut to a screen's width around the span.

    `source` holds the lines from the one before the span (if there is one) on, as `Finding.source` does.
    """
    first = max(1, span.line - 1)
    numbered = [(first + index, line) for index, line in enumerate(source) if first + index <= span.end_line]
    while numbered and numbered[0][0] < span.line and not numbered[0][1].strip():
        del numbered[0]
    indent = _common_indent([line for _, line in numbered])
    rows = [_row(number, line, _Window(indent, _left(indent, span)), span) for number, line in numbered]
    return [row for row in rows if row.before or row.number >= span.line]


class _Window(NamedTuple):
    """What part of each line is shown: characters from `left` on, where `indent` is common to all lines."""

    indent: int
    left: int


def _common_indent(lines: Sequence[str]) -> int:
    return min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)


def _left(indent: int, span: Span) -> int:
    """Where the window begins: at the indentation, or near the span where that is too far to the right."""
    end = span.end_column if span.end_line == span.line else span.column
    return indent if end - indent <= _LIMIT else max(indent, span.column - 1 - _LIMIT // 3)


def _row(number: int, line: str, window: _Window, span: Span) -> Row:
    line = line.rstrip()
    shown = line[window.left : window.left + _LIMIT]
    lead = ELLIPSIS if window.left > window.indent and shown else ""
    tail = ELLIPSIS if len(line) > window.left + _LIMIT else ""
    pieces = _lay_out(shown)
    start, end = (min(max(at - window.left, 0), len(pieces)) for at in _taken(number, line, span))
    before, marked, after = ("".join(part) for part in (pieces[:start], pieces[start:end], pieces[end:]))
    return Row(number, lead + before, marked, after + tail, max(width(marked), number == span.line))


def _taken(number: int, line: str, span: Span) -> tuple[int, int]:
    """The 0-based characters of a line that the span takes, end exclusive."""
    if number < span.line:
        return len(line), len(line)
    start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
    end = span.end_column - 1 if number == span.end_line else len(line)
    return start, max(start, end)


def _lay_out(text: str) -> list[str]:
    """The characters of `text` as they are shown: tabs as spaces to the next stop, control characters as escapes."""
    pieces: list[str] = []
    column = 0
    for char in text:
        piece = " " * (_TAB - column % _TAB) if char == "\t" else plain(char)
        pieces.append(piece)
        column += width(piece)
    return pieces
