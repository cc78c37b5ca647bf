"""App Engine: `env_variables` of `app.yaml`, and of the files that it includes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting

_VARIABLES = re.compile(r"^env_variables:", re.MULTILINE)
_DEFAULT_SERVICE = "default"


class Reader:
    """Reads what the platform sets (https://cloud.google.com/appengine/docs/standard/reference/app-yaml)."""

    kind = "app-engine"

    def recognizes(self, path: str, text: str) -> bool:
        """By the key, which stands at the top of no other file."""
        return path.endswith((".yaml", ".yml")) and _VARIABLES.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable."""
        for root in document.yaml:
            variables = root.get("env_variables")
            service = root.text_of("service") or (_DEFAULT_SERVICE if root.get("runtime") else "")
            for key, value in variables.fields() if variables else ():
                yield document.setting(
                    key.text or "", value.text or "", "deployed", key.line, self.kind,
                    service=service, group=document.path,
                )  # fmt: skip
