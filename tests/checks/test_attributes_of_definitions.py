"""Attributes of enumerations and of methods that are not called, and those that annotations name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'


def test_the_value_of_a_member_is_not_its_name(tmp_path: Path) -> None:
    code = """
from enum import Enum
class State(str, Enum):
    PENDING = "GONE"
class Slots:
    __slots__ = "GONE"
    def __init__(self, given): setattr(self, *given)
def start():
    Slots(("GONE", 1)).GONE
    return State.GONE
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == ["app.py: return State.GONE [startup]"]


@pytest.mark.parametrize(
    ("code", "is_reported"),
    [
        ("import models\ndef start(given: models.Gone): pass", True),
        ("import models\nclass A:\n    given: models.Gone\ndef start(): A()", True),
        ("import models\ndef start(): pass\ndef other() -> models.Gone: pass", True),
        ("import models\ndef start(): pass\ndef other() -> 'models.Gone': pass", False),
        ("import models\ndef start(): pass\ndef other() -> models.Here: pass", False),
        ("import models\nmodels = print\ndef start(): pass\ndef other() -> models.Gone: pass", False),
        ("from __future__ import annotations\nimport models\ndef start(given: models.Gone): pass", False),
        ("from __future__ import annotations\nimport models\nclass A:\n    x: models.Gone\ndef start(): A()", False),
        ("import models\ndef start():\n    given: models.Gone = 1", False),
    ],
)
def test_looks_at_annotations_that_are_evaluated(tmp_path: Path, code: str, is_reported: bool) -> None:
    files = {"app.py": code, "models.py": "class Here: pass\n"}
    assert len(told(tmp_path, files, STARTS, select="SSOT113")) == is_reported


METHODS = """
from outside import task
class Config:
    def __init__(self, host): self.host = host
    def url(self): return "a" + self.host
    @task
    def late(self): return 1
    def open(self): return 1
    open.is_public = True
config = Config("b")
def start():
    {use}
"""


@pytest.mark.parametrize("use", ["config.url.lower()", "Config('a').url.strip()"])
def test_reports_what_is_read_from_a_method_that_is_not_called(tmp_path: Path, use: str) -> None:
    assert told(tmp_path, {"app.py": METHODS.format(use=use)}, STARTS, select="SSOT113") == [f"app.py: {use} [startup]"]


@pytest.mark.parametrize(
    "use",
    [
        "config.url().lower()", "config.url.__name__", "config.url.__func__", "config.late.delay()",
        "config.open.is_public", "getattr(config.url, 'lower', None)",
        "config.url = 'a'\n    config.url.lower()", "try: config.url.lower()\n    except AttributeError: pass",
    ],
)  # fmt: skip
def test_is_silent_about_what_a_method_may_have(tmp_path: Path, use: str) -> None:
    assert told(tmp_path, {"app.py": METHODS.format(use=use)}, STARTS, select="SSOT113") == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("class Model:\n    kind: Literal[Kind.GONE]\n", True),
        ("def start(kind: Literal[Kind.CARD, Kind.GONE]): pass\n", True),
        ("class Model:\n    kind: Literal[Kind.CARD]\n", False),
        ("class Model:\n    kind: 'Literal[Kind.GONE]'\n", False),
        ("class Model:\n    kind: Literal[Loose.GONE]\n", False),
        ("class Model:\n    kind: Literal[Filled.GONE]\n", False),
        ("class Model:\n    Kind = other\n    kind: Literal[Kind.GONE]\n", False),
        ("try:\n    class Model:\n        kind: Literal[Kind.GONE]\nexcept AttributeError: pass\n", False),
    ],
)
def test_looks_at_members_of_enumerations_in_annotations(tmp_path: Path, code: str, found: bool) -> None:
    files = {
        "app.py": "from typing import Literal\nimport other\nfrom kinds import Filled, Kind, Loose\n"
        f"{code}\ndef start(): pass\n",
        "other.py": "",
        "kinds.py": "from enum import Enum\nfrom outside import Base\nclass Kind(str, Enum):\n    CARD = 'card'\n"
        "class Loose(Base):\n    CARD = 'card'\nclass Filled(Enum):\n    locals()['GONE'] = 1\n",
        "pyproject.toml": "[project]\nname = 'x'\nversion = '1'\nrequires-python = '>=3.10'\n",
    }
    assert [each.split(":")[0] for each in told(tmp_path, files, STARTS, select="SSOT113")] == ["app.py"] * found
