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


@pytest.mark.parametrize("body", ["bare()", "old()", "asyncio.run(connect())"])
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
