"""What hangs on a thing that is made when it is first asked for, and on settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, graded, told

STARTS = 'entry-points = ["app:start"]\n'

CODE = """
import functools
from dataclasses import dataclass, field
from pydantic import BaseModel, ConfigDict, PrivateAttr
from pydantic_settings import BaseSettings, SettingsConfigDict

class Registry:
    def listed(self): return []
    def __repr__(self): return f"<{self.__class__.__name__}>"
    def copy_to(self, app):
        for name in ("a", "b"):
            setattr(app.state, name, 1)

_registry = None
def get_registry():
    global _registry
    if _registry is None:
        _registry = Registry()
    return _registry

@dataclass
class State:
    registry: Registry = field(default_factory=Registry)

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="X_")
    url: str = "u"
    _cache: dict = PrivateAttr(default_factory=dict)
    @property
    def host(self): return self.url

class Open(BaseModel):
    model_config = ConfigDict(extra="allow")
class OpenBefore(BaseModel):
    class Config:
        extra = "allow"
class OpenByKeyword(BaseModel, extra="allow"): pass
class OpenElsewhere(BaseModel):
    model_config = something
class Slotted:
    __slots__ = ("quiet",)
class Quiet:
    def __init__(self, **values):
        for name in values:
            setattr(self, name, 1)
class Frozen:
    def __init__(self): object.__setattr__(self, "quiet", 1)

@functools.lru_cache
def get_settings(): return Settings()

early = get_settings()
"""


def missing(root: Path, line: str) -> list[str]:
    return told(root, {"app.py": f"from outside import something\n{CODE}\ndef start():\n    {line}\n"}, STARTS)


@pytest.mark.parametrize(
    "line",
    [
        "get_registry().names()", "State().registry.names()", "Settings().uri", "get_settings().uri",
        "early.port", "Settings.uri",
    ],
)  # fmt: skip
def test_reports_what_it_does_not_have(tmp_path: Path, line: str) -> None:
    assert missing(tmp_path, line) == [f"app.py: {line} [startup]"]


@pytest.mark.parametrize(
    "line",
    [
        "get_registry().listed()", "State().registry.listed()", "Settings().url", "get_settings().host",
        "Settings().model_dump()", "Settings().dict()", "Settings()._cache", "Settings.model_fields", "Open().uri",
        "OpenBefore().uri", "OpenByKeyword().uri", "OpenElsewhere().uri", "Quiet().uri", "Frozen().quiet",
        "Slotted().quiet", "Settings.register(int)",
    ],
)  # fmt: skip
def test_is_silent_about_what_it_has_or_may_have(tmp_path: Path, line: str) -> None:
    assert missing(tmp_path, line) == []


FACTORY = """
from dataclasses import dataclass, field
from pydantic import BaseModel, Field
def path(values): return values.get("home")
def both(values, more): return values
def none(): return 1
class Model(BaseModel):
    home: str = "h"
    path: str = Field(default_factory={factory})
@dataclass
class Record:
    path: str = field(default_factory={factory})
"""


@pytest.mark.parametrize(
    ("factory", "line", "found"),
    [
        ("path", "Model()", 0), ("lambda values: path(values)", "Model()", 0), ("none", "Model()", 0),
        ("both", "Model()", 1), ("path", "Record()", 1), ("none", "Record()", 0),
    ],
)  # fmt: skip
def test_pydantic_gives_a_factory_what_it_asks_for(tmp_path: Path, factory: str, line: str, found: int) -> None:
    code = f"{FACTORY.format(factory=factory)}\ndef start():\n    {line}\n"
    assert told(tmp_path, {"app.py": code}, STARTS) == [f"app.py: {line} [startup]"] * found


MODULE = """
def __getattr__(name):
    if name == "settings":
        return 1
    raise AttributeError(name)
"""


@pytest.mark.parametrize(
    ("module", "line", "found"),
    [
        (MODULE, "from lazy import settings", False),
        (MODULE, "from lazy import gone", True),
        (MODULE, "import lazy\nlazy.settings", False),
        (MODULE, "import lazy\nlazy.gone", True),
        (MODULE + "\nfrom outside import *", "from lazy import gone", False),
        ("def __getattr__(name): return globals()[name]", "from lazy import gone", False),
        ("from outside import find\ndef __getattr__(name): return find(name)", "from lazy import gone", False),
        (MODULE + "\nprint(settings)", "import lazy", True),
    ],
)
def test_asks_the_getter_of_a_module_about_the_name(tmp_path: Path, module: str, line: str, found: bool) -> None:
    """It gives attributes, and no globals of the module itself."""
    files = {"lazy.py": module, "app.py": line}
    assert bool(told(tmp_path, files, 'entry-points = ["app"]\n')) is found


METACLASS = """
import threading

class Singleton(type):
    _instances = {}
    _lock = threading.Lock()

    def __call__(cls, *args, **kwargs):
        with cls._lock:
            if cls not in cls._instances:
                cls._instances[cls] = super().__call__(*args, **kwargs)
        return cls._instances[cls]

    def reset(cls):
        cls._instances.pop(cls, None)

class Client(metaclass=Singleton):
    def __init__(self, url, retries): self.url = url

class Cache(metaclass=Singleton):
    def __init__(self, size=1): self.size = size
"""


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("Client('x')", "Client() misses the required argument `retries`"),
        ("Cache(1, 2)", "Cache() takes 2 positional arguments but 3 are given"),
        ("Client('x', 1).size", "`Client` has no attribute `size`"),
        ("Cache().url", "`Cache` has no attribute `url`"),
        ("Client('x', 1).reset()", ""),
        ("Cache().size", ""),
        ("Client.reset()", ""),
        ("Client('x', retries=1).url", ""),
    ],
)
def test_knows_what_a_metaclass_makes_only_once(tmp_path: Path, line: str, message: str) -> None:
    code = f"{METACLASS}def start():\n    {line}\n"
    found = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT11")
    assert graded(found) == ([("error", message)] if message else [])


@pytest.mark.parametrize(
    "method",
    [
        "def __new__(m, name, bases, body): return super().__new__(m, name, bases, {**body, 'gone': 1})",
        "def __getattr__(cls, name): return name",
        "def __init__(cls, *args): cls.gone = 1",
    ],
)
def test_is_silent_about_classes_that_a_metaclass_changes(tmp_path: Path, method: str) -> None:
    code = METACLASS.replace("    def reset", f"    {method}\n\n    def reset") + "def start():\n    Cache().gone\n"
    assert not findings(tmp_path, {"app.py": code}, STARTS, select="SSOT11")
