"""What the start reads before it sets it: an application's state, and globals that functions ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

FILES = {
    "app/__init__.py": "",
    "app/db.py": """
engine = None
lost = None
def initialize(url):
    global engine
    engine = connect(url)
def get_engine():
    \"\"\"The engine.\"\"\"
    if engine is None:
        raise RuntimeError("not initialised")
    return engine
def get_lost():
    if not lost:
        raise RuntimeError("not initialised")
    return lost
def connect(url):
    return open(url)
""",
    "app/steps.py": """
from app import db
def set_up(app):
    db.initialize("x")
    app.state.pool = db.get_engine()
def tables():
    return db.get_engine()
def warm(app):
    app.state.pool.warm()
def set_late(app):
    app.state.late = 1
""",
}
MAIN = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
from app import db, steps
class Starter:
    def __init__(self, app): self.app = app
    def first(self): steps.warm(self.app)
    def second(self): steps.set_up(self.app)
    def again(self):
        steps.tables()
        self.second()
    async def run(self):
        {body}
@asynccontextmanager
async def lifespan(app):
    await Starter(app).run()
    yield
app = FastAPI(lifespan=lifespan)
"""


NONE = "`engine` is None"


def told(root: Path, body: str, code: str) -> list[str]:
    main = MAIN.replace("{body}", body.replace("\n", "\n        "))
    found = findings(root, {**FILES, "app/main.py": main}, 'entry-points = ["app.main"]', select=code)
    return [f"{each.span.path}: {each.violation.message} [{each.violation.level}]" for each in found]


@pytest.mark.parametrize(
    "body",
    [
        "self.first()\nself.second()",
        "steps.warm(self.app)\nif self.app:\n    self.second()",
    ],
)
def test_reports_reads_of_a_state_before_it_is_set(tmp_path: Path, body: str) -> None:
    message = "`pool` is read from the application's state before the start sets it"
    assert told(tmp_path, body, "SSOT113") == [f"app/steps.py: {message} [error]"]


@pytest.mark.parametrize(
    "body",
    [
        "self.second()\nself.first()",
        "if self.app:\n    self.second()\nself.first()\nself.second()",
        "for step in (self.second, self.first):\n    step()",
        "self.second()\nif hasattr(self.app.state, 'pool'):\n    self.first()\nself.second()",
        "setattr(self.app.state, 'pool', open('x'))\nself.first()\nself.second()",
        "self.first() if input() else None\nself.second()",
    ],
)
def test_is_silent_where_it_may_be_set(tmp_path: Path, body: str) -> None:
    assert [each for each in told(tmp_path, body, "SSOT113") if "[error]" in each] == []


def test_reports_what_only_a_function_sets_that_has_not_run(tmp_path: Path) -> None:
    why = "only `set_late()` sets it, which has not run"
    found = told(tmp_path, "print(self.app.state.late)", "SSOT113")
    assert found == [f"app/main.py: `late` is not in the application's state: {why} [error]"]


@pytest.mark.parametrize(
    ("body", "name", "why"),
    [
        ("steps.tables()\nself.second()", "get_engine", f"{NONE} until `initialize()` has run, which comes later"),
        ("db.get_engine()\nself.later()", "get_engine", f"{NONE}: only `initialize()` sets it, which has not run"),
        ("db.get_lost()", "get_lost", "nothing sets `lost`"),
    ],
)  # fmt: skip
def test_reports_calls_that_ask_for_a_global_before_it_is_set(tmp_path: Path, body: str, name: str, why: str) -> None:
    (found,) = told(tmp_path, body, "SSOT103")
    assert found.endswith(f"{name}() is certain to raise during startup: {why} [error]")


@pytest.mark.parametrize(
    "body",
    [
        "self.second()\nsteps.tables()",
        "db.initialize('x')\nsteps.tables()",
        "db.engine = open('x')\nsteps.tables()\nself.second()",
        "try:\n    steps.tables()\nexcept RuntimeError:\n    pass\nself.second()",
        "if self.app:\n    self.second()\nsteps.tables()\nself.second()",
        "self.second()\nself.again()",
    ],
)
def test_is_silent_where_the_global_may_be_set(tmp_path: Path, body: str) -> None:
    assert [each for each in told(tmp_path, body, "SSOT103") if "[error]" in each] == []


FACTORY = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
from app import db
def checked(user):
    if user is None:
        raise ValueError("no user")
    return db.get_engine()
@asynccontextmanager
async def lifespan(app):
    {first}
    {second}
    yield
def create_app():
    app = FastAPI(lifespan=lifespan)
    {made}
    return app
"""


@pytest.mark.parametrize(
    ("first", "second", "made", "why"),
    [
        ("db.initialize('x')", "pass", "db.get_engine()", f"{NONE} until `initialize()` has run, which comes later"),
        ("checked('me')", "db.initialize('x')", "pass", f"{NONE} until `initialize()` has run, which comes later"),
        ("db.initialize('x')", "checked('me')", "pass", ""),
        ("checked(input())", "db.initialize('x')", "pass", ""),
    ],
)
def test_a_lifespan_runs_after_the_factory_and_past_what_does_not_raise(
    tmp_path: Path, first: str, second: str, made: str, why: str
) -> None:
    main = FACTORY.format(first=first, second=second, made=made)
    config = 'entry-points = ["app.main:create_app"]'
    found = findings(tmp_path, {**FILES, "app/main.py": main}, config, select="SSOT103")
    expected = [f"get_engine() is certain to raise during startup: {why}"] if why else []
    assert [each.violation.message for each in found] == expected


IMPORTING = """
from app import db
{first}
def serve():
    db.initialize("x")
    {inside}
serve()
"""


@pytest.mark.parametrize(
    ("first", "inside", "is_told"),
    [
        ("from app import table", "pass", True),
        ("import app.table", "pass", True),
        ("db.initialize('y')\nfrom app import table", "pass", False),
        ("try:\n    from app import table\nexcept RuntimeError: pass", "pass", False),
        ("if db.lost:\n    from app import table", "from app import table", False),
        ("pass", "from app import table", False),
    ],
)
def test_what_an_import_asks_for_comes_before_what_the_importing_module_calls(
    tmp_path: Path, first: str, inside: str, *, is_told: bool
) -> None:
    files = {
        **FILES,
        "app/main.py": IMPORTING.format(first=first, inside=inside),
        "app/table.py": "from app import db\nENGINE = db.get_engine()\n",
    }
    found = findings(tmp_path, files, 'entry-points = ["app.main"]', select="SSOT103")
    why = f"{NONE} until `initialize()` has run, which comes later"
    expected = [f"get_engine() is certain to raise at import: {why}"] if is_told else []
    assert [each.violation.message for each in found if each.violation.level == "error"] == expected
