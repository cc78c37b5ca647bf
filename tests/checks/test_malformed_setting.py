"""SSOT210: values that the code can't make of them what it wants."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import said, write

ENV = "A_SIZE={}\nB_NAME=x\nC_NAME=y\n"
TRIED = """def number(key):
    try:
        return int(os.environ[key])
    except (KeyError, ValueError):
        return 5
number('A_SIZE')"""
VALIDATED = """from pydantic import field_validator
from pydantic_settings import BaseSettings
class S(BaseSettings):
    a_size: int
    @field_validator('a_size', mode='before')
    def parse(cls, value):
        return 5"""
REST = "\nos.environ['B_NAME']\nos.environ['C_NAME']\n"


def drift(root: Path, code: str, value: str, path: str = "config/production.env") -> list[str]:
    write(root, {"main.py": f"import os\n{code}{REST}", path: ENV.format(value)})
    return said(root, "SSOT210")


@pytest.mark.parametrize(
    "code",
    [
        "int(os.environ['A_SIZE'])",
        "int(os.getenv('A_SIZE', '5'))",
        "int(os.getenv('A_SIZE') or 5)",
        "size = os.environ['A_SIZE']\nint(size)",
        "def number(key):\n    return int(os.environ[key])\nnumber('A_SIZE')",
        "def number(key):\n    value = os.environ.get(key)\n    return int(value) if value else 5\nnumber('A_SIZE')",
        "def read(key, cast):\n    return cast(os.environ[key])\nread('A_SIZE', int)",
        "from environs import Env\nenv = Env()\nenv.int('A_SIZE', 5)",
        "from decouple import config\nconfig('A_SIZE', cast=int)",
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a_size: int | None = None",
    ],
)
@pytest.mark.parametrize(("value", "is_told"), [("30s", True), ("many", True), ("2.5", True), ("30", False)])
def test_whole_numbers(tmp_path: Path, code: str, value: str, *, is_told: bool) -> None:
    found = drift(tmp_path, code, value)
    says = "error config/production.env:1 `A_SIZE` is not a whole number in production, and the code makes one of it"
    assert found == ([says] if is_told else [])


@pytest.mark.parametrize(
    "code",
    [
        "os.environ['A_SIZE']",
        "float(os.environ['A_SIZE'].removesuffix('s'))",
        "try:\n    int(os.environ['A_SIZE'])\nexcept ValueError:\n    pass",
        "size = os.environ['A_SIZE']\nif size.isdigit():\n    int(size)",
        TRIED,
        VALIDATED,
        "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a_size: int | str",
        "def read(key, cast):\n    return cast(os.environ[key])\nread('A_SIZE', str)",
    ],
)
def test_what_takes_any_text(tmp_path: Path, code: str) -> None:
    assert drift(tmp_path, code, "30s") == []


@pytest.mark.parametrize(("value", "is_told"), [("maybe", True), ("yes", False), ("1", False), ("2", True)])
def test_truth(tmp_path: Path, value: str, *, is_told: bool) -> None:
    code = "from pydantic_settings import BaseSettings\nclass S(BaseSettings):\n    a_size: bool = False"
    assert bool(drift(tmp_path, code, value)) is is_told


def test_what_may_be_of_another_program(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": "import os\nint(os.environ['A_SIZE'])\n", "nginx.env": ENV.format("30s")})
    assert said(tmp_path, "SSOT210") == []


@pytest.mark.parametrize("value", ["", "${SIZE}", "<size>", "12345678901234567890", "1_000", "1e3", " 5 "])
def test_what_is_or_may_be_a_number(tmp_path: Path, value: str) -> None:
    assert drift(tmp_path, "int(os.environ['A_SIZE'])", value) == []


def test_what_another_service_reads(tmp_path: Path) -> None:
    compose = """services:
  one: {build: ., command: python -m one, environment: {A_SIZE: 30s, B_NAME: b, C_NAME: c}}
  two: {build: ., command: python -m two, environment: {A_SIZE: 30s, B_NAME: b, C_NAME: c}}
"""
    one = f"import os\nos.environ['A_SIZE']{REST}"
    write(tmp_path, {"one.py": one, "two.py": f"import os\nint(os.environ['A_SIZE']){REST}", "compose.yaml": compose})
    assert [each.partition(" `")[0] for each in said(tmp_path, "SSOT210")] == ["error compose.yaml:3"]


@pytest.mark.parametrize(
    ("staging", "production", "default", "found"),
    [
        (
            "75",
            "75000",
            "60",
            "config/production.env:1 `A_TIMEOUT` is a thousand times in production what it is elsewhere",
        ),
        ("75", "90", "75", ""),
        ("75", "", "75", ""),
        ("", "75000", "75", "config/production.env:1 `A_TIMEOUT`"),
        ("75000", "75", "75", "config/staging.env:1 `A_TIMEOUT`"),
        ("1", "1000", "1", ""),
        ("75", "7500", "75", ""),
    ],
)
def test_another_unit(tmp_path: Path, staging: str, production: str, default: str, found: str) -> None:
    code = f"import os\nos.getenv('A_TIMEOUT', {default!r}){REST}"
    env = ENV.replace("A_SIZE", "A_TIMEOUT")
    files = {"config/staging.env": env.format(staging), "config/production.env": env.format(production)}
    write(tmp_path, {"main.py": code, **files})
    findings = said(tmp_path, "SSOT210")
    assert len(findings) == bool(found)
    assert all(each.startswith(f"warning {found}") for each in findings)


def test_what_is_no_time_may_be_a_thousand_times_as_much(tmp_path: Path) -> None:
    write(
        tmp_path,
        {"main.py": f"import os\nos.getenv('A_SIZE', '75'){REST}", "config/production.env": ENV.format("75000")},
    )
    assert said(tmp_path, "SSOT210") == []
