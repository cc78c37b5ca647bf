"""Procfiles: `name: command`, one a line (https://devcenter.heroku.com/articles/procfile)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.project.entry_points.commands import CommandLine
from ssot_lint.project.paths import parent

_NAME = re.compile(r"(?:^|/)Procfile(?:\.\w+)?$")
_LINE = re.compile(r"[\w-]+:\s*(\S.*)")


def recognizes(path: str) -> bool:
    """Whether a file is a Procfile, by its name."""
    return _NAME.search(path) is not None


def read(path: str, text: str) -> Iterator[CommandLine]:
    """The command of each process."""
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.match(line)
        if match:
            yield CommandLine(match[1], path, number, parent(path))
