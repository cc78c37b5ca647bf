"""What the reader of a file may ask for beside it: the files around it, and the modules that it imports."""

from __future__ import annotations

import contextlib
import posixpath
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TypedDict

from ssot_lint.project.imports import absolute_name
from ssot_lint.project.model import Project
from ssot_lint.settings.document import UnreadableError
from ssot_lint.settings.elsewhere import Module
from ssot_lint.settings.files import text_in, text_of

_MOST_NEIGHBOURS = 200
_BESIDE = {".tf": (".tfvars",), ".tofu": (".tfvars",)}
"""What a file is read with, beside those of its own ending."""


class Surroundings(TypedDict):
    """What a document may ask for beside itself."""

    neighbours: Callable[[], Sequence[str]]
    folder: Callable[[str], Sequence[str]]
    variables: Callable[[], Sequence[tuple[str, str]]]
    beside: Callable[[str], str | None]
    module: Callable[[int, str], Module | None]


def surroundings(project: Project, path: str) -> Surroundings:
    """What the document at `path` may ask for."""
    return {
        "neighbours": partial(_neighbours, project, path),
        "folder": partial(_neighbours, project, path),
        "variables": partial(_variables, project, path),
        "beside": partial(beside, project),
        "module": partial(_module, project, path),
    }


def beside(project: Project, path: str) -> str | None:
    """The text of a file of the project that is no module; None for what is none or can't be read."""
    if path not in project.others:
        return None
    try:
        return text_of(project, path)
    except UnreadableError:
        return None  # It is told of where it is read itself.


def _module(project: Project, path: str, level: int, name: str) -> Module | None:
    """The module of the project that the file at `path` imports by that name."""
    importing = next((each for each in project.modules.values() if each.path == path), None)
    absolute = absolute_name(importing, level, name) if importing is not None else None
    found = project.modules.get(absolute) if absolute is not None else None
    if found is None:
        return None
    try:
        return Module(found.path, text_of(project, found.path), partial(_module, project, found.path))
    except UnreadableError:
        return None  # It is told of where it is read itself.


def _variables(project: Project, path: str) -> list[tuple[str, str]]:
    """The paths and texts of files of variables beside a file of Terraform, and in folders below without such files."""
    folder = posixpath.dirname(path)
    found = []
    for other, beside, is_root in _files_of_variables(project.others):
        if beside == folder or (not is_root and (not folder or beside.startswith(f"{folder}/"))):
            with contextlib.suppress(UnreadableError):
                found.append((other, text_of(project, other)))
    return found[:_MOST_NEIGHBOURS]


@lru_cache(maxsize=2)
def _files_of_variables(paths: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    """The files of variables, each with its folder and whether other files of Terraform stand there."""
    roots = {posixpath.dirname(path) for path in paths if path.endswith((".tf", ".tofu"))}
    found = [(path, posixpath.dirname(path)) for path in paths if path.endswith(".tfvars")]
    return [(path, folder, folder in roots) for path, folder in found]


def _neighbours(project: Project, path: str, folder: str | None = None) -> list[str]:
    """The texts of the other files in a folder, its own by default, that have the same ending.

    Those that can't be read are left out.
    """
    folder = posixpath.dirname(path) if folder is None else folder
    ending = posixpath.splitext(path)[1]
    is_python = ending == ".py"
    paths = tuple(sorted(each.path for each in project.modules.values())) if is_python else project.others
    endings = (ending, *_BESIDE.get(ending, ()))
    return [text for other, text in _texts(project.root, paths, folder, endings) if other != path]


@lru_cache(maxsize=2)
def _texts(root: Path, paths: tuple[str, ...], folder: str, endings: tuple[str, ...]) -> list[tuple[str, str]]:
    texts = []
    inside = (path for path in paths if path.endswith(endings) and posixpath.dirname(path) == folder)
    for path in islice(inside, _MOST_NEIGHBOURS):
        with contextlib.suppress(UnreadableError):
            texts.append((path, text_in(root, path)))
    return texts
