"""Task definitions of Amazon ECS as JSON or YAML: what is registered, or what `describe-task-definition` shows."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import COMPUTED, Value, secret_of_arn
from ssot_lint.settings.yaml_tree import Node


class Reader:
    """Reads `containerDefinitions`."""

    kind = "ecs-task"

    def recognizes(self, path: str, text: str) -> bool:
        """By the key that only task definitions have."""
        return path.endswith((".json", ".yaml", ".yml")) and "containerDefinitions" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each entry of `environment` and of `secrets`; a file in S3 may hold anything."""
        for root in document.yaml:
            task = root.get("taskDefinition") or root
            family = task.text_of("family")
            for container in task.list_of("containerDefinitions"):
                yield from self._container(document, container, family)

    def _container(self, document: Document, container: Node, family: str) -> Iterator[Setting]:
        service = container.text_of("name") or family
        environment = document.environment or environment_of_id(family) or environment_of_id(service)
        for kind in ("environment", "secrets", "environmentFiles"):
            for entry in container.list_of(kind):
                name, value = entry.text_of("name"), entry.text_of("value")
                if kind == "secrets":
                    known: Value | str = Value("secret", secret=_secret(entry.text_of("valueFrom")))
                else:
                    known = value if kind == "environment" else COMPUTED
                if name or kind == "environmentFiles":
                    yield document.setting(
                        name or UNKNOWN, known, "deployed", entry.line, self.kind,
                        service=service, environment=environment, group=f"{document.path}:{service}",
                    )  # fmt: skip


def _secret(reference: str) -> str:
    """The id of a secret, or the path of a parameter as Terraform and the command line write it."""
    found = secret_of_arn(reference)
    return f"/{found}" if ":parameter/" in reference and "/" in found else found
