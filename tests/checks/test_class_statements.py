from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app"]\n'
DATA = "from dataclasses import dataclass, field, KW_ONLY\nfrom typing import ClassVar\n"


def refused(root: Path, code: str) -> list[str]:
    return told(root, {"app.py": code}, STARTS, select="SSOT112")


@pytest.mark.parametrize(
    "code",
    [
        "@dataclass\nclass A:\n    x: int = 1\n    y: int\n",
        "@dataclass(frozen=True)\nclass A:\n    x: list = field(default_factory=list)\n    y: int\n",
        "@dataclass\nclass B:\n    x: int = 1\n@dataclass\nclass A(B):\n    y: int\n",
        "@dataclass\nclass A:\n    x: list = []\n",
        "@dataclass\nclass A:\n    x: dict[str, int] = dict()\n",
    ],
)
def test_reports_fields_that_a_dataclass_refuses(tmp_path: Path, code: str) -> None:
    assert refused(tmp_path, DATA + code) == ["app.py: class A" + ("(B)" if "(B)" in code else "") + ": [import]"]


@pytest.mark.parametrize(
    "code",
    [
        "@dataclass(kw_only=True)\nclass A:\n    x: int = 1\n    y: int\n",
        "@dataclass\nclass A:\n    x: int = 1\n    _: KW_ONLY\n    y: int\n",
        "@dataclass\nclass A:\n    x: int = 1\n    y: int = field(kw_only=True)\n",
        "@dataclass\nclass A:\n    x: ClassVar[int] = 1\n    y: int\n",
        "@dataclass\nclass A:\n    x: ClassVar[list] = []\n",
        "@dataclass\nclass A:\n    x: tuple = ()\n",
        "class B:\n    y = 2\n@dataclass\nclass A(B):\n    x: int = 1\n    y: int\n",  # `y` has what `B` has
        "@dataclass\nclass B:\n    y: int\n    x: int = 1\n@dataclass\nclass A(B):\n    y: int\n",
        "class A:\n    x: int = 1\n    y: int\n",
        "from pydantic import BaseModel\nclass A(BaseModel):\n    x: list = []\n    y: int\n",
        "try:\n    @dataclass\n    class A:\n        x: int = 1\n        y: int\nexcept TypeError:\n    pass\n",
    ],
)
def test_takes_fields_that_a_dataclass_takes(tmp_path: Path, code: str) -> None:
    assert refused(tmp_path, DATA + code) == []


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("class A(Base): ...", "class A(Base): ..."),
        ("class A(Base, sort='a'): ...", "class A(Base, sort='a'): ..."),
        ("class A(Plain, kind='a'): ...", "class A(Plain, kind='a'): ..."),
        ("class A(Base, kind='a'): ...", ""),
        ("class A(Taking, sort='a'): ...", ""),
        ("class A(Plain, metaclass=type): ...", ""),
        ("class A(outside.Base, kind='a'): ...", ""),
        ("class A(Plain, **more): ...", ""),
        ("class A(Base, **more): ...", ""),
    ],
)
def test_looks_at_what_a_class_gives_those_above_it(tmp_path: Path, code: str, line: str) -> None:
    above = """import outside
more = outside.more()
class Plain: ...
class Base:
    def __init_subclass__(cls, *, kind): ...
class Taking:
    def __init_subclass__(cls, **more): ...
"""
    assert refused(tmp_path, above + code + "\n") == ([f"app.py: {line} [import]"] if line else [])


@pytest.mark.parametrize(
    ("code", "is_refused"),
    [
        ("class Base(Enum):\n    ONE = 1\nclass A(Base):\n    TWO = 2\n", True),
        ("class Base(str, Enum):\n    ONE = 'a'\nclass A(Base):\n    TWO = 'b'\n", True),
        ("class Base(Enum):\n    def label(self): ...\nclass A(Base):\n    TWO = 2\n", False),
        ("class Base(Enum):\n    _order_ = 'a'\nclass A(Base):\n    TWO = 2\n", False),
    ],
)
def test_reports_a_class_below_an_enumeration_with_members(tmp_path: Path, code: str, *, is_refused: bool) -> None:
    found = refused(tmp_path, "from enum import Enum\n" + code)
    assert found == (["app.py: class A(Base): [import]"] if is_refused else [])


@pytest.mark.parametrize(
    ("above", "call", "is_refused"),
    [
        ("class A: ...", "A(1)", True),
        ("class A: ...", "A(lifetime=3)", True),
        ("class B: ...\nclass A(B):\n    lifetime = 3", "A(3)", True),
        ("class A: ...", "A()", False),
        ("class A: ...", "A(*())", False),
        ("class A(outside.B): ...", "A(1)", False),
        ("class A(Exception): ...", "A(1)", False),
        ("class A(dict): ...", "A(a=1)", False),
        ("class A:\n    def __new__(cls, x): ...", "A(1)", False),
        ("class A(metaclass=outside.Meta): ...", "A(1)", False),
        ("class B:\n    def __init__(self, x): ...\nclass A(B): ...", "A(1)", False),
        ("from typing import TypedDict\nclass A(TypedDict):\n    x: int", "A(x=1)", False),
        ("from typing import NamedTuple\nclass A(NamedTuple):\n    x: int", "A(1)", False),
        ("@outside.define\nclass A:\n    x: int", "A(1)", False),
    ],
)
def test_reports_what_a_class_without_init_is_given(tmp_path: Path, above: str, call: str, *, is_refused: bool) -> None:
    found = refused(tmp_path, f"import outside\n{above}\na = {call}\n")
    assert found == ([f"app.py: a = {call} [import]"] if is_refused else [])
