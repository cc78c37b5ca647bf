from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["main:start"]\n'
DB = "maker = None\ndef connect():\n    global maker\n    maker = object()\n"


def stale(root: Path, main: str, db: str = DB) -> list[str]:
    return told(root, {"main.py": main, "db.py": db}, STARTS, select="SSOT115")


@pytest.mark.parametrize(
    "use",
    [
        "maker()", "maker.begin()", "with maker: pass", "maker[0]", "for _ in maker: pass",
        "held = maker\n    held.begin()",
    ],
)  # fmt: skip
def test_reports_a_copy_that_stays_none(tmp_path: Path, use: str) -> None:
    main = f"from db import connect, maker\ndef start():\n    connect()\n    {use}\n"
    assert stale(tmp_path, main) == ["main.py: from db import connect, maker [import]"]


def test_follows_the_copy_through_another_module(tmp_path: Path) -> None:
    files = {
        "main.py": "from middle import make\ndef start(): make()\n",
        "middle.py": "from db import maker as make\n",
        "db.py": DB,
    }
    assert told(tmp_path, files, STARTS, select="SSOT115") == ["main.py: from middle import make [import]"]


@pytest.mark.parametrize(
    ("use", "found"),
    [
        ("from middle import make\n    make()", True),
        ("from middle import make as made\n    made.begin()", True),
        ("from db import maker\n    maker()", False),
        ("from middle import make\n    print(make)", False),
        ("from middle import make\n    if make: make()", False),
        ("from middle import make\n    make = print\n    make()", False),
        ("from middle import other as make\n    make()", False),
    ],
)
def test_follows_the_copy_into_functions_that_import_it(tmp_path: Path, use: str, found: bool) -> None:
    files = {
        "main.py": f"import middle\nfrom db import connect\ndef start():\n    connect()\n    {use}\n",
        "middle.py": "from db import maker as make\nother = print\n",
        "db.py": DB,
    }
    line = "middle.py: from db import maker as make [import]"
    assert told(tmp_path, files, STARTS, select="SSOT115") == ([line] if found else [])


@pytest.mark.parametrize(
    "main",
    [
        "import db\ndef start():\n    db.connect()\n    db.maker()\n",
        "from db import maker\ndef start():\n    if maker is not None:\n        maker()\n",
        "from db import maker\ndef start():\n    return maker and maker()\n",
        "from db import maker\ndef start():\n    print(maker)\n",
        "from db import maker\ndef start():\n    held = maker\n    if held: held.begin()\n",
        "from db import maker\ndef start():\n    held = maker\n    held = print\n    held()\n",
        "from db import connect\ndef start():\n    connect()\n    from db import maker\n    maker()\n",
        "from db import maker\ndef start():\n    global maker\n    maker = print\n    maker()\n",
        "from db import maker\nmaker = print\ndef start():\n    maker()\n",
        "from db import maker\ndef start(maker=print):\n    maker()\n",
        "from db import maker\ndef start(): pass\ndef unused():\n    maker()\n",
    ],
)
def test_is_silent_about_copies_that_do_no_harm(tmp_path: Path, main: str) -> None:
    assert stale(tmp_path, main) == []


@pytest.mark.parametrize(
    "db",
    [
        DB + "connect()\n",
        "maker = print\ndef connect():\n    global maker\n    maker = object()\n",
        "maker = None\ndef disconnect():\n    global maker\n    maker = None\n",
        "maker = None\nmaker = print\ndef connect():\n    global maker\n    maker = object()\n",
    ],
)
def test_is_silent_about_globals_that_are_bound_at_import(tmp_path: Path, db: str) -> None:
    assert stale(tmp_path, "from db import maker\ndef start():\n    maker()\n", db) == []


def test_is_an_error_where_startup_uses_it_and_else_a_warning(tmp_path: Path) -> None:
    handler = "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef handle():\n    maker()\n"
    files = {"main.py": f"from db import maker\n{handler}def start(): pass\n", "db.py": DB}
    assert [found.violation.level for found in findings(tmp_path, files, STARTS, select="SSOT115")] == ["warning"]
    files["main.py"] = "from db import maker\ndef start():\n    maker()\n"
    assert [found.violation.level for found in findings(tmp_path, files, STARTS, select="SSOT115")] == ["error"]


@pytest.mark.parametrize(
    "use",
    [
        "if maker is None: raise RuntimeError('connect first')", "if not maker:\n        raise RuntimeError",
        "assert maker", "assert maker is not None, 'connect first'", "query(maker)", "query(maker=maker)",
        "Query().run(maker)",
    ],
)  # fmt: skip
def test_reports_a_copy_whose_being_none_is_refused(tmp_path: Path, use: str) -> None:
    main = f"from db import connect, maker\n{CALLED}def start():\n    connect()\n    {use}\n"
    assert stale(tmp_path, main) == ["main.py: from db import connect, maker [import]"]


CALLED = """
def query(maker): return maker.run()
def asking(maker=None): return maker.run() if maker else 1
def perhaps(maker, sure):
    if sure:
        maker.run()
def filling(maker):
    maker = maker or print
    maker()
class Query:
    def run(self, maker): return maker.run()
"""


@pytest.mark.parametrize(
    "use",
    [
        "if maker is None: connect()", "if maker is not None: raise RuntimeError('twice')", "assert maker is None",
        "asking(maker)", "perhaps(maker, False)", "filling(maker)", "assert maker or True", "query(print, *maker)",
        "if maker is None and print():\n        raise RuntimeError",
    ],
)  # fmt: skip
def test_is_silent_where_the_copy_may_be_none(tmp_path: Path, use: str) -> None:
    main = f"from db import connect, maker\n{CALLED}def start():\n    connect()\n    {use}\n"
    assert stale(tmp_path, main) == []
