"""Files that can't be read say why in one line; odd ones that Python takes are read."""

from __future__ import annotations

import re

import pytest

from ssot_lint.facts.extract import extract
from ssot_lint.facts.model import ModuleFacts, Name, Unreadable
from ssot_lint.facts.nesting import bracket_depth
from tests.facts.programs import facts_of, nodes

UNREADABLE: dict[str, tuple[bytes, int, str]] = {
    "Python 2": (b"import os\nprint 'x'\n", 2, r"Missing parentheses in call to 'print'.*"),
    "merge conflict": (b"x = 1\n<<<<<<< HEAD\ny = 2\n=======\n", 2, "an unresolved merge conflict"),
    "cut off": (b"x = 1\ndef f(a,\n", 2, r"'\(' was never closed"),
    "open string": (b"x = 1\ny = '''abc\n", 2, r"unterminated triple-quoted string literal.*"),
    "null byte": (b"x = 1\r\ny = \0\n", 2, "the file holds null bytes"),
    "latin-1, undeclared": (b"x = 1\rx = '\xe9'\n", 2, "not valid utf-8, and no other encoding is declared"),
    "false declaration": (b"# coding: utf-8\nx = '\xe9'\n", 2, "not valid utf-8.*"),
    "unknown encoding": (b"# coding: klingon\nx = 1\n", 1, "unknown encoding: klingon"),
    "no text encoding": (b"# coding: rot13\nx = 1\n", 1, r".*'rot13' is not a text encoding.*"),
    "utf-16": ("x = 1\n".encode("utf-16"), 1, "not valid utf-8, and no other encoding is declared"),
    "mixed tabs": (b"if a:\n\tx\n        y\n", 3, "inconsistent use of tabs and spaces in indentation"),
    "brackets": (b"x = 1\ny = " + b"[" * 1500 + b"]" * 1500 + b"\n", 2, "too many nested parentheses"),
    "open brackets": (b"(" * 100_000, 1, "too many nested parentheses"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_unreadable(case: str) -> None:
    source, line, message = UNREADABLE[case]
    facts = extract(source)
    assert isinstance(facts, Unreadable)
    assert facts.line == line
    assert re.fullmatch(message, facts.message)


def test_what_python_takes_and_libcst_does_not_says_so_with_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ast.parse", lambda _source: None)
    assert extract(b"x = 1\nx = = 2\n") == Unreadable(2, "invalid syntax")


READABLE: dict[str, tuple[bytes, int]] = {
    "empty": (b"", 0),
    "no end of line": (b"a", 1),
    "only a comment": (b"# -*- coding: utf-8 -*-\n", 1),
    "BOM": (b"\xef\xbb\xbfa\n", 1),
    "CRLF": (b"a\r\nif b:\r\n\tc\r\n", 3),
    "lone CR": (b"a\rb\r", 2),
    "form feeds": (b"a\n\x0c\n\x0cb\n", 3),
    "latin-1": ("# coding: latin-1\né = 'é'\n".encode("latin-1"), 2),
    "return outside": (b"return await a\n", 1),
    "brackets in texts": (b"a = '" + b"[" * 1500 + b"' # " + b"(" * 1500 + b'\n"""' + b"{" * 1500 + b'"""\n', 2),
    "many brackets": (b"[[(a)]]\n" * 500, 500),
}


@pytest.mark.parametrize("case", READABLE)
def test_readable(case: str) -> None:
    source, lines = READABLE[case]
    assert facts_of(source).lines == lines


DEEP = {
    "operators": "x = " + " + ".join(["a"] * 1000),
    "elif": "if a: pass\n" + "elif a: pass\n" * 3000,
    "conditions": "x = " + " and ".join(["a"] * 3000),
    "strings": "x = (a," + "'s'\n" * 1000 + ")",
    "unary": "x = " + "not " * 1000 + "a",
    "choices": "x = " + "a if b else " * 500 + "c",
    "lambdas": "x = " + "lambda: " * 300 + "a",
    "calls": "x = a" + ".b()" * 300,
    "blocks": "".join(" " * depth + "if a:\n" for depth in range(90)) + " " * 90 + "pass\n",
}


@pytest.mark.parametrize("case", DEEP)
def test_depth_is_no_harm(case: str) -> None:
    assert any(nodes(extract(DEEP[case].encode()), Name))


def test_operators_are_flat() -> None:
    (operation,) = (statement.value for statement in facts_of(DEEP["operators"]).scopes[0].body)  # type: ignore[union-attr]
    assert len(operation.rest) == 999  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("source", "depth"),
    [
        (b"f([{}])()", 3), (b"'(' \"(\" # ((", 0), (b"'\\'(' + (a)", 1), (b"'''(''(''' + [b'(']", 1), (b")))(", 1),
        (b'"""\n"((" """', 0), (b"'(\n(", 1), (b'f"{x}" + f(")")', 1),
    ],
)  # fmt: skip
def test_depth_of_brackets(source: bytes, depth: int) -> None:
    assert bracket_depth(source) == depth


def test_walks_that_no_stack_can_hold_are_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ssot_lint.facts.deep._RECURSION_LIMIT", 1500)
    assert extract(("x = " + "not " * 2000 + "a").encode()) == Unreadable(1, "nested too deeply to be analysed")
    assert isinstance(extract(b"x = 1"), ModuleFacts)
