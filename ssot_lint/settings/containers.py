"""The `env` and `envFrom` of a container, as Kubernetes, Knative and Cloud Run write them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import COMPUTED, Value
from ssot_lint.settings.yaml_tree import Node


def container_settings(
    document: Document, container: Node, kind: str, service: str, environment: str
) -> Iterator[Setting]:
    """What a container's `env` hands to the program; an `envFrom` is the pattern `*`, filled from that secret."""
    for entry in container.list_of("env"):
        name = entry.text_of("name")
        if name:
            setting = document.setting(
                name, _value(entry), "deployed", entry.line, kind, service=service, environment=environment
            )
            reference = entry.get("valueFrom", "secretKeyRef", "optional")
            is_optional = reference is not None and reference.text == "true"
            yield replace(setting, need="optional") if is_optional else setting
    for entry in container.list_of("envFrom"):
        for source in ("secretRef", "configMapRef"):
            if target := entry.text_of(source, "name"):
                given = document.setting(
                    f"{entry.text_of('prefix')}*",
                    Value("secret", secret=f"{target}/*") if source == "secretRef" else COMPUTED,
                    "deployed",
                    entry.line,
                    kind,
                    service=service,
                    environment=environment,
                    group=target,
                    shown=target,
                )
                is_optional = entry.text_of(source, "optional") == "true"
                yield replace(given, need="optional") if is_optional else given


def _value(entry: Node) -> Value | str | None:
    for source in ("valueFrom", "valueSource"):
        node = entry.get(source)
        if node is None:
            continue
        reference = node.get("secretKeyRef")
        if reference is None:
            return COMPUTED
        if source == "valueSource" or reference.get("name") is None:
            return Value("secret", secret=reference.text_of("secret"))
        return Value("secret", secret=f"{reference.text_of('name')}/{reference.text_of('key')}")
    value = entry.get("value")
    return value.text if value is not None else ""
