"""SARIF 2.1.0 (OASIS, with errata 01) as GitHub code scanning and other viewers take it.

The log is built from plain dicts: the one model library for Python (sarif-om) has had no release since 2019 and checks
nothing that the schema does not. Section numbers are the specification's; limits are GitHub's.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, TypeAlias
from urllib.parse import quote

import msgspec

from ssot_lint.findings import Finding, Frame, Level, Span
from ssot_lint.report.model import Options, Report, RuleInfo
from ssot_lint.report.plain import plain, plain_lines, shorten
from ssot_lint.report.wording import reached

_Object: TypeAlias = dict[str, Any]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://github.com/ssot-lint/ssot-lint"
_BASE = "%SRCROOT%"

_MAX_RESULTS = 25_000
_MAX_STEPS = 10_000
_MAX_LOCATIONS = 1_000
_MAX_DESCRIPTION = 1_024

_PROBLEM_SEVERITY: dict[Level, str] = {"error": "error", "warning": "warning", "note": "recommendation"}
_SECURITY_SEVERITY = {"SSOT208": "8.0"}
_FAMILIES = {"SSOT1": "calls", "SSOT2": "settings", "SSOT3": "settings", "SSOT9": "analysis"}


def render(report: Report, options: Options) -> str:
    """One log with one run."""
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [_Run(report, options).run()]}
    # The standard library's encoder is many times slower when it indents, and a log may hold 25,000 results.
    return msgspec.json.format(json.dumps(log), indent=1) + "\n"


class _Run:
    """The run that a report makes."""

    def __init__(self, report: Report, options: Options) -> None:
        self._report = report
        self._prefix = options.prefix
        self._rules = sorted(report.rules.values(), key=lambda rule: rule.code)
        self._index = {rule.code: index for index, rule in enumerate(self._rules)}

    def run(self) -> _Object:
        driver = {
            "name": "ssot-lint",
            "semanticVersion": self._report.version,
            "informationUri": _HOME,
            "rules": [_rule(rule) for rule in self._rules],
        }
        return {
            "tool": {"driver": driver},
            "automationDetails": {"id": "ssot-lint/"},
            "originalUriBaseIds": {_BASE: {"description": {"text": "The root of the repository."}}},
            "columnKind": "unicodeCodePoints",
            "invocations": [{"executionSuccessful": True, "toolExecutionNotifications": self._notifications()}],
            "results": [self._result(finding) for finding in self._report.findings[:_MAX_RESULTS]],
        }

    def _notifications(self) -> list[_Object]:
        """What could not be analysed or told; no error among them, as that would say that the run failed (§3.20.21)."""
        notifications: list[_Object] = []
        left_out = len(self._report.findings) - _MAX_RESULTS
        if left_out > 0:
            text = f"{left_out:,} findings are left out: a run may hold {_MAX_RESULTS:,}."
            notifications.append({"level": "warning", "message": {"text": text}})
        for path, line, message in self._report.unreadable:
            span = Span(path, line, 1, line, 1)
            notifications.append(
                {"level": "warning", "message": {"text": plain(message)}, "locations": [self._location(span)]}
            )
        notifications += [
            {"level": "note", "message": {"text": plain(warning)}} for warning in self._report.warnings if warning
        ]
        return notifications

    def _result(self, finding: Finding) -> _Object:
        violation = finding.violation
        words = _sentences(violation.message, reached(finding, self._prefix), violation.help)
        result: _Object = {
            "ruleId": violation.code,
            "ruleIndex": self._index[violation.code],
            "level": violation.level,
            "message": {"text": f"{words}.", "id": "default", "arguments": [words]},
            "locations": [self._location(finding.span)],
            "partialFingerprints": {"ssotLint/v1": finding.fingerprint},
        }
        if finding.chain:
            result["codeFlows"] = [{"threadFlows": [{"locations": self._steps(finding)}]}]
        if finding.related:
            result["relatedLocations"] = [
                {"id": number, **self._location(span, message)}
                for number, (span, message) in enumerate(finding.related[:_MAX_LOCATIONS], 1)
            ]
        return result

    def _steps(self, finding: Finding) -> list[_Object]:
        """The chain from the entry point, then the finding itself (§3.36, §3.38)."""
        frames: Sequence[Frame] = finding.chain[-(_MAX_STEPS - 1) :]
        steps = [self._location(frame.span, f"{frame.caller} → {frame.callee}") for frame in frames]
        steps.append(self._location(finding.span, finding.violation.message))
        return [{"location": location} for location in steps]

    def _location(self, span: Span, message: str = "") -> _Object:
        physical = {
            "artifactLocation": {"uri": _uri(self._prefix + span.path), "uriBaseId": _BASE},
            "region": {
                "startLine": span.line,
                "startColumn": span.column,
                "endLine": span.end_line,
                "endColumn": span.end_column,
            },
        }
        return {"physicalLocation": physical} | ({"message": {"text": plain(message)}} if message else {})


def _rule(rule: RuleInfo) -> _Object:
    """A rule's metadata (§3.49), each text not empty and within GitHub's limits."""
    help_text = rule.help or rule.full or rule.short
    properties: _Object = {
        "tags": [_FAMILIES.get(rule.code[:5], "plugin")],
        "precision": "high",
        "problem.severity": _PROBLEM_SEVERITY[rule.level],
    }
    if severity := _SECURITY_SEVERITY.get(rule.code):
        properties["tags"].append("security")
        properties["security-severity"] = severity
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": shorten(rule.short, _MAX_DESCRIPTION)},
        "fullDescription": {"text": shorten(rule.full or rule.short, _MAX_DESCRIPTION)},
        "help": {"text": help_text, "markdown": help_text},
        "messageStrings": {"default": {"text": "{0}."}},
        "defaultConfiguration": {"level": rule.level},
        "properties": properties,
    }


def _sentences(*parts: str) -> str:
    """Sentences without the last period. `[text](target)` would be a link (§3.11.6), so it is taken apart."""
    sentences = [plain_lines(part.rstrip().rstrip(".")) for part in parts]
    return ". ".join(sentence[0].upper() + sentence[1:] for sentence in sentences if sentence).replace("](", "] (")


def _uri(path: str) -> str:
    """A relative URI reference (RFC 3986); the bytes of a file's name that are not UTF-8 are percent-encoded too."""
    return quote(os.fsencode(path), safe="/")
