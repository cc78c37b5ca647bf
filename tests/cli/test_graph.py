"""`ssot-lint graph` as a command line runs it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from ssot_lint.report.graphs import format_names
from tests import shop
from tests.cli.conftest import Ssot

GOLDEN = Path(__file__).parents[1] / "golden" / "graph"
FORMATS = ("adjacency", "dot", "html", "json", "mermaid")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shop.write(tmp_path / "project")


def test_the_formats_are_the_files() -> None:
    assert format_names() == FORMATS
    assert {file.name for file in GOLDEN.iterdir()} == set(FORMATS)


@pytest.mark.parametrize("name", FORMATS)
def test_golden(ssot: Ssot, project: Path, name: str) -> None:
    """Set SSOT_LINT_UPDATE_GOLDEN to write the files anew, then read their difference."""
    done = ssot("graph", str(project), "--format", name, "--jobs", "1", "--quiet")
    assert (done.status, done.stderr) == (0, "")
    file = GOLDEN / name
    if os.environ.get("SSOT_LINT_UPDATE_GOLDEN"):
        file.write_text(done.stdout, encoding="utf-8", newline="\n")
    assert done.stdout == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FORMATS)
def test_jobs_and_cache_change_no_byte(ssot: Ssot, project: Path, name: str) -> None:
    arguments = ("graph", str(project), "--format", name, "--quiet")
    alone = ssot(*arguments, "--jobs", "1", "--no-cache").stdout
    assert {ssot(*arguments, "--jobs", "2").stdout, ssot(*arguments).stdout} == {alone}


def _graph(ssot: Ssot, *arguments: str) -> dict[str, Any]:
    done = ssot("graph", *arguments)
    assert done.status == 0, done.stderr
    graph: dict[str, Any] = json.loads(done.stdout)
    return graph


def test_only_what_is_reached(ssot: Ssot, project: Path) -> None:
    reached = _graph(ssot, str(project), "--scope", "reachable")
    assert "shop.store.warm_up" in reached
    assert not any(name.startswith("shop.old") for name in reached)


def test_from_to_and_depth_cut_it_down(ssot: Ssot, project: Path) -> None:
    between = _graph(ssot, str(project), "--from", "shop.main.*", "--to", "*.get_store")
    assert set(between) == {
        "shop.main.items", "shop.main.lifespan", "shop.store.get_store", "shop.store.warm_up",
    }  # fmt: skip
    near = _graph(ssot, str(project), "--from", "shop.old.phase_three", "--depth", "1")
    assert near == {"shop.old.phase_three": ["shop.old.setup"], "shop.old.setup": []}
    assert _graph(ssot, str(project), "--to", "requests.get") == {
        "shop.main": ["shop.main.lifespan"],
        "shop.main.lifespan": ["shop.store.warm_up"],
        "shop.store.warm_up": ["requests.get"],
    }


def test_depth_alone_counts_from_the_entry_points(ssot: Ssot, project: Path) -> None:
    near = _graph(ssot, str(project), "--depth", "1")
    assert set(near) == {"shop", "shop.main", "shop.main.items", "shop.main.lifespan"}


def test_a_directory_without_a_configuration_is_the_root(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "case").mkdir()
    (tmp_path / "case/main.py").write_text("def f():\n    pass\n\n\nf()\n")
    assert _graph(ssot, str(tmp_path / "case")) == {"main": ["main.f"], "main.f": []}


def test_a_directory_below_a_configuration_is_a_part_of_the_project(ssot: Ssot, project: Path) -> None:
    (project / "ssot-lint.toml").write_text('entry-points = ["shop.main"]\n')
    (project / "shop/part").mkdir()
    (project / "shop/part/more.py").write_text("from shop.store import get_store\n\nget_store()\n")
    assert _graph(ssot, str(project / "shop/part")) == {
        "shop.part.more": ["shop.store.get_store"],
        "shop.store.get_store": [],
    }


def test_a_function_that_is_never_defined_is_a_node(ssot: Ssot, tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    def f(): ...\n")
    assert _graph(ssot, str(tmp_path)) == {"main": [], "main.f": []}


@pytest.mark.parametrize(("functions", "drawn"), [(32, True), (33, False)])
def test_a_call_that_may_go_anywhere_is_drawn_in_json_only(
    ssot: Ssot, tmp_path: Path, functions: int, drawn: bool
) -> None:
    names = [f"on_{number}" for number in range(functions)]
    definitions = "".join(f"def {name}(): pass\n" for name in names)
    table = ", ".join(f'"{name}": {name}' for name in names)
    (tmp_path / "main.py").write_text(f"{definitions}TABLE = {{{table}}}\ndef run(name): TABLE[name]()\nrun(input())\n")
    run = json.loads(ssot("graph", str(tmp_path)).stdout)["main.run"]
    assert (len(run) == functions) is drawn
    edges = json.loads(ssot("graph", str(tmp_path), "--format", "json").stdout)["edges"]
    assert len([edge for edge in edges if edge["caller"] == "main.run"]) == functions


@pytest.mark.parametrize(("sites", "drawn"), [(8, True), (9, False)])
def test_what_is_handed_out_everywhere_is_drawn_in_json_only(
    ssot: Ssot, tmp_path: Path, sites: int, drawn: bool
) -> None:
    handed = "".join(f"def use_{number}(): outside.use({number}, on_event)\n" for number in range(sites))
    (tmp_path / "main.py").write_text(f"import outside\ndef on_event(): pass\n{handed}")
    callees = json.loads(ssot("graph", str(tmp_path)).stdout)["main.use_0"]
    assert callees == ["main.on_event", "outside.use"] if drawn else callees == ["outside.use"]
    edges = json.loads(ssot("graph", str(tmp_path), "--format", "json").stdout)["edges"]
    assert len([edge for edge in edges if edge["callee"] == "main.on_event"]) == sites


def test_a_name_that_is_none_is_an_error_with_the_nearest(ssot: Ssot, project: Path) -> None:
    done = ssot("graph", str(project), "--from", "get_store")
    assert (done.status, done.stdout) == (2, "")
    assert done.stderr == (
        "ssot-lint: error: nothing in the call graph is named `get_store`; did you mean `shop.store.get_store`?\n"
    )


def test_both_ends_of_each_edge_are_nodes(ssot: Ssot, project: Path) -> None:
    graph = _graph(ssot, str(project), "--format", "json", "--from", "shop.main")
    names = {node["name"] for node in graph["nodes"]}
    assert {edge[end] for edge in graph["edges"] for end in ("caller", "callee")} <= names


def test_places_are_looked_up_only_where_they_are_shown(
    ssot: Ssot, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("ssot_lint.locate.Places.span", never)
    for name in ("adjacency", "dot", "mermaid"):
        assert ssot("graph", str(project), "--format", name).status == 0
