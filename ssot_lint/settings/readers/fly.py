"""Applications of Fly.io: `fly.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import Value

_NAME = re.compile(r"(?:^|/)fly(?:[._-][\w-]+)?\.toml$")
_TABLE = re.compile(r"^\s*\[\s*env\s*\]", re.MULTILINE)
_SIGN = re.compile(r"^\s*app\s*=", re.MULTILINE)


class Application(NamedTuple):
    """An application, the commands that it runs, and the Dockerfile that it is made of, seen from its own file."""

    name: str
    processes: Sequence[str]
    dockerfile: str


def recognizes(path: str) -> bool:
    """Whether a file is of this kind, by its name."""
    return _NAME.search(path) is not None


def application(text: str) -> Application:
    """What a file says of its application; raises `UnreadableError`."""
    content = _parsed(text)
    app, processes, build = content.get("app"), _table(content, "processes"), _table(content, "build")
    return Application(
        app if isinstance(app, str) else "",
        [command for command in processes.values() if isinstance(command, str)],
        str(build.get("dockerfile") or "Dockerfile"),
    )


class Reader:
    """Reads `[env]`. The secrets of an application are set by hand, so that it is given more than the file says."""

    kind = "fly"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it names an application."""
        return recognizes(path) and _SIGN.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable, and one of any name for the secrets."""
        variables = _table(_parsed(document.text), "env")
        service = application(document.text).name
        environment = document.environment or environment_of_id(service)
        first = document.text[: _line_start(document.text)].count("\n") + 1
        for name, value in variables.items():
            line = document.line_of(name, first, len(document.lines))
            yield document.setting(
                name, str(value), "deployed", line, self.kind,
                service=service, environment=environment, group=document.path,
            )  # fmt: skip
        yield document.setting(
            UNKNOWN, Value("secret", secret=UNKNOWN), "deployed", first, self.kind,
            service=service, environment=environment, shown="env",
        )  # fmt: skip


def _parsed(text: str) -> dict[str, Any]:
    import tomli

    try:
        return tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        raise UnreadableError("not TOML", getattr(error, "lineno", 1)) from None


def _table(content: dict[str, Any], name: str) -> dict[str, Any]:
    table = content.get(name)
    return table if isinstance(table, dict) else {}


def _line_start(text: str) -> int:
    found = _TABLE.search(text)
    return found.end() if found else 0
