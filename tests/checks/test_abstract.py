from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'

CODE = """
import abc
from abc import ABC, ABCMeta, abstractmethod
from outside import Mixin, register
from typing import Protocol

class Base(ABC):
    def __init__(self, size=1): self.size = size
    @abstractmethod
    def make(self): ...
    @property
    @abstractmethod
    def name(self): ...

class Half(Base):
    def make(self): return 1
class Whole(Half):
    name = "whole"
class Named:
    name = "named"
class Mixed(Named, Half): pass
class Behind(Half, Named): pass
class Outside(Mixin, Half): pass
@register
class Registered(Half): pass

class Old(metaclass=abc.ABCMeta):
    @abc.abstractmethod
    def run(self): ...
class Plain:
    @abstractmethod
    def run(self): ...
class Asking(ABC):
    @abstractmethod
    def ask(self): ...
class Given(Asking): pass
Given.ask = print

class Sending(Protocol):
    @abstractmethod
    def send(self): ...
    def close(self): ...
class Mute(Sending): pass
class Loud(Sending):
    def send(self): return 1
class Alike:
    def send(self): return 1
class Describing(Protocol):
    def send(self): ...
class Described(Describing): pass

def rename(thing): thing.name = "other"

class Builder(Base):
    @classmethod
    def build(cls): return cls()
class Built(Builder):
    name = "built"
    def make(self): super().make()
"""


def unmade(root: Path, line: str) -> list[str]:
    return told(root, {"app.py": f"{CODE}\ndef start():\n    {line}\n"}, STARTS)


@pytest.mark.parametrize("line", ["Base()", "Half(2)", "Old()", "Behind()", "print(Half())", "Mute()"])
def test_reports_that_a_class_is_made_which_lacks_a_method(tmp_path: Path, line: str) -> None:
    assert unmade(tmp_path, line) == [f"app.py: {line} [startup]"]


@pytest.mark.parametrize(
    "line",
    [
        "Whole()", "Mixed()", "Outside()", "Registered()", "Plain()", "Given()", "Built.build()", "Half",
        "Built().make()", "Loud()", "Alike()", "Described()",
        "try:\n        Half()\n    except TypeError:\n        pass",
    ],
)  # fmt: skip
def test_is_silent_where_nothing_is_lacking_or_made(tmp_path: Path, line: str) -> None:
    assert unmade(tmp_path, line) == []


@pytest.mark.parametrize("extra", ["abc.update_abstractmethods(Half)", "Half.__abstractmethods__ = frozenset()"])
def test_is_silent_where_python_looks_at_the_class_anew(tmp_path: Path, extra: str) -> None:
    assert unmade(tmp_path, f"Half.name = 'half'\n    {extra}\n    Half()") == []


def test_says_what_is_lacking(tmp_path: Path) -> None:
    (found,) = findings(tmp_path, {"app.py": f"{CODE}\ndef start():\n    Half()\n"}, STARTS)
    assert (found.violation.code, found.violation.level) == ("SSOT112", "error")
    assert found.violation.message == "Half() lacks the abstract method `name`"


CHOICE = """
import sys
def choose(*classes):
    for each in classes:
        if each.__name__ == sys.argv[0]: return each
    return classes[0]
class Other:
    def __init__(self, size=1): print(size)
def start():
    choose(CLASSES)(2)
"""


@pytest.mark.parametrize(
    ("classes", "found"),
    [("Half, Behind", 1), ("Half, Whole", 0), ("Half, Other", 0), ("Half, Outside", 0), ("Half, len", 0)],
)
def test_takes_a_choice_where_each_lacks_a_method(tmp_path: Path, classes: str, found: int) -> None:
    code = CODE + CHOICE.replace("CLASSES", classes)
    reported = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT112")
    assert [each.violation.level for each in reported] == ["error"] * found
