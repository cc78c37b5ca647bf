"""The services of a compose file with what they extend, in other files too, and those of the files that it includes."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator

from ssot_lint.project.entry_points.command_files import compose
from ssot_lint.project.paths import parent
from ssot_lint.settings.elsewhere import Line
from ssot_lint.settings.yaml_tree import Node, YamlError, documents, walk

_MOST_FILES = 20


class Composed:
    """A compose file: its roots, each with those of the files that it includes and no reader knows by their names.

    `beside` gives the text of a file of the project, or None. What stands in another file has the lines of that one.
    """

    def __init__(self, path: str, roots: list[Node], beside: Callable[[str], str | None]) -> None:
        self._beside = beside
        self._read: dict[str, list[Node]] = {posixpath.normpath(path): roots}
        self.roots = list(self._with_included(path, roots, {path}))

    def _with_included(self, path: str, roots: list[Node], seen: set[str]) -> Iterator[Node]:
        for root in roots:
            yield root
            for entry in root.list_of("include"):
                named = [entry, *entry.list_of("path"), *filter(None, [entry.get("path")])]
                for file in (_joined(path, each.text) for each in named if each.text):
                    if file not in seen and not compose.recognizes(file):
                        seen.add(file)
                        yield from self._with_included(file, self._of(file), seen)

    def extended(self, path: str, services: Node, service: Node) -> Iterator[Node]:
        """A service of the file at `path` and those that it extends, the nearest first."""
        seen: set[int] = set()
        around: Node | None = services
        node: Node | None = service
        while node is not None and id(node) not in seen:
            seen.add(id(node))
            yield node
            wanted = node.text_of("extends") or node.text_of("extends", "service")
            if file := node.text_of("extends", "file"):
                path = _joined(path, file)
                around = next((each for root in self._of(path) if (each := root.get("services"))), None)
            node = around.get(wanted) if wanted and around is not None else None

    def is_there(self, path: str, file: str) -> bool:
        """Whether a file that the one at `path` extends is known."""
        return bool(self._of(_joined(path, file)))

    def _of(self, path: str) -> list[Node]:
        if path not in self._read:
            text = self._beside(path) if len(self._read) < _MOST_FILES else None
            self._read[path] = _placed(path, text) if text is not None else []
        return self._read[path]


def path_of(path: str, node: Node) -> str:
    """The file in which a node of the compose file at `path` stands."""
    return node.line.path if isinstance(node.line, Line) else path


def _placed(path: str, text: str) -> list[Node]:
    """The documents of another file, with its lines."""
    try:
        roots = documents(text)
    except YamlError:
        return []  # It is told of where it is read itself.
    lines = text.splitlines()
    for node in (each for root in roots for each in walk(root)):
        source = lines[node.line - 1] if node.line <= len(lines) else ""
        node.line = Line(node.line, path, source, "")
    return roots


def _joined(path: str, file: str) -> str:
    return posixpath.normpath(posixpath.join(parent(path), file))
