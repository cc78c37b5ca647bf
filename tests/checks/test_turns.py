"""Steps of a start that are registered somewhere and run by a loop, by way of other functions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

STARTS = 'entry-points = ["app:start"]\n'

MANAGER = """
from dataclasses import dataclass
from functools import partial
from typing import Callable

def connect(host=None):
    if host is None:
        raise ValueError("no host")
    return host

def one(app):
    connect(HOST)

def two(app, mode="x"):
    return mode

@dataclass
class Component:
    name: str
    init: Callable
    kind: str = "any"

class Manager:
    def __init__(self):
        self.components = {}
    def register(self, name, init):
        self.components[name] = Component(name, init)
    def ordered(self):
        return sorted(self.components.values(), key=lambda each: each.name)
    def run(self):
        for component in self.ordered():
            self.run_one(component)
    def run_one(self, component):
        RUN

def start(app=1):
    manager = Manager()
    manager.register("one", FIRST)
    manager.register("two", partial(two, app, mode="y"))
    manager.run()
"""


def _of(host: str = "'h'", first: str = "partial(one, app)", run: str = "component.init()") -> dict[str, str]:
    return {"app.py": MANAGER.replace("HOST", host).replace("FIRST", first).replace("RUN", run)}


def test_a_registered_step_is_sure_to_run(tmp_path: Path) -> None:
    found = findings(tmp_path, _of(host="None"), STARTS)
    assert [(each.violation.code, each.violation.level) for each in found] == [("SSOT103", "error")]


def test_a_step_that_is_found_by_its_name_is_sure_to_run(tmp_path: Path) -> None:
    code = """
def connect(host=None):
    if host is None:
        raise ValueError("no host")

class Validator:
    PHASES = ("one", "two")
    def validate_one(self): connect()
    def validate_two(self): pass
    def run(self):
        for name in self.PHASES:
            handler = getattr(self, f"validate_{name}")
            handler()

def start():
    Validator().run()
"""
    found = findings(tmp_path, {"app.py": code}, STARTS)
    assert [(each.violation.code, each.violation.level) for each in found] == [("SSOT103", "error")]


@pytest.mark.parametrize(
    ("first", "run", "reported"),
    [
        ("partial(one, app)", "component.init()", False),
        ("one", "component.init()", True),
        ("partial(one, app, app)", "component.init()", True),
        ("lambda app: one(app)", "component.init()", True),
        ("lambda: one(app)", "component.init()", False),
        ("one", "if component.kind == 'any': component.init()", False),
        ("one", "if component.kind == 'none':\n            return\n        component.init()", False),
        ("one", "component.init() if component.kind == 'any' else component.init(1)", False),
    ],
)
def test_a_registered_step_must_fit_its_call(tmp_path: Path, first: str, run: str, reported: bool) -> None:
    found = findings(tmp_path, _of(first=first, run=run), STARTS, select="SSOT112")
    assert [each.violation.level for each in found] == ["error"] * reported
