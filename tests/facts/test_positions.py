"""Positions are those of LibCST's own provider."""

from __future__ import annotations

import sysconfig
from collections.abc import Iterator
from pathlib import Path

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st
from libcst.metadata import MetadataWrapper, PositionProvider

from ssot_lint.facts.positions import lines, positions
from tests.facts.programs import statements

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))


def tree(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    yield node
    for child in node.children:
        yield from tree(child)


def assert_same(source: bytes) -> None:
    wrapper = MetadataWrapper(cst.parse_module(source))
    provided = wrapper.resolve(PositionProvider)
    nodes = list(tree(wrapper.module))
    assert positions(wrapper.module, nodes) == {node: provided[node] for node in nodes}
    assert lines(wrapper.module) == {node: provided[node].start.line for node in nodes}
    for node in nodes[:: max(1, len(nodes) // 20)]:
        assert positions(wrapper.module, [node]) == {node: provided[node]}


@pytest.mark.parametrize("name", ["bisect", "shlex", "string", "abc"])
def test_in_real_files(name: str) -> None:
    assert_same((STANDARD_LIBRARY / f"{name}.py").read_bytes())


@given(statements, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["    ", "\t"]), st.booleans())
def test_in_any_file(program: list[str], newline: str, indent: str, ends: bool) -> None:
    source = "\n".join(program).replace("    ", indent).replace("\n", newline)
    assert_same((source + newline * ends).encode())
