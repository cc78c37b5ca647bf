"""Files of variables of Terraform that stand side by side, one for each environment, and what one of them lacks."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.findings import Span
from ssot_lint.project.model import Project
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.hcl import Block, parse

_ENDINGS = (".tf", ".tofu")
_ALWAYS = re.compile(r"(?:^|/)(?:terraform|[^/]*\.auto)\.tfvars$")
_VARIABLE = re.compile(r"^\s*variable\s+\"", re.MULTILINE)


@dataclass(frozen=True)
class Lack:
    """A file of variables, what it lacks, where that is declared, and the files beside it that give it."""

    place: Span
    path: str
    names: tuple[str, ...]
    declared: tuple[Span, ...]
    others: tuple[str, ...]


def lacks(project: Project) -> Iterator[Lack]:
    """What files of one environment lack that those of another give, where the variable has no default.

    What a file gives that is always read, or a command by name, is not lacking.
    """
    roots = {posixpath.dirname(path) for path in project.others if path.endswith(_ENDINGS)}
    families: defaultdict[str, list[Document]] = defaultdict(list)
    for path in project.others:
        if path.endswith(".tfvars") and not stands_aside(path) and not _ALWAYS.search(path):
            document = Document(path, "")
            root = _root(path, roots)
            if document.environment and root is not None:
                families[root].append(document)
    for root, family in families.items():
        if len(family) > 1:
            yield from _of_family(project, root, [each.path for each in family])


def _root(path: str, roots: set[str]) -> str | None:
    """The folder whose Terraform takes a file: its own, or one above it."""
    folder = posixpath.dirname(path)
    while folder not in roots:
        if not folder:
            return None
        folder = posixpath.dirname(folder)
    return folder


def _of_family(project: Project, root: str, paths: list[str]) -> Iterator[Lack]:
    given: dict[str, dict[str, Block]] = {}
    for path in paths:
        blocks = _blocks(project, path)
        if blocks is None:
            return
        given[path] = {each.labels[0]: each for each in blocks if each.type == "given"}
    declared = dict(_declared(project, root))
    for path, own in given.items():
        missing = [
            name
            for name in declared
            if name not in own and any(name in each for each in given.values() if each is not own)
        ]
        named = [name for name in missing if not _is_given_elsewhere(project, root, name)]
        if named and len(own) >= len(named):
            others = tuple(other for other, each in given.items() if any(name in each for name in named))
            last = max(own.values(), key=lambda each: each.line)
            place = Document(path, text_of(project, path)).span(last.line)
            yield Lack(place, path, tuple(named), tuple(declared[name] for name in named), others)


def _declared(project: Project, root: str) -> Iterator[tuple[str, Span]]:
    """The variables of a folder that have no default."""
    for path in project.others:
        if path.endswith(_ENDINGS) and posixpath.dirname(path) == root:
            for block in _blocks(project, path, _VARIABLE) or ():
                if block.type == "variable" and block.labels and "default" not in block.attributes:
                    yield block.labels[0], Document(path, text_of(project, path)).span(block.line, block.labels[0])


def _is_given_elsewhere(project: Project, root: str, name: str) -> bool:
    """Whether a command, or a file that is always read, may give a variable."""
    sign = re.compile(rf"TF_VAR_{name}\b|-var[= ]+[\"']?{name}=")
    for path in project.others:
        is_always = _ALWAYS.search(path) is not None and posixpath.dirname(path) == root
        if is_always or path.endswith((".yml", ".yaml", ".sh", ".tf", "Makefile", ".hcl", ".toml", ".env")):
            try:
                text = text_of(project, path)
            except UnreadableError:
                continue  # others tell of it
            if sign.search(text) or (is_always and re.search(rf"^\s*{name}\s*=", text, re.MULTILINE)):
                return True
    return False


def _blocks(project: Project, path: str, sign: re.Pattern[str] | None = None) -> list[Block] | None:
    """The blocks of a file that has the sign; None if it can't be read, of which its reader tells."""
    try:
        text = text_of(project, path)
        return parse(text) if sign is None or sign.search(text) else []
    except UnreadableError:
        return None
