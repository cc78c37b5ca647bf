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


@pytest.mark.parametrize(
    ("phases", "name", "reported"),
    [
        ("('one', 'two')", "f'validate_{name}'", False),
        ("('one', 'three')", "f'validate_{name}'", True),
        ("('one', 'three')", "f'validate_{name}', None", False),
        ("('one', other())", "f'validate_{name}'", False),
    ],
)
def test_the_names_that_a_loop_goes_over_are_attributes(
    tmp_path: Path, phases: str, name: str, *, reported: bool
) -> None:
    code = f"""
from outside import other

class Validator:
    PHASES = {phases}
    def validate_one(self): pass
    def validate_two(self): pass
    def run(self):
        for name in self.PHASES:
            handler = getattr(self, {name})
            print(handler)

def start():
    Validator().run()
"""
    found = findings(tmp_path, {"app.py": code}, STARTS)
    assert [(each.violation.code, each.violation.level) for each in found] == [("SSOT113", "error")] * reported


@pytest.mark.parametrize(
    ("path", "code"), [("shop.one:check", ""), ("shop.two:check", "SSOT110"), ("shop.one:probe", "SSOT113")]
)
def test_what_a_registry_names_is_imported_in_turn(tmp_path: Path, path: str, code: str) -> None:
    files = {
        "shop/__init__.py": "",
        "shop/one.py": "def check(app): pass\n",
        "app.py": f"""
from importlib import import_module
import shop.one

CHECKS = {{"one": "{path}", "other": "shop.one:check"}}

def load(path):
    module, _, name = path.partition(":")
    return getattr(import_module(module), name)

def start():
    for name, path in CHECKS.items():
        load(path)(1)
""",
    }
    found = findings(tmp_path, files, STARTS)
    assert [each.violation.code for each in found] == [code] * bool(code)


AGENTS = """
ENTRIES = {}
def registered(name):
    def decorate(cls):
        ENTRIES[name] = cls
        return cls
    return decorate

def connect(host):
    if host is None:
        raise ValueError("no host")

class Base:
    def __init__(self, host, port=1):
        connect(host)

@registered("one")
class One(Base):
    def ping(self): pass

@registered("two")
class Two(Base):
    def ping(self): pass

def create(name):
    found = ENTRIES.get(name)
    made = MAKE
    USE

def start():
    for name in list(ENTRIES):
        create(name)
"""


@pytest.mark.parametrize(
    ("make", "use", "code"),
    [
        ("found(host=2)", "made.ping()", ""),
        ("found(host=None)", "made.ping()", "SSOT103"),
        ("found(host=2)", "made.pong()", "SSOT113"),
        ("found(2, timeout=3)", "made.ping()", "SSOT112"),
    ],
)
def test_each_class_of_a_registry_is_made_in_turn(tmp_path: Path, make: str, use: str, code: str) -> None:
    found = findings(tmp_path, {"app.py": AGENTS.replace("MAKE", make).replace("USE", use)}, STARTS)
    assert [(each.violation.code, each.violation.level) for each in found] == [(code, "error")] * bool(code)


def test_what_one_of_several_classes_has_may_be_read(tmp_path: Path) -> None:
    code = AGENTS.replace("MAKE", "found(2)").replace("USE", "made.late() if name == 'two' else made.ping()")
    code = code.replace("class Two(Base):\n", "class Two(Base):\n    def late(self): pass\n")
    assert findings(tmp_path, {"app.py": code}, STARTS) == []
