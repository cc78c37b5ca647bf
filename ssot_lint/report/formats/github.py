"""GitHub Actions annotations, as workflow commands: `::error file=…,line=…,title=…::message`.

A step shows ten annotations a level and drops the rest without a word, so the worst come first, those that would be
dropped are not written, and a notice says how many they are. Escaping is that of the runner: data `% CR LF`,
properties `: ,` too; so nothing in a file name or a message can end a command or begin another.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.findings import CERTAINTIES, LEVELS, Finding, Level
from ssot_lint.report.model import Options, Report
from ssot_lint.report.plain import plain, plain_lines
from ssot_lint.report.wording import counted, folded, reached, summary

_SHOWN_A_LEVEL = 10
_COMMANDS: dict[Level, str] = {"error": "error", "warning": "warning", "note": "notice"}


def render(report: Report, options: Options) -> str:
    """The annotations, worst first; then a notice if some are left out, and unless quiet a summary."""
    lines: list[str] = []
    left_out: list[str] = []
    for level in LEVELS:
        findings = sorted((f for f in report.findings if f.violation.level == level), key=_severity)
        shown = _SHOWN_A_LEVEL
        if level == "note" and (left_out or len(findings) > shown):
            shown -= 1  # the notice below takes one's place
        lines += [_annotation(finding, options) for finding in findings[:shown]]
        if len(findings) > shown:
            left_out.append(counted(len(findings) - shown, level))
    if left_out:
        lines.append(f"::notice title=ssot-lint::{', '.join(left_out)} not shown as annotations")
    if not options.quiet:
        lines.append(summary(report))
    return "".join(f"{line}\n" for line in lines)


def _severity(finding: Finding) -> tuple[int, bool]:
    """Within a level, what is sure and new to its reader first."""
    return CERTAINTIES.index(finding.violation.certainty), finding.violation.phase == "unreached"


def _annotation(finding: Finding, options: Options) -> str:
    violation, span = finding.violation, finding.span
    properties = {"file": options.prefix + span.path, "line": str(span.line), "endLine": str(span.end_line)}
    if span.line == span.end_line:
        properties |= {"col": str(span.column), "endColumn": str(span.end_column)}
    properties["title"] = f"{violation.code} {finding.name}"
    named = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_COMMANDS[violation.level]} {named}::{_data(chr(10).join(_message(finding, options)))}"


def _message(finding: Finding, options: Options) -> Iterator[str]:
    yield plain(finding.violation.message)
    way = reached(finding, options.prefix)
    if way:
        yield plain(way)
    shown, hidden = folded(finding.chain, whole=False)
    for position, (number, frame) in enumerate(shown, 1):
        yield f"{number} {plain(f'{options.prefix}{frame.span.path}:{frame.span.line} {frame.source.strip()}')}"
        if hidden and position == len(shown) - 1:
            yield f"… {hidden} more"
    for span, message in finding.related:
        yield plain(f"{options.prefix}{span.path}:{span.line} {message}")
    if finding.violation.help:
        yield f"help: {plain_lines(finding.violation.help)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(plain(text)).replace(":", "%3A").replace(",", "%2C")
