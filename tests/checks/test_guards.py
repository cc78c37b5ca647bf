"""What a handler around a failing call does with the failure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

STARTS = 'entry-points = ["app:start"]\n'

STEPS = """
class Step:
    def __init__(self, run, critical=True):
        self.run = run
        self.critical = critical

class Cache:
    pass

def warm():
    Cache().warm()

def connect():
    pass

def start():
    for step in [Step(connect), LAST]:
        try:
            step.run()
        except Exception as error:
            HANDLER
"""


@pytest.mark.parametrize(
    ("step", "handler", "level"),
    [
        ("Step(warm)", "if step.critical: raise", "error"),
        ("Step(warm)", "if not step.critical: continue\n            raise RuntimeError from error", "error"),
        ("Step(warm)", "if step.critical: raise RuntimeError from error\n            print(error)", "error"),
        ("Step(warm)", "if step.critical: print(error)\n            else: raise", "warning"),
        ("Step(warm, False)", "if step.critical: raise", "warning"),
        ("Step(warm)", "if error.args: raise", "warning"),
        ("Step(warm)", "if step.critical: return", "warning"),
    ],
)
def test_a_handler_that_raises_where_what_is_known_says_so_swallows_nothing(
    tmp_path: Path, step: str, handler: str, level: str
) -> None:
    code = STEPS.replace("LAST", step).replace("HANDLER", handler)
    assert [each.violation.level for each in findings(tmp_path, {"app.py": code}, STARTS)] == [level]


CALLED = """
class Cache:
    pass

def run(step, critical=True):
    try:
        step()
    except AttributeError:
        if critical:
            raise

def warm():
    Cache().warm()

def start():
    run(warm, ARGUMENT)
"""


@pytest.mark.parametrize(("argument", "level"), [("True", "error"), ("critical=False", "warning"), ("", "error")])
def test_what_a_call_gives_decides_whether_a_handler_raises(tmp_path: Path, argument: str, level: str) -> None:
    found = findings(tmp_path, {"app.py": CALLED.replace("ARGUMENT", argument)}, STARTS)
    assert [each.violation.level for each in found] == [level]


@pytest.mark.parametrize(("argument", "level"), [("True", "error"), ("critical=False", "warning"), ("", "error")])
def test_so_it_does_of_what_refuses_its_arguments(tmp_path: Path, argument: str, level: str) -> None:
    refusing = "def connect(host=None):\n    if host is None:\n        raise ValueError\n    return open(host)\n\n"
    code = (
        CALLED.replace("ARGUMENT", argument)
        .replace("Cache().warm()", "connect()")
        .replace("AttributeError", "ValueError")
    )
    found = findings(tmp_path, {"app.py": refusing + code}, STARTS, select="SSOT103")
    assert [each.violation.level for each in found] == [level]


@pytest.mark.parametrize(
    ("test", "found"),
    [
        ("getattr(settings, 'log_format', 'text').lower() == 'json'", True),
        ("not getattr(settings, 'quiet', False)", True),
        ("getattr(sys, 'frozen', False)", False),
        ("getattr(settings, 'handler', None)", False),
        ("getattr(settings, 'handler')", False),
        ("hasattr(settings, 'handler')", False),
        ("await settings.has_users()", True),
        ("settings.has_redis()", False),
    ],
)
def test_a_setting_that_has_a_default_is_read_and_asks_for_nothing(tmp_path: Path, test: str, found: bool) -> None:
    code = f"import sys\nfrom outside import settings\nasync def start():\n    if {test}:\n        return handler()\n"
    assert [each.violation.code for each in findings(tmp_path, {"app.py": code}, STARTS)] == ["SSOT111"] * found


REGISTERED = """
from typing import NamedTuple

class Step(NamedTuple):
    name: str
    run: object
    critical: bool = True

class Cache:
    pass

def connect(): pass
def warm(): Cache().warm()

STEPS = []

def step(critical=True):
    def decorate(function):
        STEPS.append(Step(function.__name__, function, critical))
        return function
    return decorate

OTHERS
step(critical=FIRST)(connect)
step(critical=SECOND)(warm)

class Orchestrator:
    def run_all(self):
        for each in [each for each in STEPS if each.name]:
            self.run(each)

    def run(self, step):
        try:
            step.run()
        except Exception as error:
            print(step.name, error)
            if step.critical:
                raise RuntimeError(step.name) from error

def start():
    Orchestrator().run_all()
"""


@pytest.mark.parametrize("others", [0, 8])
@pytest.mark.parametrize(
    ("first", "second", "level"),
    [(True, True, "error"), (False, True, "error"), (True, False, "warning"), (False, False, "warning")],
)
def test_each_thing_that_a_loop_goes_over_decides_for_itself_whether_its_failure_ends_the_start(
    tmp_path: Path, first: bool, second: bool, level: str, others: int
) -> None:
    more = "\n".join(f"@step()\ndef other_{number}(): pass" for number in range(others))
    code = REGISTERED.replace("OTHERS", more).replace("FIRST", str(first)).replace("SECOND", str(second))
    assert [each.violation.level for each in findings(tmp_path, {"app.py": code}, STARTS)] == [level]


def test_so_do_what_classes_say_of_their_instances(tmp_path: Path) -> None:
    code = """
class Step:
    critical = True
class Optional(Step):
    critical = False
    def run(self): self.gone()
class Needed(Step):
    def run(self): self.lost()
def start():
    for step in (Optional(), Needed(), Needed()):
        run(step)
def run(step):
    try:
        step.run()
    except Exception:
        if step.critical:
            raise
"""
    found = findings(tmp_path, {"app.py": code}, STARTS)
    assert [(each.violation.message[-6:], each.violation.level) for each in found] == [
        ("`gone`", "warning"),
        ("`lost`", "error"),
    ]


@pytest.mark.parametrize(
    ("loop", "handling", "ends"),
    [
        ("for attempt in range(3)", "if attempt == 2: raise", True),
        ("for attempt in count()", "if attempt > 2: raise ValueError('x') from error", True),
        ("while True", "attempt += 1\n            if attempt > 2: raise", True),
        ("for attempt in range(3)", "if attempt == 2: return", False),
        ("for attempt in range(3)", "if attempt == 2: raise\n            break", False),
        ("for attempt in range(3)", "if critical: raise", False),
        ("for attempt in given()", "if attempt == 2: raise", False),
        ("while True", "if attempt > 2: raise", False),
    ],
)  # fmt: skip
def test_what_is_tried_so_many_times_is_raised_at_last(tmp_path: Path, loop: str, handling: str, ends: bool) -> None:
    code = f"""
from itertools import count
from outside import critical, given

class Cache: pass

def start():
    attempt = 0
    {loop}:
        try:
            return Cache().warm()
        except Exception as error:
            {handling}
"""
    assert [each.violation.level for each in findings(tmp_path, {"app.py": code}, STARTS)] == ["error"] * ends
