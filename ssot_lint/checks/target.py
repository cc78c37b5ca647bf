"""Which Python the project is for: what its metadata promises, and what its images run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import tomli

from ssot_lint.project.model import Project
from ssot_lint.project.paths import is_below, parent

Version: TypeAlias = tuple[int, int]

# From then on (PEP 649) nothing evaluates annotations before somebody asks for them.
LAZY_ANNOTATIONS: Version = (3, 14)

_FROM = re.compile(r"^\s*FROM\s+(?:--platform=\S+\s+)?(\S*python\S*?):v?(3)\.(\d+)", re.IGNORECASE | re.MULTILINE)
_UV_IMAGE = re.compile(r"^\s*FROM\s+(?:--platform=\S+\s+)?\S+:\S*python(3)\.(\d+)", re.IGNORECASE | re.MULTILINE)
_PINNED = re.compile(r"^\s*(?:cpython-)?(3)\.(\d+)")
_LOWEST = re.compile(r"(>=|==|~=|>|\^)\s*(3)\.(\d+)")


@dataclass(frozen=True)
class Target:
    """One place that says on which Python the code runs. `runs` tells an image or a pin from a promise."""

    version: Version
    where: str
    runs: bool

    def speaks_of(self, project: Project, path: str) -> bool:
        """Whether it is about a file: an image that stands among other code than the file's is for that."""
        directory = parent(self.where)
        return is_below(path, directory) or not any(
            is_below(source.path, directory) for source in project.modules.values()
        )


def targets(project: Project) -> list[Target]:
    """What the files at the root say, the lowest version first."""
    return sorted(_targets(project), key=lambda target: (target.version, target.where))


def _targets(project: Project) -> Iterator[Target]:
    for path in project.others:
        name = path.rpartition("/")[2].lower()
        if name.startswith("dockerfile") or name.endswith((".dockerfile", "containerfile")):
            text = _read(project, path)
            for match in (*_FROM.finditer(text), *_UV_IMAGE.finditer(text)):
                yield Target((3, int(match[match.lastindex or 0])), path, True)
    for line in _read(project, ".python-version").splitlines()[:1]:
        if pinned := _PINNED.match(line):
            yield Target((3, int(pinned[2])), ".python-version", True)
    yield from _promised(project)


def _promised(project: Project) -> Iterator[Target]:
    found = ""
    try:
        document = tomli.loads(_read(project, "pyproject.toml"))
    except tomli.TOMLDecodeError:
        document = {}  # the configuration reader reports it
    if isinstance(table := document.get("project"), dict):
        found = str(table.get("requires-python", ""))
    poetry = document.get("tool", {}).get("poetry", {}).get("dependencies", {})
    where = "pyproject.toml"
    if not found and isinstance(poetry, dict):
        found = str(poetry.get("python", ""))
    if not found and (
        match := re.search(r"^\s*python_requires\s*=\s*(.+)$", _read(project, "setup.cfg"), re.MULTILINE)
    ):
        found, where = match[1], "setup.cfg"
    if not found and (match := re.search(r"python_requires\s*=\s*[\"'](.+?)[\"']", _read(project, "setup.py"))):
        found, where = match[1], "setup.py"
    if match := _LOWEST.search(found):
        yield Target((3, int(match[3]) + (match[1] == ">" and "." not in found[match.end() :][:1])), where, False)


def _read(project: Project, path: str) -> str:
    """The text of a file of the project, empty where there is none."""
    try:
        return (project.root / path).read_text("utf-8", "replace")
    except OSError:
        return ""


def runs_on(project: Project) -> Version | None:
    """The lowest Python that the code is run on: what images and pins say, else what the metadata promises."""
    found = targets(project)
    running = [target.version for target in found if target.runs] or [target.version for target in found]
    return min(running, default=None)


def evaluates_late(project: Project) -> bool:
    """Whether the Python that the code runs on evaluates annotations only when somebody asks for them."""
    version = runs_on(project)
    return version is not None and version >= LAZY_ANNOTATIONS
