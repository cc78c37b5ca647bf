"""What `super()` is asked for, and no class above has."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'

AGENTS = """
import abc
from outside import Foreign

def agent(name):
    def decorate(cls):
        cls.name = name
        return cls
    return decorate

class Agent(abc.ABC):
    def prepare(self): pass

class Mixin:
    def warm(self): super().warm()  # mixed in

class Warm:
    def warm(self): pass

@agent("triage")
class Triage(Agent):
    def prepare(self):
        USE
    @classmethod
    def make(cls): return cls()

class Both(Mixin, Warm): pass

class Other(Foreign):
    def warm(self): super().warm()

class Nothing:
    def __getattr__(self, name): return print
    def warm(self): super().warm()

class Late(Agent):
    def warm(self): super().late()

class Below(Mixin, Late): pass

def start():
    START
"""


@pytest.mark.parametrize(
    ("use", "start", "reported"),
    [
        ("super().warm()", "Triage().prepare()", ["super().warm()"]),
        ("super().prepare()", "Triage.make().prepare()", []),
        ("super(Triage, self).warm()", "Triage().prepare()", ["super(Triage, self).warm()"]),
        ("super().warm()", "print(Triage)", []),
        ("if hasattr(super(), 'warm'): super().warm()", "Triage().prepare()", []),
        ("try: super().warm()\n        except AttributeError: pass", "Triage().prepare()", []),
        ("pass", "Both().warm()", []),
        ("pass", "Other().warm()", []),
        ("pass", "Mixin().warm()", ["def warm(self): super().warm()  # mixed in"]),
        ("pass", "Agent.late = print\n    Late().warm()", []),
        ("pass", "Late().warm()", ["def warm(self): super().late()"]),
        ("pass", "Nothing().warm()", ["def warm(self): super().warm()"]),
        ("super().__str__()", "Triage().prepare()", []),
    ],
)
def test_reports_what_no_class_above_has(tmp_path: Path, use: str, start: str, reported: list[str]) -> None:
    code = AGENTS.replace("USE", use).replace("START", start)
    expected = [f"app.py: {line} [startup]" for line in reported]
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == expected
