"""Docker Compose: `environment`, `secrets`, and the variables that the file itself interpolates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Need, Role, Setting
from ssot_lint.settings.values import UNSET, Value, classify
from ssot_lint.settings.yaml_tree import Node, walk

_NAME = re.compile(r"(?:^|/)(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$")
# https://docs.docker.com/reference/compose-file/interpolation/
_VARIABLE = re.compile(r"(?<!\$)\$(?:\{(?P<braced>[A-Za-z_]\w*)(?P<operator>:?[-?+])?|(?P<plain>[A-Za-z_]\w*))")
_NEEDS: dict[str, Need] = {"-": "optional", "?": "required", "+": "optional"}


class Reader:
    """Reads what Compose gives to each service, and what it takes from the shell or `.env` itself."""

    kind = "compose"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it has services."""
        return bool(_NAME.search(path)) and "services:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each entry of `environment`, each top-level secret, each `${VARIABLE}`."""
        for root in document.yaml:
            services = root.get("services")
            for name, service in services.fields() if services else ():
                yield from self._environment(document, name.text or "", service)
            secrets = root.get("secrets")
            for name, secret in secrets.fields() if secrets else ():
                yield document.setting(
                    name.text or "", Value("secret", secret=name.text or ""), "provisioned", name.line, self.kind
                )
                if variable := secret.text_of("environment"):
                    yield self._read(document, variable, "required", secret.line)
            yield from self._interpolated(document, root)

    def _environment(self, document: Document, service: str, node: Node) -> Iterator[Setting]:
        environment = node.get("environment")
        if environment is None:
            return
        for entry in environment.elements:
            name, equals, value = (entry.text or "").partition("=")
            yield self._entry(document, name, value if equals else None, entry.line, service)
        for key, value_node in environment.fields():
            yield self._entry(document, key.text or "", value_node.text, key.line, service)

    def _entry(self, document: Document, name: str, value: str | None, line: int, service: str) -> Setting:
        role: Role = "declared" if value is None or document.is_example else "set"
        known = UNSET if value is None else classify(name, value)
        default = re.fullmatch(r"\$\{\w+:?-([^{}$]*)\}", value or "")
        if default and default.group(1):
            known = replace(classify(name, default.group(1)), state="computed", digest="")
        return document.setting(name, known, role, line, self.kind, service=service)

    def _interpolated(self, document: Document, root: Node) -> Iterator[Setting]:
        for node in walk(root):
            for match in _VARIABLE.finditer(node.text or ""):
                operator = match["operator"] or ""
                need = _NEEDS.get(operator[-1:], "bare")
                yield self._read(document, match["braced"] or match["plain"], need, node.line)

    def _read(self, document: Document, name: str, need: Need, line: int) -> Setting:
        return replace(document.setting(name, UNSET, "read", line, self.kind), need=need)
