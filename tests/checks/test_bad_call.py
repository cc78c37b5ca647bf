from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings, told

STARTS = 'entry-points = ["app:start"]\n'

CODE = """
import functools
from dataclasses import InitVar, dataclass
from enum import Enum
from airflow.models import BaseOperator
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

@dataclass
class Checked:
    a: int
    strict: InitVar[bool] = False
    def __post_init__(self, strict): pass

@dataclass
class Unchecked:
    a: InitVar[int]
    def __post_init__(self): pass

class Upper(type):
    def __new__(cls, name, bases, namespace): return super().__new__(cls, name, bases, namespace)
    def set(cls, value): pass

class Higher(Upper):
    def set(cls, value): super().set(value)

class Operator(BaseOperator):
    def __init__(self, cluster): pass

By = Upper("By", (), {})
class Of(By):
    def __new__(cls): return By.__new__(cls)
class Has(metaclass=Higher): pass
"""


def bad(root: Path, call: str) -> list[str]:
    lines = "".join(f"    {line}\n" for line in call.splitlines())
    return told(root, {"app.py": f"{CODE}\ndef start():\n{lines}"}, STARTS, select="SSOT112")


@pytest.mark.parametrize(
    "call",
    [
        "plain()", "plain(1, 2, 3)", "plain(1, d=1)", "plain(1, a=1)", "cached()", "Plain()", "Plain(1, 2)",
        "Plain(1).method()", "Plain(1)(1, 2)", "Plain.make()", "Plain.static()", "Plain.method(1)",
        "functools.partial(plain, 1)(a=1)", "print(plain())", "plain(b=2)", "Outside()", "Unchecked(1)",
    ],
)  # fmt: skip
def test_reports_a_call_that_does_not_fit(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == [f"app.py: {call} [startup]"]


@pytest.mark.parametrize(
    "call",
    [
        "plain(1)", "plain(1, 2, c=3)", "plain(*something())", "plain(**something())", "plain(*[])", "changed()",
        "wrapped(1)", "Plain(1).method(1)", "Plain.make(1)", "Plain.method(Plain(1), 1)", "Outside(1)",
        "Planet((1, 2))", "Made()", "something(1, 2, 3)", "functools.partial(plain, 1)(2)",
        "try:\n    plain()\nexcept TypeError:\n    pass", "(plain if something() else start)()", "something().plain()",
        "Checked(1)", "Checked(1, strict=True)", "Checked(1, True)", "Of()", "Has.set(1)", "Operator()",
    ],
)  # fmt: skip
def test_is_silent_about_a_call_that_may_fit(tmp_path: Path, call: str) -> None:
    assert bad(tmp_path, call) == []


SERVER = """
from outside import Base, something

class Server(Base):
    def __init__(self, port): self.port = port
    def listen(self, port): pass
    def start(self):
        LINE

class Other(Server):
    def listen(self, port=1): pass
"""


@pytest.mark.parametrize(
    ("line", "below", "found"),
    [
        ("self.listen()", False, True),
        ("self.listen()", True, False),  # one that is below may be started
        ("self.listen(1)", False, False),
        ("self = something(); self.listen()", False, False),
        ("super().start(1)", False, False),  # what a class from outside takes
    ],
)
def test_the_method_of_a_class_may_be_what_starts(tmp_path: Path, line: str, below: bool, found: bool) -> None:
    code = SERVER.replace("LINE", line) if below else SERVER.partition("class Other")[0].replace("LINE", line)
    said = told(tmp_path, {"app.py": code}, 'entry-points = ["app:Server.start"]\n', select="SSOT112")
    assert said == ([f"app.py: {line} [startup]"] if found else [])


CHOICE = """
from outside import something

class Base:
    def run(self): return self.step()
    def step(self): pass
    def helper(self): pass

class First(Base):
    def step(self): self.helper(1)

class Second(Base):
    def helper(self, much=1): pass
    def step(self, more=2): super().step(3)

def inner():
    def local(a): pass
    local()

def make(flag):
    return First() if flag else Second()

def start(flag):
    make(something()).run()
    if flag:
        inner()
"""


def test_knows_self_super_and_local_definitions_however_they_are_reached(tmp_path: Path) -> None:
    said = told(tmp_path, {"app.py": CHOICE}, STARTS, select="SSOT112")
    assert said == [
        f"app.py: {line} [startup]"
        for line in ("def step(self): self.helper(1)", "def step(self, more=2): super().step(3)", "local()")
    ]


def test_takes_the_type_of_a_parameter_at_its_word(tmp_path: Path) -> None:
    code = """
class User:
    def rename(self, name): pass
class Guest(User):
    def rename(self, name="guest"): pass
class Group:
    def rename(self, name): pass
class Team(Group): pass
def start(user: User, group: Group):
    user.rename()
    group.rename()
    group.rename("a")
"""
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT112") == ["app.py: group.rename() [startup]"]


def test_a_class_in_the_place_of_self_is_not_believed(tmp_path: Path) -> None:
    # Written out it would be a fault; where it is found in programs, contexts of a decorator's wrapper were joined.
    code = """
class Model:
    def touch(self, when): pass
    def update(self): self.touch(1)
def passed_on(function, *arguments): return function(*arguments)
def other(each): pass
passed_on(Model.update if input() else other, Model)
"""
    assert findings(tmp_path, {"app.py": code}, select="SSOT112") == []


@pytest.mark.parametrize("library", ["attr", "pydantic.dataclasses"])
def test_a_dataclass_of_another_library_takes_what_that_library_says(tmp_path: Path, library: str) -> None:
    code = f"from {library} import dataclass\n@dataclass\nclass A:\n    x: int\ndef start(): A(x=1, y=2)\n"
    assert findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]\n', select="SSOT112") == []


@pytest.mark.parametrize(("hook", "found"), [("__new__", False), ("__call__", True)])
def test_a_metaclass_may_change_what_a_class_binds(tmp_path: Path, hook: str, found: bool) -> None:
    text = f"""
class Meta(type):
    def {hook}(cls, *args):
        if len(args) > 2:
            args[2]["check"] = staticmethod(args[2]["check"])
        return super().{hook}(*args)
def check(value): return value
class Setting(metaclass=Meta):
    check = check
    def set(self): return self.check(1)
def start():
    Setting().set()
"""
    assert bool(told(tmp_path, {"app.py": text}, STARTS, select="SSOT112")) is found


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("if self.construct: made = made()", False),
        ("if made is not None: made = made()", True),
        ("made = made()", True),
        ("if self.construct:\n            made = self.kind\n            made()", True),
        ("if self.construct: Plain()", True),
    ],
)
def test_what_a_variable_holds_may_hang_together_with_a_test(tmp_path: Path, body: str, found: bool) -> None:
    text = f"""
class Plain:
    def __init__(self, a): pass
class Loader:
    def __init__(self, kind, construct):
        self.kind = kind
        self.construct = construct
    def load(self):
        made = self.kind
        {body}
        return made
def start(flag):
    Loader(Plain, flag).load()
"""
    assert bool(told(tmp_path, {"app.py": text}, STARTS, select="SSOT112")) is found


@pytest.mark.parametrize(("given", "found"), [("path='x'", False), ("other=1", True)])
def test_an_old_starlette_gives_a_middleware_its_application_by_name(tmp_path: Path, given: str, found: bool) -> None:
    text = f"""
from fastapi import FastAPI
class Some:
    def __init__(self, path, app=None): pass
app = FastAPI()
app.add_middleware(Some, {given})
"""
    assert bool(told(tmp_path, {"app.py": text}, select="SSOT112")) is found


@pytest.mark.parametrize(("base", "found"), [("Interface", False), ("object", True)])
def test_an_interface_only_describes_what_others_have(tmp_path: Path, base: str, found: bool) -> None:
    code = f"""
from zope.interface import Interface
class IStorage({base}):
    def connect(timeout): "Connects."
    def close(): "Closes."
def adapted(given):
    storage = IStorage()
    storage.connect(1)
    storage.close()
def start():
    adapted(open("x"))
"""
    assert bool(told(tmp_path, {"app.py": code}, STARTS, select="SSOT112")) is found


STANDING_IN = """
import abc, dataclasses
try:
    from outside import Adapter, make
except ImportError:
    class Adapter: pass
    def make(): pass

@dataclasses.dataclass
class Response:
    name: str
    size: int = 1

class Common(Response):
    def __init__(self, name):
        super().__init__(name, size=2)

class Abstract(abc.ABC):
    @abc.abstractmethod
    def run(self): ...
    @classmethod
    def make(cls): return cls()
"""


NAMED_OTHERWISE = """
from typing import Callable
from pydantic import BaseModel

class Fill:
    def median(column, value): return column.median()

def length(text): return len(text)

class Selector(BaseModel):
    measure: Callable[[str], int] = length
    def select(self, text): return self.measure(text)
"""


def test_is_silent_about_functions_in_classes_that_are_no_methods(tmp_path: Path) -> None:
    files = {"app.py": NAMED_OTHERWISE}
    assert findings(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT112", all_phases=True) == []


@pytest.mark.parametrize("call", ["Adapter(1).run()", "make(1)", "Common('a')", "1"])
def test_is_silent_about_what_stands_in_and_what_is_generated(tmp_path: Path, call: str) -> None:
    files = {"app.py": f"{STANDING_IN}\n{call}\n"}
    assert findings(tmp_path, files, 'entry-points = ["app"]\n', select="SSOT112", all_phases=True) == []


def test_what_the_type_of_a_value_makes_is_not_known(tmp_path: Path) -> None:
    code = """
class Stream:
    def __init__(self, raw, encoding): self.raw = raw
def coerce(value):
    if isinstance(value, (list, tuple)):
        return [coerce(each) for each in value]
    return type(value)(value)
def start():
    coerce(Stream(1, 2))
"""
    assert findings(tmp_path, {"app.py": code}, 'entry-points = ["app:start"]', select="SSOT112") == []


@pytest.mark.parametrize(
    ("loop", "level"),
    [
        ("for each in names: return each", "warning"),
        ("for each in names:\n        if each: return each\n        else: raise ValueError", "warning"),
        ("for each in names:\n        if each: break\n        return each", "error"),
        ("for each in names:\n        if each: return each", "error"),
        ("for each in names: print(each)", "error"),
    ],
)
def test_what_stands_behind_a_loop_that_always_leaves_may_not_run(tmp_path: Path, loop: str, level: str) -> None:
    code = f"def plain(a): pass\ndef start():\n    names = open('x').readlines()\n    {loop}\n    plain()\n"
    assert [each.violation.level for each in findings(tmp_path, {"app.py": code}, STARTS)] == [level]


@pytest.mark.parametrize(("call", "found"), [("cls.__setattr__(cls, key, 1)", 0), ("cls.set(cls, key, 1)", 1)])
def test_a_class_has_what_object_has_rather_than_what_its_metaclass_has(tmp_path: Path, call: str, found: int) -> None:
    code = f"""
class Meta(type):
    def __setattr__(cls, key, value): pass
    def set(cls, key, value): pass
    def __setitem__(cls, key, value): {call}
class Made(metaclass=Meta): pass
Made["a"] = 1
"""
    all_ = findings(tmp_path, {"app.py": code}, 'entry-points = ["app"]\n', select="SSOT112", all_phases=True)
    assert len(all_) == found


SEVERAL = """
from outside import given
class Base:
    def load(self, name, kind): ...
class One(Base):
    def load(self, name, kind): return 1
class Two(Base):
    def load(self, name, kindSECOND): return 2
class Store:
    def __init__(self, base): self.base = base
    def load(self): return self.base.load("x")
def start():
    made = [One, Two][given()]
    Store(made()).load()
"""


@pytest.mark.parametrize(("test", "found"), [("something()", True), ("something() or not made.parses", False)])
def test_a_test_may_ask_which_of_several_it_is(tmp_path: Path, test: str, *, found: bool) -> None:
    code = f"""
from outside import something
class One:
    parses = True
    def load(self, name): return 1
class Two:
    parses = True
    def load(self, name): return 2
def start():
    made = {{"one": One, "two": Two}}[something()]()
    if {test}:
        return made.load()
    return made.load("x")
"""
    expected = ["app.py: return made.load() [startup]"] * found
    assert told(tmp_path, {"app.py": code}, STARTS, select="SSOT112") == expected


def test_a_choice_of_functions_that_all_refuse_it(tmp_path: Path) -> None:
    files = {"app.py": f"{CODE}\ndef start():\n    pick(something())()\n"}
    assert told(tmp_path, files, STARTS, select="SSOT112") == ["app.py: pick(something())() [startup]"]


@pytest.mark.parametrize(("second", "found"), [("", True), ("=1", False)])
def test_a_call_of_one_of_several_that_all_refuse_it(tmp_path: Path, second: str, *, found: bool) -> None:
    files = {"app.py": SEVERAL.replace("SECOND", second)}
    assert (
        told(tmp_path, files, STARTS, select="SSOT112")
        == ['app.py: def load(self): return self.base.load("x") [startup]'] * found
    )
