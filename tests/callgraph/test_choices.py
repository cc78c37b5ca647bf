"""A call that goes to the method of one class or of another is likely; the methods of one receiver are no choice."""

from __future__ import annotations

import pytest

from tests.callgraph.small import called, graph_of

METHODS = """
    def __len__(self): return 1
    def __iter__(self): return self
    def __next__(self): raise StopIteration
    def __enter__(self): pass
    def __exit__(self, *error): pass
    def __add__(self, other): return self
    def __call__(self): pass
    @property
    def name(self): return ""
"""
CLASSES = f"class A:{METHODS}class B(A):{METHODS}"
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


MANY = "\n".join(f"def step_{number}(*given): pass" for number in range(40))
ALL = ", ".join(f"step_{number}" for number in range(40))


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        (f"for step in [{ALL}]: step()", "likely"),
        (f"for name, step in [{', '.join(f'({n}, step_{n})' for n in range(40))}]: step()", "likely"),
        (f"TABLE = dict(zip(range(40), [{ALL}]))\nTABLE[int(input())]()", "likely"),
        (f"TABLE = {{{', '.join(f'{n}: step_{n}' for n in range(40))}}}\nTABLE[int(input())]()", "likely"),
        ("\n".join(f"if input(): step = step_{n}" for n in range(40)) + "\nstep()", "possible"),
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


@pytest.mark.parametrize("use", [*USES[:-1], "str(x)", "{x: 1}", "print(x)", "[*x]", "-x", "x[0]", "bool(x)"])
@pytest.mark.parametrize(("made", "certainty"), [("A()", "certain"), ("A() if input() else other", "likely")])
@pytest.mark.parametrize("other", ["['text']", "'text'", "C()"])
def test_a_method_that_one_of_several_values_has_is_likely(use: str, made: str, certainty: str, other: str) -> None:
    more = "def __str__(self): return ''\n    def __hash__(self): return 1\n    def __neg__(self): pass"
    classes = CLASSES.replace("class B(A):", f"    {more}\n    def __getitem__(self, key): pass\nclass B(A):", 1)
    text = f"{classes}class C:\n    name = 1\nother = {other}\nx = {made}\n{use}"
    calls = [site.call for site in graph_of(text).call_sites() if site.call.callee and site.call.kind != "exit"]
    assert calls
    assert {call.certainty for call in calls if not call.target.endswith("__init__")} == {certainty}


def test_none_is_no_other_value() -> None:
    text = f"{CLASSES}x = A() if input() else None\nx + 1\nx.name"
    calls = [site.call for site in graph_of(text).call_sites() if site.call.callee]
    assert [call.certainty for call in calls] == ["certain", "certain"]


@pytest.mark.parametrize("first", [range(20), range(10, 30)])
def test_tables_stay_no_choice_beside_something_else(first: range) -> None:
    def table(names: list[str]) -> str:
        return "{" + ", ".join(f"'{name}': {name}" for name in names) + "}"

    names = [f"f{number}" for number in range(30)]
    text = "\n".join(f"def {name}(): pass" for name in [*names, "other"])
    tables = f"{table(names[:20])} if input() else {table([names[number] for number in first])}"
    text += f"\ntable = {tables}\ndef find(key): return table[key] if key in table else other\nfind(input())()"
    calls = [site.call for site in graph_of(text).call_sites() if site.call.callee and site.node.symbol == "app"]
    assert {call.certainty for call in calls if call.target in ("app.f11", "app.other")} == {"likely"}


@pytest.mark.parametrize(
    "library",
    [
        "from threading import Thread\nclass T(Thread):\n    def run(self): pass\nway = T().start",
        "from functools import partial\nclass T:\n    def run(*args): pass\nway = partial(map, T.run, [1, 2])",
        "import atexit\nclass T:\n    def run(): pass\ndef way(): atexit.register(T.run)\nway()\nway = print",
    ],
)
def test_what_a_library_calls_is_no_surer_than_the_call_of_it(library: str) -> None:
    sure = library.endswith("print")  # there it is not the choice that calls it
    text = f"{library}\ndef other(): pass\nchosen = way if input() else other\nchosen()"
    assert _certainties(text, "app.T.run") == {"certain" if sure else "likely"}


@pytest.mark.parametrize(
    ("name", "certainty"),
    [
        ("'Void'", "certain"),
        ("os.environ.get('WALLET', 'Void')", "likely"),
        ("Settings().wallet", "likely"),
    ],
)
def test_what_a_class_makes_that_a_setting_names_may_be_of_another(name: str, certainty: str) -> None:
    text = f"""
import os, sys
from pydantic_settings import BaseSettings
class Settings(BaseSettings):
    wallet: str = "Void"
class Void:
    def pay(self): raise NotImplementedError
class Real:
    def pay(self): pass
wallet = getattr(sys.modules[__name__], {name})()
def get_wallet(): return wallet
get_wallet().pay()
"""
    graph = graph_of(text)
    paid = [call for node in graph.nodes.values() for call in node.calls if call.target.endswith("Void.pay")]
    assert [call.certainty for call in paid] == [certainty]


@pytest.mark.parametrize("use", ["mode.split()[0]", "mode.strip()", "mode.partition('=')[0]"])
@pytest.mark.parametrize(("mode", "reached"), [("options.mode or 'slow'", {"fast"}), ("'slow'", set())])
def test_what_a_method_gives_is_not_known_where_its_object_may_be_another(
    use: str, mode: str, reached: set[str]
) -> None:
    text = f"""
def fast(): pass
def choose(options):
    mode = {mode}
    found = {use}
    if found == "FAST": fast()
"""
    assert called(graph_of(text, "choose")) == reached


@pytest.mark.parametrize(
    ("base", "bases", "certainty"), [("Named", "Base", "certain"), ("object", "Base, Named", "likely")]
)
def test_a_property_is_as_sure_as_that_each_class_has_it(base: str, bases: str, certainty: str) -> None:
    text = f"""
class Named:
    @property
    def name(self): pass
class Base({base}):
    def use(self): return self.name
class Sub({bases}): pass
class Other(Base): pass
Sub(), Other()
"""
    sites = graph_of(text, "Base.use").call_sites()
    assert {site.call.certainty for site in sites if site.call.target == "app.Named.name"} == {certainty}


@pytest.mark.parametrize(
    ("value", "certainty"),
    [
        ("A()", "certain"),
        ("A() if input() else B()", "likely"),
        ("A() if input() else B() if input() else C()", "possible"),
    ],
)
@pytest.mark.parametrize("use", ["repr(x)", "x == x", "{x}"])
def test_what_every_object_can_do_is_hardly_meant_where_many_may_stand(value: str, certainty: str, use: str) -> None:
    methods = "def __repr__(self): pass\n  def __eq__(self, other): pass\n  def __hash__(self): pass"
    classes = "\n".join(f"class {name}:\n  {methods}" for name in "ABC")
    sites = graph_of(f"{classes}\nx = {value}\n{use}").call_sites()
    found = {site.call.certainty for site in sites if site.call.target.endswith(("__repr__", "__eq__", "__hash__"))}
    assert found == {certainty}


@pytest.mark.parametrize(("method", "certainty"), [("__repr__", "possible"), ("__str__", "likely")])
def test_an_object_beside_a_text_is_hardly_shown_unless_it_is_made_to_be(method: str, certainty: str) -> None:
    sites = graph_of(f"class A:\n  def {method}(self): pass\nx = A() if input() else 'a'\nprint(f'{{x}}')").call_sites()
    assert {site.call.certainty for site in sites if site.call.target.startswith("app.A")} == {certainty}
