"""The lines of source that a finding underlines, laid out for a monospaced screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ssot_lint.findings import Span
from ssot_lint.report.plain import ELLIPSIS, cells, plain, width

_TAB = 4
_LIMIT = 110


class Row(NamedTuple):
    """A line of source by its number, printable; `length` columns from `start` on (0-based) are underlined."""

    number: int
    text: str
    start: int
    length: int


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
    return [row for row in rows if row.text or row.number >= span.line]


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
    lead = ELLIPSIS if window.left > window.indent and len(line) > window.left else ""
    tail = ELLIPSIS if len(line) > window.left + _LIMIT else ""
    text, offsets = _lay_out(line[window.left : window.left + _LIMIT])
    start, end = _underlined(number, line, span)
    begin, stop = (offsets[min(max(column - window.left, 0), len(offsets) - 1)] for column in (start, end))
    length = max(stop - begin, 1) if end > start or number == span.line else 0
    return Row(number, lead + text + tail, begin + width(lead), length)


def _underlined(number: int, line: str, span: Span) -> tuple[int, int]:
    """The 0-based characters of a line that the span takes, end exclusive."""
    if not span.line <= number <= span.end_line:
        return 0, 0
    start = span.column - 1 if number == span.line else len(line) - len(line.lstrip())
    end = span.end_column - 1 if number == span.end_line else len(line)
    return start, end


def _lay_out(text: str) -> tuple[str, list[int]]:
    """`text` with tabs as spaces and escapes for what can't be printed, and the column where each character begins.

    The columns end with that of the end of the text.
    """
    shown: list[str] = []
    offsets = [0]
    for char in text:
        at = offsets[-1]
        piece = " " * (_TAB - at % _TAB) if char == "\t" else plain(char)
        shown.append(piece)
        offsets.append(at + (cells(piece) if len(piece) == 1 else len(piece)))
    return "".join(shown), offsets
