"""Says which entry points there are, and why each counts."""

from __future__ import annotations

import json
from collections.abc import Sequence

from ssot_lint.project.model import EntryPoint
from ssot_lint.report.formats.json import entry_point
from ssot_lint.report.table import table


def as_text(entry_points: Sequence[EntryPoint], prefix: str) -> str:
    """A line each: where it stands, what it is, when it runs, its spec, and why it counts. `prefix` as in `Options`."""
    rows = [
        (f"{prefix}{point.path}:{point.line}", point.kind, point.phase, point.spec, point.reason)
        for point in entry_points
    ]
    return table(rows)


def as_json(entry_points: Sequence[EntryPoint]) -> str:
    """`{"version": 1, "entry_points": [...]}`, each as in the report's JSON."""
    return json.dumps({"version": 1, "entry_points": [entry_point(point) for point in entry_points]}, indent=1) + "\n"
