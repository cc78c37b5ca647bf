"""Blueprints of Render: `render.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import COMPUTED
from ssot_lint.settings.yaml_tree import Node

_NAME = re.compile(r"(?:^|/)render(?:[._-][\w-]+)?\.ya?ml$")


class Reader:
    """Reads the variables of services and of the groups that they take (https://render.com/docs/blueprint-spec)."""

    kind = "render"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it gives variables."""
        return bool(_NAME.search(path)) and "envVars:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable; `sync: false` is filled in by hand, once."""
        for root in document.yaml:
            groups = {each.text_of("name"): each for each in root.list_of("envVarGroups")}
            for service in root.list_of("services"):
                yield from self._variables(document, service, service.text_of("name"), groups)

    def _variables(self, document: Document, node: Node, service: str, groups: dict[str, Node]) -> Iterator[Setting]:
        environment = document.environment or environment_of_id(service)
        for entry in node.list_of("envVars"):
            key, group = entry.text_of("key"), entry.text_of("fromGroup")
            if group in groups:
                yield from self._variables(document, groups[group], service, {})
            elif key or group:
                value = entry.get("value")
                yield document.setting(
                    key or UNKNOWN, COMPUTED if value is None else value.text or "", "deployed", entry.line, self.kind,
                    service=service, environment=environment, group=f"{document.path}:{service}",
                )  # fmt: skip
