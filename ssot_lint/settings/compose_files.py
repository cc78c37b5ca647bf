"""Which compose files are used by themselves, and not on top of others."""

from __future__ import annotations

import re
from collections.abc import Collection

from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.files import stands_aside

# https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
_COMMAND = re.compile(rb"\bdocker[- ]compose\b((?:[^\n\\]|\\\n|\\.)*)")
_FILE = re.compile(rb"(?:^|\s)(?:-f|--file)[=\s]*[\"']?([^\s\"']+\.ya?ml)")
_USUAL = frozenset({"compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"})


def used_alone(project: Project, paths: Collection[str]) -> frozenset[str]:
    """Those of the compose files that some command names, and none together with another one.

    Beside such a file, that one is used alone which is used where none is named, unless something overrides it.
    """
    if len(paths) < 2:
        return frozenset()
    together: set[str] = set()
    alone: set[str] = set()
    for path in project.others:
        if not stands_aside(path) and b"compose" in (content := _content(project, path)):
            for command in _COMMAND.findall(content):
                named = {each.decode("utf-8", "replace").rpartition("/")[2] for each in _FILE.findall(command)}
                (alone if len(named) == 1 else together).update(named)
    found = {path for path in paths if path.rpartition("/")[2] in alone - together}
    folders = {parent(path) for path in found}
    usual = {path for path in paths if path.rpartition("/")[2] in _USUAL - together and parent(path) in folders}
    return frozenset(found | {path for path in usual if not _is_overridden(path, paths)})


def _is_overridden(path: str, paths: Collection[str]) -> bool:
    stem, _, ending = path.rpartition(".")
    return f"{stem}.override.{ending}" in paths


def _content(project: Project, path: str) -> bytes:
    try:
        return (project.root / path).read_bytes()
    except OSError:
        return b""  # Others tell of files that can't be read.
