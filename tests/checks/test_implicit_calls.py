"""Calls that Python makes by itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
from functools import cached_property, partial
from outside import Base, given, traced

class Settings:
    @property
    def name(self, default): return default
    @cached_property
    def url(self, default): return default
    @property
    def plain(self): return 1
    @plain.setter
    def plain(self, value): print(value)
    @property
    def optional(self, default=None): return default
    @traced
    def changed(self, default): return default
    def weight(self): return 1
    def order(self, each): return each
    @traced
    def traced(self): return 1
    @staticmethod
    def static(each): return each

class Half:
    def __enter__(self): return self
    def __exit__(self): pass
class Asking:
    def __enter__(self, name): return self
    def __exit__(self, *args): pass
class Whole:
    def __enter__(self): return self
    def __exit__(self, kind, error, trace): pass
class Open:
    def __enter__(self): return self
    def __exit__(self, *args): pass
class Below(Base):
    def __enter__(self): return self
    def __exit__(self, *args): pass

settings = Settings()
def pair(one, two): return one
"""


def wrong(root: Path, code: str) -> list[tuple[str, str, str]]:
    found = findings(root, {"app.py": CODE + code}, 'entry-points = ["app"]\n', select="SSOT11")
    return summaries(found)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("settings.name", "name() misses the required argument `default`"),
        ("settings.url", "url() misses the required argument `default`"),
        ("def start():\n    own = Settings()\n    return own.name\nstart()",
         "name() misses the required argument `default`"),
        ("with Half(): pass", "__exit__() takes 1 positional argument but 4 are given"),
        ("with Asking(): pass", "__enter__() misses the required argument `name`"),
        ("sorted([1], key=settings.weight)", "weight() takes 1 positional argument but 2 are given"),
        ("max([1], key=lambda: 1)", "<lambda1>() takes 0 positional arguments but 1 is given"),
        ("list(map(pair, [1]))", "pair() misses the required argument `two`"),
        ("list(filter(pair, [1]))", "pair() misses the required argument `two`"),
    ],
)  # fmt: skip
def test_reports_what_does_not_take_what_python_gives(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, code) == [("SSOT112", "error", message)]


@pytest.mark.parametrize(
    "code",
    [
        "settings.plain\nsettings.plain = 2",
        "settings.optional",
        "settings.changed",
        "with Whole(): pass\nwith Open(): pass\nwith Below(): pass",
        "sorted([1], key=settings.order)",
        "sorted([1], key=settings.traced)",
        "sorted([1], key=settings.static)",
        "sorted([1], key=lambda each, other=1: each)",
        "sorted([1], key=partial(pair, 1))",
        "sorted([1], key=None)",
        "sorted([1], key=given)",
        "list(map(pair, [1], [2]))",
        "list(map(pair, *given))",
        "list(filter(None, [1]))",
        "def sorted(items, key): return key()\nsorted([1], key=settings.weight)",
        "try:\n    sorted([1], key=settings.weight)\nexcept TypeError: pass",
        "def start(key):\n    return max([1], key=key) if given else 1\nstart(settings.order)",
    ],
)
def test_says_nothing_of_what_takes_it(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []


ENTERED = """
from outside import given, traced
async def later(): return 1
class Plain:
    def __aenter__(self): return self
    async def __aexit__(self, *args): pass
class PlainExit:
    async def __aenter__(self): return self
    def __aexit__(self, *args): return False
class Whole:
    async def __aenter__(self): return self
    async def __aexit__(self, *args): pass
class Passing:
    def __aenter__(self): return later()
    def __aexit__(self, *args): return given()
class Traced:
    @traced
    def __aenter__(self): return self
    @traced
    def __aexit__(self, *args): pass
class Both(Plain):
    async def __aenter__(self): return self
async def start():
    async with MANAGER: pass
"""


@pytest.mark.parametrize(
    ("manager", "method"),
    [
        ("Plain()", "__aenter__"), ("PlainExit()", "__aexit__"), ("Whole()", ""), ("Passing()", ""), ("Traced()", ""),
        ("Both()", ""), ("given()", ""), ("Whole() if given() else Plain()", ""),
    ],
)  # fmt: skip
def test_plain_functions_do_not_enter_asynchronously(tmp_path: Path, manager: str, method: str) -> None:
    files = {"app.py": ENTERED.replace("MANAGER", manager)}
    found = findings(tmp_path, files, 'entry-points = ["app:start"]\n', select="SSOT112")
    why = f"`{method}` is no coroutine function, and `async with` awaits what it gives"
    assert [each.violation.message for each in found] == [why] * bool(method)
