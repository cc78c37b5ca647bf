"""Where results go, and how their paths are written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path


def emit(text: str, file: Path | None) -> None:
    """Writes a result to a file (whole or not at all), else to stdout. Raises `OSError`."""
    from ssot_lint.files import write_atomically
    from ssot_lint.report import write

    if file is None:
        write(text, sys.stdout)
    else:
        write_atomically(file, text.encode())


def warn(warnings: Iterable[str], *, quiet: bool) -> None:
    """Says on stderr what a person should know of what was left out."""
    for warning in () if quiet else dict.fromkeys(warnings):
        note(f"warning: {warning}")


def note(text: str) -> None:
    """Says something about the run, on stderr, in a line."""
    print(f"ssot-lint: {' '.join(text.split())}", file=sys.stderr)


def prefix_for_people(root: Path) -> str:
    """What leads from the working directory to the project root: empty, or ending with `/`."""
    return _prefix(root, Path.cwd())


def prefix_for_services(root: Path) -> str:
    """What leads from the root of the repository to the project root: empty, or ending with `/`."""
    repositories = (directory for directory in (root, *root.parents) if (directory / ".git").exists())
    return _prefix(root, next(repositories, root))


def _prefix(root: Path, base: Path) -> str:
    way = Path(os.path.relpath(root, base)).as_posix()
    return "" if way == "." else f"{way}/"
