"""The command lines of a file: of a script, or of the steps of a pipeline."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssot_lint.settings.document import Document
from ssot_lint.settings.shell import Word, commands
from ssot_lint.settings.yaml_tree import Node, walk

_YAML = (".yaml", ".yml")
_SHELL = re.compile(
    r"(?:\.(?:sh|bash|zsh|ksh|bats)|(?:^|/)(?:Makefile|GNUmakefile|justfile|Justfile|[\w-]+\.mk)|/[\w-]+)$"
)


def is_yaml(path: str) -> bool:
    """Whether the commands of a file stand in YAML."""
    return path.endswith(_YAML)


def is_script(path: str) -> bool:
    """Whether a file is one of commands, by its name: one without an ending may be."""
    return _SHELL.search(f"/{path}") is not None


def command_lines(document: Document, program: str) -> Iterator[list[Word]]:
    """The commands of a file; in YAML those of the texts that mention a program."""
    if not is_yaml(document.path):
        yield from commands(document.text, 1)
        return
    for root in document.yaml:
        for node in walk(root):
            if node.text and "\n" in node.text and program in node.text:
                yield from commands(node.text, node.line + node.block)
            elif node.text and node.text.startswith(f"{program} "):
                yield from commands(node.text, node.line)


def argument_lists(document: Document) -> Iterator[Sequence[Node]]:
    """The sequences of a YAML file, which may be the arguments of a command."""
    for root in document.yaml if is_yaml(document.path) else ():
        yield from (node.elements for node in walk(root) if node.type == "sequence")
