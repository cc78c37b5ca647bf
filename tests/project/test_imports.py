"""Which modules import statements run."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_lint.project.imports import resolve_import
from ssot_lint.project.model import Project, Source

PACKAGES = ["app", "app.core", "app.core.deep"]
MODULES = [*PACKAGES, "app.main", "app.core.db", "app.core.deep.x", "space.mod", "lone"]
PROJECT = Project(
    root=Path(),
    roots=(".",),
    modules={name: Source(name, name.replace(".", "/"), name in PACKAGES) for name in MODULES},
    namespaces=frozenset({"space"}),
)


@pytest.mark.parametrize(
    ("importing", "level", "module", "names", "found"),
    [
        ("lone", 0, "app.core.db", [], ["app", "app.core", "app.core.db"]),
        ("lone", 0, "app.core", ["db", "name"], ["app", "app.core", "app.core.db"]),
        ("lone", 0, "space", ["mod"], ["space.mod"]),
        ("lone", 0, "space.mod", ["x"], ["space.mod"]),
        ("lone", 0, "os.path", ["join"], []),
        ("lone", 0, "app.missing.db", [], ["app"]),
        ("lone", 1, "app", [], []),
        ("app.main", 1, "", ["core", "main"], ["app", "app.core", "app.main"]),
        ("app.main", 2, "", ["lone"], []),
        ("app.core", 1, "db", ["x"], ["app", "app.core", "app.core.db"]),
        ("app.core", 2, "main", [], ["app", "app.main"]),
        ("app.core.deep.x", 2, "db", ["*"], ["app", "app.core", "app.core.db"]),
        ("app.core.deep", 3, "", ["main"], ["app", "app.main"]),
        ("app.core.deep", 4, "", ["lone"], []),
    ],
)
def test_resolve_import(importing: str, level: int, module: str, names: list[str], found: list[str]) -> None:
    assert resolve_import(PROJECT, PROJECT.modules[importing], level, module, names) == found
