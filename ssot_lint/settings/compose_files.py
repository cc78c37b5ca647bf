"""Which compose files are used by themselves, and not on top of others."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from fnmatch import fnmatchcase

from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.document import UnreadableError
from ssot_lint.settings.environments import environment_of_path, is_deployed
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.yaml_tree import YamlError, documents

# https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/
_COMMAND = re.compile(rb"\bdocker[- ]compose\b((?:[^\n\\]|\\\n|\\.)*)")
_CHOSEN = rb"\$\{\{[^{}\n]*\}\}|\$\{\w+\}|\$\w+"
_FILE = re.compile(rb"(?:^|\s)(?:-f|--file)[=\s]*[\"']?((?:%s|[^\s\"'])+\.ya?ml)" % _CHOSEN)
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
                # Of `compose.$STAGE.yaml` one is used at a time.
                files = (re.sub(_CHOSEN, b"*", each) for each in _FILE.findall(command))
                named = {each.decode("utf-8", "replace").rpartition("/")[2] for each in files}
                (alone if len(named) == 1 else together).update(named)
    found = {path for path in paths if _is_among(path, alone) and not _is_among(path, together)}
    folders = {parent(path) for path in found}
    usual = {path for path in paths if path.rpartition("/")[2] in _USUAL - together}
    others = {path: _services_of(project, path) for path in paths} if usual else {}
    return frozenset(
        found
        | {
            path
            for path in usual
            if not _is_overridden(path, paths) and (parent(path) in folders or _stands_by_itself(path, others))
        }
    )


def _stands_by_itself(path: str, files: Mapping[str, Mapping[str, bool]]) -> bool:
    """Whether a file says of all its services what they run, and no developer is meant to put another one to it."""
    beside = (other for other in files if other != path and parent(other) == parent(path))
    # What is put to it for a developer says of none of its services what that runs.
    additions = (
        services
        for other in beside
        if not is_deployed(environment_of_path(other))
        if (services := files[other]) and services.keys() <= files[path].keys() and not any(services.values())
    )
    return bool(files[path]) and all(files[path].values()) and not any(additions)


def _services_of(project: Project, path: str) -> dict[str, bool]:
    """The services of a file, and whether it says what they run."""
    try:
        roots = documents(text_of(project, path))
    except (UnreadableError, YamlError):
        return {}  # its reader tells of it
    services = [each for root in roots if (each := root.get("services")) is not None]
    return {
        name.text or "": any(service.get(key) for key in ("image", "build", "extends"))
        for each in services
        for name, service in each.fields()
    }


def _is_among(path: str, names: Collection[str]) -> bool:
    name = path.rpartition("/")[2]
    return any(name == each or (each.strip("*.") and fnmatchcase(name, each)) for each in names)


def _is_overridden(path: str, paths: Collection[str]) -> bool:
    stem, _, ending = path.rpartition(".")
    return f"{stem}.override.{ending}" in paths


def _content(project: Project, path: str) -> bytes:
    try:
        return (project.root / path).read_bytes()
    except OSError:
        return b""  # Others tell of files that can't be read.
