"""Values of Helm charts: the maps and lists of environment variables that they hold for their templates."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.chart_templates import VARIABLE
from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_value
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import COMPUTED, Value
from ssot_lint.settings.yaml_tree import Node, walk

_FILE = re.compile(r"(?:^|/)values(?:[._-][\w.-]+)?\.ya?ml$")


class Reader:
    """What they name for templates is told by its form."""

    kind = "helm-values"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name."""
        return bool(_FILE.search(path))

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each variable of a map of nothing but names in capitals, or of a list of names and values."""
        for root in document.yaml:
            for node in walk(root):
                if node.pairs and all(VARIABLE.match(key.text or "") for key, _ in node.pairs):
                    for key, value in node.pairs:
                        yield self._setting(document, key, value, node)
                for entry in node.elements:
                    name = entry.get("name") if entry.type == "mapping" else None
                    if name is not None and VARIABLE.match(name.text or "") and {"value", "valueFrom"} & _keys(entry):
                        yield self._setting(document, name, entry.get("value"), node)
            yield from self._telling(document, root)

    def _telling(self, document: Document, root: Node) -> Iterator[Setting]:
        """What values of one environment have that names one, be it another, by the path that leads there."""
        stack = [("", root)] if document.environment else []
        while stack:
            path, node = stack.pop()
            stack += [(f"{path}.{key.text}", value) for key, value in node.pairs if not VARIABLE.match(key.text or "")]
            if node.type == "scalar" and (told := environment_of_value(node.text or "")):
                value = Value("computed", tells=told)
                yield document.setting(f"--{path[1:]}", value, "set", node.line, self.kind, shown=node.text or "")

    def _setting(self, document: Document, name: Node, value: Node | None, around: Node) -> Setting:
        known = value.text or "" if value is not None and value.type == "scalar" else COMPUTED
        return document.setting(
            name.text or "", known, "set", name.line, self.kind, group=f"{document.path}:{around.line}:{around.column}"
        )


def _keys(node: Node) -> set[str]:
    return {key.text or "" for key, _ in node.pairs}
