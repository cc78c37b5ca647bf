"""Functions that bear the name of one of Python's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told


@pytest.mark.parametrize(("use", "said"), [("", []), ("def start():\n    show([2])\n", ["[startup]"])])
def test_a_function_by_the_name_of_a_builtin_is_that_from_its_definition_on(
    tmp_path: Path, use: str, said: list[str]
) -> None:
    code = f"""
def show(given):
    return len(set(given) - {{1}})
show([1])
def set(section, option):
    print(section)
def start():
    pass
{use}
"""
    found = told(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]', select="SSOT112")
    assert found == [f"app.py: return len(set(given) - {{1}}) {each}" for each in said]
