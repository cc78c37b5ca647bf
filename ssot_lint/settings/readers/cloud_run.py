"""Cloud Run services as YAML or JSON: what is deployed (`gcloud run services describe`) or shall be (`replace`)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.commands import PORT
from ssot_lint.settings.containers import container_settings
from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import version_of
from ssot_lint.settings.yaml_tree import Node

_EXPORTED = re.compile(
    r"(?:^|[/._-])(?:exported|export|exports|snapshots?|deployed|dump|backup)(?:[/._-])", re.IGNORECASE
)


class Reader:
    """Reads the Knative form (v1) and the v2 form of a service."""

    kind = "cloud-run"

    def recognizes(self, path: str, text: str) -> bool:
        """By the API that it names."""
        if not path.endswith((".yaml", ".yml", ".json")):
            return False
        return "serving.knative.dev" in text or "run.googleapis.com" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each `env` of each container, and `--timeout` for the request timeout."""
        for root in document.yaml:
            for service in root.elements or [root]:
                is_past = _EXPORTED.search(document.path) is not None or _is_exported(service)
                yield from (replace(setting, is_past=is_past) for setting in self._service(document, service))

    def _service(self, document: Document, node: Node) -> Iterator[Setting]:
        template = node.get("spec", "template", "spec") or node.get("template")
        if template is None:
            return
        service = (node.text_of("metadata", "name") or node.text_of("name")).rsplit("/", 1)[-1]
        environment = document.environment or environment_of_id(service)
        for container in template.list_of("containers"):
            for setting in container_settings(document, container, self.kind, service, environment):
                yield _without_key(setting)
            yield from _port(document, container, service, environment)
        for key in ("timeoutSeconds", "timeout"):
            timeout = template.get(key)
            if timeout is not None and timeout.text:
                yield document.setting(
                    "--timeout", timeout.text, "deployed", timeout.line, self.kind,
                    service=service, environment=environment, shown=key,
                )  # fmt: skip


def _port(document: Document, container: Node, service: str, environment: str) -> Iterator[Setting]:
    """The port of a container that runs what its image runs."""
    for port in container.list_of("ports"):
        number = port.get("containerPort")
        if number is not None and number.text and not container.get("command") and not container.get("args"):
            yield document.setting(
                PORT, number.text, "deployed", number.line, Reader.kind,
                service=service, environment=environment, shown=number.text,
            )  # fmt: skip


def _is_exported(service: Node) -> bool:
    """Whether the platform has put to it what nobody writes."""
    metadata = service.get("metadata")
    if metadata is None:
        return any(service.get(key) is not None for key in ("uid", "createTime", "latestReadyRevision"))
    told = any(metadata.get(key) is not None for key in ("uid", "resourceVersion", "creationTimestamp", "selfLink"))
    return told or service.get("status") is not None


def _without_key(setting: Setting) -> Setting:
    """Cloud Run's `key` is a secret's version, no part of its id."""
    secret, _, version = setting.secret.partition("/")
    return replace(setting, secret=secret, version=version_of(version))
