from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'

CODE = """
import functools
from dataclasses import dataclass
from enum import Enum
from outside import Base, decorator, something

def plain(a, b=1, *, c=2): pass

def wraps(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        return function(1, *args, **kwargs)
    return wrapper

@decorator
def changed(a): pass

@wraps
def wrapped(a, b): pass

@functools.lru_cache
def cached(a): pass

class Plain:
    def __init__(self, a): self.a = a
    def method(self, a): pass
    @classmethod
    def make(cls, a): return cls(a)
    @staticmethod
    def static(a): pass
    def __call__(self, a): pass

class Outside(Base):
    def __init__(self, a): self.a = a

class Planet(Enum):
    EARTH = (1, 2)
    def __init__(self, mass, radius): self.mass = mass

class Meta(type):
    def __call__(cls, *args): return super().__call__(1)

class Made(metaclass=Meta):
    def __init__(self, a): pass

def pick(flag): return plain if flag else cached
"""


def bad(root: Path, call: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in call.splitlines())
    return told(root, {"app.py": f"{CODE}\ndef start():\n{lines}"}, STARTS, select="SSOT112")


@pytest.mark.parametrize(
    "call",
    [
        "plain()", "plain(1, 2, 3)", "plain(1, d=1)", "plain(1, a=1)", "cached()", "Plain()", "Plain(1, 2)",
        "Plain(1).method()", "Plain(1)(1, 2)", "Plain.make()", "Plain.static()", "Plain.method(1)",
        "functools.partial(plain, 1)(a=1)", "print(plain())", "plain(b=2)",
    ],
)  # fmt: skip
def test_reports_a_call_that_does_not_fit(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == [f"app.py: {call} [startup]"]


@pytest.mark.parametrize(
    "call",
    [
        "plain(1)", "plain(1, 2, c=3)", "plain(*something())", "plain(**something())", "plain(*[])", "changed()",
        "wrapped(1)", "Plain(1).method(1)", "Plain.make(1)", "Plain.method(Plain(1), 1)", "Outside()",
        "Planet((1, 2))", "Made()", "something(1, 2, 3)", "functools.partial(plain, 1)(2)",
        "try:\n    plain()\nexcept TypeError:\n    pass", "pick(something())()", "something().plain()",
    ],
)  # fmt: skip
def test_is_silent_about_a_call_that_may_fit(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == []
