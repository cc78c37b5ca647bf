"""Changes modules that run, imports what comes of it, and holds what a check says against what happened.

    python -m benchmarks.mutants [--count N] [--seed N] [--verbose]

The modules are the idioms of `tests/data/idioms`. A change counts if the import fails by it. Whether the changed text
can be compiled does not: what no Python parses is left out. `--verbose` lists what was missed.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.mutants.mutations import Mutation, mutations
from ssot_lint.check import CheckOptions, check
from ssot_lint.findings import Finding
from ssot_lint.run import Request, Run

_ROOT = Path(__file__).parents[2]
_IDIOMS = _ROOT / "tests" / "data" / "idioms"
_RESULTS = Path(__file__).parents[1] / "mutants.md"
_SECONDS = 10


class Outcome(NamedTuple):
    """What became of a change: the error of the import (empty for none), and what a check reports at level error."""

    module: str
    mutation: Mutation
    error: str
    found: list[Finding]


def outcomes(count: int, seed: int) -> Iterator[Outcome]:
    """Each change of each module that ends within the time."""
    with tempfile.TemporaryDirectory() as directory:
        root = Path(directory)
        shutil.copytree(_IDIOMS, root / "idioms")
        for path in sorted((root / "idioms").glob("[a-z]*.py")):
            source = path.read_text()
            for mutation in mutations(source, count, random.Random(f"{seed} {path.stem}")):  # noqa: S311 - a sample
                path.write_bytes(mutation.text)
                error = _import(root, path.stem) if _is_python(mutation.text) else None
                if error is not None:
                    yield Outcome(path.stem, mutation, error, _check(root, path.stem))
            path.write_text(source)


def _is_python(text: bytes) -> bool:
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


def _import(root: Path, module: str) -> str | None:
    """The kind of the error that an import ends with, empty for none; None where it does not end."""
    command = [sys.executable, "-W", "error::RuntimeWarning", "-c", f"import idioms.{module}"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    return done.stderr.strip().splitlines()[-1].partition(":")[0] if done.returncode else ""


def _check(root: Path, module: str) -> list[Finding]:
    request = Request((root,), isolated=True, entry_points=(f"idioms.{module}",), no_cache=True, jobs=1)
    with Run(request) as run:
        found = check(run, CheckOptions(select=("SSOT1",))).findings
    return [each for each in found if each.violation.level == "error"]


def _table(title: str, failing: list[Outcome], kinds: list[str]) -> list[str]:
    asked, told = Counter(kinds), Counter(kind for kind, each in zip(kinds, failing, strict=True) if each.found)
    rows = [f"| {kind} | {count} | {told[kind]} |" for kind, count in asked.most_common()]
    return [f"| {title} | failed | reported |", "|---|---|---|", *rows, ""]


def _report(taken: list[Outcome], count: int, seed: int) -> str:
    failing = [each for each in taken if each.error]
    running = [each for each in taken if not each.error]
    reported = sum(bool(each.found) for each in failing)
    return "\n".join(
        [
            "# Slips in code that runs",
            "",
            f"Written by `python -m benchmarks.mutants --count {count} --seed {seed}`: up to {count} changes of each",
            "module in `tests/data/idioms`, drawn at random, each alone. The changed module is imported in a process",
            "of its own; what that says is held against what a check of it says at level error, not configured.",
            "",
            f"- {len(failing)} changes broke the import; a check reports **{reported}** of them.",
            f"- {len(running)} changes left it whole; a check reports **{sum(bool(each.found) for each in running)}**,",
            "  to be read by hand: what a thread or a background task raises does not end an import.",
            "",
            *_table("error", failing, [each.error for each in failing]),
            *_table("change", failing, [each.mutation.kind for each in failing]),
        ]
    )


def main() -> None:
    """Writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=40, help="changes of each module")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--verbose", action="store_true", help="list what was missed, or reported though it runs")
    options = parser.parse_args()
    taken: list[Outcome] = []
    for each in outcomes(options.count, options.seed):
        taken.append(each)
        if options.verbose and bool(each.error) is not bool(each.found):
            line = each.mutation.text.decode().splitlines()[each.mutation.line - 1].strip()
            print(f"{each.module}:{each.mutation.line}: {each.mutation.kind}: {line[:80]} | {each.error}", flush=True)
    report = _report(taken, options.count, options.seed)
    _RESULTS.write_text(report)
    print(report)


if __name__ == "__main__":
    main()
