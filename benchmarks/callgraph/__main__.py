"""Measures the call graph beside its neighbours and writes `results.md`.

    python -m benchmarks.callgraph [--recording-python PYTHON] [--skip-packages]

The neighbours are installed with this Python into environments of their own; PYTHON (3.12 or later) runs the packages'
tests where no recording is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

from benchmarks.callgraph import recall, score
from benchmarks.callgraph.analysers import NEIGHBOURS, neighbour_graphs, ssot_lint_graph
from benchmarks.callgraph.record import Graph
from benchmarks.callgraph.verify import all_cases, edges, verify

RESULTS = Path(__file__).parent / "results.md"
# PyCG imports pkg_resources, which setuptools dropped in 81.
REQUIREMENTS = {"pycg": ["pycg==0.0.7", "setuptools<81"], "jarviscg": ["jarviscg"], "pyan3": ["pyan3"]}


def install_neighbour(name: str) -> str:
    """The Python of an environment that has the neighbour, made if there is none."""
    folder = recall.cache_folder() / "neighbours" / name
    python = folder / "bin" / "python"
    if not (folder / "installed").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, *REQUIREMENTS[name]], check=True)
        (folder / "installed").touch()
    return str(python)


def measure_cases(neighbours: dict[str, str]) -> str:
    """The tables of the micro-cases."""
    cases = all_cases()
    wrong = verify(cases)
    if wrong:
        raise SystemExit("\n".join(map(str, wrong)))
    scores = {"ssot-lint": score.score_ssot_lint(cases)}
    scores |= {name: score.score_neighbour(name, python, cases) for name, python in neighbours.items()}
    return f"{score.table(scores)}\n\n{score.categories_table(scores)}"


def measure_packages(neighbours: dict[str, str], recording_python: str) -> str:
    """The tables of the real packages, one an analyser."""
    packages = recall.read_packages()
    recordings = [recall.record_package(package, recording_python) for package in packages]
    graphs = {"ssot-lint": [ssot_lint_graph(package.analysed, recall.ANALYSIS_SECONDS) for package in packages]}
    for name, python in neighbours.items():
        graphs[name] = [_kept_graph(name, python, package) for package in packages]
    tables = []
    for name, found in graphs.items():
        compared: dict[str, recall.Recall | str] = {}
        for package, recording, graph in zip(packages, recordings, found, strict=True):
            title = f"{package.name} {package.version}"
            compared[title] = (
                graph.strip().splitlines()[-1]
                if isinstance(graph, str)
                else recall.compare(recording, edges(graph), package.analysed)
            )
        tables.append(f"### {name}\n\n{recall.table(compared)}")
    return "\n\n".join(tables)


def _kept_graph(name: str, python: str, package: recall.Package) -> Graph | str:
    """What a neighbour gives for a package: it does not change, so it is kept beside the recording."""
    kept = package.folder / f"{name}.json"
    if not kept.is_file():
        graph = neighbour_graphs(name, python, [package.analysed], "**/*.py", recall.ANALYSIS_SECONDS)[0]
        kept.write_text(json.dumps(graph))
    found: Graph | str = json.loads(kept.read_text())
    return found


def main() -> int:
    """Measures, prints and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recording-python", default=sys.executable, help="Python 3.12 or later, runs the tests")
    parser.add_argument("--skip-packages", action="store_true", help="measure the micro-cases only")
    arguments = parser.parse_args()
    neighbours = {name: install_neighbour(name) for name in NEIGHBOURS}
    machine = f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} cores"
    parts = ["# Call graph, measured", INTRODUCTION, f"Machine: {machine}.", CASES, measure_cases(neighbours)]
    if not arguments.skip_packages:
        parts += [PACKAGES, measure_packages(neighbours, arguments.recording_python)]
    text = "\n\n".join(part.strip() for part in parts) + "\n"
    print(text)
    if not arguments.skip_packages:
        RESULTS.write_text(text)
    return 0


INTRODUCTION = """
Written by `make bench-callgraph`. How the expected graphs come about is told in [README.md](README.md).
"""

CASES = """
## Micro-cases

Small programs that run every call their expected graph names. *Own* counts the edges between a case's own functions
only: the neighbours leave out builtins or name what lies outside differently.
"""

PACKAGES = """
## Real packages

What the packages' own tests run, against the static graph: the share of the recorded calls between the package's
functions that the graph has. A *callback* has only frames of libraries between caller and callee. *Static edges taken*
is the share of the graph's edges between functions that ran which the tests took: not precision, since no test suite
takes every path.
"""

if __name__ == "__main__":
    raise SystemExit(main())
