"""What a graph says of a program as a whole: figures, hooks, what lives as long as the process."""

from __future__ import annotations

from ssot_lint.callgraph.coverage import coverage
from ssot_lint.callgraph.graph import short
from tests.callgraph.small import analysis_of, graph_of, point

PROGRAM = """
from contextlib import asynccontextmanager
from fastapi import FastAPI
import outside
class Pool:
    def close(self): pass
class PerRequest: pass
@asynccontextmanager
async def lifespan(app):
    app.state.pool = Pool()
    yield
    app.state.pool.close()
app = FastAPI(lifespan=lifespan)
shared = Pool()
@app.get("/")
def index(mode):
    mode()
    return PerRequest()
def unused(): shared.close()
"""


def test_hooks_say_when_they_run_and_who_calls_them() -> None:
    hooks = {hook.qualname: (hook.phase, short(hook.via)) for hook in graph_of(PROGRAM).hooks()}
    assert hooks["lifespan"] == ("startup", "FastAPI lifespan")
    assert hooks["index"][0] == "request"
    assert "unused" not in hooks


def test_what_lives_as_long_as_the_process_is_told_with_what_keeps_it() -> None:
    kept = {(each.info.symbol, each.holder) for each in graph_of(PROGRAM).kept}
    assert kept == {("app.Pool", "the global `app.shared`"), ("app.Pool", "the application's `pool`")}


def test_figures_count_call_sites_once_whatever_the_contexts() -> None:
    once = graph_of("def f(x): return g(x)\ndef g(x): pass\nf(1)")
    often = graph_of("def f(x): return g(x)\ndef g(x): pass\n" + "\n".join(f"f({number})" for number in range(5)))
    assert (once.stats["functions"], often.stats["functions"]) == (3, 3)
    assert len(often.edges()) == len(once.edges()) == 2
    assert {len(nodes) for nodes in often.symbols().values()} == {1, 5}


def test_what_runs_at_startup_is_counted_apart() -> None:
    figures = coverage(graph_of(PROGRAM))
    assert 0 < figures.startup_calls < figures.calls
    assert figures.startup_calls_resolved == figures.startup_calls
    assert figures.calls_resolved == figures.calls - 1  # `mode()`


def test_the_whole_project_holds_what_nothing_calls_too() -> None:
    graph = analysis_of({"app": PROGRAM, "other": "def alone(): inner()\ndef inner(): pass"}).run_all([point()])
    symbols = graph.symbols()
    assert {"app.unused", "other.alone", "other.inner"} <= symbols.keys()
    assert all(reach is None for node in symbols["other.inner"] for reach in node.reach)
    assert [node.reach[0] is not None for node in symbols["app.lifespan"]] == [True]


def test_what_ran_before_the_service_may_run_again_with_what_that_has() -> None:
    program = (
        "queue = []\ndef run():\n    for each in queue: each()\ndef add(): queue.append(late)\ndef late(): pass\nrun()"
    )
    called = ("app.run", "app.late")
    assert called not in {edge[:2] for edge in analysis_of({"app": program}).run_all([point()]).edges()}
    assert called in {edge[:2] for edge in analysis_of({"app": program}).run_all([point()], again=True).edges()}


def test_the_network_has_an_edge_for_each_pair_with_its_sites() -> None:
    graph = graph_of("def f(): pass\nf()\nf()")
    network = graph.network()
    assert set(network.nodes) == {"app", "app.f"}
    assert [site.site.at for site in network.edges["app", "app.f"]["sites"]] == sorted(
        {site.site.at for site in graph.call_sites()}
    )
