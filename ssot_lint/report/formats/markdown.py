"""GitHub-flavoured Markdown, for a job's summary or a comment: each finding with its chain drawn by Mermaid.

A job's summary takes 1 MiB a step and is refused as a whole beyond; so findings that don't fit are counted instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.findings import LEVELS, Finding
from ssot_lint.report.mermaid import label
from ssot_lint.report.model import Options, Report
from ssot_lint.report.plain import plain
from ssot_lint.report.wording import completeness, counted, fix_option, folded, outcome, reached

_MAX_BYTES = 1024 * 1024
_RESERVED = 200
_MAX_DRAWN = 20
_SPECIAL = re.compile(r"[\\`*_{}\[\]<>#|~&@$!]")


def render(report: Report, options: Options) -> str:
    """A heading, the findings (the worst first) as far as they fit, and what the answer rests on."""
    head = f"## ssot-lint: {outcome(report)}\n"
    tail = "" if options.quiet else f"\n{_escaped(completeness(report))}\n"
    room = _MAX_BYTES - _RESERVED - len(f"{head}{tail}".encode())
    sections = [head]
    ordered = sorted(report.findings, key=lambda finding: LEVELS.index(finding.violation.level))
    for position, finding in enumerate(ordered):
        section = "\n" + "\n".join(_section(finding, options))
        room -= len(section.encode())
        if room < 0:
            sections.append(f"\n**{counted(len(ordered) - position, 'more finding')} left out here.**\n")
            break
        sections.append(section)
    return "".join([*sections, tail])


def _section(finding: Finding, options: Options) -> Iterator[str]:
    violation, span = finding.violation, finding.span
    yield f"### {violation.level} {violation.code}: {_prose(violation.message)}\n"
    certainty = f"certainty: {violation.certainty}"
    way = reached(finding, options.prefix)
    facts = [_code(f"{options.prefix}{span.path}:{span.line}:{span.column}"), _prose(way), certainty]
    yield " · ".join(filter(None, facts)) + "\n"
    if finding.chain:
        yield from _drawing(finding, options)
    for place, message in finding.related:
        yield f"- {_code(f'{options.prefix}{place.path}:{place.line}')}: {_prose(message)}\n"
    if violation.help:
        option = fix_option(finding)
        yield f"Help: {_prose(violation.help)}{f' ({_code(option)} does it)' if option else ''}\n"


def _drawing(finding: Finding, options: Options) -> Iterator[str]:
    """The chain as a Mermaid flowchart: callers and callees as nodes, places on the edges."""
    shown, hidden = folded(finding.chain, whole=len(finding.chain) <= _MAX_DRAWN)
    yield "```mermaid\nflowchart TD"
    yield f"  n0[{label(shown[0][1].caller)}]"
    for position, (number, frame) in enumerate(shown, 1):
        before = number - 1
        if hidden and position == len(shown):
            yield f"  n{shown[-2][0]} -.->|{label(f'{hidden} more')}| n{before}[{label(frame.caller)}]"
        place = f"{options.prefix}{frame.span.path}:{frame.span.line}"
        yield f"  n{before} -->|{label(place)}| n{number}[{label(frame.callee)}]"
    target = finding.violation.target
    if target:
        place = f"{options.prefix}{finding.span.path}:{finding.span.line}"
        yield f"  n{len(finding.chain)} ==>|{label(place)}| target[{label(target)}]"
    yield "```\n"


def _prose(text: str) -> str:
    """Text in which names stand between backticks, as messages have them; all other markup is escaped."""
    parts = re.split(r"`([^`]+)`", text)
    return "".join(_code(part) if index % 2 else _escaped(part) for index, part in enumerate(parts))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", plain(text))


def _code(text: str) -> str:
    """A code span (CommonMark 6.1): its fence is longer than any run of backticks inside."""
    text = plain(text)
    runs = re.findall("`+", text)
    if not runs:
        return f"`{text}`"
    fence = "`" * (max(map(len, runs)) + 1)
    return f"{fence} {text} {fence}"
