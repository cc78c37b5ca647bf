"""`docker run` and `podman run` in scripts: the variables and the files of variables that a container is given."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import ENV_FILE, UNKNOWN, Setting
from ssot_lint.settings.scripts import commands_of, flag_values, is_script, is_yaml
from ssot_lint.settings.shell import Word
from ssot_lint.settings.values import COMPUTED, UNSET, classify

_SIGNS = re.compile(r"\b(?:docker|podman)\s[^\n]*\b(?:run|create)\b")
_PROGRAMS = ("docker", "podman")
_RUNNING = frozenset({"run", "create"})
_NAME = re.compile(r"[A-Za-z_]\w*")


class Reader:
    """Reads what a developer, or a script on a host, starts a container with."""

    kind = "docker-run"

    def recognizes(self, path: str, text: str) -> bool:
        """A script, or YAML with steps, that runs a container."""
        return (is_yaml(path) or is_script(path)) and _SIGNS.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each `-e NAME=value`; `-e NAME` passes one on, and an `--env-file` is read by itself."""
        for program in _PROGRAMS:
            for seen, words in commands_of(document, program):
                if any(word.text in _RUNNING for word in words[1:3]):
                    yield from self._container(seen, words[1:])

    def _container(self, document: Document, words: Sequence[Word]) -> Iterator[Setting]:
        named = next((word.text for word in flag_values(words, ("--name",))), "")
        service = named if re.fullmatch(r"[a-z][a-z0-9-]*", named) else ""
        for word in flag_values(words, ("-e", "--env")):
            name, equals, value = word.text.partition("=")
            if _NAME.fullmatch(name):
                known = COMPUTED if UNKNOWN in value else classify(name, value)
                yield document.setting(
                    name, known if equals else UNSET, "set" if equals else "declared", word.line, self.kind,
                    service=service, group=f"{document.path}:{words[0].line}",
                )  # fmt: skip
        for word in flag_values(words, ("--env-file",)):
            path = posixpath.normpath(word.text)
            yield document.setting(ENV_FILE, UNSET, "declared", word.line, self.kind, service=service, group=path)
