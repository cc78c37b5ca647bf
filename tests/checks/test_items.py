"""What is asked for its items, and has none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
from collections import UserList
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar
from pydantic import BaseModel
from outside import Base, traced, given

T = TypeVar("T")
class Registry:
    def __init__(self): self.items = []
    def names(self): return list(self.items)
    @property
    def size(self): return len(self.items)
    @traced
    def traced(self): return []

class Listed(Registry):
    def __iter__(self): return iter(self.items)
    def __len__(self): return 1
    def __getitem__(self, key): return key

class Old:
    def __getitem__(self, index): raise IndexError
    def __len__(self): return 0

class Outside(Base): pass
class Items(UserList): pass
class Text(str): pass
class Model(BaseModel):
    a: int = 1
class Pair(NamedTuple):
    a: int = 1
class Color(Enum):
    RED = 1
class Box(Generic[T]): pass
class Own:
    def __class_getitem__(cls, item): return cls
@dataclass
class Report:
    total: int = 0

class Loader:
    def __init__(self, items): self.items = items
    def run(self):
        return [each for each in self.items]

@lru_cache(maxsize=1)
def loaded(): return {"a": 1}
def settings(): return {"a": 1}
@traced
def cached(): return []
def numbers(): yield 1
def checked(items):
    if callable(items):
        items = items()
    return [each for each in items]
registry = Registry()
def later(): return []
later = given(later)
if given:
    settled = settings
else:
    settled = settings()
"""
UNWRAPPING = """
import functools
def start(given):
    found = given
    while isinstance(found, functools.partial):
        found = found.func
start(settings)
"""
FUNCTION = "is a function, which is not called before it is"


def wrong(root: Path, code: str) -> list[tuple[str, str, str]]:
    found = findings(root, {"app.py": CODE + code}, 'entry-points = ["app"]\n', select="SSOT11")
    return summaries(found)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("len(registry)", "`Registry` has no `__len__`, and so can't be measured by `len`"),
        ("len(Report())", "`Report` has no `__len__`, and so can't be measured by `len`"),
        ("len(Model())", "`Model` has no `__len__`, and so can't be measured by `len`"),
        ("registry['a']", "`Registry` has no `__getitem__`, and so can't be subscripted"),
        ("Model()['a']", "`Model` has no `__getitem__`, and so can't be subscripted"),
        ("list(registry)", "`Registry` has no `__iter__`, and so can't be gone over or unpacked"),
        ("sorted(registry)", "`Registry` has no `__iter__`, and so can't be gone over or unpacked"),
        ("for n, each in enumerate(registry): pass",
         "`Registry` has no `__iter__`, and so can't be gone over or unpacked"),
        ("for each in settings: pass", f"`settings` {FUNCTION} gone over or unpacked"),
        ("settings['a']", f"`settings` {FUNCTION} subscripted"),
        ("class Typed(Registry[int]): pass", "`Registry` is not generic, and so can't be subscripted"),
        ("found = Report[int]", "`Report` is not generic, and so can't be subscripted"),
        ("len(registry.names)", f"`names` {FUNCTION} measured by `len`"),
        ("if 'a' in registry.names: pass", f"`names` {FUNCTION} searched by `in`"),
        ("if 'a' not in settings: pass", f"`settings` {FUNCTION} searched by `in`"),
        ("for each in registry.names: pass", f"`names` {FUNCTION} gone over or unpacked"),
        ("a, b = registry.names", f"`names` {FUNCTION} gone over or unpacked"),
        ("numbers()[0]", "what numbers() gives is a generator, which can't be subscripted"),
        ("len(numbers())", "what numbers() gives is a generator, which can't be measured by `len`"),
        ("def start():\n    found = numbers()\n    return found[:2]\nstart()",
         "what numbers() gives is a generator, which can't be subscripted"),
    ],
)  # fmt: skip
def test_reports_what_has_no_items(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, code) == [("SSOT112", "error", message)]


@pytest.mark.parametrize(
    "code",
    [
        "'a' in Old(), 'a' in Listed(), 'a' in Outside(), 'a' in cached, 'a' in settled",
        "class Typed(Box[int], Own[int], Outside[int]): pass",
        "class New[T]: pass\nclass Newer(New[int]): pass",
        "def start(found: Registry[int]) -> Report[int]: pass\nstart(1)",
        "listed = Listed()\nlen(listed), list(listed), listed[0]\nfor each in listed: pass",
        "old = Old()\nlen(old), list(old), old[0]",
        "outside = Outside()\nlen(outside), list(outside), outside[0]",
        "items = Items()\nlen(items), list(items), items[0]",
        "text = Text()\nlen(text), list(text), text[0]",
        "list(Model()), list(Color), len(Color), Color['RED']",
        "pair = Pair()\nlen(pair), list(pair), pair[0]",
        "bool(registry)",
        "len(cached), list(cached), cached['a']",
        "len(registry.traced)",
        "list(numbers()), sorted(numbers())",
        "checked(settings)",
        "for each in settled: pass",
        "for each in later: pass",
        "def len(given): return 1\nlen(registry)",
        "try:\n    len(registry)\nexcept TypeError: pass",
        "def start(found=None):\n    if hasattr(found, '__len__'): return len(found)\nstart(registry)",
        "def start(found):\n    return [each for each in found] if found is not None else 1\nstart(None)",
        "Loader([1]).run()",
    ],
)
def test_says_nothing_of_what_has_or_may_have_them(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("settings.get('a')", "`settings` is a function, and has no `get`"),
        ("loaded.debug", "`loaded` is a function, and has no `debug`"),
        ("def start(given): return given.debug\nstart(loaded)", "`loaded` is a function, and has no `debug`"),
        ("def start():\n    return settings.debug\nstart()", "`settings` is a function, and has no `debug`"),
    ],
)
def test_reports_what_is_read_from_a_function(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, code) == [("SSOT113", "error", message)]


@pytest.mark.parametrize(
    "code",
    [
        "loaded.cache_clear(), loaded.cache_info(), loaded.__wrapped__",
        "settings.__name__, settings.__doc__, settings.__module__, settings.__wrapped__",
        "settings.short_description = 'a'\nsettings.short_description",
        "def mark(function): function.marked = True\nmark(settings)\nsettings.marked",
        "cached.delay()",
        "later.delay()",
        "settled.debug",
        UNWRAPPING,
        "getattr(settings, 'debug', None)",
        "try:\n    settings.debug\nexcept AttributeError: pass",
        "if hasattr(settings, 'debug'): settings.debug",
        "setattr(settings, 'debug', 1)\nsettings.debug",
        "settings.__dict__.update(debug=1)\nsettings.debug",
        "for name in ('debug',): setattr(settings, name, 1)\nsettings.debug",
    ],
)
def test_says_nothing_of_what_a_function_may_have(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []


def test_what_is_spread_has_its_place(tmp_path: Path) -> None:
    # Where a module has no function, there is nothing that a place before its first one could be taken for.
    assert not findings(tmp_path, {"app.py": "class Plain: pass\nprint(*Plain())\n"}, 'entry-points = ["app"]\n')


def test_the_line_that_spreads_is_a_step_of_the_chain(tmp_path: Path) -> None:
    code = """
class Users:
    def __iter__(self): return read()
def read(connection=None):
    if connection is None: raise ValueError
    return iter([])
def start(): print(*Users())
"""
    (found,) = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT103")
    assert [frame.source for frame in found.chain] == ["def start(): print(*Users())"]
