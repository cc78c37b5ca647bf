"""A context variable has a value only where something has set it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

VARIABLES = """
from contextvars import ContextVar
user: ContextVar[str] = ContextVar("user")
other = ContextVar("other")
known = ContextVar("known", default=None)
"""
APP = """
import app.variables as variables
from app.variables import other, user as current, known
from fastapi import FastAPI
from outside import given

def ask(): return current.get()
def set_user(value): current.set(value)

async def lifespan(app):
    {before}
    {body}
    yield
app = FastAPI(lifespan=lifespan)

@app.middleware("http")
async def middleware(request, call_next):
    set_user(request.user)
    other.set(1)
    return await call_next(request)
@app.get("/")
async def route(): return ask()
"""


def wrong(root: Path, before: str, body: str) -> list[str]:
    main = APP.format(before=before, body=body)
    files = {"app/__init__.py": "", "app/variables.py": VARIABLES, "app/main.py": main}
    found = findings(root, files, select="SSOT103")
    return [each.violation.message for each in found if each.violation.level == "error"]


@pytest.mark.parametrize("before", ["pass", "other.set(1)"])
@pytest.mark.parametrize("body", ["ask()", "current.get()"])
def test_reports_what_only_requests_set(tmp_path: Path, before: str, body: str) -> None:
    (message,) = wrong(tmp_path, before, body)
    assert message.endswith("nothing has set the context variable, and it has no default")


@pytest.mark.parametrize(
    ("before", "body"),
    [
        ("set_user('x')", "ask()"), ("variables.user.set('x')", "ask()"), ("pass", "known.get()"),
        ("pass", "current.get(None)"), ("pass", "route"), ("for each in (current,): each.set('x')", "ask()"),
    ],
)  # fmt: skip
def test_is_silent_where_it_is_set_or_needs_none(tmp_path: Path, before: str, body: str) -> None:
    assert wrong(tmp_path, before, body) == []


def test_a_handler_may_expect_it(tmp_path: Path) -> None:
    body = "try:\n        ask()\n    except LookupError:\n        pass"
    assert wrong(tmp_path, "pass", body) == []
