from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

CONFIG = """
entry-points = ["app:start"]

[[contracts]]
name = "connect first"
code = "SSOT105"
first = ["db.connect"]
then = ["db.query", "db.Session"]
"""

DB = """
def connect():
    pass
def query():
    pass
class Session:
    def __init__(self):
        pass
def query_when_connected():
    connect()
    query()
"""


def early(root: Path, app: str) -> list[str]:
    return told(root, {"db.py": DB, "app.py": f"import db\n{app}"}, CONFIG, select="SSOT105")


@pytest.mark.parametrize(
    "start",
    [
        "def start():\n    db.query()\n    db.connect()",
        "def start():\n    ask()\n    db.connect()\ndef ask():\n    db.query()",
        "async def start():\n    await ask()\n    db.connect()\nasync def ask():\n    db.query()",
        "async def start():\n    print(f'{await ask()} {db.connect()}')\nasync def ask():\n    db.query()",
        "def start():\n    use(db.query(), db.connect())\ndef use(*given): pass",
        (
            "import asyncio\nasync def start():\n    await asyncio.gather(ask())\n    db.connect()\n"
            "async def ask():\n    db.query()"
        ),
    ],
)
def test_reports_what_comes_before(tmp_path: Path, start: str) -> None:
    (found,) = early(tmp_path, start)
    assert "db.query()" in found
    assert found.endswith("[startup]")


@pytest.mark.parametrize(
    "start",
    [
        "def start():\n    db.connect()\n    db.query()",
        "def start():\n    prepare()\n    db.query()\ndef prepare():\n    db.connect()",
        "def start(cold):\n    if cold:\n        db.connect()\n    db.query()",
        "def start():\n    db.query_when_connected()",
        "def start():\n    later = lambda: db.query()\n    db.connect()\n    later()",
        "def start():\n    ask = db.query\n    db.connect()\n    ask()",
        "def start():\n    use(db.connect(), db.query())\ndef use(*given): pass",
    ],
)
def test_is_silent_about_what_comes_after_or_is_only_handed_over(tmp_path: Path, start: str) -> None:
    assert early(tmp_path, start) == []


def test_takes_imports_in_their_order(tmp_path: Path) -> None:
    files = {
        "db.py": DB,
        "early.py": "import db\nrows = db.query()\n",
        "late.py": "import db\nrows = db.query()\n",
        "app.py": "import early\nimport db\ndb.connect()\nimport late\ndef start(): pass\n",
    }
    assert told(tmp_path, files, CONFIG, select="SSOT105") == ["early.py: rows = db.query() [import]"]


def test_counts_a_constructor_and_shows_the_chain(tmp_path: Path) -> None:
    app = "import db\ndef start():\n    begin()\n    db.connect()\ndef begin():\n    db.Session()\n"
    (found,) = findings(tmp_path, {"db.py": DB, "app.py": app}, CONFIG, select="SSOT105")
    assert [(frame.caller, frame.callee, frame.span.line) for frame in found.chain] == [("app.start", "app.begin", 3)]
    assert found.violation.certainty == "certain"


def test_is_less_sure_where_nothing_is_seen_to_come_first(tmp_path: Path) -> None:
    assert early(tmp_path, "def start():\n    db.query()") == []
    config = f'min-certainty = "possible"\n{CONFIG}'
    assert len(findings(tmp_path, {}, config, select="SSOT105")) == 1


def test_lets_allowed_functions_come_early(tmp_path: Path) -> None:
    config = f'{CONFIG}allow = ["app.start"]\n'
    app = "import db\ndef start():\n    db.query()\n    db.connect()\n"
    assert told(tmp_path, {"db.py": DB, "app.py": app}, config, select="SSOT105") == []


@pytest.mark.parametrize("guard", ["if __name__ == '__main__':\n    ", ""])
def test_a_script_is_a_start(tmp_path: Path, guard: str) -> None:
    config = CONFIG.replace("app:start", "app.__main__")
    files = {
        "db.py": DB,
        "app/__init__.py": "",
        "app/core.py": "import db\ndef run():\n    db.query()\n    db.connect()\n",
        "app/__main__.py": f"from app.core import run\n{guard}run()\n",
    }
    assert told(tmp_path, files, config, select="SSOT105") == ["app/core.py: db.query() [startup]"]
