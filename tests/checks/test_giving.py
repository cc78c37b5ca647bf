from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CODE = """
import asyncio
from abc import abstractmethod
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from outside import traced

T = TypeVar("T")

class Made:
    def __init__(self, given):
        self.given = given
    def run(self):
        return self.given

def make(given):
    service = open(given)

async def connect(given):
    pool = open(given)
    pool.warm_up()

def pair(given):
    if given:
        return given, 1
    return 1, given

def some(given):
    return (*given, 1)

def either(given):
    if given:
        return given, 1
    return None

def once(given):
    yield open(given)

def stub(given): ...

def gone(given):
    if given:
        print(given)
    raise NotImplementedError

@traced
def wrapped(given):
    print(given)

def validate(config):
    check(config)

def check(config):
    print(config.database)

def perhaps(config):
    return config.database if config else None

def promised(given) -> "Made":
    made = Made(given)
    made.run()

def hoped(given) -> "Made | None":
    print(given)

def stated(given) -> Made:
    "what it gives"

def generic(given) -> T:
    print(given)

@lru_cache(maxsize=1)
def cached():
    open("x")

def is_open(given):
    return not given

def decorating(given):
    def decorate(function):
        return function

class Base:
    def make(self):
        print("made")

class Below(Base):
    def make(self):
        return open("x")

@dataclass
class Filled:
    given: str
    def __post_init__(self):
        self.length = len(self.given)
    def run(self):
        return self.length

class Alone:
    def make(self):
        self.made = open("x")
"""


PROMISE = "returns nothing, although it is annotated to return `Made`"
UNUSABLE = "returns nothing, and is used as more"


def misused(root: Path, body: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    main = f"{CODE}\nasync def start(given):\n{lines}\nasyncio.run(start(open('y')))\n"
    files = {"app/__init__.py": "", "app/main.py": main}
    found = findings(root, files, 'entry-points = ["app.main"]', select="SSOT112")
    return [each.violation.message for each in found]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("make(given).run()", "make() returns nothing, and `.run` of it is read"),
        ("make(given)()", "make() returns nothing, and it is called"),
        ("make(given)[0]", "make() returns nothing, and it is subscripted"),
        ("given + make(given)", "make() returns nothing, and it is computed with"),
        ("make(given) / 'a' / 'b'", "make() returns nothing, and it is computed with"),
        ("(await connect(given)) * 2", "connect() returns nothing, and it is computed with"),
        ("'a' in make(given)", "make() returns nothing, and something is looked for in it"),
        ("open(make(given), 'w')", "make() returns nothing, and `open()` gets it"),
        ("len(make(given))", "make() returns nothing, and `len()` gets it"),
        ("for each in make(given): pass", "make() returns nothing, and it is iterated over"),
        ("with make(given): pass", "make() returns nothing, and it is entered"),
        ("a, b = make(given)", "make() returns nothing, and it is unpacked"),
        ("Alone().make().close()", "make() returns nothing, and `.close` of it is read"),
        ("(await connect(given)).close()", "connect() returns nothing, and `.close` of it is read"),
        ("it = make(given)\nit.run()", "`it` is None, for make() returns nothing, and is used as more"),
        ("it = await connect(given)\nit.run()", "`it` is None, for connect() returns nothing, and is used as more"),
        ("it = make(given)\nvalidate(it)", "`it` is None, for make() returns nothing, and is given to what needs it"),
        (
            "it = make(given)\nif it is None: raise ValueError",
            "`it` is None, for make() returns nothing, and is used as more",
        ),
        ("a, b, c = pair(given)", "pair() returns 2 values, and 3 are unpacked"),
        ("given.made = promised(given)", f"promised() {PROMISE}"),
        ("return promised(given)", f"promised() {PROMISE}"),
        ("print(promised(given))", f"promised() {PROMISE}"),
        ("made = [promised(each) for each in given]", f"promised() {PROMISE}"),
        ("it: Made = make(given)\nit.run()", f"`it` is None, for make() {UNUSABLE}"),
        ("cached().run()", "cached() returns nothing, and `.run` of it is read"),
        ("a, b = is_open(given)", "is_open() returns True or False, and 2 are unpacked"),
        ("for each in given:\n    it = make(each)\n    it.run()", f"`it` is None, for make() {UNUSABLE}"),
        ("if given:\n    it = make(given)\n    it.run()", f"`it` is None, for make() {UNUSABLE}"),
        ("@decorating(given)\ndef used(): pass", "decorating() returns nothing, and it is applied to a function"),
        ("(a,) = pair(given)", "pair() returns 2 values, and 1 is unpacked"),
        ("a, b, *c, d = pair(given)", "pair() returns 2 values, and 3 are unpacked"),
    ],
)  # fmt: skip
def test_reports_what_a_definition_does_not_give(tmp_path: Path, body: str, message: str) -> None:
    assert misused(tmp_path, body) == [message]


@pytest.mark.parametrize(
    "body",
    [
        "make(given)", "it = make(given)\nprint(it)", "make(given).__class__", "a, b = pair(given)",
        "(*a,) = pair(given)",        "a, *b = pair(given)", "Made(given).run()",
        "it = Made(given)\nit.run()", "it = Filled('a')\nit.run()", "a, b, c = some(given)",
        "a, b, c = either(given)", "once(given).send(1)",
        "make(given) == 1", "make(given) | given", "'%s' % make(given)", "print(make(given))", "str(make(given))",
        "make(given) in [1]", "open('a', make(given))", "len(pair(make(given)))",
        "stub(given).run()", "gone(given).run()", "wrapped(given).run()", "Below().make().close()",
        "it: Base = given\nit.make().close()", "given.make().close()", "it = make(given)\nperhaps(it)",
        "it = make(given)\nif it:\n    it.run()", "it = make(given) or given\nit.run()",
        "it = make(given)\nit = given\nit.run()", "it = make(given)\nif given:\n    it.run()",
        "promised(given)", "return hoped(given)", "return stated(given)", "return generic(given)", "a = is_open(given)",
        "for each in given:\n    it = make(each)\n    if each:\n        it.run()",
        "try:\n    make(given).run()\nexcept AttributeError:\n    pass",
    ],
)  # fmt: skip
def test_is_silent_about_what_fits(tmp_path: Path, body: str) -> None:
    assert misused(tmp_path, body) == []
