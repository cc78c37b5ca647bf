"""Which Python a file's syntax needs."""

from __future__ import annotations

import ast
import sys

import pytest

from ssot_lint.facts.extract import extract
from ssot_lint.facts.locate import locate
from ssot_lint.facts.model import ModuleFacts

NEWER = {
    "match a:\n    case 1: pass": "3.10",
    "try: pass\nexcept* OSError: pass": "3.11",
    "type A = int": "3.12",
    "def f[T](a: T): ...": "3.12",
    "class A[T]: ...": "3.12",
    'f"{a["b"]}"': "3.12",
    "f'{'a'}'": "3.12",
    "f\"{'\\n'.join(a)}\"": "3.12",
    'f"{f"{a}"}"': "3.12",
    'f"a" f"{b["c"]}"': "3.12",
    "try: pass\nexcept A, B: pass": "3.14",
    't"{a}"': "3.14",
}
NEVER = [
    "await a",
    "def f(): await a",
    "async def f():\n    def g(): await a",
    "def f():\n    async with a: pass",
    "def f():\n    async for a in b: pass",
    "def f(): return [a async for a in b]",
    "return 1",
    "class A:\n    return 1",
    "class A: yield 1",
]
OLD = [
    "f\"{a['b']}\"",
    "f'{a!r:>{width}}'",
    'f"""{a["b"]}"""',
    "f\"{a}\\n{'b'}\"",
    "try: pass\nexcept (A, B): pass",
    "async def f(): return [await a async for a in b]",
    "async def f():\n    async with a: await b",
    "def f(): return (a async for a in b)",
    "def f():\n    yield 1\n    return 1",
    "match = 1\ntype = 2\nprint(match, type)",
    "lambda: (yield)",
]


def syntax(code: str) -> list[str]:
    facts = extract(code.encode())
    assert isinstance(facts, ModuleFacts)
    return [each.since for each in facts.syntax]


@pytest.mark.parametrize("code", NEWER)
def test_names_the_first_python_that_takes_it(code: str) -> None:
    assert syntax(code) == [NEWER[code]]


def test_a_default_of_a_type_parameter_needs_more_than_the_parameter() -> None:
    assert syntax("class A[T = int]: ...") == ["3.12", "3.13"]


@pytest.mark.parametrize("code", NEVER)
def test_names_what_no_python_takes(code: str) -> None:
    assert syntax(code) == [""]
    with pytest.raises(SyntaxError):
        compile(code, "", "exec", dont_inherit=True)


@pytest.mark.parametrize("code", OLD)
def test_says_nothing_of_what_every_python_takes(code: str) -> None:
    assert syntax(code) == []
    compile(code, "", "exec", dont_inherit=True)


@pytest.mark.parametrize("code", NEWER)
def test_agrees_with_the_python_that_runs_this(code: str) -> None:
    needed = tuple(map(int, NEWER[code].split(".")))
    try:
        ast.parse(code)
    except SyntaxError:
        assert sys.version_info < needed
    else:
        assert sys.version_info >= needed


def test_points_at_the_first_piece_of_each_kind() -> None:
    code = b"a = 1\ntype A = int\ntype B = int\n"
    facts = extract(code)
    assert isinstance(facts, ModuleFacts)
    (found,) = facts.syntax
    assert (found.what, locate(code)[found.at].line) == ("a `type` statement", 2)
