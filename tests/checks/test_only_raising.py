"""SSOT103 and functions that do nothing but raise: removed ones, helpers, methods that are not implemented."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings
from tests.checks.raising import raises


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


@pytest.mark.parametrize(("own", "reported"), [("default", 0), ("other", 1)])
def test_is_silent_about_a_method_that_classes_below_replace(tmp_path: Path, own: str, reported: int) -> None:
    code = f"""
class Connector:
    def default(self):
        raise RuntimeError("no default")
    def resource(self):
        return self.default()
class Bucket(Connector):
    def {own}(self): return "bucket"
class Cluster(Connector): pass
class Registry(Connector): pass
def start(kind):
    connector = Cluster() if kind else Registry()
    connector.resource()
"""
    assert len(raises(tmp_path, code)) == reported
