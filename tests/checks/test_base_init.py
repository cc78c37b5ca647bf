from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

STARTS = 'entry-points = ["app"]\n'
IMPORTS = """
import logging, threading
from abc import ABC
from typing import Generic, TypeVar
from outside import Base, Mixin
from starlette.middleware.base import BaseHTTPMiddleware
T = TypeVar("T")
"""


def messages(root: Path, bases: str, call: str, more: str = "", made: str = "A(1)") -> list[str]:
    code = f"{IMPORTS}\nclass A({bases}):\n    def __init__(self, x, *args, **more):\n        {call}\n{more}\n{made}\n"
    return [each.violation.message for each in findings(root, {"app.py": code}, STARTS, select="SSOT112")]


@pytest.mark.parametrize(
    ("bases", "call", "message"),
    [
        ("", "super().__init__(x)", "object.__init__() takes 0 positional arguments but 1 is given"),
        ("ABC, Generic[T]", "super().__init__(x=x)", "object.__init__() gets an unexpected keyword argument `x`"),
        ("Exception", "super().__init__(x, code=1)", "Exception.__init__() takes no keyword arguments: `code`"),
        ("logging.Filter", "super().__init__(x, 1)", "Filter.__init__() takes 1 positional argument but 2 are given"),
        ("logging.Handler", "super().__init__(x, 1)", "Handler.__init__() takes 1 positional argument but 2 are given"),
        (
            "BaseHTTPMiddleware",
            "super().__init__()",
            "BaseHTTPMiddleware.__init__() misses the required argument `app`",
        ),
    ],
)
def test_reports_what_a_base_from_outside_does_not_take(tmp_path: Path, bases: str, call: str, message: str) -> None:
    assert messages(tmp_path, bases, call) == [message]


@pytest.mark.parametrize(
    ("bases", "call"),
    [
        ("", "super().__init__()"),
        ("", "super().__init__(*args)"),
        ("Base", "super().__init__(x)"),
        ("Mixin, Exception", "super().__init__(x, code=1)"),
        ("Exception", "super().__init__(x, 1, 2)"),
        ("ImportError", "super().__init__(x, name='a')"),
        ("logging.Handler", "super().__init__(level=x)"),
        ("threading.Thread", "super().__init__(name='a', daemon=True, newer=1)"),
        ("BaseHTTPMiddleware", "super().__init__(x)"),
        ("", "try:\n            super().__init__(x)\n        except TypeError:\n            pass"),
    ],
)
def test_takes_what_a_base_may_take(tmp_path: Path, bases: str, call: str) -> None:
    assert messages(tmp_path, bases, call) == []


def test_another_class_may_come_next_in_one_below(tmp_path: Path) -> None:
    more = "class B:\n    def __init__(self, x): pass\nclass C(A, B): pass\n"
    assert messages(tmp_path, "", "super().__init__(x)", more, "C(1)") == []


GENERIC = """
from typing import Generic, TypeVar

T = TypeVar("T")

class Plain(Generic[T]):
    def __init__(self, name=""): self.name = name
class Middle(Generic[T], Plain[T]):
    def __init__(self, deltas=True, **rest):
        super().__init__(**rest)
        self.deltas = deltas
class Side(Generic[T], Plain[T]): pass
class Whole(Generic[T], Side[T], Middle[T], Plain[T]): pass
class Registry(Whole[int]):
    def __init__(self): super().__init__(name="x", GIVEN=False)

def start(): Registry()
"""


@pytest.mark.parametrize(("given", "found"), [("deltas", 0), ("delta", 1)])
def test_generic_before_generic_bases_is_no_base_of_its_own(tmp_path: Path, given: str, found: int) -> None:
    code = GENERIC.replace("GIVEN", given)
    assert len(findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT112")) == found
