"""Programs that go round in circles, and large ones: the analysis ends, in proportion, and counts what it gave up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_lint.callgraph.bounds import ORDINARY, Bounds, share, step
from ssot_lint.callgraph.graph import CallGraph
from tests.callgraph.small import called, graph_of

_NUMERALS = """
PAIRS = (("M", 1000), ("CM", 900), ("D", 500), ("CD", 400), ("C", 100), ("XC", 90), ("L", 50), ("XL", 40), ("X", 10),
         ("IX", 9), ("V", 5), ("IV", 4), ("I", 1))
def f(n):
    text = ""
    for numeral, integer in PAIRS:
        while n >= integer:
            text += numeral
            n -= integer
    return text
f(input())
"""
_MAKERS = (
    "from dataclasses import dataclass\n"
    + "".join(f"@dataclass\nclass C{n}:\n    x: int = 0\n    def __post_init__(self): pass\n" for n in range(12))
    + "def one():\n"
    + "".join(f"    if input(): return C{n}\n" for n in range(12))
    + "".join(f"C{n}.__post_init__ = one()\n" for n in range(12))
    + "def f(): C0()\nf()\n"
)
CIRCLES = {
    "classes that make each other as they are made": (_MAKERS, {"f", "one"}),
    "a function that calls itself": ("def f(n): f(n + 1)\nf(0)", {"f"}),
    "functions that call each other": ("def f(n): g(n)\ndef g(n): f(n)\nf(0)", {"f", "g"}),
    "a function that passes itself on": ("def f(g): g(g)\nf(f)", {"f"}),
    "arguments that grow": ("def f(x): f((x, x))\nf(1)", {"f"}),
    "results that grow": ("def f(x): return [f(x)]\nf(1)", {"f"}),
    "closures of closures": ("def f(x):\n    def g(): return x()\n    return f(g)\nf(len)", {"f"}),
    "partials of partials": ("from functools import partial\ndef f(x): return f(partial(f, x))\nf(len)", {"f"}),
    "instances that hold each other": (
        "class A:\n    x = None\n    def m(self): self.x.m()\na = A()\na.x = A()\na.x.x = a\na.m()",
        {"A.m"},
    ),
    "instances that make instances": (
        "class A:\n    def __init__(self):\n        self.other = A()\nA()",
        {"A.__init__"},
    ),
    "bases that are each other": (
        "A = object\nfor _ in range(9):\n    class B(A):\n        def m(self): super().m()\n    A = B\nA().m()",
        {"B.m"},
    ),
    "a list that holds itself": ("x = []\nx.append(x)\ndef f(y): return [f(z) for z in y]\nf(x)", {"f"}),
    "a property that reads itself": (
        "class A:\n    @property\n    def p(self): return self.p\nA().p",
        {"A.p"},
    ),
    "an attribute hook that asks itself": (
        "class A:\n    def __getattr__(self, name): return getattr(self, name + 'x')\nA().y",
        {"A.__getattr__"},
    ),
    "a decorator that decorates itself": (
        "def d(f):\n    @d\n    def g(): return f()\n    return g\n@d\ndef h(): pass\nh()",
        {"d"},
    ),
    "attributes of attributes of a method": (
        "class A:\n    def m(self): pass\ndef f(x): return f(x.a if input() else x.b)\nf(A().m)",
        {"f"},
    ),
    "texts that grow in loops": (_NUMERALS, {"f"}),
    "a generator that draws on itself": ("def f():\n    yield from f()\nfor _ in f(): pass", {"f"}),
}  # fmt: skip


@pytest.mark.parametrize("circle", CIRCLES)
def test_circles_end(circle: str) -> None:
    text, functions = CIRCLES[circle]
    assert functions <= called(graph_of(text))


def test_modules_that_import_each_other_end_and_are_read_to_their_ends() -> None:
    modules = {
        "app": "import a",
        "a": "from b import *\nimport b\nfrom b import f\ndef g(): f()\n__all__ = b.__all__ + ['g']\nb.run()",
        "b": "from a import *\nimport a\n__all__ = ['f', 'run']\ndef f(): a.g()\ndef run(): f()",
    }
    assert called(graph_of(modules)) == {"run", "f", "g"}


def evaluations(graph: CallGraph) -> int:
    return sum(activation.evaluations for activation in graph.nodes)


def test_ten_thousand_functions_are_each_run_about_twice() -> None:
    lines = [f"def f{number}(x): f{number + 1}(x)" for number in range(10_000)]
    graph = graph_of("\n".join([*lines, "def f10000(x): pass", "f0(None)"]))
    assert graph.stats["functions"] == 10_002
    assert evaluations(graph) <= 2 * 10_002
    assert graph.stats["unsettled"] == 0


def test_callers_of_one_function_cost_no_more_than_their_number() -> None:
    def graph(count: int) -> CallGraph:
        lines = ["def shared(x, y): return inner(x, y)", "def inner(x, y): return x or y"]
        for number in range(count):
            lines += [f"def f{number}(): return shared({number}, f{(number * 7) % count})", f"f{number}()"]
        return graph_of("\n".join(lines))

    assert evaluations(graph(300)) < 2.5 * evaluations(graph(150))


def inherited(count: int) -> CallGraph:
    """A method that many classes inherit, called on an instance of each."""
    lines = ["class Base:\n    def m(self): return self.own()"]
    for number in range(count):
        lines += [f"class C{number}(Base):\n    def own(self): pass\nC{number}().m()"]
    return graph_of("\n".join(lines))


def test_what_was_widened_is_counted_and_still_complete() -> None:
    assert inherited(4).stats["widened"] == 0
    graph = inherited(40)
    assert graph.stats["widened"] == 1
    assert called(graph) == {"Base.m", *(f"C{number}.own" for number in range(40))}


def test_what_was_not_settled_is_counted() -> None:
    text = "hook = None\ndef run(): return hook and hook()\ndef fill():\n    global hook\n    hook = len\nrun()\nfill()"
    assert graph_of(text, bounds=Bounds(evaluations=1)).stats["unsettled"] > 0
    assert graph_of(text).stats["unsettled"] == 0


def test_what_could_not_be_followed_is_listed() -> None:
    text = "import outside\nname = outside.ask()\ngetattr(outside, name)()\nexec(name)\n"
    assert [(what, site.module) for what, site in graph_of(text).dynamics] == [("getattr", "app"), ("exec", "app")]


def test_a_call_of_something_unknown_counts_as_not_resolved() -> None:
    graph = graph_of("def f(x): x()\ndef g(): pass\ng()", "f")
    assert graph.stats["calls"] - graph.stats["calls_resolved"] == 1


def test_expressions_may_be_as_deep_as_python_takes_them() -> None:
    text = "def f(x): return x\n" + "f(" * 80 + "None" + ")" * 80 + "\nx = " + " + ".join(["f(1)"] * 900)
    assert called(graph_of(text)) == {"f"}


def test_of_what_runs_after_the_start_each_handler_is_looked_at_where_little_is_asked_of_it() -> None:
    pages = "@app.get('/{n}')\ndef page{n}(): work{n}()\ndef work{n}(): end{n}()\ndef end{n}(): pass\n"
    routes = "".join(pages.format(n=n) for n in range(20))
    start = "def start(): begin()\ndef begin(): pass\n"
    text = f"from fastapi import FastAPI\n{start}app = FastAPI(on_startup=[start])\n{routes}"
    whole, brief = graph_of(text), graph_of(text, bounds=Bounds(service=10))
    works, ends = ({f"{name}{n}" for n in range(20)} for name in ("work", "end"))
    assert {"begin", *works, *ends} <= called(whole)
    assert {"begin", *works} <= called(brief)
    assert len(called(brief) & ends) < 10
    assert whole.stats["unsettled"] == 0 < brief.stats["unsettled"]
    many = graph_of(text, bounds=Bounds(handlers=19))
    assert called(many) & {"begin", *works, *ends} == {"begin", *works}
    assert called(graph_of(text, bounds=Bounds(handlers=20))) == called(whole)


_TASKS = """
import asyncio
from contextlib import asynccontextmanager
from fastapi import FastAPI

class Watch:
    def __init__(self): self.begin()
    def begin(self): pass
    async def run(self): self.look()
    def look(self): pass

async def fetch(): return load()
def load(): return Watch()
async def poll(): tick()
def tick(): tock()
def tock(): pass

async def waited():
    task = asyncio.create_task(fetch())
    (await task).look()

async def left():
    asyncio.create_task(Watch().run())
    loop = asyncio.get_running_loop()
    loop.create_task(poll())

@asynccontextmanager
async def lifespan(app):
    await waited()
    await left()
    task = asyncio.create_task(poll())
    yield
    await task

app = FastAPI(lifespan=lifespan)
"""


def test_what_a_task_runs_that_a_large_start_leaves_running_is_looked_at_after_the_start() -> None:
    start = {"lifespan", "waited", "left", "fetch", "load", "Watch.__init__", "Watch.begin", "Watch.look"}
    tasks = {"Watch.run", "poll", "tick", "tock"}
    whole, large = graph_of(_TASKS), graph_of(_TASKS, bounds=Bounds(tasks=False))
    assert called(whole) == called(large) == start | tasks
    assert {site.phase for site in large.call_sites() if site.call.target == "app.tock"} == {"startup"}
    cut = graph_of(_TASKS, bounds=Bounds(tasks=False, handlers=0, errands=0))
    assert called(cut) == start | tasks - {"tock"}
    assert cut.is_cut
    assert not large.is_cut


@given(st.integers(1, 10**7))
def test_sizes_count_in_steps_of_a_quarter_at_most(size: int) -> None:
    assert step(size) == step(step(size))
    assert step(size) <= max(size, ORDINARY)
    assert step(size) * 5 >= size * 4 - 4
    assert share(6, size) >= share(6, size + 1) >= 1


def test_a_large_function_is_evaluated_less_often_again() -> None:
    def evaluations(size: int) -> int:
        filling = "".join(f"    value{n} = {n}\n" for n in range(size))
        text = f"hooks = []\ndef run():\n{filling}    for hook in hooks: hook()\nrun()\n"
        later = "".join(f"def f{n}(): hooks.append(f{n + 1})\n" for n in range(12))
        graph = graph_of(f"{text}{later}def f12(): pass\nhooks.append(f0)\nrun()\n")
        return sum(node.activation.evaluations for node in graph.nodes.values() if node.symbol == "app.run")

    assert evaluations(10000) < evaluations(1)
