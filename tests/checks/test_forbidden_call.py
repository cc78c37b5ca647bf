from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

CONFIG = """
[[contracts]]
name = "nothing blocks the loop"
code = "SSOT107"
from = ["async:*"]
targets = ["time.sleep", "requests.*", "work.slow"]
unless-through = ["asyncio.to_thread", "*.run_in_executor", "work.in_thread"]
unless-argument = ["stream"]
except = ["requests.Session"]
"""

WORK = """
import time
def slow():
    pass
def pause():
    time.sleep(1)
def in_thread(function):
    function()
"""

APP = """
import asyncio, functools, time, requests, work
from fastapi import FastAPI
app = FastAPI()
"""


def blocking(root: Path, app: str, config: str = CONFIG) -> list[str]:
    return told(root, {"work.py": WORK, "app.py": f"{APP}\n{app}"}, config, select="SSOT107")


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("time.sleep(1)", "app.py: time.sleep(1) [request]"),
        ("work.slow()", "app.py: work.slow() [request]"),
        ("work.pause()", "work.py: time.sleep(1) [request]"),
        ("requests.get('u')", "app.py: requests.get('u') [request]"),
        (
            "sorted([1], key=lambda each: time.sleep(1))",
            "app.py: sorted([1], key=lambda each: time.sleep(1)) [request]",
        ),
        ("functools.partial(work.pause)()", "work.py: time.sleep(1) [request]"),
    ],
)
def test_reports_what_an_async_function_reaches(tmp_path: Path, statement: str, expected: str) -> None:
    assert blocking(tmp_path, f"@app.get('/')\nasync def show():\n    {statement}\n") == [expected]


@pytest.mark.parametrize(
    "statement",
    [
        "await asyncio.to_thread(work.pause)",
        "await asyncio.get_running_loop().run_in_executor(None, functools.partial(work.pause))",
        "work.in_thread(work.pause)",
        "requests.get('u', stream=True)",
        "requests.Session()",
        "await asyncio.sleep(1)",
        "print(work.pause)",
    ],
)
def test_is_silent_about_what_is_excused(tmp_path: Path, statement: str) -> None:
    assert blocking(tmp_path, f"@app.get('/')\nasync def show():\n    {statement}\n") == []


def test_is_silent_about_functions_that_are_not_async(tmp_path: Path) -> None:
    assert blocking(tmp_path, "@app.get('/')\ndef show():\n    time.sleep(1)\ntime.sleep(1)\n") == []


def test_takes_what_is_awaited_for_the_async_one_of_two(tmp_path: Path) -> None:
    app = """
import sys
if sys.argv:
    from work import slow as ask
else:
    async def ask(): ...
@app.get('/')
async def show():
    await ask()
"""
    assert blocking(tmp_path, app) == []
    assert blocking(tmp_path, app.replace("await ", "")) == ["app.py: ask() [request]"]


def test_starts_the_chain_at_the_nearest_async_function(tmp_path: Path) -> None:
    app = f"{APP}\n@app.get('/')\nasync def show():\n    await near()\nasync def near():\n    work.pause()\n"
    (found,) = findings(tmp_path, {"work.py": WORK, "app.py": app}, CONFIG, select="SSOT107")
    assert [frame.caller for frame in found.chain] == ["app.near"]
    assert found.violation.entry is not None
    assert found.violation.entry.words == "async function `app.near`"


def test_holds_in_its_phases_only(tmp_path: Path) -> None:
    start = "@app.on_event('startup')\nasync def start():\n    time.sleep(1)\n"
    show = "@app.get('/')\nasync def show():\n    time.sleep(2)\n"
    assert blocking(tmp_path, start + show, f'{CONFIG}phases = ["startup"]\n') == ["app.py: time.sleep(1) [startup]"]


def test_takes_all_that_runs_where_it_says_from_nothing(tmp_path: Path) -> None:
    config = CONFIG.replace('from = ["async:*"]', "")
    assert blocking(tmp_path, "def never(): work.slow()\ndef show(): work.slow()\nshow()\n", config) == [
        "app.py: def show(): work.slow() [import]"
    ]
