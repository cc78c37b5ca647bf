"""AWS App Runner: `env` and `secrets` of `apprunner.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import Value, secret_of_arn
from ssot_lint.settings.yaml_tree import Node

_FILE = re.compile(r"(?:^|/)apprunner\.ya?ml$")


class Reader:
    """Reads what the service is given (https://docs.aws.amazon.com/apprunner/latest/dg/config-file-ref.html)."""

    kind = "app-runner"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it runs something."""
        return _FILE.search(path) is not None and "run:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable and secret of the run; what only the build has is none."""
        for root in document.yaml:
            run = root.get("run")
            for entry in run.list_of("env") if run else ():
                yield self._setting(document, entry, entry.text_of("value"))
            for entry in run.list_of("secrets") if run else ():
                identifier = entry.text_of("value-from") or entry.text_of("value_from")
                yield self._setting(document, entry, Value("secret", secret=secret_of_arn(identifier)))

    def _setting(self, document: Document, entry: Node, known: Value | str) -> Setting:
        return document.setting(entry.text_of("name"), known, "deployed", entry.line, self.kind, group=document.path)
