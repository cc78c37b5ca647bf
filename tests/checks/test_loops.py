"""What a loop calls, one after another, is no choice among several."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

STARTS = 'entry-points = ["app:start"]\n'

PHASES = """
def connect(host=None):
    if host is None:
        raise ValueError("no host")
    return host

class Registry:
    def listed(self): return []

class Orchestrator:
    def __init__(self):
        self.steps = {"one": self.one, "two": self.two}
    def one(self):
        connect()
    def two(self):
        registry = Registry()
        self.show(registry)
    def show(self, registry):
        registry.names()
    def run(self):
        LOOP

def start():
    Orchestrator().run()
"""


@pytest.mark.parametrize(
    "loop",
    [
        "for step in self.steps.values(): step()",
        "for name, step in self.steps.items(): step()",
        "for name in self.steps: self.steps[name]()",
        "[step() for step in self.steps.values()]",
        "failed = [step for step in self.steps.values() if not step()]",
    ],
)
def test_each_step_of_a_start_is_sure_to_run(tmp_path: Path, loop: str) -> None:
    found = findings(tmp_path, {"app.py": PHASES.replace("LOOP", loop)}, STARTS)
    told = [(each.violation.code, each.violation.level) for each in found]
    assert told == [("SSOT103", "error"), ("SSOT113", "error")]


STEPS = """
class One:
    def run(self, **options): pass

class Two:
    def run(self): pass

def start(flag=False):
    steps = [One(), Two()]
    LOOP
"""


@pytest.mark.parametrize(
    ("loop", "reported"),
    [
        ("for step in steps: step.run(verbose=True)", True),
        ("[step.run(verbose=True) for step in steps]", True),
        ("for step in steps:\n        try: step.run(verbose=True)\n        finally: print()", True),
        ("for step in steps:\n        if step.verbose: step.run(verbose=True)", False),
        ("for step in steps:\n        if isinstance(step, One): step.run(verbose=True)", False),
        ("[step.run(verbose=True) for step in steps if step.verbose]", False),
        ("failed = [step for step in steps if not step.run(verbose=True)]", True),
        ("failed = [step for step in steps if step.verbose if not step.run(verbose=True)]", False),
        ("failed = [step for step in steps if step.verbose and not step.run(verbose=True)]", False),
        ("failed = [each for step in steps if step.verbose for each in [step] if each.run(verbose=True)]", False),
        ("steps[flag].run(verbose=True)", False),
        ("step = steps[0] if flag else steps[1]\n    step.run(verbose=True)", False),
    ],
)
def test_a_call_must_fit_each_thing_in_the_loop(tmp_path: Path, loop: str, reported: bool) -> None:
    found = findings(tmp_path, {"app.py": STEPS.replace("LOOP", loop)}, STARTS, select="SSOT112")
    assert [each.violation.level for each in found] == ["error"] * reported


def test_what_the_body_makes_of_the_variable_is_each_of_them(tmp_path: Path) -> None:
    code = """
class Tool:
    def ping(self): pass
class One:
    def __init__(self): self.tool = Tool()
    def run(self): self.tool.probe()
class Two:
    def run(self): pass
def start():
    for step_class in [One, Two]:
        step = step_class()
        step.run()
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS)
    assert (found.violation.code, found.violation.level) == ("SSOT113", "error")


def test_what_is_chosen_by_name_is_one_of_them(tmp_path: Path) -> None:
    code = """
class One:
    def __init__(self, **options): pass
class Two:
    def __init__(self): pass
PARSERS = {"one": One, "two": Two}
def start(names=()):
    for name in names:
        PARSERS[name](verbose=True)
"""
    assert findings(tmp_path, {"app.py": code}, STARTS) == []


def test_what_an_iter_gives_may_be_what_another_instance_holds(tmp_path: Path) -> None:
    code = """
class Registry:
    def __init__(self): self.items = []
    def add(self, item): self.items.append(item)
    def __iter__(self): return iter(self.items)
class One:
    def run(self, lines): pass
class Two:
    def run(self, lines, blocks): pass
def build(kind):
    registry = Registry()
    registry.add(kind())
    return registry
def start():
    ones, twos = build(One), build(Two)
    for each in (Registry(), Registry(), Registry(), Registry(), Registry(), Registry(), Registry(), Registry()):
        each.add(One())
        each.add(Two())
    for each in ones: each.run(1)
    for each in twos: each.run(1, 2)
"""
    assert findings(tmp_path, {"app.py": code}, STARTS, select="SSOT112") == []
