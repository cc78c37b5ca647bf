from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'

CODE = """
import other
from abc import ABC, ABCMeta
from collections.abc import Mapping
from enum import Enum, Flag, IntEnum, StrEnum
from typing import NamedTuple, Protocol
from outside import Base, decorator, implementer

class Plain:
    limit = 1
    declared: int
    def __init__(self): self.set = 1
    def later(self): self.late = 1
    @property
    def given(self): return 1

class Below(Plain):
    pass

class Outside(Base):
    pass

class Dynamic:
    def __getattr__(self, name): return 1

class Written:
    def __init__(self, **values):
        for name, value in values.items():
            setattr(self, name, value)

class Updated:
    def __init__(self, **values): self.__dict__.update(values)

class Color(Enum):
    RED = "red"
    @property
    def shade(self): return self.name

class Text(str, Enum):
    RED = "red"

class Level(StrEnum):
    LOW = "low"

class Number(IntEnum):
    ONE = 1

class Mask(Flag):
    READ = 1
    @classmethod
    def every(cls): return cls.READ

class Point(NamedTuple):
    x: int
    y: int = 0
    @property
    def length(self): return self.x

@decorator
class Decorated:
    pass

@implementer(Base)
class Provided:
    pass

class Frozen:
    def __init__(self, name):
        object.__setattr__(self, "set", 1)
        setattr(self, "also", 1)

class Free:
    def __init__(self, name): object.__setattr__(self, name, 1)

class Slots:
    __slots__ = ("slot",)

class Abstract(ABC): pass
class Abstract2(metaclass=ABCMeta): pass
class Listing(Mapping): pass
class Protocol_(Protocol): pass
"""


def missing(root: Path, code: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in code.splitlines())
    files = {"app.py": f"{CODE}\ndef start():\n{lines}", "other.py": "here = 1\n"}
    return told(root, files, STARTS, select="SSOT113")


@pytest.mark.parametrize(
    "code",
    [
        "other.gone",
        "Plain().gone",
        "Below().gone",
        "Plain.gone",
        "Below.gone()",
        "print(Slots().gone)",
        "Color.GONE",
        "Text.GONE",
        "Level.GONE",
        "Number.GONE",
        "Mask.GONE",
        "Mask.gone()",
        "Point(1).gone",
        "Point.gone",
        "Provided().gone",
        "Frozen(1).gone",
        "Abstract.gone",
    ],
)
def test_reports_an_attribute_that_does_not_exist(tmp_path: Path, code: str) -> None:
    assert missing(tmp_path, code) == [f"app.py: {code} [startup]"]


@pytest.mark.parametrize(
    "code",
    [
        "other.here", "other.__file__", "Plain().limit", "Plain().declared", "Plain().set", "Below().late",
        "Below().given", "Outside().gone", "Outside.gone", "Dynamic().gone", "Written(gone=1).gone",
        "Updated(gone=1).gone", "Decorated().gone", "Color.RED.shade", "Text.RED.upper()", "Color.RED.value",
        "Color._missing_", "Level.LOW.upper()", "Level.title", "Number.ONE.bit_length()", "Mask.READ.value",
        "(Mask.READ | Mask.READ).name", "Mask.every()", "Mask.__members__", "Point(1).y", "Point(1)._asdict()",
        "Point._fields", "Point(1).count(1)", "Point(1).length", "Point(1)._replace(x=2).x",
        "Slots().slot", "Frozen(1).set", "Frozen(1).also",
        "Free('gone').gone", "Plain().__dict__", "Plain.mro()",
        "getattr(Plain(), 'gone', None)", "if hasattr(other, 'gone'):\n    other.gone",
        "try:\n    other.gone\nexcept AttributeError:\n    pass", "other.gone = 1\nother.gone",
        "plain = Plain()\nplain.gone = 1\nplain.gone", "setattr(other, 'gone', 1)\nother.gone",
        "for name in print():\n    setattr(other, name, 1)\nother.gone", "other.__dict__.update(print())\nother.gone",
        "for name in print():\n    setattr(Plain, name, 1)\nPlain.gone", "vars(other)[print()] = 1\nother.gone",
        "Abstract.register(Plain)", "Abstract2.register(Plain)", "Listing().items()", "Protocol_.register(Plain)",
    ],
)  # fmt: skip
def test_is_silent_about_an_attribute_that_may_exist(tmp_path: Path, code: str) -> None:
    assert missing(tmp_path, code) == []


def test_is_silent_where_contexts_were_joined(tmp_path: Path) -> None:
    code = """
HOOKS = {}
class Registry: pass
class Request:
    def __init__(self): self.path = "/"
def register(name, hook): HOOKS.setdefault(name, []).append(hook)
def call(name, *args):
    for hook in HOOKS[name]:
        hook(*args)
def on_request(request): return request.path
def on_registry(registry): return registry
register("request", on_request)
register("registry", on_registry)
def start(name):
    call("registry", Registry())
    call("request", Request())
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == []


def test_knows_self_however_the_method_is_reached(tmp_path: Path) -> None:
    code = """
from outside import something
class Base:
    def run(self): return self.step()
    def step(self): pass
class First(Base):
    def step(self): return self.gone
class Second(Base):
    def step(self): return self.below
class Third(Second):
    below = 1
class Elsewhere:
    def __init__(self): self.gone = 1
def start():
    (something() or First() or Second()).run()
    for each in (First(), Second()):
        each.run()
"""
    found = told(tmp_path, {"app.py": code}, STARTS, select="SSOT113")
    assert found == ["app.py: def step(self): return self.gone [startup]"]


def test_a_variable_that_bears_the_name_of_a_module_is_none(tmp_path: Path) -> None:
    files = {
        "app.py": "from a import service\ndef start():\n    service.gone\n",
        "a/__init__.py": "",
        "a/service.py": "import other\n",
        "other.py": "def fill(service, name):\n    setattr(service, name, 1)\n",
    }
    assert told(tmp_path, files, STARTS, select="SSOT113") == ["app.py: service.gone [startup]"]


def test_is_silent_where_names_are_written_that_the_analysis_does_not_know(tmp_path: Path) -> None:
    code = """
from outside import options
class Config: pass
def read(names):
    config = Config()
    for name in names:
        setattr(config, name.key, 1)
    return config.gone
def start():
    read([])
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == []


@pytest.mark.parametrize(
    ("filling", "found"),
    [
        ("for name in config.__annotations__:\n        setattr(config, name, given[name])", True),
        ("for each in fields(config):\n        setattr(config, each.name, given)", True),
        ("for name in given:\n        if hasattr(config, name):\n            setattr(config, name, 1)", True),
        ("for name in given:\n        if name in given and hasattr(config, name): setattr(config, name, 1)", True),
        ("for name in given:\n        if name in config.__annotations__: setattr(config, name, 1)", True),
        ("for name in config.__annotations__:\n        setattr(config, given[0], 1)", False),
        ("for name in given:\n        if not hasattr(config, name): setattr(config, name, 1)", False),
        ("for name in given:\n        if hasattr(given, name): setattr(config, name, 1)", False),
        ("for name in given:\n        if name in given.names: setattr(config, name, 1)", False),
        ("for name in given:\n        if hasattr(config, name) or given: setattr(config, name, 1)", False),
    ],
)
def test_what_is_filled_again_has_no_more_attributes(tmp_path: Path, filling: str, found: bool) -> None:
    code = f"""
from dataclasses import dataclass, fields
from outside import given
@dataclass
class Config:
    limit: int = 1
def fill(config):
    {filling}
def start():
    config = Config()
    fill(config)
    return config.gone
"""
    expected = ["app.py: return config.gone [startup]"] if found else []
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == expected


@pytest.mark.parametrize(
    ("test", "found"), [("given.limit", False), ("other.here", True), ("inspect.iscoroutine(given)", False)]
)
def test_a_test_may_be_one_of_what_the_value_is(tmp_path: Path, test: str, found: bool) -> None:
    code = f"def use(given):\n    if {test}:\n        given.gone\ndef start():\n    use(Plain())\n"
    files = {"app.py": f"{CODE}\n{code}", "other.py": "here = 1\n"}
    assert bool(told(tmp_path, files, STARTS, select="SSOT113")) is found


TEXTS = """
from abc import ABC
from enum import Enum
from functools import lru_cache

class Registry:
    def __init__(self): self.items = []

class Level(str, Enum):
    LOW = "low"
    def shown(self): return self.upper()

class Config:
    def __init__(self, limit): self.limit = limit

class Manager:
    def __init__(self): self._config = None
    def get(self):
        if self._config is None:
            self._config = self._load()
        return self._config
    def _load(self): return Config(1)
    def reload(self):
        self._config = Config(2)

manager = Manager()

@lru_cache
def get_config(): return manager.get()

class Steps:
    def __init__(self): self.config = get_config()
    def first(self): return self.config.limit
    def second(self): return self.config.{name}

def start():
    Level.LOW.shown()
    registry = Registry()
    registry.items
    {more}
    manager.reload()
    steps = Steps()
    for step in (steps.first, steps.second):
        step()
"""


def test_knows_that_a_class_of_the_project_has_no_methods_of_texts(tmp_path: Path) -> None:
    files = {"app.py": TEXTS.format(name="limit", more="registry.count()")}
    assert told(tmp_path, files, STARTS, select="SSOT113") == ["app.py: registry.count() [startup]"]


def test_knows_what_all_instances_of_a_class_lack_in_a_step_of_a_loop(tmp_path: Path) -> None:
    files = {"app.py": TEXTS.format(name="limits", more="pass")}
    found = ["app.py: def second(self): return self.config.limits [startup]"]
    assert told(tmp_path, files, STARTS, select="SSOT113") == found


@pytest.mark.parametrize(
    ("extra", "found"),
    [
        ("", True),
        ("if TYPE_CHECKING:\n    import jobs.mail\n", True),
        ("import jobs.mail\n", False),
        ("def later():\n    from jobs import mail\n", False),
        ("NAMES = ['jobs.mail']\n", False),
        ("import importlib\nfrom outside import names\nfor each in names: importlib.import_module(each)\n", False),
    ],
)
def test_a_module_that_nothing_imports_is_no_attribute_of_its_package(tmp_path: Path, extra: str, found: bool) -> None:
    files = {
        "app.py": "import jobs, other\ndef start():\n    return jobs.mail.send\n",
        "other.py": f"TYPE_CHECKING = False\n{extra}",
        "jobs/__init__.py": "",
        "jobs/mail.py": "def send(): pass\n",
    }
    expected = ["app.py: return jobs.mail.send [startup]"] if found else []
    assert told(tmp_path, files, STARTS, select="SSOT113") == expected


@pytest.mark.parametrize(
    "name",
    ['f"_{name}_helper"', '"_" + name + "_helper"', '"_%s_helper" % name', '"_{}_helper".format(name)'],
)
def test_a_computed_name_may_be_any_of_its_pattern(tmp_path: Path, name: str) -> None:
    code = f"""
class Plugin:
    _early_helper = None
    def on_startup(self):
        self._settings_helper.load()
        self._settings.load()
    def on_end(self):
        self._early_helper.load()
def fill(implementation, properties):
    for name, value in properties.items():
        setattr(implementation, {name}, value)
def start():
    plugin = Plugin()
    for each in registered():
        fill(each, load())
    plugin.on_startup()
    plugin.on_end()
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT113") == ["app.py: self._settings.load() [startup]"]


NESTED = """
from fastapi import FastAPI, Request
from pydantic import BaseModel, Field
from pydantic_settings import BaseSettings

class Redis(BaseModel):
    url: str = "redis://"

class Settings(BaseSettings):
    redis: Redis = Field(default_factory=Redis)
    hosts: list[str] = Field(default_factory=lambda: ["a"])

class Engine:
    def __init__(self, settings):
        self.settings = settings

app = FastAPI()

def start():
    settings = Settings()
    app.state.pool = 1
    app.state.settings = settings
    {use}
"""


@pytest.mark.parametrize(
    ("use", "said"),
    [
        ("settings.redis.uri", 1), ("Engine(settings).settings.redis.uri", 1), ("Engine(settings).pool", 1),
        ("settings.redis.url", 0), ("settings.hosts.sort()", 0), ("app.state.pool", 0),
        ("engine = Engine(settings); engine.pool = 1; engine.pool", 0),
        ("app.state = Engine(settings); app.state.pool = 2; Engine(settings).pool", 0),
    ],
)  # fmt: skip
def test_knows_nested_settings_and_what_is_of_the_state_of_an_application(tmp_path: Path, use: str, said: int) -> None:
    code = NESTED.replace("{use}", use)
    found = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT113")
    assert [each.violation.level for each in found] == ["error"] * said
