"""Small projects in memory, and what their graphs say."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from types import FrameType

from ssot_lint.callgraph.analysis import Analysis
from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.callgraph.graph import CallGraph
from ssot_lint.callgraph.model_files import load_models
from ssot_lint.project.model import EntryPoint, Project, Source
from tests.callgraph.phases import Facts

MODELS = load_models()


def project_of(modules: dict[str, str]) -> Project:
    """Modules by name; one that others stand in is a package, where it is given at all."""
    packages = {name.rpartition(".")[0] for name in modules} - {""}
    sources = {}
    for name in modules:
        path = name.replace(".", "/") + ("/__init__.py" if name in packages else ".py")
        sources[name] = Source(name, path, name in packages)
    return Project(Path(), (".",), sources, frozenset(packages - sources.keys()))


def analysis_of(modules: dict[str, str], *, main: bool = False, bounds: Bounds | None = None) -> Analysis:
    return Analysis(project_of(modules), Facts(modules), MODELS, {"app": True} if main else {}, bounds)


def point(symbol: str = "", *, main: bool = False) -> EntryPoint:
    spec = f"app:{symbol}" if symbol else "app"
    return EntryPoint(spec, "configured", "request" if symbol else "import", "app.py", 1, spec, main)


def graph_of(
    modules: dict[str, str] | str, *symbols: str, main: bool = False, bounds: Bounds | None = None
) -> CallGraph:
    """The graph of what importing `app` reaches, and calls of its functions of these names."""
    modules = {"app": modules} if isinstance(modules, str) else modules
    return analysis_of(modules, main=main, bounds=bounds).run([point(symbol, main=main) for symbol in symbols or [""]])


def edges(graph: CallGraph) -> dict[str, set[str]]:
    """Whom each reached function calls, but for guesses and imports."""
    found: dict[str, set[str]] = {}
    for site in graph.call_sites():
        if site.reach is not None and site.certainty != "possible" and site.call.kind not in ("import", "exit"):
            found.setdefault(site.node.symbol, set()).add(site.call.target)
    return found


def called(graph: CallGraph) -> set[str]:
    """The project's functions that something reached calls, by their names without the module."""
    own = {node.symbol: node.activation.code.qualname for node in graph.nodes.values() if node.activation.function}
    return {own[target] for targets in edges(graph).values() for target in targets if target in own}


def ran(text: str) -> set[tuple[str, str]]:
    """The calls that Python makes when it runs a module of our own, as pairs of names; its body is `<module>`."""
    seen: set[tuple[str, str]] = set()

    def note(frame: FrameType, event: str, _: object) -> None:
        caller = frame.f_back
        if not frame.f_code.co_flags & inspect.CO_OPTIMIZED:
            return  # the body of a class
        if event == "call" and caller is not None and caller.f_code.co_filename == frame.f_code.co_filename == "app.py":
            seen.add((caller.f_code.co_name, frame.f_code.co_name))

    code = compile(text, "app.py", "exec")
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        exec(code, {"__name__": "app"})  # noqa: S102 - the program is our own
    finally:
        sys.setprofile(before)
    return seen
