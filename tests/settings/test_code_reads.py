from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import settings_of, write


def reads(root: Path, **modules: str) -> dict[str, str]:
    """Need by name of what a program reads; `main` is its entry point."""
    files = {f"{name.replace('__', '/')}.py": text for name, text in modules.items()}
    settings = settings_of(write(root, {**files, "ssot-lint.toml": 'entry-points = ["main"]\n'}))
    return {each.name: each.need for each in settings.of("read")}


@pytest.mark.parametrize(
    ("code", "need"),
    [
        ('os.environ["K"]', "required"),
        ('os.environ.get("K")', "bare"),
        ('os.environ.get("K", None)', "bare"),
        ('os.environ.get("K", "x")', "optional"),
        ('os.environ.get("K") or "x"', "optional"),
        ('os.environ.get("K") or f()', "optional"),
        ('os.environ.get("K") or None', "bare"),
        ('os.environ.get("K") or ""', "bare"),
        ('int(os.environ.get("K")) or 3', "bare"),
        ('os.environ.get("K") and "x"', "bare"),
        ('os.getenv("K")', "bare"),
        ('os.getenv("K", default="x")', "optional"),
        ('os.getenv(key="K")', "bare"),
        ('os.environ.setdefault("K", "x")', "optional"),
        ('os.environ.pop("K")', "required"),
        ('"K" in os.environ', "optional"),
        ('[os.environ[name] for name in ("K",)]', "required"),
        ('int(os.environ["K"]) if "K" in os.environ else 3', "optional"),
    ],
)
def test_the_standard_library(tmp_path: Path, code: str, need: str) -> None:
    assert reads(tmp_path, main=f"import os\nx = {code}\n") == {"K": need}


@pytest.mark.parametrize(
    ("code", "need"),
    [
        ('try:\n    x = os.environ["K"]\nexcept KeyError:\n    x = "d"\n', "optional"),
        ("import contextlib\nwith contextlib.suppress(KeyError):\n    x = os.environ['K']\n", "optional"),
        ("import contextlib\nwith contextlib.suppress(OSError):\n    x = os.environ['K']\n", "required"),
        ('try:\n    x = os.environ["K"]\nexcept KeyError:\n    raise SystemExit(1)\n', "required"),
        ('x = os.environ.get("K")\nif not x:\n    raise ValueError\n', "required"),
        ('x = os.environ.get("K")\nif x is None:\n    sys.exit(1)\n', "required"),
        ('x, y = 1, os.environ.get("K")\nif y is None:\n    raise ValueError\n', "required"),
        ('x, y = 1, os.environ.get("K")\nif x is None:\n    raise ValueError\n', "bare"),
        ('a.state.k = os.environ.get("K")\nif not a.state.k:\n    raise ValueError\n', "required"),
        ('a.state.k = os.environ.get("K")\nif not a.state.j:\n    raise ValueError\n', "bare"),
        ('if not os.environ.get("K"):\n    raise ValueError\n', "required"),
        ('if not (x := os.environ.get("K")):\n    raise ValueError\n', "required"),
        ('if (x := os.environ.get("K")) is None:\n    raise ValueError\n', "required"),
        ('x = os.environ.get("K")\nif x:\n    raise ValueError\n', "bare"),
        ('if debug:\n    x = os.environ["K"]\n', "bare"),
        ('x = os.environ.get("A") or os.environ["K"]\n', "required"),
        ('x = a or os.environ["K"]\n', "bare"),
        ('x = os.environ.get("A") and os.environ["K"]\n', "bare"),
        ('x = os.environ.get("A") or (a and os.environ["K"])\n', "bare"),
        ('if a:\n    x = os.environ.get("A") or os.environ["K"]\n', "bare"),
        ('for name in ["K"]:\n    if not os.environ.get(name):\n        raise ValueError\n', "required"),
        ('if "K" not in os.environ:\n    raise ValueError\nx = os.environ["K"]\n', "required"),
        ('def f(k):\n    if k not in os.environ:\n        raise E\n    return os.environ[k]\nf("K")\n', "required"),
        ('if "K" not in os.environ:\n    raise ValueError\n', "required"),
        ('if not "K" in os.environ:\n    sys.exit(1)\n', "required"),
        ('if "K" not in os.environ or not os.environ["K"]:\n    raise ValueError\n', "required"),
        ('if "K" not in os.environ:\n    os.environ["K"] = "x"\n', "optional"),
        ('for name in ["K"]:\n    if name not in os.environ:\n        raise ValueError\n', "required"),
        ('missing = [k for k in ["K"] if k not in os.environ]\nif missing:\n    raise ValueError\n', "required"),
        ('assert "K" in os.environ\n', "required"),
        ('x = os.environ.get("K", "").strip()\nif not x:\n    raise ValueError\n', "required"),
        ('x = os.environ.get("K", "")\nif not x:\n    raise ValueError\n', "required"),
        ('x = os.environ.get("K", "a")\nif not x:\n    raise ValueError\n', "optional"),
        ('if not (x := os.environ.get("K", "").strip().lower()):\n    raise ValueError\n', "required"),
        ('def f(k, d=""):\n    v = os.environ.get(k, d)\n    if not v:\n        raise E\nf("K")\n', "required"),
        ('def f(k, d=""):\n    v = os.environ.get(k, d)\n    if not v:\n        raise E\nf("K", "x")\n', "optional"),
        ('assert os.environ.get("K"), "K is missing"\n', "required"),
        ('assert os.environ.get("K") is not None\n', "required"),
        ('assert os.environ.get("K") is None\n', "bare"),
        ('def f(k):\n    if k in os.environ:\n        return os.environ[k]\nf("K")\n', "optional"),
    ],
)
def test_what_stands_around_a_read(tmp_path: Path, code: str, need: str) -> None:
    assert reads(tmp_path, main=f"import os, sys\n{code}")["K"] == need


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            'from decouple import config\nconfig("A")\nconfig("B", default=1, cast=int)',
            {"A": "required", "B": "optional"},
        ),
        (
            'import environ\nenv = environ.Env(C=(str, "x"))\nenv("A"), env.bool("B", default=0), env("C"), env.db()',
            {"A": "required", "B": "optional", "C": "optional", "DATABASE_URL": "required"},
        ),
        (
            (
                "import environ\nenv = environ.Env()\n"
                'env.int("A", 3), env.list("B", str, []), env("C", int, 1), env("D", int)'
            ),
            {"A": "optional", "B": "optional", "C": "optional", "D": "required"},
        ),
        ('from environs import Env\nenv = Env()\nenv.str("A")\nenv.int("B", 3)', {"A": "required", "B": "optional"}),
        ('from starlette.config import Config\nc = Config(".env")\nc("A")', {"A": "required"}),
        ('from os import environ as e, getenv\ne["A"]\ngetenv("B")', {"A": "required", "B": "bare"}),
    ],
)
def test_libraries(tmp_path: Path, code: str, expected: dict[str, str]) -> None:
    assert reads(tmp_path, main=code + "\n") == expected


PYDANTIC = """
from typing import Annotated
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

class Base(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="app_")

class Settings(Base):
    url: str
    limit: int = 25
    maybe: str | None
    key: SecretStr = Field(...)
    named: str = Field(validation_alias="OTHER")
    either: str = Field(validation_alias=AliasChoices("ONE", "TWO"))
    noted: Annotated[str, Field(alias="NOTED")]
    made: list[str] = Field(default_factory=list)
    _private: str = "x"
"""


def test_settings_classes(tmp_path: Path) -> None:
    assert reads(tmp_path, main=PYDANTIC) == {
        "APP_URL": "required", "APP_LIMIT": "optional", "APP_MAYBE": "optional", "APP_KEY": "required",
        "OTHER": "required", "ONE": "required", "TWO": "optional", "APP_MADE": "optional", "NOTED": "required",
    }  # fmt: skip


NESTED = """
from pydantic import BaseModel
from pydantic_settings import BaseSettings, SettingsConfigDict

class Pool(BaseModel):
    size: int = 5

class Database(BaseModel):
    url: str
    pool: Pool

class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="APP_"{})
    db: Database
    key: str
"""


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            ', env_nested_delimiter="__"',
            {
                "APP_DB": "optional", "APP_DB__URL": "required", "APP_DB__POOL": "optional",
                "APP_DB__POOL__SIZE": "optional", "APP_KEY": "required",
            },
        ),
        ("", {"APP_DB": "required", "APP_KEY": "required"}),
        (', secrets_dir="/run/secrets"', {"APP_DB": "bare", "APP_KEY": "bare"}),
        (', yaml_file="a.yaml"', {"APP_DB": "bare", "APP_KEY": "bare"}),
        (", case_sensitive=True", {"APP_db": "required", "APP_key": "required"}),
    ],
)  # fmt: skip
def test_options_of_settings_classes(tmp_path: Path, options: str, expected: dict[str, str]) -> None:
    assert reads(tmp_path, main=NESTED.replace("{}", options)) == expected


@pytest.mark.parametrize(("options", "name"), [("", "app_key"), (", case_sensitive=True", "APP_key")])
def test_a_field_is_read_in_the_case_that_files_write(tmp_path: Path, options: str, name: str) -> None:
    write(tmp_path, {"main.py": NESTED.replace("{}", options), "staging.env": "app_key=1\n"})
    write(tmp_path, {"ssot-lint.toml": 'entry-points = ["main"]\n'})
    assert name in {each.name for each in settings_of(tmp_path).of("read")}


def test_what_files_write_in_two_cases_is_one_setting(tmp_path: Path) -> None:
    files = {"main.py": NESTED.replace("{}", ""), "staging.env": "app_key=1\n", "production.env": "APP_KEY=1\n"}
    write(tmp_path, {**files, "ssot-lint.toml": 'entry-points = ["main"]\n'})
    assert [each.name for each in settings_of(tmp_path).named("APP_KEY")] == ["APP_KEY"] * 3


def test_the_default_in_code_is_kept_as_a_number(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": 'import os\nos.getenv("A", 25)\nos.getenv("B", "75s")\n'})
    write(tmp_path, {"ssot-lint.toml": 'entry-points = ["main"]\n'})
    assert [(each.number, each.unit) for each in settings_of(tmp_path).of("read")] == [(25, ""), (75, "s")]


WRAPPERS = """
import os

class Environment:
    def __init__(self, values):
        self._values = values

    def get(self, name, default=None):
        return self._values.get(name, default)

    def require(self, name):
        value = self._values.get(name)
        if not value:
            raise KeyError(name)
        return value

    def number(self, name):
        return int(self.require(name))

_environment = None

def get_env() -> "Environment":
    global _environment
    _environment = _environment or Environment(os.environ)
    return _environment

def prefixed(name, fallback="x"):
    return os.environ.get(f"APP_{name.upper()}", fallback)
"""


def test_wrappers_are_found_not_listed(tmp_path: Path) -> None:
    main = """
from wrappers import get_env, prefixed, Environment
get_env().get("A")
env = get_env()
env.get("B", "default")
env.number("C")

class Service:
    def __init__(self):
        self.env = get_env()

    def start(self, given: Environment):
        self.env.require("D")
        given.get("E")
        prefixed("url")

def secret(environment):
    return env.get(f"JWT_SECRET_{environment.upper()}")
"""
    assert reads(tmp_path, main=main, wrappers=WRAPPERS) == {
        "A": "bare", "B": "optional", "C": "required", "D": "required", "E": "bare", "APP_URL": "optional",
        "APP_*": "optional", "JWT_SECRET_*": "optional",
    }  # fmt: skip


def test_keys_that_stand_elsewhere(tmp_path: Path) -> None:
    names = 'T = "THE_T"\nTOKEN = "THE_TOKEN"\nclass Keys:\n    URL = "THE_URL"\n'
    main = (
        "import os, names\nfrom names import TOKEN, Keys\nos.environ[TOKEN], os.environ[Keys.URL], os.getenv(names.T)"
    )
    assert reads(tmp_path, main=main, names=names) == {"THE_TOKEN": "required", "THE_URL": "required", "THE_T": "bare"}


def test_what_is_no_read(tmp_path: Path) -> None:
    main = """
import os
cache = {}
cache.get("NOT_A_SETTING")
os.environ["WRITTEN"] = "1"
request.environ.get("HTTP_HOST")
del os.environ["GONE"]
"""
    assert reads(tmp_path, main=main) == {}


def test_only_what_the_entry_points_import_is_read(tmp_path: Path) -> None:
    used = 'import os\nos.environ["USED"]\n'
    assert reads(tmp_path, main="def f():\n    import used\n", used=used, unused='import os\nos.environ["NOT"]\n') == {
        "USED": "required"
    }


@pytest.mark.parametrize(
    "body",
    [
        "missing = [name for name in NAMES if not os.environ.get(name)]\nif missing:\n    raise ValueError",
        "if not all(os.environ.get(name) for name in NAMES):\n    raise ValueError",
        "if any(os.environ.get(name) is None for name in NAMES):\n    raise ValueError",
        "no = []\nfor n in NAMES:\n    v = os.getenv(n)\n    if not v: no.append(n)\nif no:\n    raise ValueError",
    ],
)
def test_lists_of_what_is_missing(tmp_path: Path, body: str) -> None:
    start = 'import os\nNAMES = ["A_URL", "B_URL"]\n'
    assert reads(tmp_path, main=f"{start}{body}\n") == {"A_URL": "required", "B_URL": "required"}
    told = body.replace("raise ValueError", "print(1)")
    assert reads(tmp_path, main=f"{start}{told}\n") == {"A_URL": "bare", "B_URL": "bare"}


@pytest.mark.parametrize(
    ("test", "need"),
    [
        ("not all(pair)", "required"), ("not pair", "bare"), ("not all([pair[0], KEY])", "bare"),
        ("not KEY.objects.all()", "bare"), ("not KEY.all(pair)", "bare"), ("not all()", "bare"),
    ],
)  # fmt: skip
def test_what_a_pair_must_hold(tmp_path: Path, test: str, need: str) -> None:
    main = f"import os\nKEY = 1\npair = os.getenv('A_URL'), os.getenv('B_URL')\nif {test}:\n    raise ValueError\n"
    assert reads(tmp_path, main=main) == {"A_URL": need, "B_URL": need}


def test_an_object_that_is_itself_the_key(tmp_path: Path) -> None:
    main = """
import os
class Variable(str):
    def read(self, default=None):
        return os.environ.get(self, default)
Variable("A_URL").read()
Variable("B_URL").read("localhost")
"""
    assert reads(tmp_path, main=main) == {}


def test_loops_of_one_function_over_different_lists(tmp_path: Path) -> None:
    main = """
import os
def f():
    if [name for name in ["A_URL"] if os.environ.get(f"X_{name}")]:
        pass
    for name in ["B_URL"]:
        os.environ[name]
    for name in ["C_URL"]:
        os.environ.get(name, "")
f()
"""
    assert reads(tmp_path, main=main) == {"X_A_URL": "bare", "B_URL": "required", "C_URL": "optional"}


@pytest.mark.parametrize(
    "getter",
    [
        "os.environ.get",
        "getter or os.environ.get",
        "getter or (lambda key, default=None: os.environ.get(key, default))",
    ],
)
def test_a_reader_that_is_kept_under_another_name(tmp_path: Path, getter: str) -> None:
    main = f"""
import os
from dataclasses import dataclass
@dataclass
class Rule:
    variable: str
RULES = [Rule("A_URL"), Rule(variable="B_URL")]
class Validator:
    def __init__(self, getter=None):
        self.getter = {getter}
    def check(self, rule: Rule):
        return self.getter(rule.variable)
for rule in RULES:
    Validator().check(rule)
"""
    assert reads(tmp_path, main=main) == {"A_URL": "bare", "B_URL": "bare"}


def test_a_wrapper_that_refuses_its_default_needs_what_it_is_given_without_another(tmp_path: Path) -> None:
    wrapper = """
import os

def env(name, default=None):
    value = os.getenv(name, default)
    if value is None:
        raise LookupError(name)
    return value

def secret(name):
    return env(f"APP_{name}")

def open_to_none(name, default=None):
    return os.getenv(name, default)

env("A"), env("B", "b"), secret("C"), open_to_none("D")
"""
    found = {name: need for name, need in reads(tmp_path, main=wrapper).items() if "*" not in name}
    assert found == {"A": "required", "B": "optional", "APP_C": "required", "D": "bare"}


@pytest.mark.parametrize("imported", ["from base import env", "from base import *", "import base\nenv = base.env"])
def test_settings_that_take_their_reader_from_a_base(tmp_path: Path, imported: str) -> None:
    """`production.py` beside `base.py` need not speak of an environment itself."""
    base = "import environ\nenv = environ.Env()\n"
    main = f'{imported}\nKEY = env("STRIPE_KEY")\nNAME = env.str("BUCKET", default="x")\n'
    assert reads(tmp_path, main=main, base=base) == {"STRIPE_KEY": "required", "BUCKET": "optional"}


def test_a_key_that_a_module_gives_which_is_looked_into_later(tmp_path: Path) -> None:
    """`fetch` can't be told until `start`, which speaks of no environment, is seen to call what hands it on."""
    found = reads(
        tmp_path,
        main="import start\nimport core\n",
        core="import os\ndef read(key):\n    return os.environ[key]\ndef ask(fetch):\n    return fetch('GIVEN')\n",
        start="from core import ask, read\nask(read)\n",
    )
    assert found == {"GIVEN": "required"}


@pytest.mark.parametrize("made", ["os.environ.get", "os.getenv", "environ.Env()"])
def test_a_local_that_reads_is_known_by_its_own_name(tmp_path: Path, made: str) -> None:
    code = f"import os\nimport environ\ndef f():\n    asked = {made}\n    return asked('some_key')\nf()\n"
    assert set(reads(tmp_path, main=code)) == {"some_key"}
