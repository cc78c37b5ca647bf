from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

STARTS = 'entry-points = ["main"]\n'
NEW = "type A = int\n"


def levels(root: Path, files: dict[str, str]) -> list[str]:
    found = findings(root, files, STARTS, select="SSOT116")
    return [f"{each.span.path}: {each.violation.level}" for each in found]


def project(requires: str) -> str:
    return f'[project]\nname = "a"\nrequires-python = "{requires}"\n'


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", project(">=3.10")),
        ("pyproject.toml", project("~=3.11")),
        ("pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.10"\n'),
        ("setup.cfg", "[options]\npython_requires = >=3.8\n"),
        ("setup.py", "from setuptools import setup\nsetup(python_requires='>=3.9')\n"),
        (".python-version", "3.11.9\n"),
        ("Dockerfile", "FROM --platform=linux/amd64 python:3.11-slim AS build\n"),
        ("Dockerfile", "FROM public.ecr.aws/docker/library/python:3.10\n"),
        ("docker/Dockerfile.api", "FROM ghcr.io/astral-sh/uv:python3.11-bookworm\n"),
    ],
)
def test_reports_what_the_target_does_not_take(tmp_path: Path, file: str, text: str) -> None:
    assert levels(tmp_path, {"main.py": NEW, file: text}) == ["main.py: error"]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("pyproject.toml", project(">=3.12")),
        ("pyproject.toml", project("<4,>3.11")),
        ("pyproject.toml", "[project]\nname = 'a'\n"),
        ("Dockerfile", "FROM python:3.12\n"),
        ("Dockerfile", "FROM node:3.10\n"),
        ("other/Dockerfile", "FROM python:3.8\n"),
    ],
)
def test_is_silent_about_what_it_takes(tmp_path: Path, file: str, text: str) -> None:
    assert levels(tmp_path, {"main.py": NEW, "other/tool.py": "", file: text}) == []


def test_is_a_warning_where_only_the_promise_forbids_it(tmp_path: Path) -> None:
    files = {"main.py": NEW, "pyproject.toml": project(">=3.10"), "Dockerfile": "FROM python:3.12\n"}
    assert levels(tmp_path, files) == ["main.py: warning"]


@pytest.mark.parametrize(
    "main",
    [
        "import sys\nif sys.version_info >= (3, 12):\n    import new\n",
        "def later():\n    import new\n",
        "try:\n    import new\nexcept SyntaxError:\n    new = None\n",
    ],
)
def test_is_silent_about_modules_that_are_not_surely_imported(tmp_path: Path, main: str) -> None:
    assert levels(tmp_path, {"main.py": main, "new.py": NEW, "pyproject.toml": project(">=3.10")}) == []


def test_reports_what_no_python_takes_whatever_the_target(tmp_path: Path) -> None:
    assert levels(tmp_path, {"main.py": "def f():\n    await g()\n"}) == ["main.py: error"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f(a, b, a=0):\n    return a\n", 1),
        ("def f():\n    if g is None:\n        global g\n        g = 1\n", 3),
        ("async def f():\n    yield 1\n\n    return 2\n", 4),
        ("f = dict\nx = f(\n    a=1,\n    a=2,\n)\n", 4),
        ("def f():\n    def g():\n        nonlocal x\n        x = 1\n", 3),
        ("if True:\n    break\n", 2),
        ("x = 1\nfrom __future__ import annotations\n", 2),
    ],
)
def test_reports_what_the_grammar_allows_and_no_python_compiles(tmp_path: Path, source: str, line: int) -> None:
    found = findings(tmp_path, {"main.py": source}, STARTS, select="SSOT116")
    assert [(each.violation.level, each.span.line) for each in found] == [("error", line)]


@pytest.mark.parametrize(
    "source",
    [
        "async def f():\n    return [[x async for x in y] for y in z]\n",  # Python 3.10 alone refuses it
        "def f():\n    return '\\d'\n",
        "\ufeffimport os\n",
    ],
)
def test_takes_what_some_python_compiles(tmp_path: Path, source: str) -> None:
    assert findings(tmp_path, {"main.py": source}, STARTS, select="SSOT116") == []


@pytest.mark.parametrize("text", ["def start():\n    a = 1\n   b = 2\n", "<<<<<<< ours\na = 1\n=======\n", "f'{a'\n"])
def test_reports_a_module_that_is_no_python_where_the_start_imports_it(tmp_path: Path, text: str) -> None:
    files = {
        "main.py": "import part.a\ndef later():\n    import part.b\n",
        "part/__init__.py": "",
        "part/a.py": "def start():\n    from . import broken\nstart()\n",
        "part/broken.py": text,
        "part/b.py": "from part import unused\n",
        "part/unused.py": text,
    }
    (found,) = findings(tmp_path, files, STARTS, select="SSOT116")
    assert (found.span.path, found.violation.level, found.violation.phase) == ("part/broken.py", "error", "import")
    assert [hop.source.strip() for hop in found.chain] == ["import part.a", "start()", "from . import broken"]


@pytest.mark.parametrize("guard", ["ImportError", "SyntaxError", "Exception"])
def test_only_what_takes_the_error_keeps_the_start_from_ending(tmp_path: Path, guard: str) -> None:
    main = f"try:\n    import broken\nexcept {guard}:\n    broken = None\n"
    found = levels(tmp_path, {"main.py": main, "broken.py": "def start(:\n"})
    assert found == (["broken.py: error"] if guard == "ImportError" else [])


def test_reports_an_entry_point_that_is_no_python(tmp_path: Path) -> None:
    assert levels(tmp_path, {"main.py": "def start(:\n"}) == ["main.py: error"]


@pytest.mark.parametrize(
    ("requires", "line"),
    [
        (">=3.9", "def f(x: int | None = None): ..."), (">=3.9", "def f() -> list[str] | None: ..."),
        (">=3.9", "Size = int | float"), (">=3.9", "class A:\n    size: None | int = None"),
        (">=3.9", "class A:\n    def f(self, a: dict[str, int | None]): ..."), (">=3.8", "names: list[str] = []"),
        (">=3.8", "Pair = tuple[int, int]"), (">=3.8", "import asyncio\nclass A:\n    jobs: asyncio.Queue[int]"),
        (">=3.8", "from collections import deque as d\nlines: d[str] = d()"),
        (">=3.8", "from collections.abc import Iterator\ndef f() -> Iterator[int]: ..."),
    ],
)  # fmt: skip
def test_reports_types_that_the_target_can_not_evaluate(tmp_path: Path, requires: str, line: str) -> None:
    text = line + "\n"
    assert levels(tmp_path, {"main.py": text, "pyproject.toml": project(requires)}) == ["main.py: warning"]
    image = f"FROM python:{requires.removeprefix('>=')}\n"
    assert levels(tmp_path, {"main.py": text, "pyproject.toml": project(requires), "Dockerfile": image}) == [
        "main.py: error"
    ]


@pytest.mark.parametrize(
    ("requires", "line"),
    [
        (">=3.10", "def f(x: int | None = None): ..."), (">=3.9", "names: list[str] = []"),
        (">=3.9", "from __future__ import annotations\ndef f(x: int | None = None): ..."),
        (">=3.9", "def f(x: 'int | None' = None): ..."), (">=3.9", "def f():\n    x: int | None = None"),
        (">=3.9", "flags = 1 | 2"), (">=3.9", "from x import A\nB = A | None"),
        (">=3.8", "class A:\n    def list(self): ...\n    def f(self) -> list[str]: ..."),
        (">=3.9", "import sys\nif sys.version_info >= (3, 10):\n    A = int | None"),
        (">=3.9", "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    A = int | None"),
        (">=3.8", "from typing import Deque, Iterator\nlines: Deque[str]\ndef f() -> Iterator[int]: ..."),
        (">=3.9", "import asyncio\nclass A:\n    jobs: asyncio.Queue[int]"),
        (">=3.8", "import asyncio\nclass A:\n    jobs: 'asyncio.Queue[int]'"),
        (">=3.8", "import contextvars\nuser: contextvars.ContextVar[str]"),
        (">=3.8", "import enum, re\nclass Flags(enum.Enum):\n    ON = 1\nfirst = Flags['ON']"),
        (">=3.9", "try:\n    A = int | None\nexcept TypeError:\n    A = None"),
    ],
)  # fmt: skip
def test_is_silent_about_types_that_it_evaluates_or_does_not_look_at(tmp_path: Path, requires: str, line: str) -> None:
    assert levels(tmp_path, {"main.py": line + "\n", "pyproject.toml": project(requires)}) == []


def test_an_encoding_may_be_one_that_a_package_registers(tmp_path: Path) -> None:
    assert levels(tmp_path, {"main.py": "import new\n", "new.py": "# -*- coding: future_annotations -*-\n"}) == []
