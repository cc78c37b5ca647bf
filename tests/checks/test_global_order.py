from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'
LAZY = """
def get_factory():
    global _factory
    if _factory is None:
        _factory = object()
    return _factory

def start():
    get_factory()
"""
SET = """
def connect():
    global pool
    pool = object()

def query(): return pool.run()

"""


def found(root: Path, code: str, **files: str) -> list[str]:
    modules = {f"{name}.py": text for name, text in files.items()}
    return told(root, {"app.py": dedent(code), **modules}, STARTS, select="SSOT111")


def test_reports_a_global_that_only_the_reading_function_binds(tmp_path: Path) -> None:
    assert found(tmp_path, LAZY) == ["app.py: if _factory is None: [startup]"]


def test_reports_a_global_that_no_function_has_bound_yet(tmp_path: Path) -> None:
    assert found(tmp_path, SET + "def start(): query()\n") == ["app.py: def query(): return pool.run() [startup]"]


@pytest.mark.parametrize(
    "code",
    [
        "_factory = None\n" + LAZY,
        LAZY.replace("if _factory is None:\n", "if '_factory' not in globals():\n"),
        LAZY.replace("    if _", "    try: _factory\n    except NameError: _factory = None\n    if _"),
        SET + "def start():\n    connect()\n    query()\n",
        SET + "connect()\ndef start(): query()\n",
        SET + "if print():\n    pool = None\ndef start(): query()\n",
        "from outside import *\n" + SET + "def start(): query()\n",
    ],
)  # fmt: skip
def test_is_silent_where_the_global_may_be_bound(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code) == []


def test_is_silent_where_another_module_sets_the_global(tmp_path: Path) -> None:
    code = "import other\n" + SET + "def start():\n    other.init()\n    query()\n"
    assert found(tmp_path, code, other="import app\ndef init(): app.pool = object()\n") == []
