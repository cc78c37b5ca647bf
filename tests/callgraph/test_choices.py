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


def _certainties(text: str, names: str) -> set[str]:
    return {site.call.certainty for site in graph_of(text).call_sites() if site.call.target.startswith(names)}


MANY = "\n".join(f"def step_{number}(*given): pass" for number in range(20))
ALL = ", ".join(f"step_{number}" for number in range(20))


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        (f"for step in [{ALL}]: step()", "likely"),
        (f"for name, step in [{', '.join(f'({n}, step_{n})' for n in range(20))}]: step()", "likely"),
        (f"TABLE = dict(zip(range(20), [{ALL}]))\nTABLE[int(input())]()", "likely"),
        (f"TABLE = {{{', '.join(f'{n}: step_{n}' for n in range(20))}}}\nTABLE[int(input())]()", "likely"),
        ("\n".join(f"if input(): step = step_{n}" for n in range(20)) + "\nstep()", "possible"),
        ("step = step_0\n" + "\n".join(f"if input(): step = step_{n}" for n in range(9)) + "\nstep()", "likely"),
    ],
)
def test_many_candidates_are_only_possible_unless_one_container_holds_them(text: str, certainty: str) -> None:
    assert _certainties(f"{MANY}\n{text}", "app.step_") == {certainty}


@pytest.mark.parametrize(("count", "certainty"), [(11, "likely"), (12, "possible")])
def test_many_subclasses_of_an_annotation_are_only_possible(count: int, certainty: str) -> None:
    classes = "\n".join(f"class C{number}(Base):\n    def run(self): pass\nC{number}()" for number in range(count))
    text = f"class Base:\n    def run(self): pass\n{classes}\ndef use(given: Base): given.run()"
    sites = graph_of(text, "use").call_sites()
    assert {site.call.certainty for site in sites if site.call.target.startswith("app.C")} == {certainty}


def test_methods_of_one_object_that_are_chosen_by_name_are_no_wide_choice() -> None:
    methods = "\n".join(f"    def visit_{number}(self): pass" for number in range(20))
    text = f'class V:\n{methods}\n    def visit(self, name): getattr(self, f"visit_{{name}}")()\nV().visit(input())'
    assert _certainties(text, "app.V.visit_") == {"likely"}
