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
