"""The DOT language of Graphviz: boxes for functions, arrows for calls, dashed where these are not certain."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssot_lint.findings import Site, Span
from ssot_lint.outline import Outline
from ssot_lint.report.plain import plain


def render(drawn: Outline, span: Callable[[Site], Span]) -> str:
    """One directed graph."""
    return "".join(f"{line}\n" for line in _lines(drawn))


def _lines(drawn: Outline) -> Iterator[str]:
    yield "digraph {\n  rankdir=LR\n  node [shape=box]"
    for node in drawn.nodes:
        yield f"  {_id(node.name)}{' [style=dotted]' if node.site is None else ''}"
    for (caller, callee), certainty in drawn.pairs().items():
        yield f"  {_id(caller)} -> {_id(callee)}{'' if certainty == 'certain' else ' [style=dashed]'}"
    yield "}"


def _id(name: str) -> str:
    """A quoted ID; in one, only the quote itself and a backslash before it mean something."""
    return '"' + plain(name).replace("\\", "\\\\").replace('"', '\\"') + '"'
