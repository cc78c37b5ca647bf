"""Services, volumes, networks, secrets and configs that compose files name and none of the project defines.

Docker Compose refuses such a file as a whole (https://docs.docker.com/reference/compose-file/). Files may be put on
top of each other, so what any of them defines counts for all.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.files import is_file
from ssot_lint.findings import Span
from ssot_lint.project.entry_points.command_files import compose
from ssot_lint.project.model import Project
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.yaml_tree import Node, YamlError

_ALIKE = 0.6
_TEMPLATE = re.compile(r"\{\{|\{%|<%")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_SERVICES, _VOLUMES = "services", "volumes"
_KINDS = {_SERVICES: "service", _VOLUMES: "volume", "networks": "network", "secrets": "secret", "configs": "config"}
_MODES = ("network_mode", "ipc", "pid")
_OF_SERVICE = "service:"
_ALWAYS_THERE = {"networks": {"default"}}


@dataclass(frozen=True)
class Undefined:
    """A name of some kind that is used and not defined, all its places, and one that may be meant."""

    kind: str
    name: str
    places: tuple[Span, ...]
    meant: str


def undefined(project: Project) -> Iterator[Undefined]:
    """What compose files use and none defines; nothing where one of them can't be read: it may define anything."""
    files: list[tuple[Document, Node]] = []
    for path in filter(compose.recognizes, project.others):
        try:
            document = Document(path, text_of(project, path))
            if _TEMPLATE.search(document.text):
                return
            files += [(document, root) for root in document.yaml]
        except (UnreadableError, YamlError):
            return  # its reader tells of it
    defined: defaultdict[str, set[str]] = defaultdict(set)
    for _, root in files:
        for group in _KINDS:
            defined[group] |= set(_keys(root.get(group))) | _ALWAYS_THERE.get(group, set())
    places: defaultdict[tuple[str, str], list[Span]] = defaultdict(list)
    for document, root in files:
        if not stands_aside(document.path) and not _takes_others(project, document.path, root):
            for group, node, name in _used(root):
                if _NAME.fullmatch(name) and name not in defined[group]:
                    places[group, name].append(document.span(node.line, name))
    for (group, name), found in places.items():
        near = difflib.get_close_matches(name, sorted(defined[group]), 1, _ALIKE)
        yield Undefined(_KINDS[group], name, tuple(dict.fromkeys(found)), near[0] if near else "")


def _keys(node: Node | None) -> Iterator[str]:
    return (key.text or "" for key, _ in node.fields()) if node is not None else iter(())


def _takes_others(project: Project, path: str, root: Node) -> bool:
    """Whether a file takes something from files that are not of the project."""
    if root.get("include") is not None:
        return True
    services = root.get(_SERVICES)
    files = (service.text_of("extends", "file") for _, service in services.fields()) if services else ()
    folder = (project.root / path).parent
    return any(file and not is_file(folder / file) for file in files)


def _used(root: Node) -> Iterator[tuple[str, Node, str]]:
    """(group, node, name) of all that the services of a file name."""
    services = root.get(_SERVICES)
    for _, service in services.fields() if services else ():
        yield from _other_services(service)
        for group in ("networks", "secrets", "configs"):
            for node in _entries(service.get(group)):
                named = node.get("source") or node
                yield group, named, named.text or ""
        for node in service.list_of(_VOLUMES):
            source = node.get("source")
            if node.text is not None:
                name, is_mounted, _ = node.text.partition(":")
                yield _VOLUMES, node, name if is_mounted else ""
            elif node.text_of("type") == "volume" and source is not None:
                yield _VOLUMES, source, source.text or ""


def _other_services(service: Node) -> Iterator[tuple[str, Node, str]]:
    for node in _entries(service.get("depends_on")):
        yield _SERVICES, node, node.text or ""
    for node in service.list_of("links"):
        yield _SERVICES, node, (node.text or "").partition(":")[0]
    for key in _MODES:
        mode = service.get(key)
        if mode is not None and (mode.text or "").startswith(_OF_SERVICE):
            yield _SERVICES, mode, (mode.text or "").removeprefix(_OF_SERVICE)
    extended = service.get("extends", "service") or service.get("extends")
    if extended is not None:
        yield _SERVICES, extended, extended.text or ""


def _entries(node: Node | None) -> Iterator[Node]:
    """The elements of a list, or the keys of a mapping; what is asked for only if it is there is left out."""
    if node is not None:
        yield from node.elements
        yield from (key for key, value in node.fields() if value.text_of("required") != "false")
