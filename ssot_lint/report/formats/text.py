"""Findings for a person at a terminal: the source underlined, the chain that leads there, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.findings import Finding
from ssot_lint.report.excerpt import excerpt
from ssot_lint.report.hops import aligned, hops, padded, place
from ssot_lint.report.model import Options, Report
from ssot_lint.report.paint import Paint
from ssot_lint.report.plain import plain, plain_lines, width
from ssot_lint.report.wording import fix_option, reached, summary


def render(report: Report, options: Options) -> str:
    """The findings, and unless quiet a summary."""
    parts = [block(finding, options) for finding in report.findings]
    if not options.quiet:
        parts.append(f"{summary(report)}\n")
    return "\n".join(parts)


def block(finding: Finding, options: Options) -> str:
    """One finding."""
    return "".join(f"{line}\n" for line in _Block(finding, options).lines())


class _Block:
    """The lines of one finding."""

    def __init__(self, finding: Finding, options: Options) -> None:
        self._finding = finding
        self._options = options
        self._paint = Paint(options.color)
        self._gutter = max(3, len(str(finding.span.end_line)))

    def lines(self) -> Iterator[str]:
        violation, paint = self._finding.violation, self._paint
        head = paint.level(violation.level, f"{violation.level}[{violation.code}]")
        yield f"{head}: {paint.bold(plain(violation.message))}"
        span = self._finding.span
        yield f"{' ' * self._gutter}{paint.faint('-->')} {place(span, self._options)}:{span.column}"
        yield from self._source()
        yield from self._notes()

    def _source(self) -> Iterator[str]:
        violation = self._finding.violation
        rows = excerpt(self._finding.source, self._finding.span)
        for row in rows:
            text = f"   {row.before}{row.marked}{row.after}".rstrip()
            yield self._paint.faint(f"{row.number:>{self._gutter}} |") + text
            if row.underline:
                label = f" {plain(violation.note)}" if violation.note and row is rows[-1] else ""
                mark = self._paint.level(violation.level, "^" * row.underline + label)
                yield f"{self._paint.faint(' ' * self._gutter + ' |')}   {' ' * width(row.before)}{mark}"

    def _notes(self) -> Iterator[str]:
        violation = self._finding.violation
        way = reached(self._finding, self._options.prefix)
        if way:
            yield self._note(plain(way))
            yield from hops(self._finding.chain, self._options, self._indent())
        if self._finding.related:
            yield self._note("compared with" if violation.phase is None else "see also")
            places = [(place(span, self._options), plain(message)) for span, message in self._finding.related]
            to = aligned(at for at, _ in places)
            yield from (f"{self._indent()}{padded(at, to)}   {message}".rstrip() for at, message in places)
        certainty = f"certainty: {violation.certainty}" if way or violation.certainty != "certain" else ""
        origin = f"contract: {plain(violation.origin)}" if violation.origin else ""
        if certainty or origin:
            yield self._note("   ".join(filter(None, [certainty, origin])))
        option = fix_option(self._finding)
        if violation.help or option:
            does_it = f"   ({option} does it)" if option else ""
            text = plain_lines(violation.help).replace("\n", f"\n{self._indent()}")
            yield self._note(f"help: {text}{does_it}")

    def _note(self, text: str) -> str:
        return f"{' ' * self._gutter} {self._paint.faint('=')} {text}"

    def _indent(self) -> str:
        return " " * (self._gutter + 3)
