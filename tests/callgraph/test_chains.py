from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from ssot_lint.callgraph.chains import Callers, Way
from ssot_lint.callgraph.graph import CallGraph, CallSite
from ssot_lint.project.model import EntryPoint
from tests.callgraph.small import analysis_of, graph_of, point

UNKNOWN = "import outside\n"


def sites(graph: CallGraph, symbol: str) -> list[CallSite]:
    return [site for site in graph.call_sites() if site.call.target == symbol]


def ways(graph: CallGraph, symbol: str) -> list[Way]:
    return Callers(graph).ways(sites(graph, symbol))


def path(way: Way) -> list[str]:
    return [hop.callee for hop in way.chain]


def test_the_chain_is_the_shortest() -> None:
    text = """
def target(): pass
def a(): b()
def b(): c()
def c(): target()
a()
c()
"""
    graph = graph_of(text)
    assert [path(way) for way in ways(graph, "app.target")] == [["app.c"]]
    node = graph.symbols()["app.target"][0]
    assert [hop.callee for hop in graph.chain(node.reach[0])] == ["app.c", "app.target"]


def test_imports_are_those_that_run_the_module() -> None:
    modules = {
        "app": "import first\nimport second",
        "first": "import between",
        "between": "import last",
        "second": "import last",
        "last": "def target(): pass\ntarget()",
    }
    graph = graph_of(modules)
    (way,) = ways(graph, "last.target")
    assert path(way) == ["first", "between", "last"]
    node = graph.symbols()["last"][0]
    assert [hop.callee for hop in graph.chain(node.reach[0])] == ["first", "between", "last"]


def test_a_longer_sure_chain_is_preferred_to_a_short_guess() -> None:
    text = """
import outside
def target(): pass
def guessed(): target()
def a(): b()
def b(): guessed()
outside.maybe(guessed)
a()
"""
    (way,) = ways(graph_of(text), "app.target")
    assert (way.certainty, path(way)) == ("certain", ["app.a", "app.b", "app.guessed"])


def test_a_chain_of_which_one_call_is_a_guess_is_a_guess() -> None:
    text = "import outside\ndef target(): pass\ndef guessed(): target()\noutside.maybe(guessed)"
    (way,) = ways(graph_of(text), "app.target")
    assert (way.certainty, path(way)) == ("possible", ["app.guessed"])


def test_the_earliest_of_several_ways_comes_first() -> None:
    text = """
import atexit
from fastapi import FastAPI
app = FastAPI()
def target(): pass
def shared(): target()
atexit.register(shared)
@app.get("/")
def index(): shared()
@app.on_event("startup")
def warm(): shared()
"""
    found = ways(graph_of(text), "app.target")
    assert [(way.phase, path(way)) for way in found] == [
        ("startup", ["app.shared"]), ("request", ["app.shared"]), ("shutdown", []),
    ]  # fmt: skip
    assert all(way.entry.words for way in found)


def test_each_entry_point_has_its_own_way() -> None:
    text = "def target(): pass\ndef one(): target()\ndef other(): one()"
    found = ways(graph_of(text, "one", "other"), "app.target")
    assert [(way.entry.words, path(way)) for way in found] == [("app:one", []), ("app:other", ["app.one"])]


LATE_IMPORT = {
    "app": """
from fastapi import FastAPI
app = FastAPI()
@app.get("/")
def index():
    import first
""",
    "first": "def target(): pass\ntarget()",
}


def test_a_module_that_has_run_is_not_run_by_a_later_import() -> None:
    modules = LATE_IMPORT | {"app": f"import first\n{LATE_IMPORT['app']}"}
    assert [(way.phase, path(way)) for way in ways(graph_of(modules), "first.target")] == [("import", ["first"])]


def test_a_later_import_runs_what_nothing_else_has_imported() -> None:
    assert [way.phase for way in ways(graph_of(LATE_IMPORT), "first.target")] == ["request"]
    guarded = LATE_IMPORT | {"app": f"import outside\nif outside.x: import first\n{LATE_IMPORT['app']}"}
    assert [way.phase for way in ways(graph_of(guarded), "first.target")] == ["import", "request"]


def test_a_later_import_runs_the_module_in_another_program_that_has_not() -> None:
    modules = LATE_IMPORT | {"other": "import app\nimport first"}
    points = [point(), EntryPoint("other", "configured", "import", "other.py", 1, "other")]
    found = ways(analysis_of(modules).run(points), "first.target")
    assert [(way.phase, path(way)) for way in found] == [("import", ["first"]), ("request", ["first"])]


def test_what_a_module_imports_has_run_before_its_functions_do_in_a_later_phase() -> None:
    modules = LATE_IMPORT | {"app": f"import between\n{LATE_IMPORT['app']}", "between": "import first"}
    modules["other"] = "def command():\n    import app"
    points = [point(), EntryPoint("other:command", "configured", "request", "other.py", 1, "other")]
    found = ways(analysis_of(modules).run(points), "first.target")
    assert [(way.phase, path(way)) for way in found] == [
        ("import", ["between", "first"]), ("request", ["app", "between", "first"]),
    ]  # fmt: skip


def test_callers_that_nothing_reaches_end_somewhere() -> None:
    modules = {"app": "", "dead": "def target(): pass\ndef used(): target()\ndef top(): used()\ndef other(): used()"}
    graph = analysis_of(modules).run([point()], lambda _: ["dead"])
    callers = Callers(graph)
    found = sites(graph, "dead.target")
    assert ways(graph, "dead.target") == []
    assert [(end.symbol, [hop.callee for hop in end.chain]) for end in callers.ends(found)] == [
        ("dead.other", ["dead.used"]), ("dead.top", ["dead.used"]),
    ]  # fmt: skip
    assert callers.behind(found) == {"dead.used", "dead.top", "dead.other"}


def test_functions_that_only_call_each_other_have_no_end() -> None:
    modules = {"app": "", "dead": "def target(): pass\ndef a(): b()\ndef b():\n    a()\n    target()"}
    graph = analysis_of(modules).run([point()], lambda _: ["dead"])
    assert Callers(graph).ends(sites(graph, "dead.target")) == []


GRAPHS = st.lists(st.lists(st.integers(0, 6), max_size=3), min_size=7, max_size=7)


@settings(max_examples=40, deadline=None)
@given(GRAPHS)
def test_chains_are_as_short_as_breadth_first_search_finds_them(callees: list[list[int]]) -> None:
    lines = []
    for number, targets in enumerate(callees):
        lines += [f"def f{number}():", *(f"    f{target}()" for target in targets), "    pass"]
    graph = graph_of("\n".join([*lines, "f0()"]))
    distances = {0: 1}
    pending = [0]
    for number in pending:
        for target in callees[number]:
            if target not in distances:
                distances[target] = distances[number] + 1
                pending.append(target)
    for number in range(7):
        nodes = graph.symbols().get(f"app.f{number}", [])
        lengths = [len(graph.chain(node.reach[0])) for node in nodes]
        assert lengths == ([distances[number]] if number in distances else [])
        if number in distances and number != 0:
            (way,) = ways(graph, f"app.f{number}")
            assert len(way.chain) == distances[number] - 1
