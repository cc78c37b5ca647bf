"""Dockerfiles: `CMD` and `ENTRYPOINT`, in shell and exec form (https://docs.docker.com/reference/dockerfile/)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO

from ssot_lint.project.entry_points.commands import CommandLine
from ssot_lint.project.paths import parent

_NAME = re.compile(r"(?:^|/)(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?$", re.IGNORECASE)


def recognizes(path: str) -> bool:
    """Whether a file is a Dockerfile, by its name."""
    return _NAME.search(path) is not None


def read(path: str, text: str) -> Iterator[CommandLine]:
    """The commands of every stage. An entry point's words stand before those of the command that it is given."""
    for stage in stages(path, text):
        yield from stage.commands


@dataclass
class Stage:
    """A stage of a build: its name, the image or the stage that it is made from, and its own commands."""

    name: str
    base: str
    commands: list[CommandLine] = field(default_factory=list)


def stages(path: str, text: str) -> list[Stage]:
    """The stages of a Dockerfile, in order."""
    from dockerfile_parse import DockerfileParser

    found: list[Stage] = []
    entry: list[str] | str = []
    for instruction in DockerfileParser(fileobj=StringIO(text)).structure:
        keyword, line = instruction["instruction"], instruction["startline"] + 1
        if keyword == "FROM":
            entry = []
            words = [word for word in instruction["value"].split() if not word.startswith("--")]
            name = words[2] if len(words) > 2 and words[1].lower() == "as" else ""
            found.append(Stage(name, words[0] if words else ""))
        elif keyword in {"ENTRYPOINT", "CMD"}:
            command = _command(instruction["value"])
            if keyword == "ENTRYPOINT":
                entry = command
            elif isinstance(command, list) and isinstance(entry, list):
                command = [*entry, *command]
            found = found or [Stage("", "")]
            found[-1].commands.append(CommandLine(command, path, line, parent(path)))
    return found


def commands_of(found: Sequence[Stage], target: str) -> list[CommandLine]:
    """The commands of a stage, by its name; of the last one where none is named; those of its base if it has none."""
    own = [number for number, stage in enumerate(found) if stage.name == target] if target else [len(found) - 1]
    while own and own[0] >= 0:
        stage = found[own[0]]
        if stage.commands:
            return stage.commands
        own = [number for number, each in enumerate(found[: own[0]]) if each.name == stage.base]
    return []


def _command(value: str) -> list[str] | str:
    """The words of the exec form, the text of the shell form (which is whatever is no JSON list of strings)."""
    try:
        words = json.loads(value)
    except (ValueError, RecursionError):
        return value
    return words if isinstance(words, list) and all(isinstance(word, str) for word in words) else value
