"""Findings that were there before and are accepted: only new ones fail.

The file is JSON, made to be read in a review: `{"version": 1, "findings": [{"fingerprint", "code", "path", "function",
"message"}]}`, sorted. Only the fingerprints decide; the rest tells people what they accept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from ssot_lint.errors import SsotLintError
from ssot_lint.files import write_atomically
from ssot_lint.findings import Finding, Span, Violation
from ssot_lint.suppressions import CODE

_VERSION = 1
_FINGERPRINT = re.compile(r'"fingerprint": *"([^"]*)"')


class Entry(NamedTuple):
    """An accepted finding."""

    code: str
    path: str
    function: str
    message: str
    fingerprint: str


class Baseline(NamedTuple):
    """The entries of a file, with the path that messages call it, and the line (1-based) of each fingerprint."""

    path: str
    entries: tuple[Entry, ...]
    lines: dict[str, int]


def accept(findings: Iterable[Finding]) -> tuple[Entry, ...]:
    """The entries that accept these findings, sorted."""
    return tuple(
        sorted(
            Entry(
                finding.code,
                finding.span.path,
                finding.violation.function,
                finding.violation.message,
                finding.fingerprint,
            )
            for finding in findings
        )
    )


def write(file: Path, entries: Iterable[Entry]) -> None:
    """Writes a baseline file, whole or not at all. Raises `OSError`."""
    document = {"version": _VERSION, "findings": [entry._asdict() for entry in sorted(entries)]}
    write_atomically(file, (json.dumps(document, indent=1) + "\n").encode("ascii"))


def read(file: Path, shown: str) -> Baseline:
    """The baseline in a file, which messages call `shown`.

    Raises `SsotLintError` where it can't be read, or is not what `write` writes.
    """
    try:
        content = file.read_bytes().decode("utf-8")
        document: Any = json.loads(content)
    except OSError as error:
        raise SsotLintError(f"{shown}: can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise _malformed(shown, f"not valid JSON ({error})") from error
    if not isinstance(document, dict) or document.get("version") != _VERSION:
        raise _malformed(shown, f"not a baseline of version {_VERSION}")
    entries = document.get("findings")
    if not isinstance(entries, list) or not all(_is_entry(entry) for entry in entries):
        raise _malformed(shown, f"each of its `findings` must give {', '.join(Entry._fields)} as text")
    numbered = enumerate(content.split("\n"), 1)
    lines = {match[1]: number for number, line in numbered for match in _FINGERPRINT.finditer(line)}
    return Baseline(shown, tuple(Entry(**entry) for entry in entries), lines)


def split(
    findings: Iterable[Finding], baseline: Baseline, checked: Iterable[str]
) -> tuple[list[Finding], list[Finding], list[Violation]]:
    """The findings that are new, those that are accepted, and a violation for each entry that accepts nothing.

    An entry of a rule that is not among `checked` can't be said to accept nothing.
    """
    fingerprints = {entry.fingerprint for entry in baseline.entries}
    new: list[Finding] = []
    accepted: list[Finding] = []
    for finding in findings:
        (accepted if finding.fingerprint in fingerprints else new).append(finding)
    met = {finding.fingerprint for finding in accepted}
    codes = set(checked)
    stale = [entry for entry in baseline.entries if entry.fingerprint not in met and entry.code in codes]
    return new, accepted, [_stale(entry, baseline) for entry in stale] if CODE in codes else []


def _is_entry(entry: object) -> bool:
    if not isinstance(entry, dict):
        return False
    return entry.keys() == set(Entry._fields) and all(isinstance(value, str) for value in entry.values())


def _malformed(shown: str, why: str) -> SsotLintError:
    return SsotLintError(f"{shown}: {why}; write it anew with `ssot-lint baseline`")


def _stale(entry: Entry, baseline: Baseline) -> Violation:
    line = baseline.lines.get(entry.fingerprint, 1)
    where = f"{entry.path}, {entry.function}" if entry.function else entry.path
    return Violation(
        CODE,
        "warning",
        f"the baseline accepts a finding that is gone: {entry.code} in {where}: {entry.message}",
        Span(baseline.path, line, 1, line, 2),
        help="write the baseline anew with `ssot-lint baseline`",
    )
