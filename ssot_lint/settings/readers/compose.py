"""Docker Compose: `environment`, `secrets`, and the variables that the file itself interpolates."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.project.paths import parent
from ssot_lint.settings.compose_services import Composed, path_of
from ssot_lint.settings.document import Document
from ssot_lint.settings.model import BARE_SERVICE, ENV_FILE, Need, Role, Setting
from ssot_lint.settings.names import is_bare_name
from ssot_lint.settings.values import UNSET, Value, classify
from ssot_lint.settings.yaml_tree import Node, walk

_NAME = re.compile(r"(?:^|/)(?:docker-)?compose(?:[._-][\w.-]+)?\.ya?ml$")
# https://docs.docker.com/reference/compose-file/interpolation/
_VARIABLE = re.compile(r"(?<!\$)\$(?:\{(?P<braced>[A-Za-z_]\w*)(?P<operator>:?[-?+])?|(?P<plain>[A-Za-z_]\w*))")
# https://docs.docker.com/compose/how-tos/use-secrets/
_MOUNTED = "/run/secrets/"
_NAME_OF_SETTING = re.compile(r"^[A-Z][A-Z0-9_]{2,}$")
_GIVING = ("environment", "env_file", "extends", "secrets", "configs")
_NEEDS: dict[str, Need] = {"-": "optional", "?": "required", "+": "optional"}


class Reader:
    """Reads what Compose gives to each service, and what it takes from the shell or `.env` itself."""

    kind = "compose"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it has services."""
        return bool(_NAME.search(path)) and "services:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each entry of `environment`, each top-level secret, each `${VARIABLE}`.

        What a service reads from a secret that is mounted (`NAME_FILE: /run/secrets/x`) is set too. Of which id it is
        is not told: these ids are compose's own, and no other place's.
        """
        composed = Composed(document.path, document.yaml, document.beside)
        for root in composed.roots:
            services = root.get("services")
            for name, service in services.fields() if services else ():
                parts = list(composed.extended(path_of(document.path, root), services or root, service))
                if not any(each.get(key) for each in parts for key in _GIVING):
                    yield document.setting(
                        BARE_SERVICE,
                        UNSET,
                        "declared",
                        name.line,
                        self.kind,
                        service=name.text or "",
                        shown=name.text or "",
                    )
                given: set[str] = set()
                for node in parts:
                    fresh = [
                        each for each in self._environment(document, name.text or "", node) if each.name not in given
                    ]
                    given.update(each.name for each in fresh)
                    yield from fresh
                    yield from self._env_files(document, composed, name.text or "", node)
            secrets = root.get("secrets")
            for name, secret in secrets.fields() if secrets else ():
                if not _is_external(secret):
                    yield document.setting(
                        name.text or "", Value("secret", secret=name.text or ""), "provisioned", name.line, self.kind
                    )
                if variable := secret.text_of("environment"):
                    yield self._read(document, variable, "required", secret.line)
            yield from self._interpolated(document, root)

    def _environment(self, document: Document, service: str, node: Node) -> Iterator[Setting]:
        mounted = dict(_mounts(node))
        for name, line in mounted.items():
            if _NAME_OF_SETTING.match(name):
                # A file, and no variable: who reads it is not known.
                yield document.setting(name, UNSET, "declared", line, self.kind, service=service)
        for name, value, line in _entries(node):
            yield self._entry(document, name, value, line, service)
            variable, from_file = name[: -len("_FILE")], name.endswith("_FILE")
            if from_file and variable and (value or "").removeprefix(_MOUNTED) in mounted and value not in mounted:
                given = Value("secret")
                yield document.setting(variable, given, "set", line, self.kind, service=service, shown=name)

    def _env_files(self, document: Document, composed: Composed, service: str, node: Node) -> Iterator[Setting]:
        """What names a file, which the collector reads if no reader knows it by its name."""
        own = path_of(document.path, node)
        if (extended := node.text_of("extends", "file")) and not composed.is_there(own, extended):
            # What a service of another file gives is not known.
            yield document.setting(ENV_FILE, UNSET, "declared", node.line, self.kind, service=service)
        given = node.get("env_file")
        for entry in (given, *given.elements) if given is not None else ():
            if path := entry.text or entry.text_of("path"):
                file = posixpath.normpath(posixpath.join(parent(own), path))
                yield document.setting(ENV_FILE, UNSET, "declared", entry.line, self.kind, service=service, group=file)

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


def _entries(service: Node) -> Iterator[tuple[str, str | None, int]]:
    """The names and values of `environment`, in either form, each with its line."""
    environment = service.get("environment")
    if environment is None:
        return
    for entry in environment.elements:
        name, equals, value = (entry.text or "").partition("=")
        if name and (equals or is_bare_name(name)):
            yield name, value if equals else None, entry.line
    for key, node in environment.fields():
        if key.text:
            yield key.text, node.text, key.line


def _mounts(service: Node) -> Iterator[tuple[str, int]]:
    """The names in `/run/secrets` of what `secrets` mounts, in the short form or the long one."""
    secrets = service.get("secrets")
    for entry in secrets.elements if secrets is not None else ():
        target = entry.text or entry.text_of("target") or entry.text_of("source")
        name = target.removeprefix(_MOUNTED)
        if name and "/" not in name:
            yield name, entry.line


def _is_external(secret: Node) -> bool:
    """Whether the secret was created by others."""
    external = secret.get("external")
    return external is not None and external.text != "false"
