"""What pydantic 2 refuses of a model, or has no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

IMPORTS = """
from pydantic import BaseModel, ConfigDict, Field, computed_field, field_validator, model_validator
from pydantic import root_validator, validator
from outside import PYDANTIC
"""


def told(root: Path, code: str) -> list[tuple[str, str]]:
    found = findings(root, {"app.py": code}, 'entry-points = ["app"]\n')
    return [(each.violation.code, each.violation.level) for each in found]


def model(body: str) -> str:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{IMPORTS}\nclass Model(BaseModel):\n    name: str = ''\n{lines}"


@pytest.mark.parametrize(
    "body",
    [
        "@field_validator\n@classmethod\ndef check(cls, value): return value",
        "@field_validator('name')\ndef check(value): return value",
        "@field_validator('name')\n@classmethod\ndef check(value): return value",
        "@field_validator('other')\n@classmethod\ndef check(cls, value): return value",
        "@validator\ndef check(cls, value): return value",
        "@root_validator\ndef check(cls, values): return values",
        "@root_validator(allow_reuse=True)\ndef check(cls, values): return values",
        "@computed_field\n@property\ndef length(self): return 1",
        "model_config = ConfigDict(extra='forbid')\nclass Config:\n    extra = 'forbid'",
        "code: str = Field(regex='x')",
        "code: str = Field('x', default='x')",
        "codes: list = Field(default=[], default_factory=list)",
        "codes: list = Field(None, default_factory=list)",
    ],
)
def test_reports_what_pydantic_2_refuses(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, model(body)) == [("SSOT112", "error")]


@pytest.mark.parametrize(
    "body",
    [
        "@field_validator('name')\n@classmethod\ndef check(cls, value): return value",
        "@field_validator('name')\ndef check(cls, value): return value",
        "@field_validator('name')\n@classmethod\ndef check(*values): return values[1]",
        "@field_validator('name', mode='before')\n@staticmethod\ndef check(value): return value",
        "@model_validator(mode='after')\ndef check(self): return self",
        "@root_validator(pre=True)\ndef check(cls, values): return values",
        "@root_validator(skip_on_failure=True)\ndef check(cls, values): return values",
        "@computed_field\n@property\ndef length(self) -> int: return 1",
        "@computed_field(return_type=int)\n@property\ndef length(self): return 1",
        "class Config:\n    extra = 'forbid'",
        "code: str = Field('x', pattern='x')",
        "codes: list = Field(..., default_factory=list)",
        "codes: list = Field(default=..., default_factory=list)",
        "code: str = Field('x', default_factory=None)",
        "if PYDANTIC:\n    @root_validator\n    def check(cls, values): return values",
    ],
)
def test_takes_what_pydantic_2_takes(tmp_path: Path, body: str) -> None:
    assert told(tmp_path, model(body)) == []


@pytest.mark.parametrize(
    ("code", "reported"),
    [
        ("from pydantic import BaseSettings", True),
        ("from pydantic.v1 import BaseSettings", False),
        ("try:\n    from pydantic import BaseSettings\nexcept ImportError:\n    BaseSettings = BaseModel", False),
        ("from outside import PYDANTIC_V2\nif not PYDANTIC_V2:\n    from pydantic import BaseSettings", False),
    ],
)
def test_what_is_gone_is_not_imported(tmp_path: Path, code: str, *, reported: bool) -> None:
    assert told(tmp_path, IMPORTS + code) == [("SSOT110", "error")] * reported


def test_is_silent_about_the_first_version(tmp_path: Path) -> None:
    code = "from pydantic import BaseModel, BaseSettings, Field, root_validator\nclass Model(BaseModel):\n"
    code += "    name: str = Field('x', regex='x')\n    @root_validator\n    def check(cls, values): return values\n"
    assert told(tmp_path, code) == []


FIELDS = """
from abc import ABC
from dataclasses import dataclass
from enum import Enum
from typing import ClassVar, Generic, Optional, TypeVar
from outside import Base
from pydantic import BaseModel, ConfigDict, PrivateAttr, TypeAdapter

T = TypeVar("T")

class Plain: pass
class Below(ABC): pass
@dataclass
class Data: x: int
class Kind(Enum): A = 1
class Other(Base): pass
class Own:
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler): ...
class Page(BaseModel): pass
class Filled(BaseModel, Generic[T]): pass

class Model(BaseModel):
    {body}
"""


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("x: Plain", 1), ("x: Below | None = None", 1), ("x: Optional[Plain] = None", 1), ("x: list[Plain] = []", 1),
        ("x: Data", 0), ("x: Kind", 0), ("x: Other", 0), ("x: Own", 0), ("x: Filled[int]", 0),
        ("x: ClassVar[Plain] = Plain()", 0), ("_x: Plain = PrivateAttr()", 0), ("x: type[Plain] = Plain", 0),
        ("model_config = ConfigDict(arbitrary_types_allowed=True)\n    x: Plain", 0), ("def x(self, y: Plain): ...", 0),
    ],
)  # fmt: skip
def test_reports_fields_of_which_pydantic_makes_none(tmp_path: Path, body: str, said: int) -> None:
    assert told(tmp_path, FIELDS.replace("{body}", body)) == [("SSOT112", "error")] * said


@pytest.mark.parametrize(("use", "said"), [("TypeAdapter(Page[int])", 1), ("TypeAdapter(Filled[int])", 0)])
def test_a_model_that_is_not_generic_takes_no_types(tmp_path: Path, use: str, said: int) -> None:
    assert told(tmp_path, FIELDS.replace("{body}", "x: int") + use) == [("SSOT112", "error")] * said
