"""supervisord: `command` of its programs (http://supervisord.org/configuration.html)."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ssot_lint.project.entry_points.commands import CommandLine
from ssot_lint.project.paths import parent

_NAME = re.compile(r"(?:^|/)(?:supervisord?[\w.-]*\.(?:conf|ini)|supervisord?(?:/conf\.d)?/[\w.-]+\.(?:conf|ini))$")
_PROGRAM = "program:"


@dataclass(frozen=True)
class Section:
    """A section for a program, or, without one, for all: its options, and its first and last line."""

    program: str
    options: Mapping[str, str]
    line: int
    last: int


def recognizes(path: str) -> bool:
    """Whether a file is one of supervisord, by its name."""
    return _NAME.search(path) is not None


def read(path: str, text: str) -> Iterator[CommandLine]:
    """The commands of all programs; raises `ValueError`."""
    for section in sections(text):
        if section.program and (command := section.options.get("command")):
            yield CommandLine(command, path, section.line, parent(path))


def sections(text: str) -> list[Section]:
    """The sections for programs and for supervisord itself; raises `ValueError` for what is malformed."""
    parser = configparser.RawConfigParser(strict=False, inline_comment_prefixes=(";",), allow_no_value=True)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ValueError(f"not of supervisord: {error.message.splitlines()[0]}") from None
    lines = text.splitlines()
    starts = {line.strip()[1:-1]: number for number, line in enumerate(lines, 1) if re.match(r"\[.*\]\s*$", line)}
    found = []
    for name in parser.sections():
        if name.startswith(_PROGRAM) or name == "supervisord":
            line = starts.get(name, 1)
            last = min((each for each in starts.values() if each > line), default=len(lines) + 1) - 1
            options = {key: value or "" for key, value in parser.items(name)}
            found.append(Section(name.removeprefix(_PROGRAM) if name != "supervisord" else "", options, line, last))
    return found
