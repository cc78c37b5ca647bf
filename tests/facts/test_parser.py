"""What LibCST's parser makes for us is cheaper than its own trees and gives the same facts."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest
from hypothesis import given

from ssot_lint.comments import MARK
from ssot_lint.facts.extract import walk_module
from ssot_lint.facts.model import Unreadable
from ssot_lint.facts.parser import parse, parse_bare
from tests.facts.programs import statements

FILES = sorted((Path(__file__).parents[2] / "ssot_lint").rglob("*.py"))
PLAIN = [path for path in FILES if MARK not in path.read_bytes()]


def test_a_tree_is_the_same_as_a_validated_one() -> None:
    source = b"from a import (b as c)\n\n\nclass D(E, metaclass=F):\n    x: int = 1 if not(y)else 2  # z\n"

    tree = parse(source)

    assert isinstance(tree, cst.Module)
    assert tree.deep_equals(cst.parse_module(source))


def test_nodes_are_validated_after_a_parse_and_after_a_failed_one() -> None:
    for source in (b"x = 1\n", b"x = (\n"):
        for parser in (parse, parse_bare):
            parser(source)

            with pytest.raises(cst.CSTValidationError):
                cst.Name("")


def test_a_tree_is_whole_after_a_bare_one() -> None:
    for source in (b"x = 1  # a\n", b"x = (\n"):
        parse_bare(source)

        assert cst.parse_module(b"f(a, b)  # c\n").code == "f(a, b)  # c\n"


def assert_alike(source: bytes) -> None:
    """A walk over the bare tree gives what one over the whole tree gives."""
    whole, bare = parse(source), parse_bare(source)
    assert isinstance(whole, cst.Module)
    assert isinstance(bare, cst.Module)
    expected, *expected_rest = walk_module(whole, source)
    found, *found_rest = walk_module(bare, source, is_bare=True)
    assert len(found.nodes) == len(expected.nodes)
    for scope in (*found.scopes, *expected.scopes):
        scope.seal()
    assert (found.scopes, found.imports, found_rest) == (expected.scopes, expected.imports, expected_rest)


@given(statements)
def test_the_facts_of_generated_code_are_those_of_the_whole_tree(program: list[str]) -> None:
    assert_alike("\n".join(program).encode())


@pytest.mark.parametrize("path", PLAIN[::10], ids=lambda path: path.stem)
def test_the_facts_of_code_are_those_of_the_whole_tree(path: Path) -> None:
    assert_alike(path.read_bytes())


@pytest.mark.parametrize(
    "source", [b"return\n", b"def f():\n    await g\n", b"try: ...\nexcept (A, B): ...\n", b"x = (1,), ()\n"]
)
def test_the_facts_of_uncommon_code_are_those_of_the_whole_tree(source: bytes) -> None:
    assert_alike(source)


def test_a_bare_tree_is_bare() -> None:
    tree = parse_bare(b"x = f(a)  # b\n")

    assert isinstance(tree, cst.Module)
    assert not isinstance(tree.body[0].trailing_whitespace, cst.CSTNode)  # type: ignore[union-attr]


def test_what_can_not_be_parsed_is_told_alike() -> None:
    for source in (b"x = (\n", b"\0", b"# coding: made-up\n", b"(" * 300):
        assert isinstance(parse_bare(source), Unreadable)
        assert parse_bare(source) == parse(source)
