"""What `__slots__` leaves no room for, and metaclasses that don't agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings


def found(root: Path, code: str) -> list[tuple[str, str]]:
    all_ = findings(root, {"app.py": code}, 'entry-points = ["app"]\n')
    return [(each.violation.code, each.violation.level) for each in all_]


SLOTS = """
from abc import ABC
from dataclasses import dataclass
from outside import Thing

class Base{above}:
    __slots__ = ("name",)

{decorator}
class Counter(Base):
    {slots}
    def __init__(self):
        self.name = "n"
        self.value = 1
    @property
    def total(self): return 1
    @total.setter
    def total(self, value): pass

counter = Counter()
{use}
"""


@pytest.mark.parametrize(
    ("slots", "above", "use", "reported"),
    [
        ("__slots__ = ('value',)", "", "", False),
        ("__slots__ = ('value',)", "(ABC)", "", False),
        ("__slots__ = ()", "", "", True),
        ("__slots__ = 'valve'", "(ABC)", "", True),
        ("__slots__ = ('value',)", "", "counter.total = 2", False),
        ("__slots__ = ('value',)", "", "counter.late = 2", True),
        ("__slots__ = ('__dict__',)", "", "counter.late = 2", False),
        ("", "", "counter.late = 2", False),
        ("__slots__ = [*Thing.slots]", "", "", False),
        ("__slots__ = ()", "(Thing)", "", False),
    ],
)
def test_an_attribute_needs_a_slot(tmp_path: Path, slots: str, above: str, use: str, *, reported: bool) -> None:
    code = SLOTS.format(slots=slots, above=above, use=use, decorator="")
    assert found(tmp_path, code) == [("SSOT113", "error")] * reported


@pytest.mark.parametrize(
    ("body", "reported"),
    [
        ("__slots__ = ('a',)\n    a = 1", True),
        ("__slots__ = ('a',)\n    def a(self): pass", True),
        ("__slots__ = ('a',)\n    a: int", False),
        ("__slots__ = ('a',)\n    b = 1", False),
    ],
)
def test_a_slot_has_no_value_in_the_class(tmp_path: Path, body: str, *, reported: bool) -> None:
    code = f"class Base: pass\nclass One(Base):\n    {body}\n"
    assert found(tmp_path, code) == [("SSOT112", "error")] * reported


def test_a_dataclass_has_slots_for_its_fields(tmp_path: Path) -> None:
    code = """
from dataclasses import dataclass
@dataclass(slots=True)
class Job:
    name: str
job = Job("a")
job.name = "b"
job.late = "b"
"""
    assert found(tmp_path, code) == [("SSOT113", "error")]


METACLASSES = """
from abc import ABC, ABCMeta
from enum import Enum
from typing import Generic, Protocol, TypeVar
from outside import Meta, Thing
T = TypeVar("T")
class Single(type): pass
class AbstractSingle(ABCMeta, Single): pass
class One(metaclass=Single): pass
class Two(ABC): pass
"""


@pytest.mark.parametrize(
    ("statement", "reported"),
    [
        ("class X(ABC, metaclass=Single): pass", True),
        ("class X(One, Two): pass", True),
        ("class X(ABC, Enum): pass", True),
        ("class X(str, Enum): pass", False),
        ("class X(One, Generic[T]): pass", False),
        ("class X(Two, metaclass=AbstractSingle): pass", False),
        ("class X(One, Two, metaclass=AbstractSingle): pass", False),
        ("class X(One, Thing): pass", False),
        ("class X(Two, metaclass=Meta): pass", False),
        ("class X(One, metaclass=type): pass", False),
        ("class X(Two, Protocol): pass", False),
    ],
)
def test_one_metaclass_derives_from_the_others(tmp_path: Path, statement: str, *, reported: bool) -> None:
    assert found(tmp_path, METACLASSES + statement) == [("SSOT112", "error")] * reported


def test_a_named_tuple_takes_its_defaults_last(tmp_path: Path) -> None:
    code = "from typing import NamedTuple\nclass Entry(NamedTuple):\n    name: str\n    {}\n"
    assert found(tmp_path / "a", code.format("priority: int = 1\n    kind: str")) == [("SSOT112", "error")]
    assert found(tmp_path / "b", code.format("kind: str\n    tags: list = []")) == []
