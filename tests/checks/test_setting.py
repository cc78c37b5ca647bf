from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'
CODE = """
from dataclasses import dataclass, replace
from functools import cached_property

@dataclass(frozen=True)
class Frozen:
    x: int
    def move(self): self.x = 2
    def __post_init__(self): object.__setattr__(self, "y", 1)

@dataclass
class Open:
    x: int

class Sized:
    def __init__(self): self._size = 1
    @property
    def size(self): return self._size
    @property
    def set(self): return self._size
    @set.setter
    def set(self, size): self._size = size
    @cached_property
    def kept(self): return 1

class Below(Sized):
    size = 2

class Free(Sized):
    def __setattr__(self, name, value): pass

frozen = Frozen(1)

def start():
    {use}
"""


def refused(root: Path, use: str) -> list[str]:
    return told(root, {"app.py": CODE.replace("{use}", use)}, STARTS, select="SSOT113")


@pytest.mark.parametrize(
    "use", ["frozen.x = 2", "it = Frozen(1)\n    it.x = 2", "Sized().size = 2", "it = Sized()\n    it.size += 1"]
)
def test_reports_writes_that_an_instance_refuses(tmp_path: Path, use: str) -> None:
    assert refused(tmp_path, use) == [f"app.py: {use.splitlines()[-1].strip()} [startup]"]


def test_reports_such_writes_in_methods(tmp_path: Path) -> None:
    assert refused(tmp_path, "frozen.move()") == ["app.py: def move(self): self.x = 2 [startup]"]


@pytest.mark.parametrize(
    "use",
    [
        "it = replace(frozen, x=2)", "Open(1).x = 2", "Sized().set = 2", "Sized().kept = 2", "Sized()._size = 2",
        "Below().size = 2", "Free().size = 2", "object.__setattr__(frozen, 'x', 2)", "setattr(print, 'x', 1)",
        "try: frozen.x = 2\n    except AttributeError: pass", "it: Sized = print()\n    it.size = 2",
    ],
)  # fmt: skip
def test_takes_writes_that_an_instance_takes(tmp_path: Path, use: str) -> None:
    assert refused(tmp_path, use) == []


MODELS = """
from dataclasses import dataclass
from pydantic import BaseModel, ConfigDict
from pydantic_settings import BaseSettings, SettingsConfigDict

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_")
    debug: bool = False
    _seen: int = 0
    def mark(self): self._seen = 1
    @property
    def loud(self): return self.debug
    @loud.setter
    def loud(self, value): self.debug = value

class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)
    x: int = 1

class Open(BaseModel):
    model_config = ConfigDict(extra="allow")

@dataclass(frozen=True)
class Spec:
    name: str
    def __post_init__(self):
        {init}

def start():
    {use}
"""


@pytest.mark.parametrize(
    "use", ["Settings().verbose = True", "Frozen().x = 2", "settings = Settings(); settings.level = 1"]
)
def test_reports_what_a_model_refuses_to_have_set(tmp_path: Path, use: str) -> None:
    code = MODELS.replace("{use}", use).replace("{init}", "pass")
    assert [each.rpartition(" ")[2] for each in told(tmp_path, {"app.py": code}, STARTS)] == ["[startup]"]


@pytest.mark.parametrize(
    "use",
    [
        "Settings().debug = True", "Settings().mark()", "Settings().loud = True", "Open().any = 1",
        "Settings()._seen = 2",
        "Frozen().model_copy(update={'x': 2})",
    ],
)  # fmt: skip
def test_is_silent_about_what_a_model_takes(tmp_path: Path, use: str) -> None:
    code = MODELS.replace("{use}", use).replace("{init}", "pass")
    assert told(tmp_path, {"app.py": code}, STARTS) == []


@pytest.mark.parametrize(
    ("init", "said"),
    [("self.name = self.name.lower()", True), ("object.__setattr__(self, 'name', self.name.lower())", False)],
)
def test_a_frozen_dataclass_sets_nothing_of_itself_however_many_are_made(tmp_path: Path, init: str, said: bool) -> None:
    code = MODELS.replace("{use}", 'Spec("a"); Spec("b")').replace("{init}", init)
    assert (told(tmp_path, {"app.py": code}, STARTS) != []) is said
