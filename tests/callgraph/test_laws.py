"""What holds for every program: all that runs is found, and nothing but the program decides what is."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from ssot_lint.callgraph.analysis import Analysis
from ssot_lint.callgraph.graph import CallGraph
from tests.callgraph.phases import Facts
from tests.callgraph.small import MODELS, edges, point, project_of, ran

PREAMBLE = """
from functools import partial
fuel = [None] * 60
held = {}
kept = []
class C0:
    def __init__(self, x=None):
        self.x = x
    def m(self, y=None):
        if callable(self.x) and fuel:
            fuel.pop()
            self.x(y)
class C1(C0):
    def m(self, y=None):
        return super().m(y)
class C2(C1):
    def __init__(self, x=None):
        super().__init__(f1)
        self.y = x
"""
ARGUMENTS = ("a", "b", "None", "1", "f0", "f1", "f2", "f3", "C0", "C1()", "C2(a)", "(a, b)")
STATEMENTS = (
    "f{k}({argument})",
    "a = {argument}",
    "b = f{k}(a)",
    "return {argument}",
    "return f{k}({argument}, a)",
    "if callable(a): a(b)",
    "if a is None: f{k}(b)",
    "if a is not None: f{k}(None, a)",
    "if isinstance(a, C0): a.m(b)",
    "if isinstance(b, C1): b.m(a)",
    "C{c}({argument}).m(b)",
    "held['k'] = {argument}",
    "b = held.get('k', f{k})",
    "kept.append({argument})",
    "for each in kept + [a]: callable(each) and each(b)",
    "if callable(b): partial(b, a)()",
    "if isinstance(a, tuple): a, b = a",
    "try: a(b)\n    except TypeError: f{k}(None)",
    "b = C{c}(a); b.x = {argument}",
    "while callable(a): a = a(b)",
)


@st.composite
def functions(draw: st.DrawFn) -> list[str]:
    """The definitions of four functions that call each other and pass each other along."""
    found = []
    for number in range(4):
        lines = [f"def f{number}(a=None, b=None):", "    if not fuel: return None", "    fuel.pop()"]
        for statement in draw(st.lists(st.sampled_from(STATEMENTS), min_size=1, max_size=4)):
            filled = statement.replace("{k}", str(draw(st.integers(0, 3)))).replace("{c}", str(draw(st.integers(0, 2))))
            lines.append("    " + filled.replace("{argument}", draw(st.sampled_from(ARGUMENTS))))
        found.append("\n".join(lines) + "\n")
    return found


def analysed(modules: dict[str, str], asked_first: list[str] | None = None) -> CallGraph:
    facts = Facts(modules)
    for name in asked_first or []:
        facts.get(name)
    return Analysis(project_of(modules), facts, MODELS).run([point()])


def pairs(graph: CallGraph) -> set[tuple[str, str]]:
    return {
        ("<module>" if caller == "app" else caller.rpartition(".")[2], target.rpartition(".")[2])
        for caller, targets in edges(graph).items()
        for target in targets
    }


LOOKED_UP_BEFORE_IT_WAS_THERE = [
    "def f0(a=None, b=None):\n    if callable(a): a(b)\n",
    "def f1(a=None, b=None):\n    b = held.get('k', f3)\n    f0(a)\n    if isinstance(a, C0): a.m(b)\n",
    "def f2(a=None, b=None): f0(a)\n",
    "def f3(a=None, b=None): held['k'] = a\n",
]


@settings(max_examples=60, deadline=None)
@given(functions())
@example(LOOKED_UP_BEFORE_IT_WAS_THERE)
def test_all_calls_that_python_makes_are_found(definitions: list[str]) -> None:
    text = PREAMBLE + "".join(definitions) + "try: f0(f1, C2())\nexcept (TypeError, ValueError): pass\n"
    assert ran(text) <= pairs(analysed({"app": text}))


# -- over several modules, which all import each other


def split(definitions: list[str]) -> dict[str, str]:
    """The same functions in a module each."""
    modules = {"app": "import m0\nfrom base import *\nm0.f0(f1, C2())\n", "base": "import m1\n" + qualified(PREAMBLE)}
    modules["app"] = qualified(modules["app"])
    for number, definition in enumerate(definitions):
        head = "import m0, m1, m2, m3\nfrom base import *\n"
        modules[f"m{number}"] = head + qualified(definition).replace(f"def m{number}.f", "def f")
    return modules


def qualified(text: str) -> str:
    return re.sub(r"(?<![\w.])f(\d)\b", r"m\1.f\1", text)


def reached(graph: CallGraph) -> set[tuple[object, ...]]:
    """All that is said of each call that something reaches."""
    found: set[tuple[object, ...]] = set()
    for site in graph.call_sites():
        if site.reach is not None:
            call = site.call
            found.add((site.node.symbol, *site.site, call.kind, call.half, call.target, site.certainty, site.called_in))
    return found


@settings(max_examples=30, deadline=None)
@given(functions(), st.data())
def test_the_order_of_files_and_of_reading_them_changes_nothing(definitions: list[str], data: st.DataObject) -> None:
    modules = split(definitions)
    graph = analysed(modules)
    assert {"m0.f0", "base.C0.__init__"} <= {node.symbol for node in graph.nodes.values()}
    order = data.draw(st.permutations(sorted(modules)))
    asked = data.draw(st.permutations(sorted(modules)))
    again = analysed({name: modules[name] for name in order}, asked)
    assert reached(again) == reached(graph)
    assert again.stats == graph.stats


UNRELATED = """
from base import *
import app, m0, m2
class Below(C0):
    def m(self, y=None): m2.f2(y)
C0.m = m0.f0
held["k"] = Below()
m0.f0(Below(Below), 1)
app.f1 = None
def started(): m2.f2(started)
"""


@settings(max_examples=20, deadline=None)
@given(functions())
def test_what_nothing_reaches_changes_nothing_of_what_is_reached(definitions: list[str]) -> None:
    modules = split(definitions)
    graph = analysed(modules)
    more = {"unrelated": UNRELATED, **modules}
    assert reached(analysed(more)) == reached(graph)
    with_unreached = Analysis(project_of(more), Facts(more), MODELS).run([point()], lambda _: more)
    assert reached(with_unreached) == reached(graph)
    unreached = {node.symbol for node in with_unreached.nodes.values()} - {node.symbol for node in graph.nodes.values()}
    assert "unrelated.started" in unreached
