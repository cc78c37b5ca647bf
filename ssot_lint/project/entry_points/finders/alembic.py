"""Alembic: the `env.py` of its scripts, which every migration runs (https://alembic.sqlalchemy.org)."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.project.entry_points.search import Search
from ssot_lint.project.model import EntryPoint

NEEDLES = (b"alembic",)


def find(search: Search) -> Iterator[EntryPoint]:
    """The modules `env` that take Alembic's context; others only use it."""
    for source in search.containing(*NEEDLES):
        if source.path.rpartition("/")[2] == "env.py" and b"context.configure" in search.bytes_of(source):
            yield EntryPoint(source.name, "migrations", "import", source.path, 1, "Alembic runs it with each migration")
