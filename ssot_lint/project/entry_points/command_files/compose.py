"""Docker Compose: `command` and `entrypoint` of services (https://docs.docker.com/reference/compose-file/services/)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ssot_lint.project.entry_points.commands import CommandLine
from ssot_lint.project.paths import parent
from ssot_lint.settings.yaml_tree import Node, documents

_NAME = re.compile(r"(?:^|/)(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$")


def recognizes(path: str) -> bool:
    """Whether a file is a compose file, by its name."""
    return _NAME.search(path) is not None


def read(path: str, text: str) -> Iterator[CommandLine]:
    """The commands of all services; raises `YamlError` (a `ValueError`)."""
    for document in documents(text):
        services = document.get("services")
        for _, service in services.fields() if services else ():
            yield from commands_of(path, service)


def commands_of(path: str, service: Node) -> Iterator[CommandLine]:
    """The commands of one service."""
    near = _context(parent(path), service)
    entry = service.get("entrypoint")
    command = service.get("command")
    for node in (entry, command):
        if node is not None:
            yield CommandLine(_words(node), path, node.line, near)
    if entry and command and entry.elements and command.elements:
        yield CommandLine([*_words(entry), *_words(command)], path, command.line, near)


def _context(directory: str, service: Node) -> str:
    """The directory that a service is built from, which is where its command most likely looks."""
    context = service.text_of("build") or service.text_of("build", "context")
    joined = posixpath.normpath(posixpath.join(directory, context)) if "$" not in context else directory
    return "" if joined == "." or joined.startswith("..") else joined


def _words(node: Node) -> list[str] | str:
    return [element.text or "" for element in node.elements] if node.elements else node.text or ""
