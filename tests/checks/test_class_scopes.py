from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app"]\n'


def hidden(root: Path, line: str) -> list[str]:
    code = f"known = 1\ndef f(*x): return x\nclass A:\n    prefix, none = 'a', []\n    names = ('a', 'b')\n    {line}\n"
    return told(root, {"app.py": code}, STARTS, select="SSOT111")


@pytest.mark.parametrize(
    "line",
    [
        "full = [prefix + name for name in names]", "full = {name: prefix for name in ('a',)}",
        "full = f([name for name in names if name != prefix])", "full = [b for a in names for b in prefix]",
    ],
)  # fmt: skip
def test_a_comprehension_sees_no_names_of_its_class(tmp_path: Path, line: str) -> None:
    assert hidden(tmp_path, line) == [f"app.py: {line} [import]"]


@pytest.mark.parametrize(
    "line",
    [
        "full = [name for name in names]", "full = [known for name in names]", "full = [prefix for prefix in names]",
        "full = [prefix for name in none]", "full = (prefix for name in names)",
        "full = [prefix for a in names if a == 'c']",
        "full = [lambda: prefix for name in names]", "def g(self): return [prefix for name in self.names]",
    ],
)  # fmt: skip
def test_is_silent_about_what_it_sees(tmp_path: Path, line: str) -> None:
    found = hidden(tmp_path, line)
    assert found == []
