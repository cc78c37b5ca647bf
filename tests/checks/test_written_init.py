from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'

CODE = """
import dataclasses
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import Annotated, Any, ClassVar, NamedTuple, Optional
from outside import Other, changed, something
from pydantic import BaseModel, ConfigDict, Field, model_validator

@dataclass
class Plain:
    a: int
    b: int = 0
    count: ClassVar[int]
    made: list = field(default_factory=list)
    def __post_init__(self): self.later: int = 1

@dataclasses.dataclass(repr=False)
class Below(Plain):
    c: int = 1

@dataclass(kw_only=True)
class ByName:
    a: int

@dataclass
class Half:
    a: int
    _: KW_ONLY
    b: InitVar[int]

@dataclass(init=False)
class Without:
    a: int

@dataclass
class Own:
    a: int
    def __init__(self): pass

@dataclass
class Computed:
    a: int = field(init=False)

@changed
@dataclass
class Changed:
    a: int

@dataclass
class Outside(Other):
    a: int

@dataclass
class Chosen:
    if something():
        a: int

class Pair(NamedTuple):
    a: int
    b: int = 0

class Model(BaseModel):
    a: int
    b: Optional[int]
    c: Any
    d: int | None
    e: Annotated[int, Field(alias="f")]
    g: int = Field(alias="h")
    _hidden: int

class Derived(Model):
    z: str

class Titled(BaseModel):
    title: str = Field(max_length=9)
    kind: str = Field("a", max_length=9)
    size: int = Field(default=1)
    model_config = ConfigDict(from_attributes=True)

class Required(BaseModel):
    title: str = Field(...)

class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int = 1

class ClosedAlias(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int = Field(1, validation_alias="b")

class Aliased(BaseModel):
    model_config = ConfigDict(alias_generator=str.upper)
    a: int

class Validated(BaseModel):
    a: int
    @model_validator(mode="before")
    def fill(cls, values): return {"a": 1}

class Checked(BaseModel):
    model_config = ConfigDict(populate_by_name=True)
    a: int
    b: int = Field(alias="B")
    @model_validator(mode="after")
    def check(self): return self

class Forbidding(BaseModel, extra="forbid"):
    a: int = 1

class Upper(BaseModel, alias_generator=str.upper):
    a: int
"""


def bad(root: Path, call: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in call.splitlines())
    return told(root, {"app.py": f"{CODE}\ndef start():\n{lines}"}, STARTS, select="SSOT112")


@pytest.mark.parametrize(
    "call",
    [
        "Plain()", "Plain(b=1)", "Plain(1, 2, [], 4)", "Plain(1, gone=2)", "Plain(1, count=2)", "Below(c=1)",
        "ByName(1)", "ByName()", "Half(1)", "Half(1, 2)", "Pair()", "Pair(1, 2, 3)", "Pair(1, c=2)", "Model()",
        "Derived(a=1)", "Derived(z='')", "Titled(kind='a')", "Required()", "Closed(b=1)",
        "Checked(b=1)", "Forbidding(b=1)",
    ],
)  # fmt: skip
def test_reports_a_call_that_does_not_fit_the_fields(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == [f"app.py: {call} [startup]"]


@pytest.mark.parametrize(
    "call",
    [
        "Plain(1)", "Plain(a=1, made=[])", "Plain(1, 2, [])", "Plain(*something())", "Plain(**something())",
        "Below(1, c=2)", "Below(1, 2, [], 3)", "ByName(a=1)", "Half(1, b=2)", "Without()", "Own()", "Computed()",
        "Changed()", "Outside()", "Chosen()", "Pair(1)", "Pair(b=1, a=2)", "Model(a=1)", "Model(a=1, gone=2)",
        "Titled(title='a')", "Titled(title='a', gone=1)", "Required(title='a')", "Closed(a=2)", "ClosedAlias(b=1)",
        "Checked(a=1)", "Checked(a=1, B=1)", "Forbidding(a=1)", "Upper(A=1)", "Derived(a=1, z='')", "Aliased()",
        "Validated()", "Model.model_validate({})",
        "try:\n    Plain()\nexcept TypeError:\n    pass", "try:\n    Model()\nexcept ValueError:\n    pass",
    ],
)  # fmt: skip
def test_is_silent_about_a_call_that_may_fit_the_fields(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == []


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("manager: object = field(default_factory=connect)", "connect() misses the required argument `host`"),
        ("inner: Inner = field(default_factory=Inner)\n    other: Free = field(default_factory=Free)",
         "Inner() misses the required argument `size`"),
        ("size: int\n    other: Free = field(default_factory=Free)", "Outer() misses the required argument `size`"),
        ("other: Free = field(default_factory=Free)", ""),
        ("inner: Inner = field(default_factory=lambda: Inner(1))\n    names: list = field(default_factory=list)", ""),
    ],
)  # fmt: skip
def test_holds_factories_of_fields_against_what_they_call(tmp_path: Path, code: str, message: str) -> None:
    files = {
        "app.py": f"""
from dataclasses import dataclass, field
def connect(host): return host
@dataclass
class Inner:
    size: int
@dataclass
class Free:
    pass
@dataclass
class Outer:
    {code}
Outer()
""",
    }
    found = findings(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT112")
    assert [each.violation.message for each in found] == ([message] if message else [])


REPLACED = """
from dataclasses import InitVar, dataclass, field, replace

@dataclass(frozen=True)
class Policy:
    attempts: int = 3
    delays: list = field(default_factory=list)
    name: str = ""
    def other(self): return replace(self, {given})

DEFAULT = Policy(name="x")

def start():
    replace(DEFAULT, {given})
    Policy(4).other()
"""


@pytest.mark.parametrize(("given", "said"), [("retries=1", 2), ("attempts=1, name='y'", 0), ("**{'attempts': 1}", 0)])
def test_a_copy_takes_what_the_dataclass_does(tmp_path: Path, given: str, said: int) -> None:
    code = REPLACED.replace("{given}", given)
    found = findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT112")
    assert [each.violation.message for each in found] == [
        "Policy() gets an unexpected keyword argument `retries`"
    ] * said
