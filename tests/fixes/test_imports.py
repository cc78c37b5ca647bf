from __future__ import annotations

import ast

import libcst as cst
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.fixes.imports import with_names


def beside(text: str, old: str, new: str, *, replaces: bool = False) -> str:
    module = cst.parse_module(text)
    line = cst.ensure_type(module.body[0], cst.SimpleStatementLine)
    statement = cst.ensure_type(line.body[0], cst.ImportFrom)
    assert not isinstance(statement.names, cst.ImportStar)
    alias = next(alias for alias in statement.names if alias.evaluated_name == old)
    return module.deep_replace(statement, with_names(statement, {alias: (new, replaces)})).code  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from m import b", "from m import b, c"),
        ("from m import b, d", "from m import b, c, d"),
        ("from m import a,b", "from m import a,b, c"),
        ("from m import (a, b)", "from m import (a, b, c)"),
        ("from m import (a, b,)", "from m import (a, b, c,)"),
        ("from m import (\n    b,  # why\n)", "from m import (\n    b,  # why\n    c,\n)"),
        ("from m import (\n    b,  # why\n    d,\n)", "from m import (\n    b,  # why\n    c,\n    d,\n)"),
        ("from m import (\n    b,\n    # next\n    d\n)", "from m import (\n    b,\n    # next\n    c,\n    d\n)"),
        ("from m import (\n    a,\n    b\n)", "from m import (\n    a,\n    b,\n    c\n)"),
        ("from m import (a,\n    b,)", "from m import (a,\n    b, c,)"),
        ("from m import b as x, d", "from m import b as x, c, d"),
    ],
)
def test_a_larger_name_follows(before: str, after: str) -> None:
    assert beside(before, "b", "c") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from m import b", "from m import a, b"),
        ("from m import (\n    b,\n)", "from m import (\n    a,\n    b,\n)"),
    ],
)
def test_a_smaller_name_goes_before(before: str, after: str) -> None:
    assert beside(before, "b", "a") == after


@given(
    st.sampled_from(["{}", "({})", "({},)", "(\n    {}\n)", "(\n    {},\n)", "(  # all\n    {},  # end\n)"]),
    st.sampled_from([", ", ",", ",\n    ", ",  # note\n    ", ",\n\n    "]),
    st.lists(st.sampled_from(["a", "d", "e as f"]), unique=True),
    st.integers(0, 3),
    st.sampled_from(["b", "z"]),
    st.booleans(),
)
def test_laws(layout: str, gap: str, others: list[str], position: int, new: str, replaces: bool) -> None:
    """The names are those before and the new one; every comment stays."""
    names = [*others[:position], "c", *others[position:]]
    if "\n" not in layout and ("\n" in gap or "#" in gap) and "(" not in layout:
        return
    text = f"from m import {layout.format(gap.join(names))}\n"
    after = beside(text, "c", new, replaces=replaces)
    (statement,) = ast.parse(after).body
    assert isinstance(statement, ast.ImportFrom)
    found = {alias.name for alias in statement.names}
    assert found == {name.split()[0] for name in names} - ({"c"} if replaces else set()) | {new}
    assert after.count("#") == text.count("#")
