"""Calls that spread dicts and tuples."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
from dataclasses import dataclass
from pydantic import BaseModel
from outside import given

class Client:
    def __init__(self, url, *, retries=1): print(url, retries)
class Model(BaseModel):
    url: str
    port: int = 1
@dataclass
class Options:
    limit: int = 1
    PRESETS = {"small": {"limit": 1}, "large": {"size": 2}}
    @classmethod
    def small(cls): return cls(**cls.PRESETS["small"])
    @classmethod
    def large(cls): return cls(**cls.PRESETS["large"])
def connect(url, port): print(url, port)
def settings(): return {"url": "x", "max_retries": 2}
def without(): return dict(retries=1)
def fitting(): return {"url": "x", "retries": 2}
def grown():
    found = {"url": "x"}
    if given:
        found["max_retries"] = 2
    return found
def shrunk():
    found = {"url": "x", "old": 2}
    found.pop("old")
    return found
def cut():
    found = {"url": "x", "older": 2}
    del found["older"]
    return found
def merged(): return {**given, "max_retries": 2}
def filled():
    found = {"mode": 1}
    found.update(host="x")
    return found
def reach(mode, host): print(mode, host)
def handed():
    found = {"retries": 1}
    given(found)
    return found
def either(): return settings() if given else fitting()
def call(function, **options): return function(**options)
"""


def wrong(root: Path, code: str) -> list[tuple[str, str, str]]:
    found = findings(root, {"app.py": CODE + code}, 'entry-points = ["app"]\n', select="SSOT11")
    return summaries(found)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("Client(**settings())", "Client() gets an unexpected keyword argument `max_retries`"),
        ("found = settings()\nClient(**found)", "Client() gets an unexpected keyword argument `max_retries`"),
        ("Client(**{'url': 'x', 'max_retries': 1})", "Client() gets an unexpected keyword argument `max_retries`"),
        ("Client(**without())", "Client() misses the required argument `url`"),
        ("Client('x', **settings())", "Client() gets multiple values for argument `url`"),
        ("Options.large()", "Options() gets an unexpected keyword argument `size`"),
        ("Model(**without())", "Model() misses the required argument `url`"),
        ("pair = ('x', 1, 2)\nconnect(*pair)", "connect() takes 2 positional arguments but 3 are given"),
    ],
)
def test_reports_what_is_spread_and_does_not_fit(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, code) == [("SSOT112", "error", message)]


@pytest.mark.parametrize(
    "code",
    [
        "Client(**fitting())",
        "Client(**grown())",
        "Client(**shrunk())",
        "Client(**cut())",
        "Client(**merged())",
        "reach(**filled())",
        "Client(**handed())",
        "Client(**either())",
        "Client(**given)",
        "Options.small()",
        "Model(**fitting())",
        "connect(*given)",
        "pair = ('x', 1)\nconnect(*pair)",
        "rows = ['x']\nrows.append(1)\nconnect(*rows)",
        "call(Client, url='x')",
        "found = {k: v for k, v in {'url': 'x', 'mode': given()}.items() if v is not None}\nClient(**found)",
        "try:\n    Client(**settings())\nexcept TypeError: pass",
        "def start(options=settings()):\n    if given(options): Client(**options)\nstart(fitting())\nstart()",
    ],
)
def test_says_nothing_of_what_fits_or_may(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []
