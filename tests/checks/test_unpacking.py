"""What is unpacked into another number of variables than it has items."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
from typing import NamedTuple
from outside import given

class Check(NamedTuple):
    name: str
    status: str
    detail: str = ""

class Own(NamedTuple):
    name: str
    def __iter__(self): return iter((1, 2))

class Route(NamedTuple):
    path: str
    check: Check

TRIPLE = (1, 2, 3)
PAIRS = [("a", 1), ("b", 2)]
TABLE = {"health": Route("/health", Check("a", "b")), "ready": Route("/ready", Check("c", "d"))}
MIXED = [("a", 1), ("b", 2, 3)]
if given:
    MAYBE = (1, 2, 3)
else:
    MAYBE = given()

def check(): return Check("a", "b")
def triple():
    found = (1, 2, 3)
    return found
def pair(): return 1, 2
async def later(): return Check("a", "b")
"""


def wrong(root: Path, code: str) -> list[tuple[str, str, str]]:
    found = findings(root, {"app.py": CODE + code}, 'entry-points = ["app"]\n', select="SSOT11")
    return summaries(found)


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("one, two = TRIPLE", "what is unpacked has 3 values, and 2 are unpacked"),
        ("a, b, c, d, *e = TRIPLE", "what is unpacked has 3 values, and at least 4 are unpacked"),
        ("one, two = triple()", "what is unpacked has 3 values, and 2 are unpacked"),
        ("one, two, three = pair()", "pair() returns 2 values, and 3 are unpacked"),
        ("name, status = check()", "`Check` has 3 values, and 2 are unpacked"),
        ("for one, two, three in PAIRS: pass", "what is unpacked has 2 values, and 3 are unpacked"),
        ("for n, one, two in enumerate(PAIRS): pass", "what is unpacked has 2 values, and 3 are unpacked"),
        ("for one, two in MIXED: pass", "what is unpacked has 3 values, and 2 are unpacked"),
        ("print([one for one, two, three in PAIRS])", "what is unpacked has 2 values, and 3 are unpacked"),
        ("for name, (path, (title, status)) in TABLE.items(): pass", "`Check` has 3 values, and 2 are unpacked"),
        ("for name, route in TABLE: pass", 'the text "health" has 6 characters, and 2 are unpacked'),
        (
            "import asyncio\nasync def start():\n    name, status = await later()\nasyncio.run(start())",
            "`Check` has 3 values, and 2 are unpacked",
        ),
    ],
)
def test_reports_another_number_of_variables(tmp_path: Path, code: str, message: str) -> None:
    assert wrong(tmp_path, code) == [("SSOT112", "error", message)]


@pytest.mark.parametrize(
    "code",
    [
        "one, two, three = TRIPLE\na, *b = TRIPLE\n*a, b, c, d = TRIPLE",
        "name, status, detail = check()",
        "one, two = Own('a')",
        "for each in MIXED:\n    one, *rest = each",
        "for kind, found in [('a', (1, 2)), ('b', (1, 2, 3))]:\n    if given(kind):\n        one, two = found",
        "one, two = MAYBE",
        "for name, (path, (title, *rest)) in TABLE.items(): print(path.upper(), title.upper())",
        "found = TRIPLE if given else (1, 2)\none, two = found",
        "found = triple()\nif len(found) == 2:\n    one, two = found",
        "try:\n    one, two = TRIPLE\nexcept ValueError: pass",
        "rows = []\nrows.append((1, 2))\nrows.extend(given)\nfor one, two, three in rows: pass",
        "one, two = 'ab'",
        "one, two = given(TRIPLE)",
    ],
)
def test_says_nothing_of_what_fits_or_may(tmp_path: Path, code: str) -> None:
    assert wrong(tmp_path, code) == []
