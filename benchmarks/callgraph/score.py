"""Scores ssot-lint's call graph on the micro-cases, beside its neighbours.

    python -m benchmarks.callgraph.score [--verbose] [--check | --accept] [--against NAME=PYTHON]...

NAME is pycg, jarviscg or pyan3, PYTHON the interpreter of an environment that has it. `--verbose` lists each case that
is not exact; `--check` fails if one of those is not in `inexact.txt`, `--accept` writes them there. An edge counts as
expected, missing or false over all edges; the neighbours leave out builtins or name the outside differently, so the
table also counts the edges between the cases' own functions alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.callgraph.analysers import NEIGHBOURS, neighbour_graphs, ssot_lint_graphs
from benchmarks.callgraph.record import Graph
from benchmarks.callgraph.verify import all_cases, edges, expected_graph

INEXACT = Path(__file__).parent / "inexact.txt"

Edge = tuple[str, str]


@dataclass(frozen=True)
class Score:
    """How an analyser's graph of one case compares with the expected one."""

    case: str
    expected: set[Edge]
    found: set[Edge]
    own: frozenset[str]
    error: str = ""
    missing_nodes: list[str] = field(default_factory=list)

    @property
    def missing(self) -> set[Edge]:
        """Expected edges that it does not have."""
        return self.expected - self.found

    @property
    def false(self) -> set[Edge]:
        """Edges that no run takes."""
        return self.found - self.expected

    @property
    def exact(self) -> bool:
        """Whether it has all edges, no other, and (unless it is a neighbour) all functions."""
        return not (self.missing or self.false or self.missing_nodes or self.error)

    def among_own(self) -> Score:
        """The same over the edges between the case's own functions."""
        expected, found = ({edge for edge in some if edge[1] in self.own} for some in (self.expected, self.found))
        return Score(self.case, expected, found, self.own, self.error, self.missing_nodes)


def score_ssot_lint(cases: Sequence[Path]) -> list[Score]:
    """Scores the linter on the cases; every function and module must be a key of its graph."""
    pairs = zip(cases, ssot_lint_graphs(cases), strict=True)
    return [_score(case, graph, nodes_count=True) for case, graph in pairs]


def score_neighbour(name: str, python: str, cases: Sequence[Path]) -> list[Score]:
    """Scores a neighbour on the cases."""
    pairs = zip(cases, neighbour_graphs(name, python, cases), strict=True)
    return [_score(case, graph, nodes_count=False) for case, graph in pairs]


def table(scores: dict[str, list[Score]]) -> str:
    """A Markdown table: a row an analyser, over all edges and over the cases' own."""
    rows = ["| analyser | edges | exact cases | precision | recall | failed |", "|---|---|---|---|---|---|"]
    for name, found in scores.items():
        for which, some in (("all", found), ("own", [score.among_own() for score in found])):
            rows.append(f"| {name} | {which} | {_exact(some)} | {_ratios(some)} | {sum(bool(s.error) for s in some)} |")
    return "\n".join(rows)


def categories_table(scores: dict[str, list[Score]]) -> str:
    """A Markdown table: exact cases by category, a column an analyser, over the cases' own edges."""
    rows = [f"| category | {' | '.join(scores)} |", "|---" * (len(scores) + 1) + "|"]
    names = sorted({score.case.partition("/")[0] for some in scores.values() for score in some})
    for name in names:
        cells = [_exact(s.among_own() for s in some if s.case.startswith(f"{name}/")) for some in scores.values()]
        rows.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(rows)


def read_inexact() -> set[str]:
    """The cases known not to be exact, of `inexact.txt`: a name a line, `#` begins a comment."""
    lines = INEXACT.read_text().splitlines()
    return {line.partition("#")[0].strip() for line in lines} - {""}


def lost(scores: Sequence[Score]) -> list[Score]:
    """The cases that are not exact, and not known to be so."""
    known = read_inexact()
    return [score for score in scores if not score.exact and score.case not in known]


def accept(scores: Sequence[Score]) -> None:
    """Makes `inexact.txt` the list of the cases that are not exact today; comments of those that stay are kept."""
    lines = {line.partition("#")[0].strip(): line for line in INEXACT.read_text().splitlines()}
    INEXACT.write_text("".join(f"{lines.get(s.case, s.case)}\n" for s in scores if not s.exact))


def describe(score: Score) -> str:
    """What is wrong with one case, an edge a line."""
    lines = [f"  missing {caller} -> {callee}" for caller, callee in sorted(score.missing)]
    lines += [f"  false   {caller} -> {callee}" for caller, callee in sorted(score.false)]
    lines += [f"  no node {name}" for name in score.missing_nodes]
    return "\n".join([score.case, *lines, *(f"  {line}" for line in score.error.splitlines()[-3:])])


def _score(case: Path, graph: Graph | str, *, nodes_count: bool) -> Score:
    expected = expected_graph(case)
    own = frozenset(expected)
    name = f"{case.parent.name}/{case.name}"
    if isinstance(graph, str):
        return Score(name, edges(expected), set(), own, graph or "no output")
    missing_nodes = sorted(own - graph.keys()) if nodes_count else []
    return Score(name, edges(expected), edges(graph), own, "", missing_nodes)


def _exact(scores: Iterable[Score]) -> str:
    found = list(scores)
    return f"{sum(score.exact for score in found)}/{len(found)}"


def _ratios(scores: Sequence[Score]) -> str:
    right = sum(len(score.expected & score.found) for score in scores)
    found, expected = (sum(map(len, some)) for some in ([s.found for s in scores], [s.expected for s in scores]))
    return f"{right / found if found else 0:.1%} | {right / expected if expected else 0:.1%}"


def main() -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--verbose", action="store_true", help="list the cases that are not exact")
    parser.add_argument("--against", action="append", default=[], metavar="NAME=PYTHON", help=", ".join(NEIGHBOURS))
    parser.add_argument("--check", action="store_true", help=f"fail if a case that {INEXACT.name} lacks is not exact")
    parser.add_argument("--accept", action="store_true", help=f"write the cases that are not exact to {INEXACT.name}")
    arguments = parser.parse_args()
    cases = all_cases()
    scores = {"ssot-lint": score_ssot_lint(cases)}
    for neighbour in arguments.against:
        name, _, python = neighbour.partition("=")
        scores[name] = score_neighbour(name, python, cases)
    print(table(scores), categories_table(scores), sep="\n\n")
    if arguments.verbose:
        print("", *(describe(score) for score in scores["ssot-lint"] if not score.exact), sep="\n")
    if arguments.accept:
        accept(scores["ssot-lint"])
    if not arguments.check:
        return 0
    found = lost(scores["ssot-lint"])
    print("", *(f"no longer exact: {describe(score)}" for score in found), sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())
