"""A call that goes to the method of one class or of another is likely; the methods of one receiver are no choice."""

from __future__ import annotations

import pytest

from tests.callgraph.small import graph_of

CLASSES = """
class A:
    def __len__(self): return 1
    def __iter__(self): return self
    def __next__(self): raise StopIteration
    def __enter__(self): pass
    def __exit__(self, *error): pass
    def __add__(self, other): return self
    def __call__(self): pass
    @property
    def name(self): return ""
class B(A):
    def __len__(self): return 2
    def __iter__(self): return self
    def __next__(self): raise StopIteration
    def __enter__(self): pass
    def __exit__(self, *error): pass
    def __add__(self, other): return self
    def __call__(self): pass
    @property
    def name(self): return ""
"""
USES = ("len(x)", "for _ in x: pass", "with x: pass", "x + 1", "x.name", "x()")


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize(("made", "certainty"), [("A()", "certain"), ("A() if input() else B()", "likely")])
def test_certain_where_one_class_is_meant(use: str, made: str, certainty: str) -> None:
    sites = graph_of(f"{CLASSES}x = {made}\n{use}").call_sites()
    methods = [site.call for site in sites if site.call.callee and not site.call.target.endswith("__init__")]
    assert methods
    assert {call.certainty for call in methods if call.kind != "exit"} == {certainty}


@pytest.mark.parametrize("made", ["A()", "partial(f)", "Meta"])
def test_what_an_object_calls_is_as_sure_as_that_the_object_is_called(made: str) -> None:
    text = f"""
from functools import partial
{CLASSES}
class Type(type):
    def __call__(cls): pass
class Meta(metaclass=Type): pass
def f(): pass
x = {made}
x()
y = x if input() else input
y()
"""
    sites = graph_of(text).call_sites()
    found = [site.call.certainty for site in sites if site.call.target.endswith(("__call__", ".f"))]
    assert found == ["certain", "likely"]
