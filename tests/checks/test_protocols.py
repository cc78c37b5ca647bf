from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
import functools
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import NamedTuple
from outside import Base, given
from app import tools, jobs

class Settings:
    def __init__(self): self.debug = bool(given)
    @property
    def live(self): return not self.debug
    @property
    def size(self): return len(self.__dict__)
    @property
    def shown(self): print(self.debug)
    @functools.cached_property
    def cached(self): return 1
    @property
    def told(self): return self.text.lower()
    text = "told"
    @property
    def runner(self): return self.run
    def run(self): return 1

class Callable:
    def __call__(self): return 1

class Outside(Base):
    pass

class Manager:
    def __enter__(self): return self
    def __exit__(self, *args): pass

class AsyncManager:
    async def __aenter__(self): return self
    async def __aexit__(self, *args): pass

@dataclass
class Report:
    total: int = 0

class Items:
    def __init__(self): self.items = [1]
    def __iter__(self): return iter(self.items)

class Old:
    def __getitem__(self, index): raise IndexError

class Pair(NamedTuple):
    one: int = 1
    two: int = 2

class Config:
    @property
    def live(self): return True
    @property
    def other(self): return True
class Below(Config):
    @property
    def other(self): return print

settings = Settings()

def retry(times, delay):
    def decorate(function): return function
    return decorate

def plain(function, times=1): return function

class Shape(ABC):
    @abstractmethod
    def area(self): ...

class Round(Shape):
    def area(self): return 1

class Square(Shape):
    pass
"""
NO_ITERATOR = "has no `__iter__`, and so can't be gone over or unpacked"
STACK = """
import asyncio
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager
@contextmanager
def plain_pool(): yield 1
@asynccontextmanager
async def pool(): yield 1
async def made(): return AsyncManager()
async def bare(): yield 1
async def start():
    async with AsyncExitStack() as stack:
        BODY
asyncio.run(start())
"""
UNPACKING = """
import asyncio
async def report(): return Report()
async def start():
    a, b = await report()
asyncio.run(start())
"""
FILES = {
    "app/__init__.py": "from app.jobs import jobs\n",
    "app/tools.py": "",
    "app/jobs.py": "def jobs(): return 1\n",
}


def wrong(root: Path, code: str) -> list[str]:
    files = {**FILES, "app/main.py": CODE + code}
    found = findings(root, files, 'entry-points = ["app.main"]\n', select="SSOT11")
    return [f"{each.code} {each.violation.message}" for each in found]


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("import time\ntime()", "SSOT112 the module `time` is called"),
        ("import os.path\nos()", "SSOT112 the module `os` is called"),
        ("tools()", "SSOT112 the module `app.tools` is called"),
        ("settings()", "SSOT112 an instance of `Settings` is called, which has no `__call__`"),
        ("settings.cached()", "SSOT112 `cached` is a property, and what it gives is called"),
        ("settings.told()", "SSOT112 `told` is a property, and what it gives is called"),
        ("def start(it: Config): it.live()\nstart(*given)",
         "SSOT112 `live` is a property, and what it gives is called"),
        ("def start():\n    it = Settings()\n    return it()\nstart()",
         "SSOT112 an instance of `Settings` is called, which has no `__call__`"),
        ("settings.size()", "SSOT112 `size` is a property, and what it gives is called"),
        ("settings.live()", "SSOT112 `live` is a property, and what it gives is called"),
        ("settings.shown()", "SSOT112 `shown` is a property, and what it gives is called"),
        ("with Settings() as it: pass", "SSOT113 `Settings` has no attribute `__enter__`"),
        ("class Half:\n    def __enter__(self): pass\nwith Half(): pass", "SSOT113 `Half` has no attribute `__exit__`"),
        ("with settings: pass", "SSOT113 `Settings` has no attribute `__enter__`"),
        ("with AsyncManager() as it: pass", "SSOT113 `AsyncManager` has no attribute `__enter__`"),
        ("import asyncio\nasync def start():\n    async with Manager(): pass\nasyncio.run(start())",
         "SSOT113 `Manager` has no attribute `__aenter__`"),
        ("one, two = Report()", f"SSOT112 `Report` {NO_ITERATOR}"),
        ("for each in settings: pass", f"SSOT112 `Settings` {NO_ITERATOR}"),
        ("print([each for each in Report()])", f"SSOT112 `Report` {NO_ITERATOR}"),
        (UNPACKING, f"SSOT112 `Report` {NO_ITERATOR}"),
        ("@retry\ndef job(): return 1", "SSOT112 retry() misses the required argument `delay`"),
        ("for each in [Round, Square]: each()", "SSOT112 Square() lacks the abstract method `area`"),
    ],
)  # fmt: skip
def test_reports_what_can_not_be_called_or_entered(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, code) == [message]


@pytest.mark.parametrize(
    "code",
    [
        "one, two = Pair()", "for each in Items(): pass", "for each in Old(): pass", "one, *_ = Items()",
        "for each in Outside(): pass", "for each in given or Report(): pass", "one, two = given(Report())",
        "try:\n    one, two = Report()\nexcept TypeError: pass",
        "Report.__iter__ = lambda self: iter(())\none, *_ = Report()",
        "jobs()", "Callable()()", "Outside()()", "settings.run()", "settings.runner()",
        "def start(it: Config): it.other()\nstart(*given)",
        "settings.live", "given()",
        "with Manager(): pass", "with Outside(): pass", "with given: pass",
        "from contextlib import closing\nwith closing(Settings()) as it: it.run()", "@retry(1, 2)\ndef job(): return 1",
        "@plain\ndef job(): return 1", "try:\n    settings()\nexcept TypeError:\n    pass",
        "import asyncio\nasync def start():\n    async with AsyncManager(): pass\nasyncio.run(start())",
        "from time import time\ntime()", "import time\ntime = given\ntime()",
        "def start(time): return time()\nstart(given)",
        "import outside\noutside()", "import time\ntry: time()\nexcept TypeError: pass",
        "it = given or settings\nit()", "Settings.__call__ = lambda self: 1\nsettings()",
        "for each in [Round]: each()", "for each in [Round, Square]:\n    if given: each()",
        "def start(run): return run() if callable(run) else run\nstart(settings)\nstart(jobs)",
        """
class Wrapped:
    def __init__(self, method): self.method = method
    def bound(self, to): return lambda: self.method(to)
class Part:
    def __init__(self):
        for name in dir(type(self)):
            if isinstance(getattr(self, name), Wrapped): setattr(self, name, getattr(self, name).bound(self))
class Store(Part):
    @Wrapped
    def rows(self): return 1
    def all(self): return self.rows()
Store().all()""",
    ],
)  # fmt: skip
def test_is_silent_about_what_may_be(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("stack.enter_context(Settings())", "SSOT113 `Settings` has no attribute `__enter__`"),
        ("await stack.enter_async_context(Settings())", "SSOT113 `Settings` has no attribute `__aenter__`"),
        ("await stack.enter_async_context(Manager())", "SSOT113 `Manager` has no attribute `__aenter__`"),
        ("await stack.enter_async_context(made())",
         "SSOT112 made() gives a coroutine, which is not awaited before it is entered"),
        ("await stack.enter_async_context(bare())",
         "SSOT112 bare() is a generator, and `async with` needs a context manager"),
        ("await stack.enter_async_context(plain_pool())",
         "SSOT112 plain_pool() is entered by `async with`, and `@contextmanager` needs `with`"),
        ("stack.enter_context(pool())",
         "SSOT112 pool() is entered by `with`, and `@asynccontextmanager` needs `async with`"),
        ("stack.enter_context(Manager())", ""),
        ("stack.enter_context(plain_pool())", ""),
        ("stack.enter_context(given(Settings()))", ""),
        ("await stack.enter_async_context(AsyncManager())", ""),
        ("await stack.enter_async_context(pool())", ""),
        ("await stack.enter_async_context(await made())", ""),
    ],
)  # fmt: skip
def test_tells_what_a_stack_can_not_enter(tmp_path: Path, body: str, message: str) -> None:
    assert wrong(tmp_path, STACK.replace("BODY", body)) == ([message] if message else [])
