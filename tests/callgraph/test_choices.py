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
