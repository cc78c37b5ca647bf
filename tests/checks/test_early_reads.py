from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

BASE = """
from outside import given
class Base:
    def __init__(self):
        self.setup()
        self.ready = True
    def setup(self): pass
def fill(made): made.rows = {}
class Table:
    def __init__(self): self.table = {}
def start():
    Made().size
"""
EARLY = ["self.size = len(self.table)", "self.table = {}"]


def wrong(
    root: Path, body: list[str], *, bases: str = "", rest: str = "", head: str = "def __init__(self, **given):"
) -> list[str]:
    """What is said of a class with that `__init__`, and the rest of its body."""
    lines = "".join(f"        {line}\n" for line in body)
    app = f"{BASE}class Made({bases}):\n    {rest or 'pass'}\n    {head}\n{lines}"
    found = findings(root, {"app.py": app}, 'entry-points = ["app:start"]\n', select="SSOT113")
    return [each.violation.message for each in found]


@pytest.mark.parametrize(
    ("body", "bases", "rest"),
    [
        (EARLY, "", ""),
        (EARLY, "", "table: dict"),
        (["try:", "    self.size = len(self.table)", "    self.table = {}", "finally: print()"], "", ""),
        (EARLY, "Exception", ""),
        (["super().__init__()", "self.table = {}", "self.size = 1"], "Base", "def setup(self): print(self.table)"),
        (["self.size = 1", "self.fill()", "self.table = {}"], "", "def fill(self): print(self.table)"),
        (["self.size = len(self.table)", "super().__init__()"], "Table", ""),
        (["self.size = len(self.table)", "Table.__init__(self)"], "Table", ""),
        (["with given: self.size = self.table", "self.table = 1"], "", ""),
        (["with self.table as given: self.size = 1", "self.table = 1"], "", ""),
    ],
)
def test_reports_what_is_read_before_it_is_set(tmp_path: Path, body: list[str], bases: str, rest: str) -> None:
    assert wrong(tmp_path, body, bases=bases, rest=rest) == ["`self.table` is read before `__init__` sets it"]


@pytest.mark.parametrize(
    ("body", "bases", "rest"),
    [
        (EARLY[::-1], "", ""),
        (["try:", "    self.table = {}", "    self.size = len(self.table)", "except ValueError: raise"], "", ""),
        (EARLY, "", "table = {}"),
        (["self.size = self.args", "self.args = ()"], "Exception", ""),
        (EARLY, "", "def __getattr__(self, name): return 1"),
        (['for name in ("table", "row"): setattr(self, name, given.get(name))', *EARLY], "", ""),
        (EARLY, "given", ""),
        (EARLY, "Base", "def setup(self): self.table = 1"),
        (["self.fill()", *EARLY], "", "def fill(self): self.table = {}"),
        (["self.table = {}", "self.size = 1", "super().__init__()"], "Base", "def setup(self): print(self.table)"),
        (["self.size = 1", "if given: self.fill()", "self.table = {}"], "", "def fill(self): print(self.table)"),
        (["self.size = 1", "self.fill()", "self.table = {}"], "", "async def fill(self): print(self.table)"),
        (["self.size = 1", "if given: print(self.table)", "self.table = {}"], "", ""),
        (["self.size = lambda: self.table", "self.table = {}"], "", ""),
        (["if given: self.table = 1", *EARLY], "", ""),
        (["try: self.size = self.table", "except AttributeError: self.size = 1", "self.table = {}"], "", ""),
        (["self.__dict__.update(given)", *EARLY], "", ""),
        (["if given: super().__init__()", *EARLY], "Table", ""),
        (["super().__init__()", *EARLY], "Table", ""),
        (["with given as self.table: self.size = self.table"], "", ""),
    ],
)
def test_is_silent_about_what_may_be_set(tmp_path: Path, body: list[str], bases: str, rest: str) -> None:
    assert wrong(tmp_path, body, bases=bases, rest=rest) == []


def test_is_silent_about_an_init_that_a_decorator_may_change(tmp_path: Path) -> None:
    assert wrong(tmp_path, EARLY, head="@given\n    def __init__(self):") == []


def test_is_silent_about_what_others_write(tmp_path: Path) -> None:
    assert wrong(tmp_path, [*EARLY, "def fill(made): made.table = 1"]) == []


@pytest.mark.parametrize(
    ("body", "is_told"),
    [
        ("print()", True),
        ("Base.__init__(self)", True),
        ("fill(given)", True),
        ("fill(self)", False),
        ("given.update(made=self)", False),
        ("given['made'] = self", False),
    ],
)
def test_others_can_set_only_what_they_are_given(tmp_path: Path, body: str, *, is_told: bool) -> None:
    told = ["`self.rows` is read before `__init__` sets it"] * is_told
    assert wrong(tmp_path, [body, "self.size = len(self.rows)", "self.rows = {}"], bases="Base") == told
