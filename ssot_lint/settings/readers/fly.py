"""Applications of Fly.io: `fly.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import COMPUTED

_NAME = re.compile(r"(?:^|/)fly(?:[._-][\w-]+)?\.toml$")
_TABLE = re.compile(r"^\s*\[\s*env\s*\]", re.MULTILINE)


class Reader:
    """Reads `[env]`. The secrets of an application are set by hand, so that it is given more than the file says."""

    kind = "fly"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name and its table."""
        return bool(_NAME.search(path)) and _TABLE.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable, and one of any name for the secrets."""
        import tomli

        try:
            content = tomli.loads(document.text)
        except tomli.TOMLDecodeError as error:
            raise UnreadableError("not TOML", getattr(error, "lineno", 1)) from None
        app, variables = content.get("app"), content.get("env")
        service = app if isinstance(app, str) else ""
        environment = document.environment or environment_of_id(service)
        first = document.text[: _line_start(document.text)].count("\n") + 1
        for name, value in variables.items() if isinstance(variables, dict) else ():
            line = document.line_of(name, first, len(document.lines))
            yield document.setting(
                name, str(value), "deployed", line, self.kind,
                service=service, environment=environment, group=document.path,
            )  # fmt: skip
        yield document.setting(
            UNKNOWN, COMPUTED, "deployed", first, self.kind, service=service, environment=environment, shown="env"
        )


def _line_start(text: str) -> int:
    found = _TABLE.search(text)
    return found.end() if found else 0
