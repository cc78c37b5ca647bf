"""Azure Container Apps as YAML or JSON: what `az containerapp create --yaml` takes, and `show` prints."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import Value
from ssot_lint.settings.yaml_tree import Node


class Reader:
    """Reads `properties.template.containers`."""

    kind = "container-apps"

    def recognizes(self, path: str, text: str) -> bool:
        """By the type that such a file names, or the reference to a secret that only it has."""
        named = "Microsoft.App/containerApps" in text or ("secretRef:" in text and "containers:" in text)
        return path.endswith((".yaml", ".yml", ".json")) and named and "apiVersion: apps/" not in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable of each container."""
        for root in document.yaml:
            properties = root.get("properties")
            if properties is None or properties.get("template") is None:
                continue
            for container in properties.list_of("template", "containers"):
                service = root.text_of("name") or container.text_of("name")
                for entry in container.list_of("env"):
                    if name := entry.get("name"):
                        yield self._given(document, name, entry, service)

    def _given(self, document: Document, name: Node, entry: Node, service: str) -> Setting:
        reference = entry.text_of("secretRef")
        value: Value | str = Value("secret", secret=reference) if reference else entry.text_of("value")
        return document.setting(
            name.text or "", value, "deployed", name.line, self.kind, service=service,
            environment=document.environment or environment_of_id(service), group=f"{document.path}:{service}",
        )  # fmt: skip
