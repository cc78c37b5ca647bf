"""Small programs in memory, and the phases in which their functions are reached."""

from __future__ import annotations

import re
from pathlib import Path

from ssot_lint.callgraph.analysis import Analysis
from ssot_lint.callgraph.graph import CallGraph
from ssot_lint.callgraph.model_files import ModelFile
from ssot_lint.facts.extract import extract
from ssot_lint.facts.model import ModuleFacts, Unreadable
from ssot_lint.findings import PHASES
from ssot_lint.project.model import EntryPoint, Project, Source

ORDER: list[str] = [*PHASES]
EXPECTED = re.compile(r"def (\w+)\(.*# (import|startup|request|shutdown|unreached)$", re.MULTILINE)


class Facts:
    """The facts of modules that are given as text."""

    def __init__(self, modules: dict[str, str]) -> None:
        self._facts = {name: extract(text.encode()) for name, text in modules.items()}

    def get(self, name: str) -> ModuleFacts | Unreadable | None:
        return self._facts.get(name)


def graph_of(modules: dict[str, str], models: list[ModelFile], entry: str = "app") -> CallGraph:
    """The graph of what importing the entry module reaches; modules are given by name."""
    sources = {name: Source(name, f"{name.replace('.', '/')}.py", False) for name in modules}
    packages = frozenset(name.rpartition(".")[0] for name in modules) - {""}
    project = Project(Path(), (".",), sources, packages - sources.keys())
    point = EntryPoint(entry, "configured", "import", sources[entry].path, 1, "a test")
    return Analysis(project, Facts(modules), models).run([point])


def phases(graph: CallGraph) -> dict[str, str]:
    """The earliest phase by the last part of each function's name, as far as more than a guess leads there."""
    found: dict[str, str] = {}
    for node in graph.nodes.values():
        name = node.symbol.rpartition(".")[2]
        for reach in node.reach:
            if reach is not None and reach.certainty != "possible":
                found[name] = min(reach.phase, found.get(name, reach.phase), key=ORDER.index)
    return found


def expected(text: str) -> dict[str, str]:
    """What the comments behind `def f(...):` say."""
    return {match[1]: match[2] for match in EXPECTED.finditer(text)}
