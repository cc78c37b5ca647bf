"""Classes whose bases are in a library, or Python's own: what those give is known for a few."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'

MAPPED = """
from sqlalchemy.orm import DeclarativeBase, relationship
class Base(DeclarativeBase): pass
class User(Base):
    __tablename__ = "users"
    name = None
    @classmethod
    def load(cls): pass
class Team(Base):
    members = relationship("User", backref="team")
def start(): READ
"""
MIDDLEWARE = """
from fastapi import FastAPI
from starlette.middleware.base import BaseHTTPMiddleware
class Limits(BaseHTTPMiddleware):
    def __init__(self, app):
        super().__init__(app)
        READ
    def _connect(self): pass
app = FastAPI()
app.add_middleware(Limits)
"""
DJANGO = """
from django.apps import AppConfig
from django.utils.deprecation import MiddlewareMixin
class Config(AppConfig):
    def check(self): pass
class Mid(MiddlewareMixin):
    def work(self): pass
def start():
    config, mid = Config("a", None), Mid(None)
    READ
"""
OWN = """
import logging
import threading
class Worker(threading.Thread):
    def work(self): pass
class Storage(logging.Handler):
    def keep(self): pass
def start(): READ
"""


def _read(tmp_path: Path, code: str, read: str) -> list[str]:
    config = "" if code is MIDDLEWARE else STARTS
    return told(tmp_path, {"app.py": code.replace("READ", read)}, config, select="SSOT113")


@pytest.mark.parametrize(
    ("code", "read"),
    [
        (MAPPED, "User.load_all()"),
        (MAPPED, "User().fetch()"),
        (MAPPED.replace("class Base(DeclarativeBase): pass", "Base = declarative_base()"), "User.load_all()"),
        (MIDDLEWARE, "self._open()"),
        (DJANGO, "config.check_all()"),
        (DJANGO, "mid.begin()"),
        (OWN, "Worker().begin()"),
        (OWN, "Storage().keep_all()"),
    ],
)
def test_reports_what_neither_the_class_nor_its_base_has(tmp_path: Path, code: str, read: str) -> None:
    code = code.replace("import DeclarativeBase,", "import DeclarativeBase, declarative_base,")
    (line,) = _read(tmp_path, code, read)
    assert read in line


@pytest.mark.parametrize(
    ("code", "read"),
    [
        (MAPPED, "User.load(), User.metadata, User().registry, User().team"),
        (MAPPED.replace("name = None", "__table__ = None"), "User().email"),
        (MAPPED.replace("name = None", "__table_args__ = {'autoload_with': None}"), "User().email"),
        (MIDDLEWARE, "self._connect(); self.app; self.dispatch_func"),
        (DJANGO, "config.check(), config.get_models(), config.label, mid.get_response, mid.work()"),
        (OWN, "Worker().work(), Worker().start(), Worker()._target, Worker().daemon"),
        (OWN, "Storage().keep(), Storage().formatter, Storage().lock"),
    ],
)
def test_is_silent_about_what_the_base_gives(tmp_path: Path, code: str, read: str) -> None:
    assert _read(tmp_path, code, read) == []
