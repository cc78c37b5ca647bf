"""JSON, version 1: the shape that scripts may rely on. Names and meanings stay as long as the version does."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ssot_lint.findings import Finding, Frame, Span
from ssot_lint.project.model import EntryPoint
from ssot_lint.report.model import Options, Report, Stats

_STATS = (
    "files_seen",
    "files_parsed",
    "files_cached",
    "functions",
    "edges",
    "calls",
    "calls_resolved",
    "seconds",
)


def render(report: Report, options: Options) -> str:
    """The whole report; ASCII only, so that file names that are not Unicode survive as escaped surrogates."""
    document = {
        "version": 1,
        "tool": {"name": "ssot-lint", "version": report.version},
        "entry_points": [entry_point(entry) for entry in (*report.entry_points, *report.hooks)],
        "findings": [_finding(finding) for finding in report.findings],
        "unreadable": [file._asdict() for file in report.unreadable],
        "stats": _stats(report.stats),
    }
    return json.dumps(document, indent=1) + "\n"


def entry_point(entry: EntryPoint) -> dict[str, Any]:
    """An entry point, as every JSON output of the tool has it."""
    return {
        "spec": entry.spec,
        "kind": entry.kind,
        "phase": entry.phase,
        "path": entry.path,
        "line": entry.line,
        "reason": entry.reason,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    violation = finding.violation
    of_a_call = violation.phase is not None
    members: dict[str, Any] = {
        "code": violation.code,
        "name": finding.name,
        "level": violation.level,
        "certainty": violation.certainty,
    }
    if of_a_call:
        members["phase"] = violation.phase
    members |= {"message": violation.message, **asdict(finding.span)}
    if of_a_call or violation.function:
        members["function"] = violation.function
    if of_a_call or violation.target:
        members["target"] = violation.target
    if of_a_call:
        members["chain"] = [_hop(frame) for frame in finding.chain]
    if finding.related or not of_a_call:
        members["related"] = [_related(span, message) for span, message in finding.related]
    return members | {
        "fingerprint": finding.fingerprint,
        "fixable": finding.fix is not None,
        "help": violation.help,
    }


def _hop(frame: Frame) -> dict[str, Any]:
    return {
        "caller": frame.caller,
        "callee": frame.callee,
        "kind": frame.kind,
        "certainty": frame.certainty,
        "path": frame.span.path,
        "line": frame.span.line,
        "column": frame.span.column,
    }


def _related(span: Span, message: str) -> dict[str, Any]:
    return {"path": span.path, "line": span.line, "message": message}


def _stats(stats: Stats) -> dict[str, Any]:
    return {key: getattr(stats, key) for key in _STATS}
