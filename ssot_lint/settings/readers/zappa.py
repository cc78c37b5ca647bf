"""Zappa: the variables of `zappa_settings.json`, by stage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_words
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import COMPUTED

_FILE = re.compile(r"(?:^|/)zappa_settings\.(?:json|ya?ml)$")
_MAPS = ("environment_variables", "aws_environment_variables")
_FILES = ("remote_env", "extends")


class Reader:
    """Reads what Zappa hands to a function (https://github.com/zappa/Zappa, "Advanced Settings")."""

    kind = "zappa"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it gives variables."""
        return _FILE.search(path) is not None and "environment_variables" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable; what a stage takes from elsewhere may be anything."""
        for root in document.yaml:
            for key, stage in root.fields():
                environment = environment_of_words(key.text or "")
                service = stage.text_of("project_name")
                for variables in filter(None, (stage.get(each) for each in _MAPS)):
                    for name, value in variables.fields():
                        yield document.setting(
                            name.text or "", value.text or "", "deployed", name.line, self.kind,
                            service=service, environment=environment, group=f"{document.path}:{key.text}",
                        )  # fmt: skip
                if any(stage.get(each) for each in _FILES):
                    yield document.setting(
                        UNKNOWN, COMPUTED, "deployed", stage.line, self.kind,
                        service=service, environment=environment, shown=key.text or "",
                    )  # fmt: skip
