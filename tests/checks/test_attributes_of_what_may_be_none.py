"""Attributes of what is None at first, or what a dict does not have yet (SSOT113)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, graded, told

MADE_LATE = """
class Manager:
    _instance = None
    @classmethod
    def instance(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance
    def send(self): pass
def find(name): return Manager() if name else None
def start():
    {use}
"""


@pytest.mark.parametrize(
    ("use", "found"),
    [
        ("Manager.instance().gone()", True),
        ("Manager.instance().send()", False),
        ("find(print()).gone()", True),
        ("find(print()).send()", False),
        ("find(print()).__bool__()", False),
        ("manager = find(print())\n    manager and manager.gone()", True),
        ("manager = find(print())\n    hasattr(manager, 'gone') and manager.gone()", False),
    ],
)
def test_none_has_the_attribute_as_little(tmp_path: Path, use: str, found: bool) -> None:
    code = MADE_LATE.format(use=use)
    assert bool(told(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT113")) is found


CACHED = """
class Manager:
    def __init__(self, user): self.user = user

class Factory:
    def __init__(self): self.managers = {}
    def of(self, user):
        manager = self.managers.get(user)
        if TEST:
            manager = Manager(user)
            self.managers[user] = manager
        return manager

Factory().of(input()).heartbeat.check()
"""


@pytest.mark.parametrize("test", ["manager is None", "not manager"])
def test_knows_what_takes_the_place_of_what_a_dict_does_not_have_yet(tmp_path: Path, test: str) -> None:
    found = findings(tmp_path, {"app.py": CACHED.replace("TEST", test)}, 'entry-points = ["app"]\n', select="SSOT113")
    assert graded(found) == [("error", "`Manager` has no attribute `heartbeat`")]


@pytest.mark.parametrize(
    "code", ["{}.get('x').heartbeat", "found = {}.get('x')\nif found is not None: found.heartbeat"]
)
def test_is_silent_about_what_a_dict_may_get(tmp_path: Path, code: str) -> None:
    assert not findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT113")
