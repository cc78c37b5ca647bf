"""GitLab Code Quality: a JSON array of findings (the subset of the Code Climate format that GitLab reads)."""

from __future__ import annotations

import json

from ssot_lint.findings import Finding, Level
from ssot_lint.report.model import Options, Report
from ssot_lint.report.plain import plain
from ssot_lint.report.wording import reached

_SEVERITIES: dict[Level, str] = {"error": "critical", "warning": "minor", "note": "info"}


def render(report: Report, options: Options) -> str:
    """All findings; paths lead from the repository's root, as GitLab wants them."""
    findings = [
        {
            "description": _description(finding, options),
            "check_name": f"{finding.code} {finding.name}",
            "fingerprint": finding.fingerprint,
            "severity": _SEVERITIES[finding.violation.level],
            "location": {"path": plain(options.prefix + finding.span.path), "lines": {"begin": finding.span.line}},
        }
        for finding in report.findings
    ]
    return json.dumps(findings, indent=1) + "\n"


def _description(finding: Finding, options: Options) -> str:
    return plain("; ".join(filter(None, [finding.violation.message, reached(finding, options.prefix)])))
