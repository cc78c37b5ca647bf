"""Functions that are given where their coroutine is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

JOBS = "async def remote(): print('remote')\n"
CODE = """
import asyncio
from jobs import remote
from outside import decorated, made

async def work(): print("work")
@decorated
async def changed(): print("changed")
class Service:
    async def run(self): print("run")
    async def start(self):
        OWN
async def main(given=None):
    async def inner(): print("inner")
    await Service().start()
    loop = asyncio.get_running_loop()
    BODY
asyncio.run(main())
"""


def found(root: Path, body: str = "pass", own: str = "pass") -> list[tuple[str, str, str]]:
    files = {"app.py": CODE.replace("BODY", body).replace("OWN", own), "jobs.py": JOBS}
    all_ = findings(root, files, 'entry-points = ["app"]\n', select="SSOT112")
    return summaries(all_)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("asyncio.create_task(work)", "create_task() gets the function `work`"),
        ("asyncio.create_task(remote)", "create_task() gets the function `remote`"),
        ("asyncio.create_task(inner)", "create_task() gets the function `inner`"),
        ("loop.create_task(work, name='x')", "create_task() gets the function `work`"),
        ("await asyncio.gather(remote(), work)", "gather() gets the function `work`"),
        ("await asyncio.wait_for(work, 5)", "wait_for() gets the function `work`"),
    ],
)
def test_reports_a_function_in_the_place_of_its_coroutine(tmp_path: Path, body: str, what: str) -> None:
    assert found(tmp_path, body) == [("SSOT112", "error", f"{what}, not its coroutine")]


def test_reports_a_method_in_the_place_of_its_coroutine(tmp_path: Path) -> None:
    message = "ensure_future() gets the function `self.run`, not its coroutine"
    assert found(tmp_path, own="asyncio.ensure_future(self.run)") == [("SSOT112", "error", message)]


@pytest.mark.parametrize(
    "body",
    [
        "asyncio.create_task(work())",
        "asyncio.create_task(changed)",
        "asyncio.create_task(made)",
        "asyncio.create_task(given)",
        "loop.call_soon(work)",
        "await asyncio.wait_for(work(), work)",
        "work = made\n    asyncio.create_task(work)",
        "try: asyncio.create_task(work)\n    except TypeError: pass",
    ],
)
def test_is_silent_about_what_may_be_one(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []
