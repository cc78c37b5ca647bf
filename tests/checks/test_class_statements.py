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
        "@dataclass\nclass A:\n    x: str = field(repr=False)\n    y: int\n",
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
        ("class A(Passing, kind='a'): ...", ""),
        ("class A(Passing, kinds='a'): ...", "class A(Passing, kinds='a'): ..."),
        ("class A(Passing, Taking, kinds='a'): ...", ""),
        ("class A(Reading, kinds='a'): ...", ""),
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
class Passing:
    def __init_subclass__(cls, *, kind=None, **more):
        super().__init_subclass__(**more)
class Reading:
    def __init_subclass__(cls, **more):
        cls.kinds = more.pop("kinds")
        super().__init_subclass__(**more)
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


BASES = """
import outside
from abc import ABC
from typing import Generic, TypeVar
T = TypeVar("T")
class Left: ...
class Right(Left): ...
class Box(Generic[T]): ...
class Wide(outside.Base): ...
"""


@pytest.mark.parametrize(
    ("bases", "is_refused"),
    [
        ("Left, Right", True),
        ("object, Left", True),
        ("Left, Left", True),
        ("Box[int], Box[str]", True),
        ("Right, Left", False),
        ("Left, object", False),
        ("Generic[T], Box[T]", False),
        ("ABC, Left", False),
        ("outside.Base, Wide", False),  # what `outside.Base` is nobody knows
        ("Wide, Left, ABC", False),
    ],
)
def test_looks_at_the_order_of_bases(tmp_path: Path, bases: str, is_refused: bool) -> None:
    line = f"class A({bases}): ..."
    assert refused(tmp_path, f"{BASES}{line}\n") == ([f"app.py: {line} [import]"] if is_refused else [])


@pytest.mark.parametrize(
    ("above", "below", "is_refused"),
    [
        ("@dataclass", "@dataclass(frozen=True)", True),
        ("@dataclass(frozen=True)", "@dataclass", True),
        ("@dataclass(frozen=True)", "@dataclass(frozen=True)", False),
        ("@dataclass(frozen=True)", "", False),
        ("", "@dataclass(frozen=True)", False),
        ("@dataclass", "@dataclass(**print())", False),
    ],
)
def test_knows_that_frozen_and_other_dataclasses_do_not_mix(
    tmp_path: Path, above: str, below: str, is_refused: bool
) -> None:
    code = f"{above}\nclass B:\n    x: int\n{below}\nclass A(B):\n    y: int\n"
    assert refused(tmp_path, DATA + code) == (["app.py: class A(B): [import]"] if is_refused else [])


@pytest.mark.parametrize(
    ("members", "is_refused"),
    [
        ("ONE = 1\n    ONE = 2", True),
        ("ONE = auto()\n    TWO = auto()\n    ONE = auto()", True),
        ("ONE = TWO = 1", False),
        ("_x = 1\n    _x = 2\n    ONE = 1", False),
        ("if True:\n        ONE = 1\n    else:\n        ONE = 2", False),
    ],
)
def test_knows_that_a_member_comes_once(tmp_path: Path, members: str, is_refused: bool) -> None:
    code = f"from enum import Enum, auto\nclass A(Enum):\n    {members}\n"
    assert refused(tmp_path, code) == (["app.py: class A(Enum): [import]"] if is_refused else [])


def test_looks_at_the_default_of_a_field(tmp_path: Path) -> None:
    code = "@dataclass\nclass A:\n    x: list = field(default=[])\n"
    code += "@dataclass\nclass B:\n    x: tuple = field(default=())\n"
    assert refused(tmp_path, DATA + code) == ["app.py: class A: [import]"]


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("class A(BaseModel):\n    limit = 1\n", True),
        ("class B(BaseModel):\n    name: str\nclass A(B):\n    limit = 'a'\n", True),
        ("class A(BaseModel):\n    limit: int = 1\n", False),
        ("class A(BaseModel):\n    limit: int\n    limit = 1\n", False),
        ("class B(BaseModel):\n    limit: ClassVar[int] = 1\nclass A(B):\n    limit = 2\n", False),
        ("class A(BaseModel):\n    _limit = 1\n    model_config = {}\n", False),
        ("class A(BaseModel):\n    limit = property(lambda self: 1)\n    def other(self): pass\n", False),
        ("from outside import Base\nclass A(Base, BaseModel):\n    limit = 1\n", False),
        ("class A:\n    limit = 1\n", False),
    ],
)
def test_reports_attributes_of_models_without_annotation(tmp_path: Path, code: str, found: bool) -> None:
    imports = "from typing import ClassVar\nfrom pydantic import BaseModel, field_validator\n"
    assert bool(refused(tmp_path, imports + code)) == found
    assert refused(tmp_path, imports.replace(", field_validator", "") + code) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("class A(BaseModel):\n    limit: int\n    @field_validator('gone')\n    def check(cls, v): return v\n", True),
        ("class A(BaseSettings):\n    a: int\n    @field_validator('a', 'b')\n    def check(cls, v): return v\n", True),
        (
            "class A(BaseModel):\n    limit: int\n    @field_validator('limit')\n    def check(cls, v): return v\n",
            False,
        ),
        ("class A(BaseModel):\n    limit: int\n    @field_validator('*')\n    def check(cls, v): return v\n", False),
        (
            "class A(BaseModel):\n    @field_validator('b', check_fields=False)\n    def check(cls, v): return v\n",
            False,
        ),
        (
            "class B(BaseModel):\n    a: int\nclass A(B):\n    @field_validator('a')\n    def f(cls, v): return v\n",
            False,
        ),
        ("class A(Mixin, BaseModel):\n    @field_validator('a')\n    def f(cls, v): return v\n", False),
        ("class A:\n    @field_validator('a')\n    def f(cls, v): return v\n", False),
    ],
)
def test_reports_validators_of_fields_that_are_not_there(tmp_path: Path, code: str, found: bool) -> None:
    imports = "from outside import Mixin\nfrom pydantic import BaseModel, field_validator\n"
    settings = "from pydantic_settings import BaseSettings\n"
    assert bool(refused(tmp_path, imports + settings + code)) == found
