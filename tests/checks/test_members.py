"""What enumerations are asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
from enum import Enum, Flag, StrEnum, auto
from outside import given

class Status(str, Enum):
    UP = "up"
    DOWN = "down"
class Lenient(Enum):
    UP = "up"
    @classmethod
    def _missing_(cls, value): return cls.UP
class Numbered(Enum):
    ONE = auto()
class Bits(Flag):
    A = 1
    B = 2
class Computed(Enum):
    UP = given("up")
class Mood(StrEnum):
    GOOD = "good"
class Own(Enum):
    UP = ("up", 1)
    def __new__(cls, text, number):
        made = object.__new__(cls)
        made._value_ = text
        return made
"""


def wrong(root: Path, code: str) -> list[tuple[str, str, str]]:
    found = findings(root, {"app.py": CODE + code}, 'entry-points = ["app"]\n', select="SSOT11")
    return summaries(found)


@pytest.mark.parametrize(
    ("code", "rule", "message"),
    [
        ("Status('ready')", "SSOT112", "`Status` has no member of the value 'ready'"),
        ("Mood('bad')", "SSOT112", "`Mood` has no member of the value 'bad'"),
        ("Status['READY']", "SSOT113", "`Status` has no member 'READY'"),
        ("def start(): return Status('UP')\nstart()", "SSOT112", "`Status` has no member of the value 'UP'"),
    ],
)
def test_reports_members_that_are_not_there(tmp_path: Path, code: str, rule: str, message: str) -> None:
    assert wrong(tmp_path, code) == [(rule, "error", message)]


@pytest.mark.parametrize(
    "code",
    [
        "Status('up'), Status['UP'], Status(Status.UP), Mood('good')",
        "Lenient('ready')",
        "Numbered(7)",
        "Bits(3)",
        "Computed('ready')",
        "Own('up')",
        "Status(given)",
        "def start(text='ready'): return Status(text)\nstart('up')",
        "try:\n    Status('ready')\nexcept ValueError: pass",
        "try:\n    Status['READY']\nexcept KeyError: pass",
        "if 'READY' in Status.__members__: Status['READY']",
    ],
)
def test_says_nothing_of_those_that_are_or_may_be(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []
