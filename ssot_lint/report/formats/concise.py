"""One line a finding: `path:line:column: level[CODE] message`."""

from __future__ import annotations

from ssot_lint.report.model import Options, Report
from ssot_lint.report.paint import Paint
from ssot_lint.report.plain import plain
from ssot_lint.report.wording import summary


def render(report: Report, options: Options) -> str:
    """The findings, and unless quiet a summary."""
    paint = Paint(options.color)
    lines = []
    for finding in report.findings:
        violation, span = finding.violation, finding.span
        place = plain(f"{options.prefix}{span.path}:{span.line}:{span.column}")
        rule = paint.level(violation.level, f"{violation.level}[{violation.code}]")
        lines.append(f"{paint.bold(place)}: {rule} {plain(violation.message)}")
    if not options.quiet:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)
