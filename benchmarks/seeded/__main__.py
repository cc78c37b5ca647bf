"""Puts faults that break the start into a copy of a real program, one at a time, and counts those that are found.

    python -m benchmarks.seeded PROJECT [--entry-point SPEC …] [--each N] [--kind WORDS …] [--keep FILE]

PROJECT is the unpacked archive of a program, which is neither imported nor run. What was found is printed, and kept as
JSON in FILE. `seeded.md` has the figures.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.seeded import calls, inserted, names, records  # noqa: F401 (they enter their kinds into the table)
from benchmarks.seeded.faults import KINDS
from benchmarks.seeded.judge import judge


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("--entry-point", action="append", default=[])
    parser.add_argument("--each", type=int, default=5, help="how many faults of each kind")
    parser.add_argument("--kind", action="append", default=[], help="only kinds whose name has these words")
    parser.add_argument("--keep", type=Path, help="a file for what was found, as JSON")
    asked = parser.parse_args()
    chosen = {name: make for name, make in KINDS.items() if not asked.kind or any(word in name for word in asked.kind)}
    with TemporaryDirectory() as directory:
        verdicts = list(judge(asked.project, Path(directory), asked.entry_point, chosen, asked.each))
    if asked.keep is not None:
        asked.keep.write_text(json.dumps([verdict._asdict() for verdict in verdicts], indent=1))


if __name__ == "__main__":
    main()
