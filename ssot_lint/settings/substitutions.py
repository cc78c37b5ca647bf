"""Substitutions that builds of Cloud Build use and do not declare.

https://cloud.google.com/build/docs/build/substitute-variable-values
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.findings import Span
from ssot_lint.project.model import Project
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.spelling import ALIKE
from ssot_lint.settings.yaml_tree import Node, YamlError, walk

_IS_BUILD = re.compile(r"^steps:", re.MULTILINE)
_USED = re.compile(r"(?<!\$)\$(?:\{(_[A-Z][A-Z0-9_]*)\}|(_[A-Z][A-Z0-9_]*))")
_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Unsubstituted:
    """A substitution that a build uses, all its places, the last that it declares, and one that may be meant."""

    name: str
    places: tuple[Span, ...]
    last: Span
    meant: str


def unsubstituted(project: Project) -> Iterator[Unsubstituted]:
    """What builds use and do not declare, and no other file speaks of: triggers are often set up by hand."""
    builds = []
    for path in project.others:
        if path.endswith(_YAML) and not stands_aside(path):
            try:
                text = text_of(project, path)
                if not _IS_BUILD.search(text) or "substitutions:" not in text:
                    continue
                document = Document(path, text)
                builds += [(document, root) for root in document.yaml]
            except (UnreadableError, YamlError):
                continue  # its reader tells of it
    for document, root in builds:
        yield from _of_build(project, document, root)


def _of_build(project: Project, document: Document, root: Node) -> Iterator[Unsubstituted]:
    substitutions = root.get("substitutions")
    declared = [key for key, _ in substitutions.fields()] if substitutions else []
    names = {key.text or "" for key in declared}
    if not declared or root.text_of("options", "substitutionOption") or root.text_of("options", "substitution_option"):
        return
    places: defaultdict[str, list[Span]] = defaultdict(list)
    for node in walk(root):
        for match in _USED.finditer(node.text or ""):
            name = match[1] or match[2]
            if name not in names and not may_be_secret(name):
                places[name].append(document.span(node.line, match[0]))
    fresh = [name for name in places if not _is_mentioned(project, name, document.path)]
    if len(fresh) > len(names):
        return  # a trigger gives most of them
    for name in fresh:
        near = difflib.get_close_matches(name, sorted(names), 1, ALIKE)
        last = document.span(declared[-1].line, declared[-1].text or "")
        yield Unsubstituted(name, tuple(dict.fromkeys(places[name])), last, near[0] if near else "")


def _is_mentioned(project: Project, name: str, path: str) -> bool:
    """Whether another file speaks of the name, as one that sets up a trigger does."""
    word = re.compile(rf"\b{name}\b")
    for other in project.others:
        if other != path:
            try:
                if word.search(text_of(project, other)):
                    return True
            except UnreadableError:
                continue  # no text
    return False
