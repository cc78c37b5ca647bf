from __future__ import annotations

from math import inf
from pathlib import Path

import pytest

from ssot_lint.callgraph import bounds
from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'

CONNECT = """
def connect(host=None, port=25):
    if not host:
        raise ValueError("give a host")
    return host
"""


def raises(root: Path, code: str) -> list[str]:
    return told(root, {"app.py": code}, STARTS, select="SSOT103")


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


@pytest.mark.parametrize(
    "function",
    [
        "def load() -> NoReturn:\n    raise RuntimeError",
        "def load() -> 'typing.NoReturn':\n    raise RuntimeError",
        "def _raise_missing():\n    raise RuntimeError",
        "def fail():\n    raise RuntimeError",
        "def load():\n    raise SystemExit(2)",
        "def load():\n    raise RuntimeError\n    yield",
        "def load():\n    while True:\n        if later():\n            raise RuntimeError",
        "@register\ndef load():\n    raise RuntimeError",
        "def load(item=None):\n    if item is None and not later():\n        raise RuntimeError",
        "def load(reraise=True):\n    if reraise:\n        raise RuntimeError",
        "def load(axis=None):\n    if not isinstance(axis, (NoneType, int)):\n        raise RuntimeError",
        "def load():\n    try:\n        raise RuntimeError\n    except RuntimeError:\n        pass",
    ],
)
def test_is_silent_about_functions_that_raise_on_purpose_or_not_for_certain(tmp_path: Path, function: str) -> None:
    name = function.partition("def ")[2].partition("(")[0]
    imports = "from types import NoneType\nfrom typing import NoReturn\nfrom outside import later, register"
    code = f"{imports}\n{function}\ndef start():\n    {name}()\n"
    assert raises(tmp_path, code) == []


def test_is_silent_where_a_call_stands_for_a_raise(tmp_path: Path) -> None:
    code = """
def too_large():
    raise ValueError("too large")
def start(size):
    if size > 3:
        too_large()
    try:
        size()
    except TypeError:
        too_large()
    for each in size:
        if each:
            return
    too_large()
"""
    assert raises(tmp_path, code) == []


def test_is_silent_about_abstract_methods_unless_they_are_really_called(tmp_path: Path) -> None:
    code = """
class Store:
    def open(self):
        raise NotImplementedError
class Disk(Store):
    def open(self):
        return 1
def use(store: Store):
    store.open()
def start(store: Store):
    store.open()
    use(Disk())
    base = Store()
    base.open()
"""
    assert raises(tmp_path, code) == ["app.py: base.open() [startup]"]


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


def test_says_where_the_exception_is_caught_and_takes_it_less_seriously(tmp_path: Path) -> None:
    code = f"""{CONNECT}
def attempt():
    return connect()
def start():
    try:
        attempt()
    except (KeyError, LookupError):
        pass
    except ValueError:
        pass
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert found.violation.level == "warning"
    assert [(span.line, message) for span, message in found.related] == [(4, "raised here"), (14, "caught here")]


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


def test_is_a_warning_where_the_program_starts_all_the_same(tmp_path: Path) -> None:
    code = f"""{CONNECT}
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
def show():
    return connect()
"""
    (found,) = findings(tmp_path, {"app.py": code}, select="SSOT103")
    assert (found.violation.level, found.violation.phase) == ("warning", "request")


def test_warns_where_a_call_on_the_way_may_go_to_another_class(tmp_path: Path) -> None:
    code = """
from outside import setting
class Base:
    def root(self):
        return self.find()
class Run(Base):
    def find(self, host=None):
        return "/"
class Trace(Base):
    def find(self, host=None):
        if host is None:
            raise ValueError("no host")
def make():
    if setting():
        return Run()
    return Trace()
def start():
    make().root()
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert found.violation.level == "warning"


def test_a_function_that_only_raises_is_no_helper_where_something_follows(tmp_path: Path) -> None:
    code = """
def prepare(app):
    raise RuntimeError("removed")
def on_empty(app):
    raise RuntimeError("no application")
def connect(app):
    app.log("removed")
    raise RuntimeError("removed")
    return app.connect()
def start(app, parts):
    connect(app)
    if not app:
        print("none")
        on_empty(app)
    for part in parts:
        prepare(part)
    prepare(app)
    return app
"""
    found = raises(tmp_path, code)
    assert found == [f"app.py: {each} [startup]" for each in ("connect(app)", "prepare(part)", "prepare(app)")]


@pytest.mark.parametrize(("made", "count"), [("Partial()", 1), ("Partial() if input() else Whole()", 0)])
def test_a_method_that_is_not_implemented_hangs_on_the_class(tmp_path: Path, made: str, count: int) -> None:
    code = f"""
class Base:
    def run(self): return self.step()
    def step(self): raise NotImplementedError
class Partial(Base): pass
class Whole(Base):
    def step(self): return 1
made = {made}
made.run()
"""
    assert len(findings(tmp_path, {"app.py": code}, select="SSOT103")) == count


@pytest.mark.parametrize(
    "use",
    [
        "try: Partial().step()\nexcept NotImplementedError: pass",
        "def ask(given=None):\n    if given:\n        Partial().step()\nask(input())",
        "from fastapi import FastAPI\napp = FastAPI()\n@app.get('/')\ndef ask(): Partial().step()",
    ],
)
def test_what_is_not_implemented_may_be_asked_where_that_ends_no_start(tmp_path: Path, use: str) -> None:
    code = "class Partial:\n    def step(self): raise NotImplementedError\n"
    assert findings(tmp_path, {"app.py": f"{code}{use}\n"}, select="SSOT103") == []


def test_says_nothing_of_a_helper_that_raises_again(tmp_path: Path) -> None:
    code = "def reraise(kind, value):\n    raise value\nreraise(ValueError, ValueError())\n"
    assert findings(tmp_path, {"app.py": code}, select="SSOT103") == []


@pytest.mark.parametrize(
    ("body", "level"),
    [
        ("connect()", "error"),
        ("if print():\n        connect()", "error"),
        ("if given:\n        connect()", "warning"),
        ("if given.all:\n        through()", "warning"),
        ("if version_info > (3,):\n        connect()", "warning"),
        ("try:\n        print()\n    except OSError:\n        connect()", "warning"),
    ],
)
def test_is_a_warning_where_the_start_may_not_come_by(tmp_path: Path, body: str, level: str) -> None:
    code = f"""{CONNECT}
from sys import version_info
def through():
    connect()
def use(given):
    {body}
def start():
    use(print())
"""
    (found,) = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert found.violation.level == level


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


@pytest.mark.parametrize(("test", "found"), [("given", False), ("print()", True)])
def test_is_silent_about_what_a_request_may_not_come_by(tmp_path: Path, test: str, found: bool) -> None:
    code = f"""{CONNECT}
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
def show(given):
    if {test}:
        connect()
"""
    assert bool(told(tmp_path, {"app.py": code}, select="SSOT103")) is found


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


def test_reports_a_phase_that_is_gone_where_a_loop_runs_all_of_them(tmp_path: Path) -> None:
    code = """
class Orchestrator:
    def first(self):
        self.register()
    def second(self):
        pass
    def register(self):
        raise NotImplementedError("register through the context")
    def run(self):
        for phase in (self.first, self.second):
            phase()
def start():
    Orchestrator().run()
"""
    assert raises(tmp_path, code) == ["app.py: self.register() [startup]"]


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


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("try:\n        kill()\n    except Killed:\n        return", False),
        ("try:\n        kill()\n    except (OSError, Killed):\n        return", False),
        ("with suppress(Killed):\n        kill()", False),
        ("try:\n        kill()\n    except Exception:\n        return", True),
        ("with suppress(Exception):\n        kill()", True),
        ("try:\n        gone()\n    except ValueError:\n        return", True),
    ],
)
def test_is_silent_where_the_exception_is_waited_for_by_its_name(tmp_path: Path, body: str, found: bool) -> None:
    code = f"""from contextlib import suppress
class Killed(Exception): pass
def kill():
    print("killed")
    raise Killed
def gone():
    raise ValueError("removed")
def start():
    {body}
"""
    assert bool(raises(tmp_path, code)) is found


@pytest.mark.parametrize(
    ("made", "given", "level"),
    [
        ("make(input())", "url", None),
        ("make('redis')", "url", "error"),
        ("make(input())", "None", "warning"),
        ("make(input())", "url=None", "warning"),
    ],
)
def test_what_goes_with_a_choice_is_for_the_caller(tmp_path: Path, made: str, given: str, level: str | None) -> None:
    code = f"""
def connect(url=None):
    if url is None:
        raise ValueError("no url")
    return open(url)
def make(kind="local", url=None):
    if kind == "redis":
        return [connect({given})]
    return []
def start():
    {made}
"""
    found = findings(tmp_path, {"app.py": code}, STARTS, select="SSOT103")
    assert [each.violation.level for each in found] == ([level] if level else [])
