"""Fields of settings classes that the program itself gives: they need not come from the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.test_code_reads import reads

HEAD = """
from pydantic import Field, field_validator, model_validator, root_validator
from pydantic_settings import BaseSettings
from vault import fetch
"""
FILLED = {"A_URL": "bare", "B_KEY": "required"}
NEEDED = {"A_URL": "required", "B_KEY": "required"}
ANYTHING = {"A_URL": "bare", "B_KEY": "bare"}


BEFORE = '@model_validator(mode="before")\n    def f(cls, values):'
WRAP = '@model_validator(mode="wrap")\n    def f(cls, values, handler):'
AFTER = '@model_validator(mode="after")\n    def f(self):'
FIELD = '@field_validator("a_url", mode="before")\n    def f(cls, value):'
OLD_BEFORE = "@root_validator(pre=True)\n    def f(cls, values):"
OLD_AFTER = "@root_validator\n    def f(cls, values):"
INIT = "def __init__(self, **values):"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (BEFORE, 'values["a_url"] = "x"; return values', FILLED),
        (BEFORE, 'values.setdefault("A_URL", "x"); return values', FILLED),
        (BEFORE, 'return {"a_url": "x", **values}', FILLED),
        (BEFORE, "return {**fetch(), **values}", ANYTHING),
        (BEFORE, "return fetch(values)", ANYTHING),
        (BEFORE, "fetch(values); return values", ANYTHING),
        (BEFORE, "values.update(fetch()); return values", ANYTHING),
        (BEFORE, "return values | fetch()", ANYTHING),
        (BEFORE, "values[fetch()] = 1; return values", ANYTHING),
        (BEFORE, 'print(values.get("a_url")); return values', NEEDED),
        (WRAP, 'values["a_url"] = "x"; return handler(values)', FILLED),
        (AFTER, 'self.a_url = "x"; return self', NEEDED),
        (FIELD, 'return value or "x"', NEEDED),
        (OLD_BEFORE, 'values["a_url"] = "x"; return values', FILLED),
        (OLD_AFTER, 'values["a_url"] = "x"; return values', NEEDED),
        (INIT, 'values.setdefault("a_url", "x"); super().__init__(**values)', FILLED),
        (INIT, 'super().__init__(a_url="x", **values)', FILLED),
        (INIT, "super().__init__(**fetch(), **values)", ANYTHING),
        (INIT, "super().__init__(**values); print(self.a_url)", NEEDED),
    ],
)
def test_what_a_class_gives_itself(tmp_path: Path, head: str, body: str, expected: dict[str, str]) -> None:
    method = f"    {head}\n        {body}\n"
    code = f"{HEAD}\nclass S(BaseSettings):\n    a_url: str\n    b_key: str\n\n{method}\ns = S()\n"
    assert reads(tmp_path, main=code) == expected


@pytest.mark.parametrize(
    ("calls", "expected"),
    [
        ('S(a_url="x")', FILLED),
        ("S(A_URL=fetch())", FILLED),
        ("S(**fetch())", ANYTHING),
        ("S()", NEEDED),
        ('S(_env_file=".env")', NEEDED),
        ('S(_secrets_dir="/run/secrets")', ANYTHING),
        ('S(a_url="x")\nS()', NEEDED),
        ("", NEEDED),
        ("def get():\n    return S(a_url=fetch())\n\nget()", FILLED),
    ],
)
def test_what_is_given_where_it_is_made(tmp_path: Path, calls: str, expected: dict[str, str]) -> None:
    code = f"{HEAD}\nclass S(BaseSettings):\n    a_url: str\n    b_key: str\n\n{calls}\n"
    assert reads(tmp_path, main=code) == expected


def test_what_another_module_gives(tmp_path: Path) -> None:
    code = f"{HEAD}\nclass S(BaseSettings):\n    a_url: str\n    b_key: str\n"
    assert reads(tmp_path, main='from conf import S\ns = S(a_url="x")\n', conf=code) == FILLED


def test_a_validator_of_a_base(tmp_path: Path) -> None:
    base = (
        'class B(BaseSettings):\n    @model_validator(mode="before")\n    def f(cls, values):\n'
        '        values["a_url"] = "x"\n        return values\n'
    )
    code = f"{HEAD}\n{base}\nclass S(B):\n    a_url: str\n    b_key: str\n\nS()\n"
    assert reads(tmp_path, main=code) == FILLED
