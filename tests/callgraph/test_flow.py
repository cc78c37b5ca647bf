"""What flows through a program: absent and None arguments, names that modules give each other."""

from __future__ import annotations

import pytest

from ssot_lint.callgraph.graph import CallGraph
from ssot_lint.callgraph.values import Constant, Value
from tests.callgraph.small import called, edges, graph_of


def kind(value: Value) -> str | None:
    return None if isinstance(value, Constant) and value.value is None else type(value).__name__


def passed(graph: CallGraph, target: str, parameter: str) -> list[set[str | None]]:
    """What each context passes: `None` for None, else the name of the kind of value."""
    found: list[set[str | None]] = []
    for site in graph.call_sites():
        if site.call.target == target and site.reach is not None and site.call.binding is not None:
            values = site.call.binding[parameter]
            found.append(
                {None if isinstance(each, Constant) and each.value is None else type(each).__name__ for each in values}
            )
    return found


WRAPPERS = {
    "a default": "def outer(ctx=None): return target(ctx)",
    "a keyword": "def outer(ctx=None): return target(ctx=ctx)",
    "two functions": "def outer(ctx=None): return middle(ctx)\ndef middle(x): return target(x)",
    "stars": "def outer(*args, ctx=None, **kwargs): return target(*args, ctx=ctx, **kwargs)",
    "a decorator": (
        "from functools import wraps\ndef log(f):\n    @wraps(f)\n    def inner(*args, **kwargs):\n"
        "        return f(*args, **kwargs)\n    return inner\n@log\ndef outer(ctx=None): return target(ctx)"
    ),
    "a method": "class A:\n    def __call__(self, ctx=None): return target(ctx)\nouter = A()",
    "an attribute": (
        "class A:\n    def __init__(self, ctx=None):\n        self.ctx = ctx\n"
        "    def run(self): return target(self.ctx)\ndef outer(ctx=None): return A(ctx).run()"
    ),
    "a partial": "from functools import partial\ndef inner(ctx=None): return target(ctx)\nouter = partial(inner)",
    "a coroutine": "async def inner(ctx): return target(ctx)\nasync def outer(ctx=None): return await inner(ctx)",
    "a lambda": "outer = lambda ctx=None: target(ctx)",
    "a fallback that is None too": "def outer(ctx=None): return target(ctx or None)",
}


@pytest.mark.parametrize("wrapper", WRAPPERS)
@pytest.mark.parametrize(("call", "wanted"), [("outer()", {None}), ("outer(ctx=Request())", {"Instance"})])
def test_none_arrives_exactly_where_the_caller_left_it_out(wrapper: str, call: str, wanted: set[str | None]) -> None:
    text = f"def target(ctx): pass\nclass Request: pass\n{WRAPPERS[wrapper]}\n{call}"
    assert passed(graph_of(text), "app.target", "ctx") == [wanted]


def test_callers_that_pass_something_and_none_stay_apart() -> None:
    text = """
class Request: pass
def target(ctx): pass
def outer(ctx=None): target(ctx)
outer()
outer(Request())
"""
    assert sorted(passed(graph_of(text), "app.target", "ctx"), key=str) == [{"Instance"}, {None}]


def test_what_a_branch_makes_of_none_is_not_none() -> None:
    text = """
class Request: pass
def target(ctx): pass
def outer(ctx=None):
    if ctx is None:
        ctx = Request()
    target(ctx)
outer()
"""
    assert passed(graph_of(text), "app.target", "ctx") == [{"Instance"}]


def test_a_star_import_brings_what_all_names() -> None:
    modules = {
        "app": "from lib import *\n_private()\nf()\ng()",
        "lib": "__all__ = ['_private', 'f']\ndef _private(): pass\ndef f(): pass\ndef g(): pass",
    }
    assert called(graph_of(modules)) == {"_private", "f"}


def test_a_star_import_without_all_leaves_what_begins_with_an_underscore() -> None:
    modules = {"app": "from lib import *\n_private()\nf()", "lib": "def _private(): pass\ndef f(): pass"}
    assert called(graph_of(modules)) == {"f"}


def test_names_that_all_grows_by_come_too() -> None:
    modules = {
        "app": "from lib import *\nf()\ng()\nh()",
        "lib": "from .inner import *\nfrom . import inner\n__all__ = ['h']\n__all__ += inner.__all__\ndef h(): pass",
        "lib.inner": "__all__ = ['f']\n__all__.append('g')\ndef f(): pass\ndef g(): pass",
    }
    assert called(graph_of(modules)) == {"f", "g", "h"}


@pytest.mark.parametrize("text", ["import a.b.c", "from a.b import c", "from a.b.c import f"])
def test_the_packages_around_a_module_are_run_first(text: str) -> None:
    modules = {
        "app": text,
        "a": "def one(): pass\none()",
        "a.b": "def two(): pass\ntwo()",
        "a.b.c": "def f(): pass\nf()",
    }
    assert called(graph_of(modules)) == {"one", "two", "f"}


def test_a_later_definition_replaces_an_earlier_one() -> None:
    text = "def f(): one()\ndef one(): pass\ndef two(): pass\ndef f(): two()\nf()"
    assert called(graph_of(text)) == {"f", "two"}


@pytest.mark.parametrize(
    ("test", "wanted"),
    [
        ("sys.version_info >= (3, 6)", {"new"}),
        ("sys.version_info[:2] >= (3, 6)", {"new"}),
        ("version_info[:2] != (2, 7)", {"new"}),
        ("version_info[0] == 2", {"old"}),
        ("sys.version_info[:2] >= (3, 12)", {"new", "old"}),
        ("sys.version_info[1:2] >= (6,)", {"new", "old"}),
        ("sys.version_info[:1] >= (3,)", {"new", "old"}),
    ],
)
def test_knows_what_every_python_of_today_answers(test: str, wanted: set[str]) -> None:
    imports = "import sys\nfrom sys import version_info\n"
    code = f"{imports}def new(): pass\ndef old(): pass\nif {test}: new()\nelse: old()\n"
    assert called(graph_of(code)) == wanted


def test_a_module_that_imports_itself_sees_what_it_has_bound() -> None:
    assert called(graph_of("def f(): pass\nimport app\napp.f()\ndef g(): pass")) == {"f"}


def test_a_loop_over_a_list_of_which_others_take_items_may_end_at_once() -> None:
    text = (
        "def one(): pass\ndef other(): pass\ndef drain(items):\n    while items: items.pop()\n"
        "def run(items):\n    for item in items: return item()\n    other()\n"
        "handlers = [one, one]\ndrain(handlers)\nrun(handlers)"
    )
    assert "other" in called(graph_of(text))


def test_a_thread_local_has_what_is_set_on_it_alone() -> None:
    text = """
import threading
class Steps:
    def __init__(self): self.actions = []
class Runner:
    def __init__(self): self._local = threading.local()
    def add(self, fn): self.steps.actions.append(fn)
    @property
    def steps(self):
        try:
            return self._local.steps
        except AttributeError:
            self._local.steps = Steps()
            return self._local.steps
def step(): pass
Runner().add(step)
"""
    assert "threading.local.steps.actions.append" not in edges(graph_of(text))["app.Runner.add"]
