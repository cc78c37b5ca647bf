"""supervisord: `environment` of its programs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.project.entry_points.command_files import supervisord
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import UNSET, Value, classify

# http://supervisord.org/configuration.html#program-x-section-values
_PAIR = re.compile(r"([A-Za-z_]\w*)\s*=\s*(\"[^\"]*\"|'[^']*'|[^,\s]*)")
_OF_PARENT = re.compile(r"%\(ENV_(\w+)\)s")


class Reader:
    """Reads what each program is given beside what supervisord itself has."""

    kind = "supervisord"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name and its sections."""
        return supervisord.recognizes(path) and "[program:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each variable; one that is filled from the same of supervisord is passed on."""
        try:
            sections = supervisord.sections(document.text)
        except ValueError as error:
            raise UnreadableError(str(error)) from None
        for section in sections:
            for name, value in _PAIR.findall(section.options.get("environment", "")):
                yield document.setting(
                    name, _value(name, value.strip("\"'")), "declared" if _is_passed_on(name, value) else "set",
                    document.line_of(f"{name}=", section.line, section.last), self.kind,
                    service=section.program, group=f"{document.path}:{section.line}", shown=name,
                )  # fmt: skip


def _is_passed_on(name: str, value: str) -> bool:
    found = _OF_PARENT.fullmatch(value.strip("\"'"))
    return found is not None and found[1] == name


def _value(name: str, value: str) -> Value:
    if _is_passed_on(name, value):
        return UNSET
    return Value("computed") if "%(" in value else classify(name, value)
