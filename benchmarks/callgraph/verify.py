"""Runs every micro-case and compares what it called with the graph that the case expects.

    python -m benchmarks.callgraph.verify [CASE]... [--write]

`--write` puts the recorded graph in the place of the expected one, to be reviewed by hand.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.callgraph.names import module_name, read_names
from benchmarks.callgraph.record import MONITORED, Graph, record

CASES = Path(__file__).parent / "cases"
# Syntax that older Pythons refuse, by the category's name.
NEWER_SYNTAX = {"python312": (3, 12)}


@dataclass(frozen=True)
class Difference:
    """How a run differs from the expected graph of a case; an error when it could not run."""

    case: str
    missing: list[str]
    unexpected: list[str]
    error: str = ""

    def __str__(self) -> str:
        lines = [*(f"  expected, not taken: {edge}" for edge in self.missing)]
        lines += [f"  taken, not expected: {edge}" for edge in self.unexpected]
        return "\n".join([self.case, *lines, *self.error.splitlines()])


def all_cases() -> list[Path]:
    """The directories of the micro-cases that this Python can run, sorted."""
    cases = sorted(path.parent for path in CASES.glob("*/*/main.py"))
    return [case for case in cases if NEWER_SYNTAX.get(case.parent.name, (3, 10)) <= sys.version_info]


def expected_graph(case: Path) -> Graph:
    """The expected adjacency of a case."""
    graph: Graph = json.loads((case / "callgraph.json").read_text())
    return graph


def edges(graph: Graph) -> set[tuple[str, str]]:
    """The edges of an adjacency."""
    return {(caller, callee) for caller, callees in graph.items() for callee in callees}


def run_cases(cases: Iterable[Path]) -> list[tuple[Path, Graph | str]]:
    """Runs each case in a process of its own; the graph that it took, or the traceback that it ended in."""
    context = multiprocessing.get_context("fork")
    with context.Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        return pool.map(_run, cases, chunksize=1)


def verify(cases: Iterable[Path]) -> list[Difference]:
    """The cases whose run differs from what they expect."""
    found = (_compare(case, taken) for case, taken in run_cases(cases))
    return [difference for difference in found if difference.missing or difference.unexpected or difference.error]


def write_graph(case: Path, graph: Graph) -> None:
    """Writes `callgraph.json` of a case."""
    (case / "callgraph.json").write_text(json.dumps(graph, indent=2, sort_keys=True) + "\n")


def _run(case: Path) -> tuple[Path, Graph | str]:
    with Path(os.devnull).open("w") as nowhere:
        sys.stdout = nowhere
        try:
            return case, record(case)
        except BaseException:  # noqa: BLE001 - a case is a program: its end must not be the worker's
            return case, traceback.format_exc()
        finally:
            sys.stdout = sys.__stdout__


def _compare(case: Path, taken: Graph | str) -> Difference:
    name = f"{case.parent.name}/{case.name}"
    if isinstance(taken, str):
        return Difference(name, [], [], taken)
    expected = expected_graph(case)
    own = expected.keys() | taken.keys()
    before, after = edges(expected), edges(taken)
    if not MONITORED:
        before, after = ({edge for edge in some if edge[1] in own} for some in (before, after))
        resumed = {name for path in case.rglob("*.py") for name in read_names(path, module_name(path, case)).resumed()}
        before = {edge for edge in before if edge[1] not in resumed}
    missing = [f"{caller} -> {callee}" for caller, callee in sorted(before - after)]
    missing += [f"{key}: no such function" for key in sorted(expected.keys() - taken.keys())]
    return Difference(name, missing, [f"{caller} -> {callee}" for caller, callee in sorted(after - before)])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", help="category or category/case; all by default")
    parser.add_argument("--write", action="store_true", help="write the recorded graphs as the expected ones")
    arguments = parser.parse_args()
    cases = [case for case in all_cases() if _is_chosen(case, arguments.cases)]
    if arguments.write:
        for case, taken in run_cases(cases):
            if isinstance(taken, str):
                print(case, taken, sep="\n")
            else:
                write_graph(case, taken)
        return 0
    differences = verify(cases)
    for difference in differences:
        print(difference)
    print(f"{len(cases)} cases, {len(differences)} differ")
    return 1 if differences else 0


def _is_chosen(case: Path, chosen: list[str]) -> bool:
    return not chosen or case.parent.name in chosen or f"{case.parent.name}/{case.name}" in chosen


if __name__ == "__main__":
    raise SystemExit(main())
