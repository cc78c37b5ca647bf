"""Imports: which modules run, also when a module's body is evaluated more than once."""

from __future__ import annotations

import pytest

from ssot_lint.project.model import EntryPoint
from tests.callgraph.small import analysis_of, called, graph_of


@pytest.mark.parametrize("statement", ["from app.audio import realtime", "from . import realtime"])
def test_a_package_that_imports_its_own_submodule_by_name_runs_it(statement: str) -> None:
    graph = graph_of(
        {
            "app": "import app.audio\n",
            "app.audio": f"{statement}\n\ndef again(): return realtime.call\n\nagain()()\n",
            "app.audio.realtime": "import app.audio\n\ndef call(): done()\n\ndef done(): pass\n",
        }
    )
    reached = {node.symbol for node in graph.nodes.values() if node.reach[0] is not None}
    assert {"app.audio.realtime", "app.audio.realtime.call", "app.audio.realtime.done"} <= reached


def test_a_path_stays_a_path_through_its_operators() -> None:
    graph = graph_of({"app": "from pathlib import Path\n\n(Path('x').parent / 'b').resolve().mkdir()\n"})
    assert "pathlib.Path.mkdir" in {site.call.target for site in graph.call_sites()}


def test_the_packages_of_an_entry_point_are_imported_first() -> None:
    modules = {
        "app": "def run(): pass\nrun()\n",
        "app.deep": "import os\n",
    }
    graph = analysis_of(modules).run([EntryPoint("app.deep", "configured", "import", "app/deep.py", 1, "app.deep")])
    assert "run" in called(graph)


def test_what_a_package_binds_to_the_name_of_a_submodule_later_does_not_stand_for_it_before() -> None:
    graph = graph_of(
        {
            "app": "from . import tool as _tool\n_tool.work()\ntool = _tool.Tool()\ntool.again()\n",
            "app.tool": "def work(): pass\nclass Tool:\n    def again(self): pass\n",
        }
    )
    assert {"work", "Tool.again"} <= called(graph)
    assert not any(node.activation.missing for node in graph.nodes.values())


def test_what_atpublic_binds_in_a_module_is_there() -> None:
    modules = {
        "app": "from app.conf import conf\nconf.load()\n",
        "app.conf": "from public import public\nfrom app.conf.conf import Conf\npublic(conf=Conf())\n",
        "app.conf.conf": "class Conf:\n    def load(self): pass\n",
    }
    assert called(graph_of(modules)) == {"Conf.load"}


def test_an_entry_point_that_another_module_defines_is_called() -> None:
    modules = {
        "app": "from app.cli import main, Made\n",
        "app.cli": (
            "def main(): inner()\ndef inner(): pass\nclass Made:\n    def __init__(self): made()\ndef made(): pass\n"
        ),
    }
    assert called(graph_of(modules, "main", "Made")) == {"inner", "made"}
