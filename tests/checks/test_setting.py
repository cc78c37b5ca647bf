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
