"""A Mermaid flowchart: boxes for functions, arrows for calls, dotted where these are not certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssot_lint.findings import Site, Span
from ssot_lint.outline import Outline
from ssot_lint.report.mermaid import label


def render(drawn: Outline, span: Callable[[Site], Span]) -> str:
    """One flowchart, from left to right; what lies outside the project has round corners."""
    return "".join(f"{line}\n" for line in _lines(drawn))


def _lines(drawn: Outline) -> Iterator[str]:
    numbers = {node.name: number for number, node in enumerate(drawn.nodes)}
    yield "flowchart LR"
    for node in drawn.nodes:
        box = f"[{label(node.name)}]" if node.site else f"({label(node.name)})"
        yield f"  n{numbers[node.name]}{box}"
    for (caller, callee), certainty in drawn.pairs().items():
        yield f"  n{numbers[caller]} {'-->' if certainty == 'certain' else '-.->'} n{numbers[callee]}"
