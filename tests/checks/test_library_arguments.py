"""Calls that give functions and builtin methods of Python's own library too much or too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
import asyncio
import functools
import json
import logging
import os
import random
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from logging.handlers import RotatingFileHandler
from outside import fill, names

NAMES = ["a"]
TABLE = dict(a=1)

class Table(dict):
    def first(self): return dict.get(self, "a", 1)
    def second(self): return super().get("a", 1)

class Span(timedelta):
    def __new__(cls, day): return super().__new__(cls, days=day)

class Names:
    is_name = str.isidentifier

class Box:
    def __init__(self): self.items = []
    def put(self): self.items.append()

def start(flag=None):
    BODY
"""


def found(root: Path, body: str) -> list[tuple[str, str, str]]:
    code = CODE.replace("BODY", body)
    all_ = findings(root, {"app.py": code}, 'entry-points = ["app:start"]\n')
    return summaries(all_)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("sorted()", "sorted() misses the required argument"),
        ("len('a', 'b')", "len() takes 1 positional argument but gets 2"),
        ("next(iter(NAMES), None, None)", "next() takes 2 positional arguments but gets 3"),
        ("getattr(flag)", "getattr() misses the required argument"),
        ("range()", "range() misses the required argument"),
        ("NAMES.append()", "list.append() misses the required argument"),
        ("NAMES.append('b', 'c', 'd')", "list.append() takes 2 positional arguments but gets 3"),
        ("Box().put()", "list.append() misses the required argument"),
        ("'a b'.split(None, 1, 2)", "str.split() takes 2 positional arguments but gets 3"),
        ("json.dumps()", "json.dumps() misses the required argument `obj`"),
        ("groupby()", "itertools.groupby() misses the required argument `iterable`"),
        ("os.path.splitext(None, 'a.b')", "os.path.splitext() takes 1 positional argument but gets 2"),
        ("field(None, default_factory=list)", "dataclasses.field() takes no positional arguments but gets 1"),
        ("functools.wraps()(start)", "functools.wraps() misses the required argument `wrapped`"),
        ("asyncio.wait_for(fill())", "asyncio.wait_for() misses the required argument `timeout`"),
        ("timedelta(day=1)", "datetime.timedelta() gets an unexpected keyword argument `day`"),
        ("RotatingFileHandler('a', max_bytes=1)",
         "logging.handlers.RotatingFileHandler() gets an unexpected keyword argument `max_bytes`"),
        ("logging.basicConfig(loglevel=20)", "logging.basicConfig() gets an unexpected keyword argument `loglevel`"),
        ("sorted(NAMES, cmp=len)", "sorted() gets an unexpected keyword argument `cmp`"),
    ],
)  # fmt: skip
def test_reports_what_does_not_fit(tmp_path: Path, body: str, message: str) -> None:
    assert found(tmp_path, body) == [("SSOT112", "error", message)]


@pytest.mark.parametrize(
    "body",
    [
        "sorted(NAMES, key=len)",
        "sorted(*names())",
        "json.dumps(obj=1)",
        "json.dumps(**names())",
        "asyncio.wait_for(fill(), timeout=1)",
        "Table().first(); Table().second()",
        "str.upper('a'); list.append(NAMES, 'b'); type(NAMES).append(NAMES, 'b')",
        "TABLE.get('a', 1)",
        "timedelta(days=1); RotatingFileHandler('a', maxBytes=1); logging.basicConfig(level='INFO', force=True)",
        "timedelta(**names()); Span(day=1)",
        "try: timedelta(day=1)\\n    except TypeError: pass",
        "Names.is_name('a')",
        "random.expovariate()",
        "print(); max(1, 2, 3); dict(); int(); int('a', 16); zip(); type('A', (), {})",
        "try: sorted()\\n    except TypeError: pass",
        "len = fill\\n    len(1, 2)",
        "json.dumps = fill\\n    json.dumps()",
    ],
)
def test_is_silent_about_what_does(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body.replace("\\n", "\n")) == []
