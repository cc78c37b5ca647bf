"""Coroutines that nobody awaits before they are given to what needs their result."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
import asyncio

class Database:
    def __init__(self): self.engine = open("x")

class Holder:
    def __init__(self, database): self.engine = database.engine

async def init(): return Database()
def other(): return Database()
async def upgrade(database):
    print(database.engine)
    return 1
def connect(name, database=None): return database.engine
def names(name, database): return database
async def awaiting(database):
    database = await database
    return database.engine
async def asking(database):
    if asyncio.iscoroutine(database): database = await database
    return database.engine
async def perhaps(database):
    if database: return database.engine
async def deeper(database): return await upgrade(database)
async def running(task): return await task
async def start():
    LINE
"""


@pytest.mark.parametrize(
    ("line", "function"),
    [
        ("made = init()\n    await upgrade(made)", "upgrade"),
        ("await upgrade(init())", "upgrade"),
        ("connect('x', init())", "connect"),
        ("connect('x', database=init())", "connect"),
        ("Holder(init())", "Holder"),
        ("made = init()\n    return Holder(made)", "Holder"),
        ("made = init()\n    await deeper(made)", "deeper"),
    ],
)
def test_reports_a_coroutine_that_is_given_to_what_needs_its_result(tmp_path: Path, line: str, function: str) -> None:
    found = findings(tmp_path, {"app.py": CODE.replace("LINE", line)}, 'entry-points = ["app:start"]\n')
    assert [each.violation.level for each in found] == ["error"]
    assert found[0].violation.message.endswith(f"not awaited before it is given to {function}()")


@pytest.mark.parametrize(
    "line",
    [
        "made = init()\n    await upgrade(await made)",
        "made = await init()\n    await upgrade(made)",
        "await awaiting(init())",
        "await asking(init())",
        "await perhaps(init())",
        "await running(init())",
        "names(init(), connect(names, other()))",
        "made = init()\n    asyncio.create_task(made)",
    ],
)
def test_is_silent_about_a_coroutine_that_may_be_awaited(tmp_path: Path, line: str) -> None:
    assert not findings(tmp_path, {"app.py": CODE.replace("LINE", line)}, 'entry-points = ["app:start"]\n')
