"""What a start asks of an instance before it has run the method that makes it ready."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
from dataclasses import dataclass
from outside import Base, given

class Engine:
    def dispose(self): return 1

class Manager:
    def __init__(self, url):
        self.url = url
        self._engine = None
        self._started = False
    @property
    def engine(self):
        \"\"\"The engine.\"\"\"
        if self._engine is None:
            raise RuntimeError("not initialised")
        return self._engine
    async def session(self):
        if not self._started:
            raise RuntimeError("not started")
        return self._engine
    def dispose(self):
        self._engine.dispose()
    def checked(self):
        if self._engine is not None:
            self._engine.dispose()
    def lazily(self):
        if self._engine is None:
            self.initialize()
        return self._engine.dispose()
    async def start(self):
        self.initialize()
        self._started = True
    def initialize(self):
        self._engine = Engine()
    def close(self):
        self._engine = None
        self._started = False
    def __enter__(self):
        self.initialize()
        return self
    def __exit__(self, *args): pass

class Ready:
    def __init__(self):
        self._engine = None
        self.reset()
    def reset(self): self._engine = Engine()
    def dispose(self): self._engine.dispose()

class Foreign:
    def __init__(self): self._pool = None
    def dispose(self): self._pool.dispose()
    def initialize(self): self._pool = Engine()
def fill(foreign): foreign._pool = Engine()

class Below(Base):
    def __init__(self): self._engine = None
    def dispose(self): self._engine.dispose()
    def initialize(self): self._engine = Engine()

@dataclass
class Given:
    _engine: Engine = None
    def dispose(self): self._engine.dispose()
    def initialize(self): self._engine = Engine()

class Counted:
    def __init__(self): self._count = 0
    def bits(self): return self._count.bit_length()
    def initialize(self): self._count = 1

class Unset:
    def __init__(self): self._client = None
    def client(self):
        if not self._client:
            raise RuntimeError("no client")
        return self._client
    def connect(self): self._client = Engine()

def get_manager(): return manager
manager = Manager("x")
ready_manager = Manager("y")
ready = Ready()
"""
START = """
async def start():
    BODY
import asyncio
asyncio.run(start())
"""
RAISES = "is certain to raise at import:"
ENGINE = "`_engine` of `Manager` is not set until `initialize()` has run, which comes later"


def wrong(root: Path, body: str) -> list[tuple[str, str, str]]:
    code = CODE + START.replace("BODY", body.replace("\n", "\n    "))
    found = findings(root, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT1")
    return summaries(found)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("manager.engine\nmanager.initialize()", f"engine() {RAISES} {ENGINE}"),
        ("manager.engine\nawait manager.start()", f"engine() {RAISES} {ENGINE}"),
        ("found = get_manager()\nfound.engine.dispose()\nfound.initialize()",
         f"engine() {RAISES} {ENGINE}"),
        ("own = Manager('z')\nown.engine\nown.initialize()", f"engine() {RAISES} {ENGINE}"),
        ("await manager.session()\nawait manager.start()",
         f"session() {RAISES} `_started` of `Manager` is not set until `start()` has run, which comes later"),
        ("Unset().client()",
         f"client() {RAISES} `_client` of `Unset` is not set: only `connect()` sets it, which has not run"),
    ],
)  # fmt: skip
def test_reports_what_raises_until_the_instance_is_ready(tmp_path: Path, body: str, message: str) -> None:
    assert wrong(tmp_path, body) == [("SSOT103", "error", message)]


@pytest.mark.parametrize(
    "body",
    ["manager.dispose()\nmanager.initialize()", "manager.dispose()\nif given:\n    manager.initialize()"],
)
def test_reports_what_is_used_until_the_instance_is_ready(tmp_path: Path, body: str) -> None:
    message = "`self._engine` is None until `initialize()` has run, which comes later"
    assert wrong(tmp_path, body) == [("SSOT113", "error", message)]


@pytest.mark.parametrize(
    "body",
    [
        "manager.initialize()\nmanager.engine\nmanager.dispose()",
        "await manager.start()\nmanager.engine\nawait manager.session()\nawait manager.start()",
        "manager.checked()\nmanager.lazily()\nmanager.dispose()\nmanager.initialize()",
        "try:\n    manager.engine\nexcept RuntimeError: pass\nmanager.initialize()",
        "with manager:\n    manager.dispose()\n    manager.engine\nmanager.initialize()",
        "ready.dispose()\nready.reset()",
        "ready_manager.initialize()\nmanager.engine\nmanager.initialize()",
        "found = Foreign()\nfill(found)\nfound.dispose()\nfound.initialize()",
        "found = Below()\nfound.dispose()\nfound.initialize()",
        "found = Given(Engine())\nfound.dispose()\nfound.initialize()",
        "found = Counted()\nfound.bits()\nfound.initialize()",
        "if given:\n    manager.initialize()\nmanager.engine\nmanager.initialize()",
        "for step in (manager.initialize, manager.dispose):\n    step()",
    ],
)
def test_says_nothing_where_it_may_be_ready(tmp_path: Path, body: str) -> None:
    assert [each for each in wrong(tmp_path, body) if each[1] == "error"] == []


INSTANCES = """
from outside import fastapi
from fastapi import hooks

class Engine:
    def begin(self): return 1

class Database:
    def __init__(self):
        self._engine: Engine | None = None
    @property
    def engine(self) -> Engine:
        if self._engine is None:
            raise RuntimeError("not connected")
        return self._engine
    def connect(self):
        self._engine = Engine()
    def __enter__(self): return self

class Socket:
    def connect(self): pass

hooks.ready.connect(print)

def command():
    other = Database()
    other.connect()
    other.engine

def start():
    command()
    Socket().connect()
    database = Database()
    {use}
    database.engine
"""


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("pass", 1), ("Socket().connect()", 1), ("database.connect()", 0), ("with database: database.connect()", 0),
        ("open = database.connect; open()", 0), ("getattr(database, 'connect')()", 0), ("fastapi(database.connect)", 0),
        ("for step in (database.connect, print): step()", 0),
    ],
)  # fmt: skip
def test_that_another_instance_was_made_ready_is_no_help(tmp_path: Path, use: str, said: int) -> None:
    code = INSTANCES.replace("{use}", use)
    found = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT103")
    assert [each.violation.level for each in found] == ["error"] * said
