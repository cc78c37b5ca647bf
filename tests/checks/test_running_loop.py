from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
import asyncio
from fastapi import FastAPI
async def connect(): return 1
{imports}

def bare():
    asyncio.run(connect())

def asked():
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(connect())

def old():
    asyncio.get_event_loop().run_until_complete(connect())

async def lifespan(app):
    {body}
    yield

app = FastAPI(lifespan=lifespan)
"""


def found(root: Path, body: str, imports: str = "") -> list[tuple[str, str]]:
    all_ = findings(root, {"app.py": CODE.format(body=body, imports=imports)})
    return [(each.violation.code, each.violation.level) for each in all_]


@pytest.mark.parametrize(
    "body", ["bare()", "old()", "asyncio.run(connect())", "asyncio.get_running_loop().set_debug(True); bare()"]
)
def test_a_loop_runs_already(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == [("SSOT103", "error")]


@pytest.mark.parametrize(
    ("body", "imports"),
    [
        ("await asyncio.to_thread(bare)", ""),
        ("await connect()", "asyncio.run(connect())"),
        ("asked()", ""),
        ("try: bare()\n    except RuntimeError: pass", ""),
        ("bare()", "import nest_asyncio"),
    ],
)  # fmt: skip
def test_no_loop_runs_there(tmp_path: Path, body: str, imports: str) -> None:
    assert [level for _, level in found(tmp_path, body, imports) if level == "error"] == []


NEEDING = """
import asyncio
from outside import given
async def tick(): return 1
class Holder:
    loop = {in_class}
    def __init__(self): self.task = asyncio.create_task(tick())
def start(): return asyncio.create_task(tick())
async def main():
    start()
    from app import later
{body}
if __name__ == "__main__":
    {guarded}
    asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("body", "in_class", "guarded", "is_told"),
    [
        ("LOOP = asyncio.get_running_loop()", "None", "pass", True),
        ("TASK = start()", "None", "pass", True),
        ("HOLDER = Holder()", "None", "pass", True),
        ("pass", "asyncio.get_running_loop()", "pass", True),
        ("pass", "None", "start()", True),
        ("pass", "None", "pass", False),
        ("given(start)", "None", "pass", False),
        ("try: start()\nexcept RuntimeError: pass", "None", "pass", False),
        (
            "try: asyncio.get_running_loop()\nexcept RuntimeError: asyncio.run(tick())\nelse: start()",
            "None",
            "pass",
            False,
        ),
        ("from fastapi import FastAPI\napp = FastAPI()\nTASK = start()", "None", "pass", False),
    ],
)
def test_no_loop_runs_while_a_program_is_imported(
    tmp_path: Path, body: str, in_class: str, guarded: str, *, is_told: bool
) -> None:
    files = {
        "app/__init__.py": "",
        "app/__main__.py": NEEDING.format(body=body, in_class=in_class, guarded=guarded),
        "app/later.py": "import asyncio\nTASK = asyncio.get_running_loop()\n",
    }
    found = [each.violation for each in findings(tmp_path, files, select="SSOT103")]
    assert [(each.code, each.level) for each in found] == [("SSOT103", "error")] * is_told
