from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.findings import Span
from ssot_lint.report.excerpt import excerpt
from ssot_lint.report.plain import plain, shorten, width

PRINTED = st.text(st.characters(exclude_characters="\n\r"))


def test_the_common_indentation_is_left_out_and_the_span_marked() -> None:
    rows = excerpt(["    if x:", "        y = call()"], Span("a.py", 12, 13, 12, 19))
    assert [(row.number, row.before, row.marked, row.after, row.underline) for row in rows] == [
        (11, "if x:", "", "", 0),
        (12, "    y = ", "call()", "", 6),
    ]


def test_a_blank_line_before_is_not_shown() -> None:
    assert [row.number for row in excerpt(["", "call()"], Span("a.py", 2, 1, 2, 7))] == [2]


def test_the_first_line_of_a_file_has_none_before() -> None:
    assert [(row.number, row.marked) for row in excerpt(["call()"], Span("a.py", 1, 1, 1, 7))] == [(1, "call()")]


def test_a_span_of_several_lines_is_marked_on_each_without_indentation() -> None:
    rows = excerpt(["x = 1", "y = call(", "    1,", ")"], Span("a.py", 2, 5, 4, 2))
    assert [(row.before, row.marked) for row in rows] == [("x = 1", ""), ("y = ", "call("), ("    ", "1,"), ("", ")")]


def test_tabs_and_wide_and_combining_characters_keep_the_underline_below_the_span() -> None:
    line = "\tx\t= '漢字e\u0301', call()"
    column = line.index("call") + 1
    (row,) = excerpt([line], Span("a.py", 1, column, 1, column + 6))
    assert row.before == "x   = '漢字e\u0301', "
    assert width(row.before) == len("x   = 'WWWWe', ")
    assert (row.marked, row.underline) == ("call()", 6)


def test_a_control_character_is_shown_and_counted_as_its_escape() -> None:
    (row,) = excerpt(["a = '\x1b[31m'; call()"], Span("a.py", 1, 14, 1, 20))
    assert (row.before, row.marked) == ("a = '\\x1b[31m'; ", "call()")


def test_a_very_long_line_is_cut_around_the_span() -> None:
    line = "x" * 5000 + "call()" + "y" * 5000
    (row,) = excerpt([line], Span("a.py", 1, 5001, 1, 5007))
    assert row.marked == "call()"
    assert row.before.startswith("…")
    assert row.after.endswith("…")
    assert width(row.before + row.marked + row.after) < 120


def test_a_span_beyond_the_end_of_its_line_is_still_pointed_at() -> None:
    (row,) = excerpt(["x"], Span("a.py", 1, 9, 1, 9))
    assert row.underline == 1


@given(PRINTED, PRINTED, PRINTED)
def test_what_is_marked_is_what_stands_there(before: str, marked: str, after: str) -> None:
    line = f"[{before}<{marked}>{after}]"
    if len(line) > 100 or "\t" in line:
        return
    start = len(before) + 3
    (row,) = excerpt([line], Span("a.py", 1, start, 1, start + len(marked)))
    assert (row.before, row.marked, row.after) == (f"[{plain(before)}<", plain(marked), f">{plain(after)}]")


@given(st.lists(PRINTED, min_size=1, max_size=4), st.integers(1, 300), st.integers(1, 300))
def test_no_line_and_no_span_is_too_odd(source: list[str], column: int, end_column: int) -> None:
    for line in (1, 2, 7):
        rows = excerpt(source, Span("a.py", line, column, line + 1, end_column))
        assert all(text.isprintable() for row in rows for text in row[1:4])


@given(PRINTED, st.integers(1, 40))
def test_shortened_text_fits(text: str, limit: int) -> None:
    short = shorten(plain(text), limit)
    assert width(short) <= limit
    assert short in {plain(text), short.removesuffix("…") + "…"}


@pytest.mark.parametrize(
    ("text", "shown"), [("a\u202eb", "a\\u202eb"), ("\udcff", "\\udcff"), ("\x9b", "\\x9b"), ("é漢", "é漢")]
)
def test_what_could_mislead_a_reader_is_shown_as_an_escape(text: str, shown: str) -> None:
    assert plain(text) == shown
