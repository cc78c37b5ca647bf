from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

CODE = """
import asyncio
from outside import enabled
class Beat:
    def __init__(self):
        self.name = "beat"
    def start(self):
        BODY
    def stop(self):
        if self.task:
            self.task.cancel()
            self.task = None
    OTHER
def start():
    Beat().start()
"""
LAZY = "if self.task is None or self.task.done():\n            self.task = object()"
READ = "whatever sets `self.task` reads it first"


def _told(tmp_path: Path, body: str, other: str = "", code: str = CODE) -> list[str]:
    code = code.replace("BODY", body).replace("OTHER", other)
    return told(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT113")


@pytest.mark.parametrize(
    ("body", "line"),
    [
        (LAZY, "if self.task is None or self.task.done():"),
        (f"if not enabled():\n            return\n        {LAZY}", "if self.task is None or self.task.done():"),
        ("print(self.task)\n        self.task = object()", "print(self.task)"),
        ("task = self.task\n        if not task:\n            self.task = object()", "task = self.task"),
    ],
)
def test_reports_what_is_read_before_whatever_sets_it(tmp_path: Path, body: str, line: str) -> None:
    assert _told(tmp_path, body) == [f"app.py: {line} [startup]"]


@pytest.mark.parametrize(
    ("body", "other"),
    [
        ("self.task = object()", ""),
        ("with enabled() as self.task:\n            print(self.task)", ""),
        ("if enabled():\n            print(self.task)\n        self.task = object()", ""),
        ("try:\n            self.task\n        except AttributeError:\n            self.task = object()", ""),
        ("if not hasattr(self, 'task'):\n            self.task = object()\n        self.task", ""),
        (LAZY, "task = None"),
        (LAZY, "task: object = None"),
        (LAZY, "def begin(self):\n        self.task = None"),
        (LAZY, "def begin(self, name):\n        setattr(self, name, None)"),
        (LAZY, "def __getattr__(self, name): return None"),
    ],
)
def test_is_silent_where_something_may_set_it_before(tmp_path: Path, body: str, other: str) -> None:
    assert _told(tmp_path, body, other) == []


@pytest.mark.parametrize(
    "code",
    [
        CODE.replace("class Beat:", "class Base:\n    task = None\nclass Beat(Base):"),
        CODE.replace("Beat().start()", "beat = Beat()\n    beat.task = None\n    beat.start()"),
        f"{CODE}class Later(Beat):\n    task = None\n",
    ],
)
def test_so_it_is_where_another_class_or_other_code_sets_it(tmp_path: Path, code: str) -> None:
    assert _told(tmp_path, LAZY, code=code) == []
