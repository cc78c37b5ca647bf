"""Values that a pydantic model is made with and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, graded

CODE = """
from enum import Enum
from typing import Annotated, Any, Dict, List, Literal, Optional, Union
from pydantic import BaseModel, ConfigDict, Field, field_validator
from outside import Text

class Kind(str, Enum):
    FAST = "fast"
    SLOW = "slow"

class Open(str, Enum):
    A = "a"
    @classmethod
    def _missing_(cls, value): return cls.A

class Inner(BaseModel):
    x: int = 0

class Model(BaseModel):
    text: str = ""
    maybe: Optional[str] = None
    number: int = 0
    share: float = 0.0
    on: bool = False
    kind: Kind = Kind.FAST
    open: Open = Open.A
    mode: Literal["a", "b"] = "a"
    flag: Literal[1, False] = 1
    table: dict[str, Any] = {}
    names: List[str] = []
    either: Union[int, None] = None
    both: str | int = ""
    told: Annotated[str, Field(max_length=3)] = ""
    own: Text = None
    inner: Inner = Inner()
    called: str = Field("", alias="name")

class Lenient(BaseModel):
    text: str = ""
    @field_validator("text", mode="before")
    @classmethod
    def fill(cls, value): return value or ""

class Coercing(BaseModel):
    model_config = ConfigDict(coerce_numbers_to_str=True)
    text: str = ""

class Late(BaseModel):
    text: str = ""
    @field_validator("text")
    @classmethod
    def check(cls, value): return value

def start():
    """


def told(root: Path, use: str) -> list[tuple[str, str]]:
    found = findings(root, {"app.py": f"{CODE}{use}\n"}, 'entry-points = ["app:start"]\n', select="SSOT112")
    return graded(found)


@pytest.mark.parametrize(
    "given",
    [
        "text=None", "text=1", "text=True", "text=[]", "maybe=1", "number='many'", "number=1.5", "number=1e999",
        "share='1s'", "on='maybe'",
        "kind='general'", "kind=None", "mode='c'", "mode=None", "table=None", "table=[]", "names='a'", "names={}",
        "flag=2", "either='none'", "both=None", "told=None", "inner=None",
    ],
)  # fmt: skip
def test_reports_what_the_type_of_a_field_refuses(tmp_path: Path, given: str) -> None:
    ((level, message),) = told(tmp_path, f"Model({given})")
    assert (level, message.startswith(f"Model() gets for `{given.partition('=')[0]}`")) == ("error", True)


def test_a_validator_that_comes_after_changes_nothing(tmp_path: Path) -> None:
    assert told(tmp_path, "Late(text=None)") == [
        ("error", "Late() gets for `text`, which is str, None, which the model refuses")
    ]


@pytest.mark.parametrize(
    "use",
    [
        "Model(text='a', maybe=None, number='5', share=1, on='yes', kind='slow', mode='b', table={}, names=[])",
        "Model(number=True, share='1e3', on=1, names=('a',), either=None, both=1, told='a', own=1)",
        "Model(kind=Kind.SLOW, open='z', inner={'x': 1}, number='1_000')", "Model(called=1)", "Model(flag=0)",
        "Lenient(text=None)", "Coercing(text=1)", "Model.model_construct(text=None)", "Model(flag=True)",
    ],
)  # fmt: skip
def test_is_silent_about_what_a_field_may_take(tmp_path: Path, use: str) -> None:
    assert told(tmp_path, use) == []
