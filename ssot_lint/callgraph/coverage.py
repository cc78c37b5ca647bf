"""How much of a program its call graph knows, and what it could not follow."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from ssot_lint.callgraph.graph import CallGraph, Node
from ssot_lint.findings import Site


class Coverage(NamedTuple):
    """Figures of a graph.

    `startup_calls` are the call sites that run at import or startup. `dynamics` counts what names its target only when
    it runs, by kind (`getattr`, `exec`), the most frequent first. `widened` functions and calls were analysed for all
    their callers at once, `unsettled` ones not to the end.
    """

    functions: int
    edges: int
    calls: int
    calls_resolved: int
    startup_calls: int
    startup_calls_resolved: int
    dynamics: tuple[tuple[str, int], ...]
    widened: int
    unsettled: int


def coverage(graph: CallGraph) -> Coverage:
    """What a graph covers."""
    resolved: set[Site] = set()
    opaque: set[Site] = set()
    for node in graph.nodes.values():
        resolved.update(Site(call.module, call.at) for call in node.calls if _starts(node, call.half))
        if _starts(node, 0):
            opaque.update(Site(node.module, at) for at in node.activation.opaque)
    counted = Counter(what for what, _ in graph.dynamics)
    stats = graph.stats
    return Coverage(
        stats["functions"],
        stats["edges"],
        stats["calls"],
        stats["calls_resolved"],
        len(resolved | opaque),
        len(resolved - opaque),
        tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))),
        stats["widened"],
        stats["unsettled"],
    )


def _starts(node: Node, half: int) -> bool:
    reach = node.reach[half]
    return reach is not None and reach.phase in ("import", "startup")
