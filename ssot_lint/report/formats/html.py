"""One self-contained HTML page. It loads nothing and runs no script."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from ssot_lint.findings import Finding, Frame
from ssot_lint.report.excerpt import Row, excerpt
from ssot_lint.report.model import Options, Report
from ssot_lint.report.page import page
from ssot_lint.report.plain import plain, plain_lines
from ssot_lint.report.wording import completeness, fix_option, folded, outcome, reached

_STYLE = """
article { border: 1px solid var(--line); border-left-width: .3rem; border-radius: .3rem }
article { margin: 1rem 0; padding: 0 1rem }
article.error { border-left-color: var(--error) } .error .rule { color: var(--error) }
article.warning { border-left-color: var(--warning) } .warning .rule { color: var(--warning) }
article.note { border-left-color: var(--note) } .note .rule { color: var(--note) }
pre { background: var(--code); padding: .5rem; overflow-x: auto }
mark { background: none; color: inherit; text-decoration: underline wavy currentColor }
li code:first-child { margin-right: 1em }
""".strip()


def render(report: Report, options: Options) -> str:
    """The page, its findings in the order of all reports."""
    return page(_text(outcome(report)), _STYLE, _body(report, options))


def _body(report: Report, options: Options) -> Iterator[str]:
    for finding in report.findings:
        yield from _article(finding, options)
    yield f"<footer>{_text(completeness(report))}. {report.stats.seconds:.1f} s</footer>"


def _article(finding: Finding, options: Options) -> Iterator[str]:
    violation, span = finding.violation, finding.span
    rule = f"{violation.level}[{violation.code}]"
    yield f'<article class="{violation.level}" id="{_text(finding.fingerprint)}">'
    yield f'<h2><span class="rule">{rule}</span> {_text(violation.message)}</h2>'
    yield f"<p><code>{_text(f'{options.prefix}{span.path}:{span.line}:{span.column}')}</code></p>"
    rows = excerpt(finding.source, span)
    if rows:
        yield "<pre>" + "\n".join(_row(row) for row in rows) + "</pre>"
    if violation.note:
        yield f"<p>{_text(violation.note)}</p>"
    yield from _way(finding, options)
    if finding.related:
        yield "<p>Compared with</p>\n<ul>"
        for place, message in finding.related:
            yield f"<li><code>{_text(f'{options.prefix}{place.path}:{place.line}')}</code> {_text(message)}</li>"
        yield "</ul>"
    origin = f" · contract: <code>{_text(violation.origin)}</code>" if violation.origin else ""
    yield f"<p>Certainty: {violation.certainty}{origin}</p>"
    if violation.help:
        option = fix_option(finding)
        does_it = f" (<code>{option}</code> does it)" if option else ""
        yield f"<p>Help: {escape(plain_lines(violation.help))}{does_it}</p>"
    yield "</article>"


def _way(finding: Finding, options: Options) -> Iterator[str]:
    way = reached(finding, options.prefix)
    if not way:
        return
    if not finding.chain:
        yield f"<p>{_text(way)}</p>"
        return
    _, hidden = folded(finding.chain, whole=options.verbose)
    is_open = "" if hidden else " open"
    yield f"<details{is_open}><summary>{_text(way)}</summary>\n<ol>"
    yield from (_hop(frame, options) for frame in finding.chain)
    yield "</ol>\n</details>"


def _hop(frame: Frame, options: Options) -> str:
    place = f"{options.prefix}{frame.span.path}:{frame.span.line}"
    return f"<li><code>{_text(place)}</code> <code>{_text(frame.source.strip() or frame.callee)}</code></li>"


def _row(row: Row) -> str:
    marked = f"<mark>{escape(row.marked)}</mark>" if row.marked else ""
    return f"{row.number:>5}  {escape(row.before)}{marked}{escape(row.after)}"


def _text(text: str) -> str:
    return escape(plain(text))
