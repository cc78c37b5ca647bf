"""Units of systemd: `Environment=` and `EnvironmentFile=` of a service."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import COMPUTED

_SECTION = re.compile(r"^\[Service\]\s*$", re.MULTILINE)
# A line that ends in a backslash goes on in the next one (systemd.syntax(7)).
_GIVEN = re.compile(
    r"^(?P<key>Environment|EnvironmentFile|PassEnvironment)\s*=(?P<value>(?:[^\n\\]|\\.|\\\n)*)", re.MULTILINE
)


class Reader:
    """Reads what systemd.exec(5) says of the environment. Python has no parser of units: keys stand there twice."""

    kind = "systemd"

    def recognizes(self, path: str, text: str) -> bool:
        """By its ending and its section; a template that is filled in later has such a name too."""
        return path.endswith(".service") and _SECTION.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable; a file on the host, or what is passed on, may give any."""
        service = document.name.removesuffix(".service").partition("@")[0]
        environment = document.environment or environment_of_id(service)
        line, before = 1, 0
        for given in _GIVEN.finditer(document.text):
            line, before = line + document.text.count("\n", before, given.start()), given.start()
            last = line + given["value"].count("\n")
            for name, value in _pairs(given["key"], given["value"]):
                yield document.setting(
                    name, COMPUTED if value is None else value, "deployed", document.line_of(name, line, last),
                    self.kind, service=service, environment=environment, group=document.path,
                    shown=given["key"] if name == UNKNOWN else name,
                )  # fmt: skip


def _pairs(key: str, value: str) -> Iterator[tuple[str, str | None]]:
    text = value.replace("\\\n", " ").strip()
    if key == "EnvironmentFile":
        yield from [(UNKNOWN, None)] if text else []
        return
    try:
        words = shlex.split(text)
    except ValueError:  # a quote that is never closed, which systemd passes over
        return
    for word in words:
        name, equals, given = word.partition("=")
        if name.isidentifier() and bool(equals) == (key == "Environment"):
            yield name, given if equals else None
