"""Attributes of texts, numbers and containers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, summaries

CODE = """
import asyncio
import sys
from collections import defaultdict
from outside import Base, fill

NAMES = ["a"]
TABLE = dict(a=1)

class Plain:
    def __init__(self):
        self.items = []
        self.name = "plain"
        self.late = ""
    def get(self): return "x"

class Held(Base):
    items = []
    def go(self): self.items.add(1)

class Table(dict):
    def go(self): pass

def each(*names, **named): return names, named
def text(x="a"): return x
def made(): return {"name": 1}
def triple(): return 1, 2, 3
async def later(): return {"name": 1}
def either(flag): return {"name": 1} if flag else Plain()
def pick(flag): return [] if flag else set()
def wait(): return asyncio.gather()
def decoded(x):
    if isinstance(x, bytes): return x.decode()
    return x
def encoded(x):
    try: return x.decode()
    except AttributeError: return x

def load(context): context.load()
def passed_on(verify=True):
    context = None
    if isinstance(verify, Base): context = verify
    if context is not None: load(context)
def asked(x):
    if isinstance(x, dict): load(x)

def start(flag=None):
    BODY
"""


def found(root: Path, body: str) -> list[tuple[str, str, str]]:
    all_ = findings(root, {"app.py": CODE.replace("BODY", body)}, 'entry-points = ["app:start"]\n')
    return summaries(all_)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("NAMES.add('b')", "`list` has no attribute `add`"),
        ("TABLE.iteritems()", "`dict` has no attribute `iteritems`"),
        ("'a'.splitt()", "`str` has no attribute `splitt`"),
        ("text().decode()", "`str` has no attribute `decode`"),
        ("text('b').decode()", "`str` has no attribute `decode`"),
        ("Plain().get().decode()", "`str` has no attribute `decode`"),
        ("found = {flag}\n    found.append(flag)", "`set` has no attribute `append`"),
        ("(1).length()", "`int` has no attribute `length`"),
        ("isinstance(flag, str)\n    text().decode()", "`str` has no attribute `decode`"),
        ("it = made()\n    it.name", "`dict` has no attribute `name`"),
        ("it = triple()\n    it.connect()", "`tuple` has no attribute `connect`"),
        (
            "async def run():\n        it = await later()\n        return it.name\n    asyncio.run(run())",
            "`dict` has no attribute `name`",
        ),
        ("dict(a=1).has_key('a')", "`dict` has no attribute `has_key`"),
    ],
)
def test_reports_attributes_that_builtin_values_do_not_have(tmp_path: Path, body: str, message: str) -> None:
    assert found(tmp_path, body) == [("SSOT113", "error", message)]


def test_follows_what_is_imported_to_where_it_is_written(tmp_path: Path) -> None:
    files = {
        "errors.py": "HANDLERS = [(1, 2)]\nTABLE = {1: 2}\nfilled = []\n"
        "def fill():\n    global filled\n    filled = {}\n",
        "app.py": "from errors import HANDLERS, TABLE, filled\ndef start():\n    HANDLERS.items()\n    TABLE.items()\n"
        "    filled.items()\n    from errors import HANDLERS as again\n    again.keys()\n",
    }
    found = findings(tmp_path, files, 'entry-points = ["app:start"]\n', select="SSOT113")
    assert [each.violation.message for each in found] == [
        "`list` has no attribute `items`",
        "`list` has no attribute `keys`",
    ]


def test_reports_what_a_plain_class_keeps_for_itself(tmp_path: Path) -> None:
    code = "class Plain:\n    def __init__(self): self.items = []\n    def go(self): self.items.add(1)\nPlain().go()\n"
    all_ = findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n')
    assert [each.violation.message for each in all_] == ["`list` has no attribute `add`"]


@pytest.mark.parametrize(
    "body",
    [
        "NAMES.append('b')",
        "pick(flag).append(1)",
        "it = pick(flag)\n    it.append(1)",
        "it = made()\n    it = fill(it)\n    it.name",
        "it = made()\n    if not isinstance(it, dict): it.name",
        "it = either(flag)\n    it.name",
        "it = made() or fill()\n    it.name",
        "Held().go()",
        "Table(a=1).go()",
        "wait().cancel()",
        "decoded('x')",
        "encoded('x')",
        "if hasattr(NAMES, 'add'): NAMES.add(1)",
        "(1).is_integer()",
        "isinstance(NAMES, Base) and NAMES.add(1)",
        "passed_on(True); passed_on(fill)",
        "asked([1]); asked(fill())",
        "map(str, NAMES).close",
        "defaultdict(list)['a'].append(1)",
        "x = fill('a') or 'b'\n    x.decode()",
        "TABLE['a'].get('b')",
        "x = '[' + fill()\n    x.add_parse_action(1)",
        "x = [1] + fill()\n    x.mean()",
        "x = [1] * fill()\n    x.mean()",
        "if sys.version_info < (3,): 'a'.decode()",
    ],
)
def test_is_silent_about_what_they_have_or_may_not_be(tmp_path: Path, body: str) -> None:
    assert found(tmp_path, body) == []
