"""SSOT113 about the state of an application: what is set on it, and what a start reads of it before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STATE = """
from contextlib import asynccontextmanager
from fastapi import FastAPI

class Startup:
    def __init__(self, app: FastAPI): self.app = app
    def run(self):
        self.app.state.pool = object()
        self.check()
    def check(self):
        {use}

@asynccontextmanager
async def lifespan(app):
    Startup(app).run()
    yield

app = FastAPI(lifespan=lifespan)
"""


def test_reports_what_nothing_sets_on_the_state_of_an_application(tmp_path: Path) -> None:
    files = {"app.py": STATE.format(use="self.app.state.pools.open()")}
    assert told(tmp_path, files, select="SSOT113") == ["app.py: self.app.state.pools.open() [startup]"]


FACTORY = """
from contextlib import asynccontextmanager
from fastapi import FastAPI

class Settings:
    url = ""

def decorator(function): return function

@asynccontextmanager
async def lifespan(app):
    app.state.settings.urls
    yield

def create_app(settings: Settings | None = None):
    app = FastAPI(lifespan=lifespan)
    app.state.settings = settings or Settings()
    return app
"""


@pytest.mark.parametrize("command", ["uvicorn --factory app:create_app", "gunicorn 'app:create_app()'"])
def test_what_a_server_makes_an_application_with_gets_no_arguments(tmp_path: Path, command: str) -> None:
    files = {"app.py": FACTORY, "Dockerfile": f"FROM python:3.12\nCMD {command}\n"}
    assert told(tmp_path, files, select="SSOT113") == ["app.py: app.state.settings.urls [startup]"]


def test_what_it_may_get_from_elsewhere_is_not_known(tmp_path: Path) -> None:
    config = 'entry-points = ["app:create_app"]'
    assert told(tmp_path, {"app.py": FACTORY}, config, select="SSOT113") == []


HELD = """
from contextlib import asynccontextmanager
from fastapi import FastAPI

class Pool:
    pass

class Startup:
    def __init__(self, pool): self.pool = pool
    def run(self): check(self.pool)

def check(pool):
    pool.open()

@asynccontextmanager
async def lifespan(app):
    Startup(app.state.pool).run()
    yield

def create_app():
    app = FastAPI(lifespan=lifespan)
    app.state.pool = Pool()
    return app
"""


def test_the_state_of_an_application_has_what_is_set_on_it_and_nothing_else(tmp_path: Path) -> None:
    config = 'entry-points = ["app:create_app"]'
    assert told(tmp_path, {"app.py": HELD}, config, select="SSOT113") == ["app.py: pool.open() [startup]"]


@pytest.mark.parametrize(
    "use",
    [
        "self.app.state.pool.open()", "getattr(self.app.state, 'pools', None) or self.app.state.pools",
        "setattr(self.app.state, 'pools', 1)\n        self.app.state.pools", "self.app.state._state",
        "for name in ('pools',): setattr(self.app.state, name, 1)\n        self.app.state.pools",
        "state = self.app.state\n        state.pools = 1\n        self.app.state.pools",
        "try: self.app.state.pools\n        except AttributeError: pass",
        "if hasattr(self.app.state, 'pools'): self.app.state.pools",
        "self.app.state = Startup(1)\n        self.app.state.app",
    ],
)  # fmt: skip
def test_is_silent_about_what_may_be_set_on_the_state_of_an_application(tmp_path: Path, use: str) -> None:
    assert told(tmp_path, {"app.py": STATE.format(use=use)}, select="SSOT113") == []
