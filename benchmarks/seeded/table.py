"""The shares of faults that are found, by kind, as the table of `seeded.md`.

    python -m benchmarks.seeded.table --before FILE … --after FILE …

The files are those that `python -m benchmarks.seeded` keeps, of the same faults with two versions.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import msgspec

from benchmarks.seeded.judge import Verdict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", type=Path, nargs="+", required=True)
    parser.add_argument("--after", type=Path, nargs="+", required=True)
    asked = parser.parse_args()
    faults, found_before = _count(asked.before)
    faults_after, found_after = _count(asked.after)
    if faults != faults_after:
        raise SystemExit("not the same faults")
    print("| fault | rule | faults | found before | found |", "|---|---|---:|---:|---:|", sep="\n")
    for (kind, code), count in faults.items():
        print(f"| {kind} | {code} | {count} | {found_before[kind, code]} | {found_after[kind, code]} |")
    print(f"| **all** | | {faults.total()} | {found_before.total()} | {found_after.total()} |")


def _count(files: Iterable[Path]) -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]]]:
    faults: Counter[tuple[str, str]] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for file in files:
        for verdict in msgspec.json.decode(file.read_bytes(), type=list[Verdict]):
            row = (verdict.kind, verdict.fault.codes[0])
            faults[row] += 1
            found[row] += bool(verdict.level)
    return faults, found


if __name__ == "__main__":
    main()
