"""What the command lines in Dockerfiles, Procfiles and compose files start."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryPoint

NEEDLES: tuple[bytes, ...] = ()


def find(search: Search) -> Iterator[EntryPoint]:
    """The servers, workers and scripts that command lines name."""
    yield from search.commands
