"""Manifests of Heroku: `app.json`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import COMPUTED, UNSET, Value

_NAME = re.compile(r"(?:^|/)app\.json$")
_ENV = re.compile(r'^\s*"env"\s*:\s*\{', re.MULTILINE)


class Reader:
    """Reads `env` (https://devcenter.heroku.com/articles/app-json-schema): what is asked for, made up or preset."""

    kind = "heroku"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it gives variables. The `app.json` of Expo has all it says under one key of its own."""
        return bool(_NAME.search(path)) and '"expo"' not in text and _ENV.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A declared setting for each variable."""
        for root in document.yaml:
            variables = root.get("env")
            for key, entry in variables.fields() if variables else ():
                preset = entry if entry.type == "scalar" else entry.get("value")
                value: Value | str = UNSET if preset is None else preset.text or ""
                if entry.text_of("generator"):
                    value = COMPUTED
                yield document.setting(key.text or "", value, "declared", key.line, self.kind, group=document.path)
