"""Dockerfiles: `CMD` and `ENTRYPOINT`, in shell and exec form (https://docs.docker.com/reference/dockerfile/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from io import StringIO

from ssot_lint.project.entry_points.commands import CommandLine
from ssot_lint.project.paths import parent

_NAME = re.compile(r"(?:^|/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$", re.IGNORECASE)


def recognizes(path: str) -> bool:
    """Whether a file is a Dockerfile, by its name."""
    return _NAME.search(path) is not None


def read(path: str, text: str) -> Iterator[CommandLine]:
    """The commands of every stage. An entry point's words stand before those of the command that it is given."""
    from dockerfile_parse import DockerfileParser

    entry: list[str] | str = []
    for instruction in DockerfileParser(fileobj=StringIO(text)).structure:
        keyword, line = instruction["instruction"], instruction["startline"] + 1
        if keyword == "FROM":
            entry = []
        elif keyword == "ENTRYPOINT":
            entry = _command(instruction["value"])
            yield CommandLine(entry, path, line, parent(path))
        elif keyword == "CMD":
            command = _command(instruction["value"])
            if isinstance(command, list) and isinstance(entry, list):
                command = [*entry, *command]
            yield CommandLine(command, path, line, parent(path))


def _command(value: str) -> list[str] | str:
    """The words of the exec form, the text of the shell form (which is whatever is no JSON list of strings)."""
    try:
        words = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return words if isinstance(words, list) and all(isinstance(word, str) for word in words) else value
