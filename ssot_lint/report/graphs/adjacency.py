"""`{"caller": ["callee", ...]}` over qualified names, as call-graph benchmarks have it."""

from __future__ import annotations

import json
from collections.abc import Callable

from ssot_lint.findings import Site, Span
from ssot_lint.outline import Outline


def render(drawn: Outline, span: Callable[[Site], Span]) -> str:
    """Every function and module of the project is a key, with a sorted list of what it calls."""
    callees: dict[str, set[str]] = {node.name: set() for node in drawn.nodes if node.site is not None}
    for edge in drawn.edges:
        callees[edge.caller].add(edge.callee)
    return json.dumps({caller: sorted(called) for caller, called in sorted(callees.items())}, indent=1) + "\n"
