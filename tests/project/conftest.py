"""Small trees of files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_lint.facts.extract import extract
from ssot_lint.facts.model import ModuleFacts, Unreadable
from ssot_lint.project.discover import discover
from ssot_lint.project.entry_points import FoundEntryPoints, find_entry_points
from ssot_lint.project.model import Project


@pytest.fixture
def tree(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Writes files (relative path to text) and gives their root."""

    def write(files: dict[str, str]) -> Path:
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


class ParsedLibrary:
    """The facts of a project, parsed when asked for."""

    def __init__(self, project: Project) -> None:
        self._project = project

    def get(self, module: str) -> ModuleFacts | Unreadable | None:
        """The facts of a module."""
        source = self._project.modules.get(module)
        return extract(self._project.read(source)) if source else None


@pytest.fixture
def library() -> type[ParsedLibrary]:
    """Makes a library of a project's facts."""
    return ParsedLibrary


@pytest.fixture
def entry_points(tree: Callable[[dict[str, str]], Path]) -> Callable[[dict[str, str]], FoundEntryPoints]:
    """Finds the entry points of a project given as a tree."""

    def find(files: dict[str, str]) -> FoundEntryPoints:
        project = discover(tree(files))
        return find_entry_points(project, ParsedLibrary(project))

    return find
