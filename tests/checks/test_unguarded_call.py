from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

CONFIG = """
entry-points = ["app:start"]

[[contracts]]
name = "guard what is sent"
code = "SSOT108"
targets = ["wire.send"]
inside = ["asyncio.wait_for", "asyncio.timeout", "tenacity.*", "wire.connected", "wire.guarded", "*.lock", "retry-loop"]
"""

WIRE = """
import functools
from contextlib import asynccontextmanager
async def send(): pass
@asynccontextmanager
async def connected():
    yield
def guarded(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)
    return wrapper
"""


def bare(root: Path, app: str) -> list[str]:
    text = f"import asyncio, tenacity\nimport wire\nfrom outside import ready\n{app}"
    return told(root, {"wire.py": WIRE, "app.py": text}, CONFIG, select="SSOT108")


@pytest.mark.parametrize(
    "body",
    [
        "await asyncio.wait_for(wire.send(), 5)",
        "async with asyncio.timeout(5):\n     await wire.send()",
        "async with wire.connected():\n     if ready():\n      await wire.send()",
        "async with ready.lock:\n     await wire.send()",
        ("for attempt in range(3):\n     try:\n      await wire.send()\n      break\n     except OSError:\n      pass"),
        ("for attempt in range(3):\n     try:\n      return await wire.send()\n     except OSError:\n      pass"),
        "while not ready():\n     try:\n      await wire.send()\n     except OSError:\n      pass",
        "async for attempt in tenacity.AsyncRetrying():\n     with attempt:\n      await wire.send()",
        "await later()\n@tenacity.retry(stop=3)\nasync def later():\n    await wire.send()",
        "await later()\n@wire.guarded\nasync def later():\n    await wire.send()",
        "async with wire.connected():\n     await later()\nasync def later():\n    await wire.send()",
    ],
)
def test_is_silent_inside_a_guard(tmp_path: Path, body: str) -> None:
    assert bare(tmp_path, f"async def start():\n    {body}\n") == []


@pytest.mark.parametrize(
    "body",
    [
        "await wire.send()",
        "async with ready():\n     await wire.send()",
        "async with wire.connected():\n     pass\n    await wire.send()",
        "for message in ready():\n     try:\n      await wire.send()\n     except OSError:\n      pass",
        "try:\n     await wire.send()\n    except OSError:\n     pass",
        "async with wire.connected():\n     await later()\n    await later()\nasync def later():\n await wire.send()",
    ],
)
def test_reports_a_way_without_a_guard(tmp_path: Path, body: str) -> None:
    assert bare(tmp_path, f"async def start():\n    {body}\n") == ["app.py: await wire.send() [startup]"]
