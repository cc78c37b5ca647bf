"""All that is known of the graph, as JSON, version 1."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from ssot_lint.findings import Site, Span
from ssot_lint.outline import Outline, OutlineEdge, OutlineNode


def render(drawn: Outline, span: Callable[[Site], Span]) -> str:
    """`{"version": 1, "nodes": [...], "edges": [...]}`; both ends of each edge are nodes."""
    document = {
        "version": 1,
        "nodes": [_node(node, span) for node in drawn.nodes],
        "edges": [_edge(edge, span) for edge in drawn.edges],
    }
    return json.dumps(document, indent=1) + "\n"


def _node(node: OutlineNode, span: Callable[[Site], Span]) -> dict[str, Any]:
    members: dict[str, Any] = {"name": node.name, "kind": node.kind}
    if node.site is None:
        return members
    place = span(node.site)
    return members | {"phase": node.phase, "path": place.path, "line": place.line}


def _edge(edge: OutlineEdge, span: Callable[[Site], Span]) -> dict[str, Any]:
    place = span(edge.site)
    return {
        "caller": edge.caller,
        "callee": edge.callee,
        "kind": edge.kind,
        "phase": edge.phase,
        "certainty": edge.certainty,
        "path": place.path,
        "line": place.line,
        "column": place.column,
    }
