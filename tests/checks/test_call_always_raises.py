from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from ssot_lint.callgraph import bounds
from tests.checks.findings import findings, told
from tests.checks.raising import CONNECT, STARTS, raises


@pytest.mark.parametrize(
    "call",
    ["connect()", "connect(None)", "connect(host=None)", "connect('')", "connect(port=1)", "connect(*[], **{})"],
)
def test_reports_a_call_that_the_guard_of_the_callee_refuses(tmp_path: Path, call: str) -> None:
    assert raises(tmp_path, f"{CONNECT}\ndef start():\n    {call}\n") == [f"app.py: {call} [startup]"]


@pytest.mark.parametrize("call", ["connect('a')", "connect(host=read())", "connect(*read())", "connect(**read())"])
def test_is_silent_about_a_call_that_the_guard_may_let_pass(tmp_path: Path, call: str) -> None:
    assert raises(tmp_path, f"from outside import read\n{CONNECT}\ndef start():\n    {call}\n") == []


def test_reports_only_the_innermost_of_the_calls_that_pass_none_on(tmp_path: Path) -> None:
    code = f"""{CONNECT}
def inner(host=None):
    return connect(host)
def outer(host=None):
    return inner(host)
def start():
    outer("a")
    outer()
"""
    assert raises(tmp_path, code) == ["app.py: return connect(host) [startup]"]


def test_reports_a_constructor_and_a_method_of_a_known_instance(tmp_path: Path) -> None:
    code = """
class Pool:
    def __init__(self, size=None):
        if size is None:
            raise ValueError("size")
    def lend(self, to=None):
        if to is None:
            raise ValueError("to whom?")
def start():
    pool = Pool(3)
    pool.lend("a")
    pool.lend()
    Pool()
"""
    assert raises(tmp_path, code) == ["app.py: pool.lend() [startup]", "app.py: Pool() [startup]"]


def test_reports_a_coroutine_only_where_it_is_awaited(tmp_path: Path) -> None:
    code = """
async def old():
    raise RuntimeError("removed")
async def start():
    pending = old()
    await old()
"""
    assert raises(tmp_path, code) == ["app.py: await old() [startup]"]


def test_is_silent_about_none_that_comes_from_an_attribute(tmp_path: Path) -> None:
    code = f"""{CONNECT}
class View:
    host = None
    def show(self):
        return connect(self.host)
def start():
    View().show()
"""
    assert raises(tmp_path, code) == []


def test_is_silent_where_one_of_several_functions_gets_none(tmp_path: Path) -> None:
    code = f"""{CONNECT}
def near(host): return connect(host)
def far(host): return host
CHECKS = {{"near": near, "far": far}}
def start(name):
    CHECKS[name](None)
"""
    assert raises(tmp_path, code) == []


def test_leaves_a_call_to_the_contract_that_speaks_of_it(tmp_path: Path) -> None:
    config = f"""{STARTS}
[[contracts]]
name = "a host"
code = "SSOT101"
targets = ["*.connect"]
requires = "host"
"""
    found = findings(tmp_path, {"app.py": f"{CONNECT}\ndef start():\n    connect()\n"}, config, select="SSOT10")
    assert [finding.code for finding in found] == ["SSOT101"]


def test_is_silent_about_an_assertion_that_is_given_false(tmp_path: Path) -> None:
    code = """
def invariant(condition, words):
    if not condition:
        raise ValueError(words)
def start():
    if print():
        invariant(False, "can't be")
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT103") == []


GUARDED = """
from outside import something
def required(values, key, allow_empty=False):
    found = values.get(key)
    if found is None or (not allow_empty and found == ""):
        raise ValueError(key)
    return found
def refuse(message, strict, cause=None):
    if not strict:
        return None
    error = ValueError(message)
    if cause:
        raise error from cause
    raise error
def either(first=None, second=None):
    if first is None or second is None:
        raise ValueError("both")
def one(first=None, second=None):
    if not first and not second:
        raise ValueError("one")
def start():
    CALL
"""


@pytest.mark.parametrize(
    ("call", "found"),
    [
        ("required({}, 'key')", False),
        ("refuse('no', True)", False),
        ("either(something())", True),
        ("one()", True),
        ("one(something())", False),
    ],
)
def test_what_is_missing_must_decide_the_guard(tmp_path: Path, call: str, found: bool) -> None:
    code = GUARDED.replace("CALL", call)
    assert bool(findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n')) is found


@pytest.mark.parametrize(
    ("made", "raising"),
    [("partial(connect, host=None)", True), ("partial(connect, host='a')", False), ("partial(connect, port=1)", True)],
)
def test_looks_at_what_a_partial_holds(tmp_path: Path, made: str, raising: bool) -> None:
    code = f"from functools import partial\n{CONNECT}\ndef start():\n    make = {made}\n    make()\n"
    assert raises(tmp_path, code) == (["app.py: make() [startup]"] if raising else [])


FILLED = """
from fastapi import FastAPI
manager = None
def give(init=False):
    global manager
    if manager is None:
        if init:
            manager = object()
        else:
            raise ValueError("call begin() first")
    return manager
def fill():
    give(init=True)
def begin():
    fill()
app = FastAPI()
@app.get("/a")
def first():
    give()
@app.get("/b")
def second():
    begin()
@app.get("/c")
def third():
    give()
"""


@pytest.mark.parametrize("service", [inf, 1, 2, 3, 4, 5])
def test_is_silent_about_what_something_may_fill_that_was_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: float
) -> None:
    monkeypatch.setattr(bounds, "BRIEF", bounds.Bounds(service=service))
    assert told(tmp_path, {"app.py": FILLED}, 'entry-points = ["app:app"]\n', select="SSOT103") == []
