"""One self-contained HTML page: each function with what it calls and what calls it, as links to follow.

It loads nothing and runs no script.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape

from ssot_lint.findings import Site, Span
from ssot_lint.outline import Outline, OutlineNode
from ssot_lint.report.page import page
from ssot_lint.report.plain import plain
from ssot_lint.report.wording import counted

_STYLE = """
section { border-top: 1px solid var(--line) }
section:target { background: var(--code) }
h2 code { font-size: 1rem }
a { color: inherit }
""".strip()


def render(drawn: Outline, span: Callable[[Site], Span]) -> str:
    """The page, its functions sorted by name."""
    return page("Call graph", _STYLE, _body(drawn, span))


def _body(drawn: Outline, span: Callable[[Site], Span]) -> Iterator[str]:
    pairs = drawn.pairs()
    numbers = {node.name: number for number, node in enumerate(drawn.nodes)}
    called: dict[str, list[str]] = {node.name: [] for node in drawn.nodes}
    callers: dict[str, list[str]] = {node.name: [] for node in drawn.nodes}
    for caller, callee in pairs:
        called[caller].append(callee)
        callers[callee].append(caller)
    own = sum(node.site is not None for node in drawn.nodes)
    yield f"<p>{counted(own, 'function')} and module bodies, {counted(len(pairs), 'edge')}</p>"
    for node in drawn.nodes:
        yield f'<section id="n{numbers[node.name]}">\n<h2><code>{_text(node.name)}</code></h2>'
        yield f"<p>{_facts(node, span)}</p>"
        yield from _links("calls", called[node.name], numbers)
        yield from _links("called by", callers[node.name], numbers)
        yield "</section>"


def _facts(node: OutlineNode, span: Callable[[Site], Span]) -> str:
    if node.site is None:
        return "outside the project"
    place = span(node.site)
    return f"{node.kind}, {node.phase}, <code>{_text(f'{place.path}:{place.line}')}</code>"


def _links(title: str, names: Sequence[str], numbers: Mapping[str, int]) -> Iterator[str]:
    if names:
        links = (f'<li><a href="#n{numbers[name]}"><code>{_text(name)}</code></a></li>' for name in names)
        yield f"<p>{title}</p>\n<ul>{''.join(links)}</ul>"


def _text(text: str) -> str:
    return escape(plain(text))
