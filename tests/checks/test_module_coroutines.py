"""Globals that hold a coroutine."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, graded

MAKING = """
async def create_app(): return print("x")
async def load(): return {"a": print("x")}
def plain(): return {"a": 1}
"""


def wrong(root: Path, code: str, other: str = "") -> list[tuple[str, str]]:
    main = f"import asyncio\nimport uvicorn\nfrom making import create_app, load, plain\n{code}\n"
    files = {"making.py": MAKING, "main.py": main, "other.py": f"import asyncio\nimport main\n{other}\n"}
    found = findings(root, files, 'entry-points = ["other"]\n', select="SSOT112")
    return graded(found)


@pytest.mark.parametrize(
    ("code", "name", "function"),
    [
        ("app = create_app()", "app", "create_app"),
        ("app = create_app()\nif __name__ == '__main__':\n    uvicorn.run(app, port=1)", "app", "create_app"),
        ("config = load()\ndef start(): return config['a']", "config", "load"),
        ("config = load()\nfor each in config: pass", "config", "load"),
    ],
)
def test_reports_a_coroutine_that_nothing_awaits(tmp_path: Path, code: str, name: str, function: str) -> None:
    assert wrong(tmp_path, code) == [("error", f"`{name}` is the coroutine of {function}(), which nothing awaits")]


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("app = asyncio.run(create_app())", ""),
        ("coroutine = load()\nconfig = asyncio.run(coroutine)", ""),
        ("config = load()", ""),
        ("config = plain()\nconfig['a']", ""),
        ("config = load()\nconfig = asyncio.run(config)\nconfig['a']", ""),
        ("config = load()\nconfig.close()", ""),
        ("config = load()\nasync def start():\n    found = await config\n    return config.cr_code", ""),
        ("app = create_app()", "from main import app\nasyncio.run(app)"),
        ("app = create_app()", "asyncio.run(main.app)"),
        ("app = create_app()\nasyncio.run(app)", ""),
        ("app = create_app()\ndef start():\n    global app\n    app = 1", ""),
    ],
)
def test_says_nothing_of_what_may_be_awaited(tmp_path: Path, code: str, other: str) -> None:
    assert wrong(tmp_path, code, other) == []
