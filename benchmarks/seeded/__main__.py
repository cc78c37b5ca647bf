"""Puts faults that break the start into a copy of a real program, one at a time, and counts those that are found.

    python -m benchmarks.seeded PROJECT [--entry-point SPEC …] [--each N] [--kind WORDS …] [--keep FILE]
    python -m benchmarks.seeded PROJECT [--entry-point SPEC …] --again FILE

PROJECT is the unpacked archive of a program, which is neither imported nor run. What was found is printed, and kept as
JSON in FILE; `--again` takes the faults from there, to compare two versions. `seeded.md` has the figures.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from benchmarks.seeded import calls, inserted, names, records  # noqa: F401 (they enter their kinds into the table)
from benchmarks.seeded.faults import KINDS, Fault
from benchmarks.seeded.judge import Trial, Verdict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("project", type=Path)
    parser.add_argument("--entry-point", action="append", default=[])
    parser.add_argument("--each", type=int, default=5, help="how many faults of each kind")
    parser.add_argument("--kind", action="append", default=[], help="only kinds whose name has these words")
    parser.add_argument("--keep", type=Path, help="a file for what was found, as JSON")
    parser.add_argument("--again", type=Path, help="a file that was kept, whose faults are tried again")
    asked = parser.parse_args()
    kinds = {name: make for name, make in KINDS.items() if not asked.kind or any(word in name for word in asked.kind)}
    with TemporaryDirectory() as directory:
        trial = Trial(asked.project, Path(directory), asked.entry_point)
        chosen = _kept(asked.again) if asked.again is not None else trial.choose(kinds, asked.each)
        verdicts = list(trial.judge(chosen))
    if asked.keep is not None:
        asked.keep.write_bytes(msgspec.json.encode(verdicts))
    found = sum(bool(verdict.level) for verdict in verdicts)
    print(f"{found} of {len(verdicts)} found")


def _kept(file: Path) -> list[tuple[str, Fault]]:
    return [(verdict.kind, verdict.fault) for verdict in msgspec.json.decode(file.read_bytes(), type=list[Verdict])]


if __name__ == "__main__":
    main()
