"""Ports that manifests of Kubernetes name and no container has.

A probe of such a port fails, and a service sends its requests nowhere
(https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports).
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.chart_templates import NOT_KNOWN
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.readers.kubernetes import manifests, pod
from ssot_lint.settings.surroundings import surroundings
from ssot_lint.settings.unnamed import Unnamed
from ssot_lint.settings.yaml_tree import Node, YamlError

_SIGNS = ("targetPort", "Probe:")
_PUT_THERE = re.compile(r"\bports:\s*\{\{|\bports:[^\n]*\n\s*\{\{-?\s*(?:range|with|toYaml|include|tpl|if)\b")
"""Ports that are not written out."""
_PROBES = ("readinessProbe", "livenessProbe", "startupProbe")
_ALIKE = 0.5


def unnamed_ports(project: Project) -> Iterator[Unnamed]:
    """The ports of probes that their container does not have, and those of services that none behind them has."""
    folders: defaultdict[str, list[tuple[Document, Node]]] = defaultdict(list)
    for path in project.others:
        if path.endswith((".yaml", ".yml")) and not stands_aside(path):
            for document, root in _roots(project, path):
                folders[parent(path)] += ((document, each) for each in manifests(root))
    for found in folders.values():
        yield from _of_probes(found)
        yield from _of_services(found)


def _roots(project: Project, path: str) -> Iterator[tuple[Document, Node]]:
    try:
        text = text_of(project, path)
        if (
            "apiVersion" in text
            and any(sign in text for sign in (*_SIGNS, "containers"))
            and not _PUT_THERE.search(text)
        ):
            document = Document(path, text, **surroundings(project, path))
            yield from ((document, root) for root in document.yaml)
    except (UnreadableError, YamlError):
        return  # its reader tells of it


def _of_probes(found: Sequence[tuple[Document, Node]]) -> Iterator[Unnamed]:
    for document, manifest in found:
        held = pod(manifest)
        containers = held.list_of("containers") if held is not None else []
        beside = _ports(containers, "containerPort")  # containers of one pod reach each other's
        # A part of a container that is put on top of another one has no image.
        for container in (each for each in containers if each.get("image") is not None):
            for node in _probed(container):
                if _is_missing(node, [container]) and node.text not in beside:
                    yield _unnamed(document, node, [container])


def _probed(container: Node) -> Iterator[Node]:
    """The ports that the probes of a container ask for."""
    for probe in _PROBES:
        for kind in ("httpGet", "tcpSocket"):
            if (port := container.get(probe, kind, "port")) is not None:
                yield port


def _of_services(found: Sequence[tuple[Document, Node]]) -> Iterator[Unnamed]:
    behind = [(labels, held) for _, each in found if (labels := _labels(each)) and (held := pod(each)) is not None]
    for document, manifest in found:
        selector = manifest.get("spec", "selector") if manifest.text_of("kind") == "Service" else None
        wanted = {(key.text, value.text) for key, value in selector.fields()} if selector is not None else set()
        containers = [
            each for labels, held in behind if wanted and wanted <= labels for each in held.list_of("containers")
        ]
        targets = (each.get("targetPort") for each in manifest.list_of("spec", "ports"))
        for target in targets:
            if target is not None and _is_missing(target, containers):
                yield _unnamed(document, target, containers)


def _labels(workload: Node) -> set[tuple[str | None, str | None]]:
    """The labels of the pods of a workload, if it has some."""
    labels = workload.get("spec", "template", "metadata", "labels")
    return {(key.text, value.text) for key, value in labels.fields()} if labels is not None else set()


def _is_missing(port: Node, containers: Sequence[Node]) -> bool:
    """Whether none of the containers has a port of that name or number; where they tell of none it may be elsewhere.

    Numbers need not be told, so one is missing only where it is sure that a container listens at another one.
    """
    asked, names = port.text or "", _ports(containers, "name")
    if asked.isdigit():
        numbers, said = _ports(containers, "containerPort"), [text for each in containers for text in _said(each)]
        told = {number for text in said for number in re.findall(r"\d+", text)}
        return len(numbers) == 1 and numbers[0] in told and asked not in {*numbers, *told}
    is_name = re.fullmatch(r"[a-z0-9-]*[a-z][a-z0-9-]*", asked) is not None
    return is_name and any(names) and asked not in names and not any(NOT_KNOWN in each for each in names)


def _ports(containers: Sequence[Node], field: str) -> list[str]:
    return [port.text_of(field) for each in containers for port in each.list_of("ports")]


def _said(container: Node) -> Iterator[str]:
    """What tells a container where to listen: its arguments, and its variable `PORT`; and whatever may."""
    for key in ("command", "args"):
        yield from (each.text or "" for each in container.list_of(key))
    yield from (each.text_of("value") for each in container.list_of("env") if each.text_of("name").endswith("PORT"))


def _unnamed(document: Document, node: Node, containers: Sequence[Node]) -> Unnamed:
    name = node.text or ""
    given = sorted(filter(None, _ports(containers, "containerPort" if name.isdigit() else "name")))
    near = difflib.get_close_matches(name, given, 1, _ALIKE) or (given if len(given) == 1 else [])
    return Unnamed(name, (document.span(node.line, name),), near[0] if near else "")
