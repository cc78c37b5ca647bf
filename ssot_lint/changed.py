"""Which lines changed since a git revision, and which findings they touch."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from ssot_lint.errors import UsageError
from ssot_lint.findings import Finding, Span

Changes: TypeAlias = Mapping[str, list[range]]

_SECTION = re.compile(rb"^diff --git ", re.MULTILINE)
_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_EVERY_LINE = range(1, 2**31)
# Nothing that a repository configures may run: its code is read, not trusted.
_GIT = ("git", "-c", "core.fsmonitor=false")
_DIFF = (
    "diff",
    "--relative",
    "--no-ext-diff",
    "--no-textconv",
    "--no-renames",
    "--diff-filter=d",
    "--ignore-submodules",
)


def changes_since(revision: str, root: Path) -> Changes:
    """The changed lines (1-based) of each file below `root`, by POSIX path relative to it; all those of a new file.

    Compares the working tree with the revision; what git ignores doesn't count. Raises `UsageError` where there is no
    git, no repository, or no such revision.
    """
    _git(root, "rev-parse", "--git-dir")
    try:
        commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except UsageError:  # git says "Needed a single revision"
        raise UsageError(f"--changed-since: git has no revision `{revision}` here") from None
    names = _names(_git(root, *_DIFF, "--name-only", "-z", commit, "--"))
    sections = _SECTION.split(_git(root, *_DIFF, "--no-color", "--unified=0", commit, "--"))[1:]
    untracked = _names(_git(root, "ls-files", "-z", "--others", "--exclude-standard"))
    return {
        **{name: list(_lines(section)) for name, section in zip(names, sections, strict=True)},
        **{name: [_EVERY_LINE] for name in untracked},
    }


def touches(changes: Changes, finding: Finding) -> bool:
    """Whether a line changed on which the finding, a call of its chain, or a place that it compares stands."""
    spans = [finding.span, *(frame.span for frame in finding.chain), *(span for span, _ in finding.related)]
    return any(_touches(changes, span) for span in spans)


def _touches(changes: Changes, span: Span) -> bool:
    return any(lines.start <= span.end_line and span.line < lines.stop for lines in changes.get(span.path, ()))


def _names(output: bytes) -> list[str]:
    return [os.fsdecode(name) for name in output.split(b"\0") if name]


def _lines(section: bytes) -> Iterator[range]:
    for hunk in _HUNK.finditer(section):
        first, count = int(hunk[1]), int(hunk[2] or 1)
        yield range(first, first + count)


def _git(root: Path, *arguments: str) -> bytes:
    try:
        # A revision can't be an option here, and there is no shell.
        done = subprocess.run([*_GIT, *arguments], cwd=root, capture_output=True, check=False)  # noqa: S603
    except FileNotFoundError as error:
        raise UsageError("--changed-since needs git, which is not installed") from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise UsageError(f"--changed-since: {said[-1] if said else 'git failed'}")
    return done.stdout
