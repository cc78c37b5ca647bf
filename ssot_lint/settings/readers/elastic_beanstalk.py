"""Elastic Beanstalk: the environment properties of `.ebextensions`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import COMPUTED
from ssot_lint.settings.yaml_tree import Node

_NAMESPACE = "aws:elasticbeanstalk:application:environment"
_FILE = re.compile(r"(?:^|/)\.ebextensions/[^/]+\.config$")


class Reader:
    """Reads both forms of `option_settings` (https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions.html)."""

    kind = "elastic-beanstalk"

    def recognizes(self, path: str, text: str) -> bool:
        """By its folder, where it gives properties."""
        return _FILE.search(path) is not None and _NAMESPACE in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each property."""
        for root in document.yaml:
            named = root.get("option_settings", _NAMESPACE)
            for key, value in named.fields() if named else ():
                yield self._setting(document, key.text or "", value, key.line)
            for entry in root.list_of("option_settings"):
                if entry.text_of("namespace") == _NAMESPACE:
                    yield self._setting(document, entry.text_of("option_name"), entry.get("value"), entry.line)

    def _setting(self, document: Document, name: str, value: Node | None, line: int) -> Setting:
        known = COMPUTED if value is None or value.type != "scalar" else value.text or ""
        return document.setting(name, known, "deployed", line, self.kind, group=document.path)
