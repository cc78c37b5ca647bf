"""`python -m benchmarks.settings.reached DIRECTORY...`: reads that the call graph sees, against those that are found.

Reads of settings are found in the facts alone. The call graph knows by other means where a reader of the environment is
called, and with which constants a function that wraps one: what it sees and the reads lack was missed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.values import Constant
from ssot_lint.findings import Site
from ssot_lint.run import Request, Run
from ssot_lint.settings.reads import scan
from ssot_lint.settings.reads.idioms import idiom_of
from ssot_lint.settings.reads.keys import Key
from ssot_lint.settings.reads.resolve import Program
from ssot_lint.settings.reads.wrappers import Wrapper

Wrappers = dict[str, tuple[Wrapper, ...]]
HEADER = (
    "| project | readers called | in the body of a wrapper | keys given to wrappers | missed |\n|---|---|---|---|---|"
)


def compare(root: Path) -> tuple[str, list[str]]:
    """The row of a project, and the keys that were missed."""
    wrappers: Wrappers = {}
    search = scan._reads

    def watch(program: Program) -> tuple[list[scan._Found], Wrappers]:
        found, known = search(program)
        wrappers.update(known)
        return found, known

    with Run(Request((root,), jobs=1)) as run, patch.object(scan, "_reads", watch):
        reads = run.context.settings.of("read")
        calls = [call for node in run.context.graph.nodes.values() for call in node.calls]
    sites = {each.place for each in reads}
    called = {Site(call.module, call.at) for call in calls if call.callee is None and idiom_of(call.target)}
    given = {key for call in calls for key in _keys(call, wrappers)}
    missed = sorted(key for key in given if not any(each.matches(key) for each in reads))
    return f"| {root.name} | {len(called)} | {len(called - sites)} | {len(given)} | {len(missed)} |", missed


def _keys(call: CallRecord, wrappers: Wrappers) -> Iterator[str]:
    if call.callee is None or call.binding is None:
        return
    for wrapper in wrappers.get(call.callee.code.symbol, ()):
        for value in call.binding.get(wrapper.key.parameter, ()):
            if isinstance(value, Constant) and isinstance(value.value, str):
                yield wrapper.key.filled(Key(value.value)).text


def main() -> None:
    """Prints the table."""
    print(HEADER)
    for root in map(Path, sys.argv[1:]):
        row, missed = compare(root)
        print(row)
        for key in missed:
            print(f"  missed {key}", file=sys.stderr)


if __name__ == "__main__":
    main()
