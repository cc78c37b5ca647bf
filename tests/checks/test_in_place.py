from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

CODE = """
import random
from outside import given
class Rows(list):
    def sort(self): return self
class Service:
    def __init__(self): self.rows = []
    def add(self): return self.rows.append(1)
def start():
    BODY
"""


def _told(tmp_path: Path, body: str) -> list[str]:
    return told(tmp_path, {"app.py": CODE.replace("BODY", body)}, 'entry-points = ["app:start"]\n', select="SSOT112")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("names = list(given).sort()\n    for name in names: print(name)", "for name in names: print(name)"),
        ("options = {'a': 1}\n    more = options.update(b=2)\n    print(more['a'])", "print(more['a'])"),
        ("for name in sorted(given).reverse(): print(name)", "for name in sorted(given).reverse(): print(name)"),
        ("[1].append(2).append(3)", "[1].append(2).append(3)"),
        ("found = random.shuffle([1])\n    found[0]", "found[0]"),
        ("names = set(given)\n    more = names.add(1)\n    more.add(2)", "more.add(2)"),
    ],
)
def test_reports_what_is_done_with_none(tmp_path: Path, body: str, line: str) -> None:
    assert _told(tmp_path, body) == [f"app.py: {line} [startup]"]


@pytest.mark.parametrize(
    "body",
    [
        "names = list(given)\n    names.sort()\n    for name in names: print(name)",
        "return {'a': 1}.update(b=2)",
        "names = given.sort()\n    for name in names: print(name)",
        "for name in Rows().sort(): print(name)",
        "more = {'a': 1}.pop('a')\n    more.lower()",
        "done = [1].append(2)\n    print(done)",
        "done = [1].append(2)\n    if done: done.x",
        "Service().add()",
        "try:\n        [1].append(2).x\n    except AttributeError:\n        pass",
    ],
)
def test_is_silent_about_what_does_no_harm(tmp_path: Path, body: str) -> None:
    assert _told(tmp_path, body) == []
