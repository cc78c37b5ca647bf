"""How seriously SSOT103 takes a call that raises: by what leads there, and who waits for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told
from tests.checks.raising import CONNECT, STARTS, raises


def test_says_where_the_exception_is_caught_and_takes_it_less_seriously(tmp_path: Path) -> None:
    code = f"""{CONNECT}
def attempt():
    return connect()
def start():
    try:
        attempt()
    except (KeyError, LookupError):
        pass
    except ValueError:
        pass
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert found.violation.level == "warning"
    assert [(span.line, message) for span, message in found.related] == [(4, "raised here"), (14, "caught here")]


def test_is_a_warning_where_the_program_starts_all_the_same(tmp_path: Path) -> None:
    code = f"""{CONNECT}
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
def show():
    return connect()
"""
    (found,) = findings(tmp_path, {"app.py": code}, select="SSOT103")
    assert (found.violation.level, found.violation.phase) == ("warning", "request")


def test_warns_where_a_call_on_the_way_may_go_to_another_class(tmp_path: Path) -> None:
    code = """
from outside import setting
class Base:
    def root(self):
        return self.find()
class Run(Base):
    def find(self, host=None):
        return "/"
class Trace(Base):
    def find(self, host=None):
        if host is None:
            raise ValueError("no host")
def make():
    if setting():
        return Run()
    return Trace()
def start():
    make().root()
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert found.violation.level == "warning"


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("connect()", "error"),
        ("if print():\n        connect()", "error"),
        ("if given:\n        connect()", "warning"),
        ("if given.all:\n        through()", "warning"),
        ("if version_info > (3,):\n        connect()", "warning"),
        ("try:\n        print()\n    except OSError:\n        connect()", "warning"),
    ],
)
def test_is_a_warning_where_the_start_may_not_come_by(tmp_path: Path, body: str, level: str) -> None:
    code = f"""{CONNECT}
from sys import version_info
def through():
    connect()
def use(given):
    {body}
def start():
    use(print())
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert found.violation.level == level


@pytest.mark.parametrize(("test", "found"), [("given", False), ("print()", True)])
def test_is_silent_about_what_a_request_may_not_come_by(tmp_path: Path, test: str, found: bool) -> None:
    code = f"""{CONNECT}
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
def show(given):
    if {test}:
        connect()
"""
    assert bool(told(tmp_path, {"app.py": code}, select="SSOT103")) is found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("try:\n        kill()\n    except Killed:\n        return", False),
        ("try:\n        kill()\n    except (OSError, Killed):\n        return", False),
        ("with suppress(Killed):\n        kill()", False),
        ("try:\n        kill()\n    except Exception:\n        return", True),
        ("with suppress(Exception):\n        kill()", True),
        ("try:\n        gone()\n    except ValueError:\n        return", True),
    ],
)
def test_is_silent_where_the_exception_is_waited_for_by_its_name(tmp_path: Path, body: str, found: bool) -> None:
    code = f"""from contextlib import suppress
class Killed(Exception): pass
def kill():
    print("killed")
    raise Killed
def gone():
    raise ValueError("removed")
def start():
    {body}
"""
    assert bool(raises(tmp_path, code)) is found


@pytest.mark.parametrize(
    ("made", "given", "level"),
    [
        ("make(input())", "url", None),
        ("make('redis')", "url", "error"),
        ("make(input())", "None", "warning"),
        ("make(input())", "url=None", "warning"),
    ],
)
def test_what_goes_with_a_choice_is_for_the_caller(tmp_path: Path, made: str, given: str, level: str | None) -> None:
    code = f"""
def connect(url=None):
    if url is None:
        raise ValueError("no url")
    return open(url)
def make(kind="local", url=None):
    if kind == "redis":
        return [connect({given})]
    return []
def start():
    {made}
"""
    found = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert [each.violation.level for each in found] == ([level] if level else [])


@pytest.mark.parametrize(("second", "level"), [("direct()", "error"), ("", "warning")])
def test_another_way_on_which_nothing_catches_it_ends_the_start(tmp_path: Path, second: str, level: str) -> None:
    code = f"""{CONNECT}
def load():
    return connect()
def direct():
    return further()
def further():
    return load()
def start():
    try:
        load()
    except ValueError:
        pass
    {second}
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert found.violation.level == level
    assert [hop.callee for hop in found.violation.chain][:1] == (["app.direct"] if second else ["app.load"])


@pytest.mark.parametrize(
    ("test", "level"),
    [
        ("app.state.cache is not None", "error"),
        ("'old' in app.state.cache", "warning"),
        ("settings.enabled", "warning"),
        ("settings", "error"),
        ("name.enabled", "warning"),
        ("app.state.cache and name", "warning"),
    ],
)
def test_what_a_test_says_of_the_application_s_state_may_be_so_wherever_the_program_starts(
    tmp_path: Path, test: str, level: str
) -> None:
    code = f"""{CONNECT}
from contextlib import asynccontextmanager
from fastapi import FastAPI
from outside import ask
class Settings:
    def __init__(self): self.enabled = ask()
def begin(app, settings, name):
    if {test}:
        connect()
@asynccontextmanager
async def lifespan(app):
    app.state.cache = ask()
    begin(app, Settings(), ask())
    yield
app = FastAPI(lifespan=lifespan)
"""
    (found,) = findings(tmp_path, {"app.py": code}, select="SSOT103")
    assert found.violation.level == level
