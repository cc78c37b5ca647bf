"""The analysers that the benchmark runs: ssot-lint in this process, its neighbours by the Python that has them."""

from __future__ import annotations

import contextlib
import io
import json
import multiprocessing
import os
import subprocess
import sys
import traceback
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.callgraph.record import Graph

PYAN = """
import glob, json, sys
from pyan.analyzer import CallGraphVisitor
visitor = CallGraphVisitor(sorted(glob.glob("**/*.py", recursive=True)))
called = ("function", "method", "staticmethod", "classmethod")
graph = {}
for caller, callees in visitor.uses_edges.items():
    names = [callee.get_name() for callee in callees if callee.defined and callee.flavor.value in called]
    graph.setdefault(caller.get_name(), []).extend(names)
json.dump(graph, sys.stdout)
"""

# What stands between the Python of the analyser's environment and the files and directory; prints an adjacency.
NEIGHBOURS: dict[str, list[str]] = {
    "pycg": ["-m", "pycg"],
    "jarviscg": ["-c", "from jarviscg.cli import main; main()"],
    "pyan3": ["-c", PYAN],
}


def ssot_lint_graph(directory: Path, timeout: float) -> Graph | str:
    """The adjacency that `ssot-lint graph` prints for a directory in a process of its own, in `timeout` seconds."""
    command = [sys.executable, "-m", "ssot_lint", *_arguments(directory)]
    return _printed_graph(command, Path.cwd(), timeout)


def ssot_lint_graphs(directories: Sequence[Path]) -> list[Graph | str]:
    """The same for many small directories, in few processes: it takes longer to start than to analyse them."""
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        return pool.map(_ssot_lint_graph, directories, chunksize=8)


def neighbour_graphs(
    name: str, python: str, directories: Sequence[Path], entry: str = "main.py", timeout: float = 10
) -> list[Graph | str]:
    """The adjacency that a neighbour gives for each directory from the files that match `entry` (a glob) on.

    `python` is the interpreter that has it installed; `timeout` is in seconds a directory.
    """

    def run(directory: Path) -> Graph | str:
        files = sorted(str(path.relative_to(directory)) for path in directory.glob(entry))
        command = [python, *NEIGHBOURS[name], *files, "--package", str(directory)]
        return _printed_graph(command, directory, timeout)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(run, directories))


def _arguments(directory: Path) -> list[str]:
    return ["graph", str(directory), "--isolated", "--no-cache", "--jobs", "1", "--format", "adjacency"]


def _ssot_lint_graph(directory: Path) -> Graph | str:
    from ssot_lint.cli.main import run

    output, errors = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            status = run(_arguments(directory))
        if status:
            return errors.getvalue()
        graph: Graph = json.loads(output.getvalue())
    except Exception:  # noqa: BLE001 - a crash is a result to show
        return traceback.format_exc()
    return graph


def _printed_graph(command: list[str], directory: Path, timeout: float) -> Graph | str:
    try:
        done = subprocess.run(command, cwd=directory, capture_output=True, text=True, timeout=timeout, check=True)
        graph: Graph = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        return str(error.stderr)
    except subprocess.TimeoutExpired:
        return f"not done after {timeout:.0f} s"
    except json.JSONDecodeError as error:
        return f"prints no JSON: {error}"
    return graph
