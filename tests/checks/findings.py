"""Runs rules over small projects, and says what they found in words that tests can compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import dedent

from ssot_lint.check import CheckOptions, check
from ssot_lint.findings import Finding
from ssot_lint.run import Request, Run


def findings(
    root: Path, files: Mapping[str, str], config: str = "", *, select: str = "", all_phases: bool = False
) -> list[Finding]:
    """The findings in a project of these files (path: text), all of them or those of one code."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    (root / "ssot-lint.toml").write_text(dedent(config), encoding="utf-8")
    with Run(Request((root,), no_cache=True, jobs=1)) as run:
        return list(check(run, CheckOptions(select=(select,) if select else None, all_phases=all_phases)).findings)


def told(root: Path, files: Mapping[str, str], config: str = "", *, select: str = "") -> list[str]:
    """`path: the source line` for each finding, with its phase in brackets."""
    shown = []
    for finding in findings(root, files, config, select=select):
        line = (root / finding.span.path).read_text(encoding="utf-8").splitlines()[finding.span.line - 1]
        shown.append(f"{finding.span.path}: {line.strip()} [{finding.violation.phase}]")
    return shown


def summaries(found: Iterable[Finding]) -> list[tuple[str, str, str]]:
    """The code, level and message of each finding."""
    return [(each.code, each.violation.level, each.violation.message) for each in found]


def graded(found: Iterable[Finding]) -> list[tuple[str, str]]:
    """The level and message of each finding."""
    return [(each.violation.level, each.violation.message) for each in found]
