from __future__ import annotations

import builtins
import importlib
from collections import Counter

import pytest

from ssot_lint.callgraph.builtins import HANDLERS, THEMES
from tests.callgraph.small import called, edges, graph_of


def test_each_function_of_the_language_has_one_handler() -> None:
    handled = Counter(path for theme in THEMES for path in theme.HANDLERS)
    assert not [path for path, count in handled.items() if count > 1]
    assert handled.keys() == HANDLERS.keys()


@pytest.mark.parametrize("path", sorted(HANDLERS))
def test_handlers_are_of_what_there_is(path: str) -> None:
    package, _, name = path.rpartition(".")
    if package == "<builtin>":
        assert hasattr(builtins, name)
    elif package in ("functools", "contextlib", "importlib", "copy", "pkgutil", "collections", "types", "enum", "abc"):
        assert hasattr(importlib.import_module(package), name) or path == "copy.replace"  # since Python 3.13


@pytest.mark.parametrize(
    "call",
    [
        "f()", "getattr(Holder, 'f')()", "getattr(Holder(), 'f')()", "vars_['f']()", "list(map(f_, [1]))", "[f][-1]()",
        "sorted([1], key=f_)", "min([1, 2], key=f_)", "next(iter([f]))()", "dict(f=f)['f']()",
        "dict([('f', f)])['f']()",
        "partial(f)()", "wraps(len)(f)()", "reduce(lambda a, b: f(), [1, 2])", "globals()['f']()", "tuple([f])[0]()",
        "list(zip([1], [f]))[0][1]()", "list(enumerate([f]))[0][1]()", "list(reversed([1, f]))[0]()",
        "{'f': f}.get('f')()",
        "{'f': f}.pop('f')()", "list({'f': f}.values())[0]()", "[g() for _, g in {'f': f}.items()]", "copy([f])[0]()",
        "{}.setdefault('f', f)()", "deque([f])[0]()", "import_module('app').f()", "lru_cache(f)()",
        "getattr(1, 'x', f)()",
        "filter(f_, [1])", "sum([Holder()])", "str(Holder())", "len(Holder())", "isinstance(1, Holder)",
    ],
)  # fmt: skip
def test_values_come_through_the_functions_of_the_language(call: str) -> None:
    text = f"""
from collections import deque
from copy import copy
from functools import lru_cache, partial, reduce, wraps
from importlib import import_module
class Meta(type):
    def __instancecheck__(cls, other): return f()
class Holder(metaclass=Meta):
    @staticmethod
    def f(): return f()
    def __radd__(self, other): return f()
    def __str__(self): return f()
    def __len__(self): return f()
def f(): return 1
def never(): pass
def f_(x): return f()
vars_ = {{"f": f, "never": never}}
{call}
"""
    assert "f" in called(graph_of(text))
    assert "never" not in called(graph_of(text))


def test_the_default_of_a_mapping_from_outside_may_be_what_it_gives() -> None:
    text = """
import flask
class Backend:
    def connect(self): pass
app = flask.Flask(__name__)
app.config.get("BACKEND", Backend)().connect()
"""
    assert "app.Backend.connect" in edges(graph_of(text))["app"]


def test_each_key_of_a_defaultdict_has_a_container_of_its_own() -> None:
    text = """
from collections import defaultdict
handlers = defaultdict(list)
nested = defaultdict(lambda: defaultdict(set))
def subscribe(topic):
    def register(handler):
        handlers[topic].append(handler)
        return handler
    return register
@subscribe("started")
def started(): pass
@subscribe("stopped")
def stopped(): pass
def publish(topic):
    for handler in handlers[topic]:
        handler()
def ask(topic):
    for handler in nested[topic]["all"]:
        handler()
def other(): pass
nested["a"]["all"].add(other)
publish("started")
ask("a")
"""
    found = called(graph_of(text))
    assert {"started", "other"} <= found
    assert "stopped" not in found


def test_a_weak_reference_gives_what_it_refers_to() -> None:
    text = (
        "import weakref\ndef one(): pass\nclass Two:\n    def go(self): pass\n"
        "weakref.ref(one)()()\nweakref.ref(Two())().go()\n"
    )
    assert {"one", "Two.go"} <= called(graph_of(text))


def test_zip_and_enumerate_keep_what_stands_together() -> None:
    text = (
        "def one(): pass\ndef two(): pass\ndef three(): pass\n"
        "pairs = list(zip([one, two], [two, three]))\nnumbered = dict(enumerate([two, three]))\n"
        "def use():\n    pairs[0][0]()\ndef other():\n    pairs[1][1]()\nuse()\nother()\n"
    )
    found = edges(graph_of(text))
    assert found["app.use"] == {"app.one"}
    assert found["app.other"] == {"app.three"}


def test_a_weak_reference_calls_back_when_its_object_is_gone() -> None:
    text = (
        "import weakref\nclass One: pass\ndef gone(reference): pass\ndef use(one): weakref.ref(one, gone)\nuse(One())\n"
    )
    assert "gone" in called(graph_of(text))


def test_a_function_that_is_bound_by_hand_gets_the_instance_and_not_its_class() -> None:
    text = """
class A:
    def m(self): pass
class Meta(type):
    def m(cls): pass
class B(A, metaclass=Meta): pass
def f(self): self.m()
f.__get__(B(), B)()
"""
    assert called(graph_of(text)) == {"f", "A.m"}


def test_a_copy_of_a_module_outside_is_that_module() -> None:
    text = """
import importlib.util
spec = importlib.util.find_spec("html.parser")
copied = importlib.util.module_from_spec(spec)
spec.loader.exec_module(copied)
class Mine(copied.HTMLParser):
    def handle_data(self, data): pass
Mine().feed("text")
"""
    assert ("app", "app.Mine.handle_data") in graph_of(text).edges()


def test_what_is_below_a_builtin_class_shows_itself_as_that_does() -> None:
    text = """
import enum
class Text(str):
    def __repr__(self): return ""
class Failure(ValueError):
    def __repr__(self): return ""
class Table(dict):
    def __repr__(self): return ""
class Colour(str, enum.Enum):
    RED = "red"
    def __str__(self): return ""
str(Text()), str(Failure()), str(Table()), f"{Colour.RED} {Text()}", "%s" % Failure()
"""
    assert edges(graph_of(text))["app"] & {"app.Text.__repr__", "app.Failure.__repr__"} == set()
    assert called(graph_of(text)) >= {"Table.__repr__", "Colour.__str__"}


def test_a_set_of_what_has_hashes_asks_for_none() -> None:
    text = """
class A:
    def __hash__(self): return 1
def one(): return {A()}
def two(found): return set(found), frozenset(dict.fromkeys(found))
def three(found): return set([*found])
found = one()
two(found)
three(found)
"""
    found = edges(graph_of(text))
    assert ["app.A.__hash__" in found[f"app.{name}"] for name in ("one", "two", "three")] == [True, False, True]


def test_an_operand_of_a_class_below_is_asked_first_if_it_says_otherwise() -> None:
    text = """
class A:
    def __add__(self, other): pass
    def __radd__(self, other): pass
    def __lt__(self, other): pass
    def __gt__(self, other): pass
class B(A):
    def __radd__(self, other): pass
    def __gt__(self, other): pass
class C(A): pass
A() + B()
A() < B()
"""
    assert called(graph_of(text)) == {"B.__radd__", "B.__gt__"}
    assert called(graph_of(text.replace("B()", "C()"))) == {"A.__add__", "A.__gt__"}


@pytest.mark.parametrize("kept", ["queue.Queue()", "asyncio.Queue()", "threading.Thread()", "threading.Timer(1, None)"])
def test_what_keeps_nothing_may_be_called(kept: str) -> None:
    assert called(graph_of(f"import asyncio, queue, threading\ndef f(): pass\nkept = {kept}\nkept()\nf()")) == {"f"}


@pytest.mark.parametrize(
    ("made", "taken", "expected"),
    [
        ("ContextVar('v')", "v.set(f); v.get()()", {"f"}),
        ("ContextVar('v', default=f)", "v.get()()", {"f"}),
        ("ContextVar('v', default=None)", "v.set(g); (v.get() or f)()", {"g"}),
        ("ContextVar[object]('v')", "v.get(f)()", {"f"}),
    ],
)
def test_a_context_variable_gives_what_it_was_set_to(made: str, taken: str, expected: set[str]) -> None:
    code = f"from contextvars import ContextVar\ndef f(): pass\ndef g(): pass\nv = {made}\n{taken}\n"
    assert expected <= called(graph_of(code))
