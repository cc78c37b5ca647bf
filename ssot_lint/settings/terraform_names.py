"""Variables and locals that files of Terraform use and their folder does not declare."""

from __future__ import annotations

import difflib
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
from ssot_lint.settings.spelling import ALIKE

_ENDINGS = (".tf", ".tofu")
_COMMENT = re.compile(r"/\*.*?\*/|(?:(?<=\s)|^)(?:#|//)[^\n]*", re.DOTALL | re.MULTILINE)
_USED = re.compile(r"(?<![\w.-])(?P<kind>var|local)\.(?P<name>[A-Za-z_][\w-]*)")
_ESCAPED = re.compile(r"\$\$\{[^}]*\}")
_GENERATED = ("terragrunt.hcl", ".tf.json", ".tofu.json")


@dataclass(frozen=True)
class Undeclared:
    """`var.x` or `local.x` where nothing of the folder declares it, all its places, and one that may be meant."""

    name: str
    places: tuple[Span, ...]
    meant: str


def undeclared(project: Project) -> Iterator[Undeclared]:
    """What each folder uses and does not declare; nothing of folders whose files may be made by something else."""
    if any(path.endswith(_GENERATED) for path in project.others):
        return
    folders: defaultdict[str, list[str]] = defaultdict(list)
    for path in project.others:
        if path.endswith(_ENDINGS) and not stands_aside(path):
            folders[posixpath.dirname(path)].append(path)
    for paths in folders.values():
        try:
            documents = [Document(path, text_of(project, path)) for path in paths]
            declared = {name for each in documents for block in parse(each.text) for name in _declared(block)}
        except UnreadableError:
            continue  # its reader tells of it
        yield from _of_folder(documents, declared)


def _declared(block: Block) -> Iterator[str]:
    if block.type == "variable" and block.labels:
        yield f"var.{block.labels[0]}"
    elif block.type == "locals":
        yield from (f"local.{name}" for name in block.attributes)


def _of_folder(documents: list[Document], declared: set[str]) -> Iterator[Undeclared]:
    # Where none is declared, the file that declares them is not here.
    kinds = {name.partition(".")[0] for name in declared}
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for document in documents:
        text = _ESCAPED.sub(_blanked, _COMMENT.sub(_blanked, document.text))
        for number, line in enumerate(text.splitlines(), 1):
            for match in _USED.finditer(line):
                if match[0] not in declared and match["kind"] in kinds:
                    places[match[0]].append(document.span(number, match[0]))
    for name, found in places.items():
        near = difflib.get_close_matches(name, sorted(declared), 1, ALIKE)
        yield Undeclared(name, tuple(dict.fromkeys(found)), near[0] if near else "")


def _blanked(match: re.Match[str]) -> str:
    """What is left out, with its lines."""
    return "\n" * match[0].count("\n")
