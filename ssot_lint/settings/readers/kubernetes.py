"""Kubernetes manifests: `Secret`, `ExternalSecret`, `SealedSecret`, `ConfigMap`, and the `env` of every workload."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from ssot_lint.settings.chart_templates import NOT_KNOWN, is_template
from ssot_lint.settings.containers import container_settings
from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_words
from ssot_lint.settings.model import OF_VALUES, Setting
from ssot_lint.settings.values import COMPUTED, Value, classify, pattern
from ssot_lint.settings.yaml_tree import Node, walk

_KIND = re.compile(
    r"^\s*[\"']?kind[\"']?:\s*[\"']?(?:Secret|SealedSecret|ExternalSecret|ConfigMap|Deployment|StatefulSet|DaemonSet|Job"
    r"|CronJob|Pod|ReplicaSet|Rollout|List)\b",
    re.MULTILINE,
)
_HOLDING = frozenset({"Secret", "ConfigMap", "SealedSecret", "ExternalSecret"})


class Workload(NamedTuple):
    """A `Deployment`, a `Job` or the like: the name by which its settings go, and what it runs."""

    name: str
    containers: Sequence[Node]


def workloads(root: Node) -> Iterator[Workload]:
    """The workloads of a document."""
    for manifest in manifests(root):
        if manifest.text_of("kind") not in _HOLDING and (template := pod(manifest)):
            name = manifest.text_of("metadata", "labels", "app") or manifest.text_of("metadata", "name")
            yield Workload(name, (*template.list_of("containers"), *template.list_of("initContainers")))


class Reader:
    """Reads manifests. A secret's id is `name/key`."""

    kind = "kubernetes"

    def recognizes(self, path: str, text: str) -> bool:
        """By `apiVersion` and a `kind` of Kubernetes."""
        manifest = path.endswith((".yaml", ".yml", ".json")) and "apiVersion" in text
        return manifest and bool(_KIND.search(text)) and "serving.knative.dev" not in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each key that a manifest provisions, sets or hands to a container."""
        found = (
            setting
            for root in document.yaml
            for manifest in manifests(root)
            for setting in self._manifest(document, manifest)
        )
        yield from _of_template(found) if is_template(document.path, document.text) else found

    def _manifest(self, document: Document, node: Node) -> Iterator[Setting]:
        kind, name = node.text_of("kind"), node.text_of("metadata", "name")
        environment = document.environment or environment_of_words(node.text_of("metadata", "namespace"))
        if kind in {"Secret", "ConfigMap"}:
            yield from self._keys(document, node, name, environment, secret=kind == "Secret")
        elif kind == "SealedSecret":
            sealed = node.get("spec", "encryptedData")
            for key, _ in sealed.fields() if sealed else ():
                yield self._provisioned(document, name, key, environment)
        elif kind == "ExternalSecret":
            yield from self._external(document, node, node.text_of("spec", "target", "name") or name, environment)
        for workload in workloads(node):
            for container in workload.containers:
                yield from container_settings(document, container, self.kind, workload.name, environment)

    def _keys(self, document: Document, node: Node, name: str, environment: str, *, secret: bool) -> Iterator[Setting]:
        for field in ("data", "stringData"):
            data = node.get(field)
            for key, value in data.fields() if data else ():
                if secret and key.text != OF_VALUES:
                    yield self._provisioned(document, name, key, environment)
                text = value.text or ""
                known = _decoded(key.text or "", text) if secret and field == "data" else text
                yield document.setting(
                    key.text or "", known, "set", key.line, self.kind, environment=environment, group=name
                )

    def _external(self, document: Document, node: Node, target: str, environment: str) -> Iterator[Setting]:
        for entry in node.list_of("spec", "data"):
            key = entry.get("secretKey")
            if key is None:
                continue
            yield self._provisioned(document, target, key, environment)
            remote = entry.text_of("remoteRef", "key")
            detail = entry.text_of("remoteRef", "property")
            identifier = f"{remote}#{detail}" if detail else remote
            yield document.setting(
                key.text or "", Value("secret", secret=identifier), "mapped", key.line, self.kind,
                environment=environment, group=target,
            )  # fmt: skip
        if node.get("spec", "dataFrom") is not None:
            yield document.setting(
                f"{target}/*", Value("secret", secret=f"{target}/*"), "provisioned", node.line, self.kind,
                environment=environment, group=target,
            )  # fmt: skip

    def _provisioned(self, document: Document, name: str, key: Node, environment: str) -> Setting:
        identifier = f"{name}/{key.text}"
        return document.setting(
            identifier, Value("secret", secret=identifier), "provisioned", key.line, self.kind,
            environment=environment, group=name, shown=key.text or "",
        )  # fmt: skip


def _of_template(settings: Iterable[Setting]) -> Iterator[Setting]:
    """What a template holds, each once: which branch is filled in nobody knows. What is not known in a name is `*`."""
    found: dict[tuple[str, ...], Setting] = {}
    for each in settings:
        key = each.role, each.service, each.group, each.name
        before = found.get(key)
        if before is None:
            found[key] = each
        elif before.digest != each.digest and before.value_state != "secret":
            found[key] = replace(before, value_state="computed", digest="", number=None, unit="", tells="", speaks="")
    for each in found.values():
        yield replace(
            each, name=pattern(each.name), secret=pattern(each.secret), group=pattern(each.group),
            service="" if NOT_KNOWN in each.service else each.service,
        )  # fmt: skip


def _decoded(name: str, text: str) -> Value:
    """What stands in `data` of a `Secret`, which is base64; a template's text is none."""
    try:
        return classify(name, base64.b64decode(text, validate=True).decode())
    except ValueError:
        return COMPUTED


def manifests(root: Node) -> Sequence[Node]:
    """The manifests that a document holds: itself, or those of a `List`."""
    return root.list_of("items") if root.text_of("kind") == "List" else [root]


def pod(node: Node) -> Node | None:
    """The pod's specification inside a workload."""
    for part in walk(node):
        if part.type == "mapping" and part.get("containers") is not None:
            return part
    return None
