"""Where a key comes from, and how a wrapper is called: what a reader of the program would see too."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.settings.projects import settings_of, write

READ = "def read(k):\n    return os.environ[k]\n"
KEEPER = "class S:\n    def __init__(self, key):\n        self.key = key\n"
NAMED = "from typing import NamedTuple\nclass S(NamedTuple):\n    key: str\n    default: str\n"
ABSTRACT = (
    "class Base:\n    def value(self, k):\n        raise KeyError\n    def go(self):\n        self.value('KEY')\n"
)
ATTRIBUTE = "class S:\n    def __init__(self{0}):\n        self.r = {1}\n    def go(self):\n        self.r('KEY')\n"
PREFIXED = "class E:\n    PREFIX = 'APP_'\n    def get(self, k):\n        return os.getenv(self.PREFIX + k)\n"
FACTORY = "from dataclasses import field\ndef env(k):\n    return field(default_factory=lambda: os.environ[k])\n"
METHOD = "class E:\n    def value(self, k):\n        return os.environ[k]\n"


def names(root: Path, **modules: str) -> set[str]:
    """What a program reads by what it knows in full; `main` is its entry point."""
    files = {f"{name}.py": text for name, text in modules.items()}
    settings = settings_of(write(root, {**files, "ssot-lint.toml": 'entry-points = ["main"]\n'}))
    return {each.name for each in settings.of("read") if not each.is_pattern}


@pytest.mark.parametrize(
    "code",
    [
        'for k in ("A", "B"):\n    os.environ[k]\n',
        'for _, k in [("x", "A"), ("y", "B")]:\n    os.environ.get(k)\n',
        'M = {"x": "A", "y": "B"}\nfor _, k in M.items():\n    os.environ.get(k)\n',
        'M = {"x": "A", "y": "B"}\nfor k in M.values():\n    os.environ.get(k)\n',
        'for number, k in enumerate(sorted(["A"] + ["B"])):\n    os.environ.get(k)\n',
        'M = {"x": "A", "y": "B"}\ndef f(x):\n    return os.environ[M[x]]\n',
        'M = {"x": "A"}\ndef f(x):\n    return os.environ.get(M.get(x, "B"))\n',
        'class C:\n    KEYS = ["A", "B"]\n    def go(self):\n        return [os.environ[k] for k in self.KEYS]\n',
        'def table():\n    return {"A": 1, "B": 2}\nM = table()\nfor k, _ in M.items():\n    os.environ.get(k)\n',
        'def wanted():\n    return ["A", "B"]\nfor k in wanted():\n    os.environ.get(k)\n',
        'def table():\n    return {"x": "A", "y": "B"}\ndef f(x):\n    return os.environ[table()[x]]\n',
        'def need(keys):\n    return [k for k in keys if not os.environ.get(k)]\nneed(["A", "B"])\n',
        'def either(*keys):\n    for k in keys:\n        os.environ.get(k)\neither("A", "B")\n',
        'import enum\nclass K(str, enum.Enum):\n    X = "A"\n    Y = "B"\nfor k in K:\n    os.environ[k.value]\n',
        'def f(test):\n    return os.environ["A" if test else "B"]\n',
        'def f(key="A"):\n    return os.environ[key]\nf("B")\n',
        "list(map(os.getenv, ['A', 'B']))\n",
        READ + "list(map(read, ['A', 'B']))\n",
    ],
)
def test_keys_from_what_holds_several(tmp_path: Path, code: str) -> None:
    assert names(tmp_path, main=f"import os\n{code}") == {"A", "B"}


@pytest.mark.parametrize("imported", ["from c import KEYS\nfor k in KEYS:", "import c\nfor k in c.KEYS:"])
def test_keys_from_another_module(tmp_path: Path, imported: str) -> None:
    main = f"import os\n{imported}\n    os.environ[k]\n"
    assert names(tmp_path, main=main, c="KEYS = ('A', 'B')\n") == {"A", "B"}


@pytest.mark.parametrize(
    "code",
    [
        'def f(x):\n    return os.environ["APP_%s" % x]\nf("KEY")\n',
        'def f(x):\n    return os.environ["APP_{}".format(x)]\nf("KEY")\n',
        'def f(x):\n    return os.environ["{p}_{x}".format(p="APP", x=x)]\nf("KEY")\n',
        'def f(x):\n    return os.environ["_".join(["APP", x])]\nf("KEY")\n',
        'def f(x):\n    return os.environ[x.replace("-", "_").upper()]\nf("app-key")\n',
        'def f(x):\n    x = f"APP_{x}"\n    return os.environ[x]\nf("KEY")\n',
        PREFIXED + 'E().get("KEY")\n',
    ],
)
def test_keys_that_are_put_together(tmp_path: Path, code: str) -> None:
    assert names(tmp_path, main=f"import os\n{code}") == {"APP_KEY"}


@pytest.mark.parametrize(
    "code",
    [
        ATTRIBUTE.format(", r=os.getenv", "r"),
        READ + ATTRIBUTE.format("", "read"),
        READ + "R = {'env': read}\ndef f(s):\n    return R[s]('KEY')\n",
        READ + "def each(f):\n    return f('KEY')\neach(read)\n",
        READ + "from functools import partial\nr = partial(read, 'KEY')\n",
        READ + "import asyncio\nasync def f():\n    return await asyncio.to_thread(read, 'KEY')\n",
        "from functools import partial\nr = partial(os.getenv, default='x')\nr('KEY')\n",
        "read = lambda k: os.environ[k]\nread('KEY')\n",
        "def make(k):\n    def inner():\n        return os.environ[k]\n    return inner\nmake('KEY')\n",
        FACTORY + "env('KEY')\n",
        "class E:\n    def __getitem__(self, k):\n        return os.environ[k]\ne = E()\ne['KEY']\n",
        "class E:\n    def __contains__(self, k):\n        return k in os.environ\ne = E()\n'KEY' in e\n",
        "class E:\n    def __call__(self, k):\n        return os.environ[k]\ne = E()\ne('KEY')\n",
        METHOD + "def go(source):\n    return source.value('KEY')\ngo(E())\n",
        METHOD + "class F(E):\n    def value(self, k):\n        return super().value(k)\nF().value('KEY')\n",
        ABSTRACT + METHOD.replace("class E:", "class E(Base):"),
        KEEPER + "    def __get__(self, o, t):\n        return os.environ[self.key]\nclass C:\n    a = S('KEY')\n",
        KEEPER + "    def get(self):\n        return os.environ[self.key]\n"
        + "class T(S):\n    def __init__(self, key):\n        super().__init__(key)\nT('KEY')\n",
        NAMED + "for s in [S('KEY', 'x')]:\n    os.environ.get(s.key, s.default)\n",
        "env = {**os.environ}\nenv.get('KEY')\n",
        "from collections import ChainMap\nenv = ChainMap({}, os.environ)\nenv['KEY']\n",
        "def f(env=os.environ):\n    return env['KEY']\n",
        "getattr(os, 'environ')['KEY']\n",
        "import click\n@click.option('--x', envvar='KEY')\ndef f(x): ...\n",
        READ + "".join(f"def f{n}(k):\n    {f'f{n - 1}' if n else 'read'}(k)\n" for n in range(6)) + "f5('KEY')\n",
    ],
)  # fmt: skip
def test_ways_to_call_a_reader(tmp_path: Path, code: str) -> None:
    for key in ("KEY", "_KEY"):
        assert names(tmp_path, main=f"import os\n{code}".replace("'KEY'", f"'{key}'")) == {key}


def test_a_function_that_reads_two_keys_of_one_name(tmp_path: Path) -> None:
    main = "import os\ndef read(k):\n    return os.getenv(k) or open(os.environ[f'{k}_FILE']).read()\nread('KEY')\n"
    assert names(tmp_path, main=main) == {"KEY", "KEY_FILE"}


@pytest.mark.parametrize(
    "modules",
    [
        {"main": "from conf import config\nconfig.value('KEY')\n", "conf": "import os\n" + METHOD + "config = E()\n"},
        {"main": "import conf\nconf.config.value('KEY')\n", "conf": "import os\n" + METHOD + "config = E()\n"},
        {
            "main": "from settings import conf\nconf().value('KEY')\n",
            "settings": "from lib import E\n_one = E()\ndef conf():\n    return _one\n",
            "lib": "import os\n" + METHOD,
        },
        {
            "main": "from lib import *\nrd('KEY')\n",
            "lib/__init__": "from .impl import read as rd\n",
            "lib/impl": "import os\n" + READ,
        },
    ],
)
def test_wrappers_that_are_known_by_another_name(tmp_path: Path, modules: dict[str, str]) -> None:
    assert names(tmp_path, **modules) == {"KEY"}


def test_what_selects_from_the_environment_reads_all_of_it(tmp_path: Path) -> None:
    code = "import os\nfor k, v in os.environ.items():\n    if k.startswith('APP_'):\n        print(v)\n"
    settings = settings_of(write(tmp_path, {"main.py": code, "ssot-lint.toml": 'entry-points = ["main"]\n'}))
    assert [(each.name, each.need) for each in settings.of("read")] == [("APP_*", "optional")]


def test_an_object_made_with_a_key_may_never_be_asked_in_the_strict_way(tmp_path: Path) -> None:
    code = KEEPER + "    def need(self):\n        return os.environ[self.key]\nVARIABLE = S('KEY')\n"
    settings = settings_of(
        write(tmp_path, {"main.py": f"import os\n{code}", "ssot-lint.toml": 'entry-points = ["main"]\n'})
    )
    assert [(each.name, each.need) for each in settings.of("read")] == [("KEY", "bare")]


@pytest.mark.parametrize(
    "code",
    [
        "f\"KEY_{env.get('STAGE', 'dev').upper()}\"",
        "f\"KEY_{os.getenv('STAGE') or 'dev'}\"",
        "f\"KEY_{stage if known else 'dev'}\"",
        'f"KEY_{stage()}"',
    ],
)
def test_a_key_with_a_part_that_only_the_run_knows_is_a_pattern(tmp_path: Path, code: str) -> None:
    main = f"import os\nenv = os.environ\nx = env.get({code})\n"
    settings = settings_of(write(tmp_path, {"main.py": main, "ssot-lint.toml": 'entry-points = ["main"]\n'}))
    assert {each.name for each in settings.of("read")} - {"STAGE"} == {"KEY_*"}


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("[env(f'KEY_{n}') for n in range(3)]", {"KEY_*"}),
        ("for name in ('A', 'B'):\n    env(name)", {"A", "B"}),
        ("name = 'A'\nenv(name)", {"A"}),
    ],
)
def test_an_instance_that_is_called(tmp_path: Path, code: str, found: set[str]) -> None:
    main = f"import environ\nenv = environ.Env()\n{code}\n"
    settings = settings_of(write(tmp_path, {"main.py": main, "ssot-lint.toml": 'entry-points = ["main"]\n'}))
    assert {each.name for each in settings.of("read")} == found


def test_a_prefix_for_a_block(tmp_path: Path) -> None:
    main = (
        "from environs import Env\nenv = Env()\nwith env.prefixed('APP_'):\n    env.str('A')\n"
        "    with env.prefixed('DB_'):\n        env.str('B')\nenv.str('C')\n"
    )
    assert names(tmp_path, main=main) == {"APP_A", "APP_DB_B", "C"}


VAULT = (
    "class Vault:\n    SIZE_MAX = 1\n    def __getattr__(self, item):\n        return os.environ[item.upper()]\n"
    "vault = Vault()\n"
)


def test_an_attribute_that_is_a_key(tmp_path: Path) -> None:
    """What the class has is none, nor what other objects have."""
    main = "from m import vault, other\nvault.API_KEY\nvault.SIZE_MAX\nother.NOT_A_KEY\n"
    assert names(tmp_path, main=main, m=f"import os\n{VAULT}class Other: ...\nother = Other()\n") == {"API_KEY"}


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        ("e = E('APP')\n", {"APP_NAME"}),
        ("e = E(prefix='APP')\nother = E('APP')\n", {"APP_NAME"}),
        ("e = E('APP')\nother = E('WEB')\n", set()),
        ("import sys\ne = E(sys.argv[1])\n", set()),
    ],
)
def test_a_prefix_that_the_object_is_made_with(tmp_path: Path, made: str, expected: set[str]) -> None:
    reader = (
        "class E:\n    def __init__(self, prefix):\n        self._prefix = prefix\n"
        "    def need(self, name):\n        return os.environ[f'{self._prefix}_{name}']\n"
    )
    assert names(tmp_path, main=f"import os\n{reader}{made}e.need('NAME')\n") == expected


@pytest.mark.parametrize(
    "merged",
    [
        "{'REGION': 'x'} | os.environ",
        "{'REGION': 'x'} | dotenv_values('.env') | dict(os.environ)",
        "{'REGION': 'x', **dotenv_values('.env'), **os.environ}",
        "DEFAULTS | os.environ",
    ],
)
def test_an_environment_over_defaults(tmp_path: Path, merged: str) -> None:
    main = (
        "import os\nfrom dotenv import dotenv_values\nDEFAULTS = {'REGION': 'x'}\n"
        f"MERGED = {merged}\nMERGED['REGION']\nMERGED['OTHER']\n"
    )
    settings = settings_of(write(tmp_path, {"main.py": main, "ssot-lint.toml": 'entry-points = ["main"]\n'}))
    assert {(each.name, each.need) for each in settings.of("read")} == {("REGION", "optional"), ("OTHER", "required")}


SENTINEL = """import os
_MISSING = object()
class Env:
    def __init__(self, source=os.environ):
        self._source = source
    def __call__(self, key, default=_MISSING, cast=str):
        {body}
    def list(self, key, default=_MISSING):
        return self(key, default, lambda text: text.split(","))
env = Env()
env("A_KEY"), env("B_KEY", None), env("C_KEY", default="x"), env.list("D_KEY"), env.list("E_KEY", [])
"""


SENTINEL_BODIES = {
    "in": """if key not in self._source:
            if default is _MISSING:
                raise KeyError(key)
            return default
        return cast(self._source[key])""",
    "get": """value = self._source.get(key, default)
        if value is _MISSING:
            raise KeyError(key)
        return value""",
    "try": """try:
            return self._source[key]
        except KeyError:
            if default is _MISSING:
                raise
            return default""",
    "not": """if key in self._source:
            return self._source[key]
        if default is not _MISSING:
            return default
        raise KeyError(key)""",
}


@pytest.mark.parametrize("sentinel", ["_MISSING", "..."])
@pytest.mark.parametrize("body", SENTINEL_BODIES.values(), ids=SENTINEL_BODIES.keys())
def test_a_default_that_only_stands_for_none(tmp_path: Path, body: str, sentinel: str) -> None:
    main = SENTINEL.format(body=body).replace("_MISSING", sentinel).replace("... = object()\n", "")
    found = settings_of(write(tmp_path, {"main.py": main})).of("read")
    assert {each.name for each in found if each.need == "required"} == {"A_KEY", "D_KEY"}
    assert {each.name for each in found if each.need == "optional"} >= {"C_KEY", "E_KEY"}
    assert not {"A_KEY", "D_KEY"} & {each.name for each in found if each.need == "optional"}


MEMBERS = """import os
from enum import Enum

class Key(Enum):
    A_URL = "A_URL"
    B_URL = "B_URL"

class Env:
    def __getitem__(self, key: Key):
        return os.environ[key.value]
    def get(self, key: Key, default=""):
        return os.environ.get(key.value, default)
env = Env()
env[Key.A_URL], env.get(Key.B_URL)
"""


def test_of_members_only_those_count_that_callers_give(tmp_path: Path) -> None:
    found = settings_of(write(tmp_path, {"main.py": MEMBERS, "ssot-lint.toml": 'entry-points = ["main"]\n'}))
    assert {(each.name, each.need) for each in found.of("read")} == {("A_URL", "required"), ("B_URL", "optional")}


@pytest.mark.parametrize(
    "code",
    [
        "values = dotenv_values('.env')\nvalues['A_URL'], values.get('B_URL')\n",
        "dotenv_values()['A_URL'], dotenv_values().get('B_URL', 'x')\n",
        "def load():\n    return dotenv_values('.env')\nvalues = load()\nvalues['A_URL'], values['B_URL']\n",
        "class S:\n    v = dotenv.dotenv_values()\n    def a(self):\n        return self.v['A_URL'], self.v['B_URL']\n",
        "values = ChainMap(dotenv_values(), {})\nvalues['A_URL'], values['B_URL']\n",
    ],
)
def test_the_values_of_an_environment_file(tmp_path: Path, code: str) -> None:
    main = f"import dotenv\nfrom collections import ChainMap\nfrom dotenv import dotenv_values\n{code}"
    assert names(tmp_path, main=main) == {"A_URL", "B_URL"}
