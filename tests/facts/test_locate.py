"""Sites stand where Python's own parser says that they do."""

from __future__ import annotations

import ast
import re
import sys
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.facts.locate import Location, locate
from ssot_lint.facts.model import (
    Attribute,
    Await,
    Call,
    Compare,
    Define,
    DefineClass,
    Import,
    Index,
    Lambda,
    Name,
    Scope,
    Unary,
)  # fmt: skip
from tests.facts.programs import facts_of, nodes, statements

KINDS: dict[type[Any], type[ast.AST]] = {
    Call: ast.Call, Attribute: ast.Attribute, Index: ast.Subscript, Name: ast.Name, Lambda: ast.Lambda,
    Compare: ast.Compare, Await: ast.Await,
}  # fmt: skip
STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
# Before 3.12 Python gave wrong places inside f-strings.
KNOWS_FORMATS = sys.version_info >= (3, 12)


def assert_places_agree(source: bytes) -> None:
    text = source.decode("utf-8-sig")
    lines = re.split("\r\n?|\n", text)

    def column(line: int, offset: int) -> int:
        return len(lines[line - 1].encode()[:offset].decode()) + 1

    facts, places = facts_of(source), locate(source)
    tree = ast.parse(source)
    if not KNOWS_FORMATS and any(isinstance(node, ast.JoinedStr) for node in ast.walk(tree)):
        return
    for ours, theirs in KINDS.items():
        expected = {
            (
                node.lineno,  # type: ignore[attr-defined]
                column(node.lineno, node.col_offset),  # type: ignore[attr-defined]
                node.end_lineno,  # type: ignore[attr-defined]
                column(node.end_lineno, node.end_col_offset),  # type: ignore[attr-defined]
            )
            for node in ast.walk(tree)
            if isinstance(node, theirs)
        }
        assert {places[node.at] for node in nodes(facts, ours)} == expected


@pytest.mark.parametrize("name", ["bisect", "contextlib", "dataclasses", "shlex", "email/message", "string", "abc"])
def test_places_in_real_files(name: str) -> None:
    assert_places_agree((STANDARD_LIBRARY / f"{name}.py").read_bytes())


_OWN = sorted((Path(__file__).parents[2] / "ssot_lint").rglob("*.py"))


@pytest.mark.parametrize("path", [*_OWN[::40], *(STANDARD_LIBRARY / f"{name}.py" for name in ("argparse",))])
@pytest.mark.parametrize("every", [1, 20])
def test_some_places_are_those_of_all(path: Path, every: int) -> None:
    source = path.read_bytes()
    places = locate(source)
    for start in range(0, len(places), max(1, len(places) // 4)):
        wanted = list(places)[start :: every * 40]
        assert locate(source, wanted) == {site: places[site] for site in sorted(wanted)}


@given(
    statements,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([b"", b"\xef\xbb\xbf"]),
    st.sampled_from(["    ", "\t", " \t"]),
)
def test_places_in_any_file(program: list[str], newline: str, mark: bytes, indent: str) -> None:
    source = "\n".join(program).replace("    ", indent).replace("\n", newline)
    assert_places_agree(mark + source.encode())


@pytest.mark.parametrize(
    "source", [b"a\n\x0cb(c)\n\x0c\x0cd; e\n", b"'''\n\x0c'''; f(1)\n", b"\x0cdef f():\n  \x0c g()\n"]
)
def test_form_feeds(source: bytes) -> None:
    assert_places_agree(source)


def test_definitions_are_at_their_name_and_scopes_whole() -> None:
    source = b"@a\n@b\nasync def f(): pass\n\n@c\nclass A:\n    x\n"
    facts, places = facts_of(source), locate(source)
    (define,), (define_class,) = nodes(facts, Define), nodes(facts, DefineClass)
    assert places[define.at] == Location(3, 11, 3, 12)
    assert places[define.decorators[0][1]] == Location(1, 2, 1, 3)
    assert places[define_class.at] == Location(6, 7, 6, 8)
    assert {scope.name: places[scope.at].line for scope in nodes(facts, Scope)} == {"": 1, "f": 3, "A": 6}


def test_other_places() -> None:
    source = "import é.b, c as d\nx = -(f'{é}') + [1,\n 2][0]\n".encode()
    facts, places = facts_of(source), locate(source)
    (statement,) = nodes(facts, Import)
    assert [places[site] for _, _, site in statement.names] == [Location(1, 8, 1, 11), Location(1, 13, 1, 19)]
    (unary,) = nodes(facts, Unary)
    assert places[unary.at] == Location(2, 5, 2, 14)


def test_only_what_is_wanted_and_exists() -> None:
    assert locate(b"a; b; c", [2, 99, -1]) == {2: Location(1, 4, 1, 5)}


def test_an_unreadable_file_has_no_places() -> None:
    assert locate(b"x = (") == {}
