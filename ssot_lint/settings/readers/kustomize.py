"""Kustomizations: what `configMapGenerator` and `secretGenerator` make of literals and environment files."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from ssot_lint.project.paths import parent
from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_path, environment_of_words
from ssot_lint.settings.model import ENV_FILE, Setting
from ssot_lint.settings.values import Value
from ssot_lint.settings.yaml_tree import Node

_NAME = re.compile(r"(?:^|/)(?:kustomization\.ya?ml|Kustomization)$")
_GENERATORS = {"configMapGenerator": False, "secretGenerator": True}


class Reader:
    """Reads the generators; what resources and patches say stands in files of their own."""

    kind = "kustomize"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it generates something."""
        return bool(_NAME.search(path)) and "Generator:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each literal, and the environment files that are named."""
        for root in document.yaml:
            environment = document.environment or environment_of_words(root.text_of("namespace"))
            if (namespace := root.get("namespace")) is not None:
                yield from self._telling(document, "--namespace", namespace, environment_of_words(namespace.text or ""))
            for key, makes_secrets in _GENERATORS.items():
                for generator in root.list_of(key):
                    yield from self._generator(document, generator, environment, makes_secrets)

    def _telling(self, document: Document, name: str, node: Node, told: str) -> Iterator[Setting]:
        """What an overlay of one environment has that names one, be it another."""
        if told and document.environment:
            value = Value("computed", tells=told)
            yield document.setting(name, value, "set", node.line, self.kind, shown=node.text or "")

    def _generator(self, document: Document, node: Node, environment: str, makes_secrets: bool) -> Iterator[Setting]:
        target = node.text_of("name")
        for literal in node.list_of("literals"):
            name, equals, value = (literal.text or "").partition("=")
            if not equals:
                continue
            yield document.setting(
                name, value.strip("'\""), "set", literal.line, self.kind, environment=environment, group=target
            )
            if makes_secrets:
                identifier = f"{target}/{name}"
                yield document.setting(
                    identifier, Value("secret", secret=identifier), "provisioned", literal.line, self.kind,
                    environment=environment, group=target, shown=name,
                )  # fmt: skip
        files = [*node.list_of("envs"), *filter(None, [node.get("env")])]
        for file in files:
            path = posixpath.normpath(posixpath.join(parent(document.path), file.text or ""))
            yield from self._telling(document, "--env-file", file, environment_of_path(path))
            made = Value("unset", secret=target)
            yield document.setting(
                ENV_FILE, made, "declared", file.line, self.kind, environment=environment, group=path
            )
