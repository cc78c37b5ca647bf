from __future__ import annotations

from re import fullmatch
from textwrap import indent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.callgraph.contexts import Contexts
from ssot_lint.callgraph.values import Constant, Function, Interner, Value
from ssot_lint.outline import calls, outline
from tests.callgraph.small import analysis_of, called, edges, graph_of
from tests.facts.programs import facts_of

CODE = next(
    node.activation.code for node in graph_of("def f(a, b): pass\nf(1, 2)").nodes.values() if node.activation.function
)
CALLS = st.lists(st.tuples(st.integers(0, 40), st.one_of(st.none(), st.integers(0, 40))), max_size=80)


def numbers(interner: Interner, *constants: int | None) -> list[frozenset[Value]]:
    return [interner.only(Constant, constant) for constant in constants]


@given(CALLS)
def test_each_call_is_covered_by_its_context_and_contexts_are_bounded(calls: list[tuple[int, int | None]]) -> None:
    interner = Interner()
    contexts = Contexts(interner, lambda _: None, Bounds())
    function = interner.make(Function, CODE, None, None)
    for a, b in calls:
        first, second = numbers(interner, a, b)
        found = contexts.activation(function, {"a": first, "b": second}, 0)
        for name, values in (("a", first), ("b", second)):
            assert values <= found.binding[name] or interner.coarsen(values) <= found.binding[name]
    assert len(contexts.all) <= Bounds().per_code


@given(st.integers(0, 3), st.integers(0, 3))
def test_calls_of_the_same_values_share_one_analysis(a: int, b: int) -> None:
    interner = Interner()
    contexts = Contexts(interner, lambda _: None, Bounds())
    function = interner.make(Function, CODE, None, None)
    one, other = ({"a": values, "b": values} for values in numbers(interner, a, b))
    assert (contexts.activation(function, one, 0) is contexts.activation(function, other, 0)) is (a == b)


def test_none_stays_apart_from_what_is_there_past_the_bound() -> None:
    interner = Interner()
    contexts = Contexts(interner, lambda _: None, Bounds())
    function = interner.make(Function, CODE, None, None)
    found: dict[bool, set[Activation]] = {True: set(), False: set()}
    for number in range(100):
        first, nothing, something = numbers(interner, number, None, number)
        found[True].add(contexts.activation(function, {"a": first, "b": nothing}, 0))
        found[False].add(contexts.activation(function, {"a": first, "b": something}, 0))
    assert not found[True] & found[False]


def test_a_shared_context_runs_again_when_its_arguments_grew() -> None:
    grown: list[Activation] = []
    interner = Interner()
    contexts = Contexts(interner, grown.append, Bounds())
    names = "\n".join(f"def f{number}(): pass\nf{number}()" for number in range(20))
    callbacks = [interner.make(Function, each.code, None, None) for each in graph_of(names).nodes if each.function]
    function = interner.make(Function, CODE, None, None)
    for callback in callbacks:
        before = len(grown)
        known = len(contexts.all)
        found = contexts.activation(function, {"a": frozenset((callback, interner.none)), "b": frozenset()}, 0)
        assert callback in found.binding["a"]
        assert (grown[before:] == [found]) is (len(contexts.all) == known)
    assert grown


def test_a_callback_stays_with_the_caller_that_passed_it() -> None:
    text = """
def apply(f): return f
def one(): pass
def other(): pass
def first(): apply(one)()
def second(): apply(other)()
first()
"""
    assert called(graph_of(text)) == {"apply", "first", "one"}


@pytest.mark.parametrize(
    "body",
    [
        "return given",
        "if isinstance(given, type):\n        given.marked = True\n    return given",
        "given.marked = marked = given\n    return given",
    ],
)
def test_what_a_function_gives_back_of_what_it_was_given_stays_with_the_call(body: str) -> None:
    """However many calls share a context."""
    names = [f"C{number}" for number in range(60)]
    classes = "".join(f"@mark\nclass {name}:\n    def run(self): pass\n" for name in names)
    text = f"def mark(given):\n    {body}\n{classes}def use():\n    C57().run()\nuse()\n"
    assert edges(graph_of(text))["app.use"] == {"app.C57.run"}


def test_a_parameter_that_is_bound_anew_is_not_what_was_given() -> None:
    text = """
def first(given, other):
    given = other
    return given
def narrowed(given):
    if callable(given):
        return given
    return print
class A:
    def run(self): pass
class B:
    def run(self): pass
def use():
    first(A(), B()).run()
    first(B(), B()).run()
use()
"""
    assert edges(graph_of(text))["app.use"] == {"app.first", "app.B.run"}


def test_what_a_decorator_makes_of_each_of_many_methods_is_told_apart() -> None:
    count = 40
    text = "def checked(f):\n    def wrapper(self, *args): return f(self, *args)\n    return wrapper\nclass Api:\n"
    for number in range(count):
        text += f"    @checked\n    def m{number}(self): pass\n"
    graph = analysis_of({"app": text}).run_all([])
    drawn = calls(outline(graph, {"app": facts_of(text)}, whole=True))
    found = {edge.callee for edge in drawn.edges if edge.caller == "app.checked.wrapper"}
    assert found == {f"app.Api.m{number}" for number in range(count)}


WRAP = "def {0}(f):\n    def w(*args): return f(*args)\n    return w\n"
KEEP = "class {0}:\n    def __init__(self, f): self.f = f\n    def __call__(self, *args): return self.f(*args)\n"
DECORATORS = {
    "a closure": (WRAP.format("d"), "@d"),
    "several": (WRAP.format("d") + WRAP.format("e"), "@d\n@e\n@d"),
    "one with arguments": (
        "def d(name):\n" + indent(WRAP.format("inner"), "    ") + "    return inner\n",
        "@d('x')",
    ),
    "one that may stand without arguments": (
        WRAP.format("make") + "def d(f=None):\n    return make(f) if callable(f) else lambda g: make(g)\n",
        "@d",
    ),
    "a class": (KEEP.format("d"), "@d"),
    "one that makes an instance": (KEEP.format("Kept") + "def d(f): return Kept(f)\n", "@d"),
    "one that calls by way of another": (
        "def run(g): return g()\ndef d(f):\n    def w(*args): return run(lambda: f(*args))\n    return w\n",
        "@d",
    ),
}  # fmt: skip


@pytest.mark.parametrize("decorator", DECORATORS)
def test_a_call_of_one_of_many_decorated_functions_calls_that_one(decorator: str) -> None:
    """With its own arguments, and at a cost of so many evaluations a function."""
    count = 100
    text, decoration = DECORATORS[decorator]
    for n in range(count):
        text += f"class C{n}:\n    def m(self): pass\n{decoration}\ndef f{n}(x): x.m()\ndef use{n}(): f{n}(C{n}())\n"
    graph = graph_of(text, *(f"use{n}" for n in range(count)))
    assert sum(activation.evaluations for activation in graph.nodes) <= 16 * count
    uses = [activation for activation in graph.nodes if activation.code.qualname.startswith("use")]
    assert len(uses) == count
    for use in uses:
        number = use.code.qualname.removeprefix("use")
        found = {each.code.qualname for each in reached(use)}
        assert {name for name in found if fullmatch(r"f\d+|C\d+\.m", name)} == {f"f{number}", f"C{number}.m"}


def reached(activation: Activation) -> set[Activation]:
    """All that the activation calls, and what those call."""
    found: set[Activation] = set()
    waiting = [activation]
    while waiting:
        new = {call.callee for call in waiting.pop().calls if call.callee is not None} - found
        found |= new
        waiting += new
    return found


def test_a_second_call_finds_what_the_first_one_kept() -> None:
    source = """
kept = []
def used(): pass
def run():
    for each in kept + [None]:
        callable(each) and each()
    kept.append(used)
run()
run()
"""
    assert "app.used" in edges(graph_of(source))["app.run"]


def test_of_very_many_instances_those_are_asked_that_have_the_attribute() -> None:
    classes = "".join(f"class C{number}:\n    def m{number}(self): pass\n" for number in range(20))
    made = ", ".join(f"C{number}()" for number in range(20))
    source = f"{classes}class Late:\n    def m3(self): pass\nfor each in [{made}, Late()]:\n    each.m3()\n"
    assert edges(graph_of(source))["app"] >= {"app.C3.m3", "app.Late.m3"}


def test_what_a_test_lets_through_comes_back_to_the_caller_that_gave_it() -> None:
    makers = "".join(f"def f{n}(): pass\ndef use{n}(): same(f{n})()\nuse{n}()\n" for n in range(40))
    for test in ("isinstance(x, str)", "x is None"):
        text = f"def same(x):\n    if {test}:\n        return eval(x)\n    return x\nsame('text')\nsame(None)\n{makers}"
        found = edges(graph_of(text))
        assert all(found[f"app.use{n}"] == {"app.same", f"app.f{n}"} for n in range(40)), test


def test_what_tests_rule_out_does_not_come_back() -> None:
    makers = "".join(f"def f{n}(): pass\nsame(f{n})\n" for n in range(40))
    same = "def same(x):\n    if x is None:\n        return other\n    return x\ndef other(): pass\n"
    use = "def use(x):\n    if x is None: gone()\ndef gone(): pass\nuse(same(f0 if eval(0) else None))\n"
    text = same + makers + use
    assert "gone" not in called(graph_of(text))


def test_what_each_of_several_instances_was_given_in_many_calls_stays_its_own() -> None:
    classes = "\n".join(f"class {kind}{n}:\n    def run(self): pass" for n in range(9) for kind in "AB")
    calls = "\n".join(f"one.add(A{n}(), {n})\ntwo.add(B{n}(), {n})" for n in range(9))
    text = f"""
class Registry:
    def __init__(self): self.items = []
    def add(self, item, priority): self.items.append((item, priority))
{classes}
one = Registry()
two = Registry()
{calls}
def run_one():
    for item, _ in one.items: item.run()
run_one()
"""
    called = {callee for caller, callee in graph_of(text).edges() if caller == "app.run_one"}
    assert called == {f"app.A{n}.run" for n in range(9)}


def test_what_a_function_calls_in_a_context_that_is_not_certain_is_likely() -> None:
    text = """
def one(): pass
def two(): pass
def use(function):
    function()
    always()
def always(): pass
use(one)
def other(): use(two)
(other if input() else print)()
"""
    pairs = outline(graph_of(text), {"app": facts_of(text)}, whole=True).pairs()
    assert pairs["app.use", "app.one"] == pairs["app.use", "app.always"] == "certain"
    assert pairs["app.use", "app.two"] == "likely"


def test_a_decorated_class_stays_itself_however_many_there_are() -> None:
    count = 40
    text = """
class Builder:
    def __init__(self, cls, name):
        self.cls = cls
        self.name = name
    def build(self): return self.cls
def built(name=None):
    def wrap(cls): return Builder(cls, name).build()
    return wrap
"""
    for number in range(count):
        text += f"@built('n{number}')\nclass C{number}:\n    def run(self): pass\n"
        text += f"def use{number}(): C{number}().run()\n"
    found = edges(graph_of(text, *(f"use{number}" for number in range(count))))
    assert all(found[f"app.use{number}"] == {f"app.C{number}.run"} for number in range(count))
