"""The command lines of a file: of a script, or of the steps of a pipeline."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_words
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


def command_lines(document: Document, program: str) -> Iterator[tuple[Document, list[Word]]]:
    """The commands of a file; in YAML those of the texts that mention a program, each with the file as its job sees it.

    A job of a pipeline may say for which environment it runs.
    """
    for seen, text, first_line in texts_of_commands(document, program):
        if not is_yaml(document.path) or "\n" in text or text.startswith(f"{program} "):
            yield from ((seen, words) for words in commands(text, first_line))


def texts_of_commands(document: Document, word: str) -> Iterator[tuple[Document, str, int]]:
    """The script that a file is, or the texts in YAML that hold a word, with their first lines."""
    if not is_yaml(document.path):
        yield document, document.text, 1
        return
    for seen, root in _jobs(document):
        for node in walk(root):
            if node.text and word in node.text:
                yield seen, node.text, node.line + (node.block if "\n" in node.text else 0)


def commands_of(document: Document, program: str) -> Iterator[tuple[Document, list[Word]]]:
    """The commands of a program, each from its name on, with the file as its job sees it."""
    for seen, words in command_lines(document, program):
        starts = (index for index, word in enumerate(words) if word.text == program)
        if (start := next(starts, None)) is not None:
            yield seen, words[start:]


def flag_values(words: Sequence[Word], flags: Collection[str]) -> Iterator[Word]:
    """What a command gives to one of the flags: `--flag value`, `--flag=value`."""
    for index, word in enumerate(words):
        flag, equals, value = word.text.partition("=")
        if flag in flags and equals:
            yield Word(value, word.line)
        elif word.text in flags and index + 1 < len(words):
            yield words[index + 1]


def _jobs(document: Document) -> Iterator[tuple[Document, Node]]:
    """The jobs of GitHub, or the top-level entries of GitLab that name an environment, else the whole document."""
    for root in document.yaml:
        jobs = root.get("jobs")
        parts = [job for _, job in jobs.fields()] if jobs is not None else []
        if jobs is None and any(job.get("environment") for _, job in root.fields()):
            parts = [job for _, job in root.fields()]
        for job in parts or [root]:
            named = job.text_of("environment") or job.text_of("environment", "name")
            environment = environment_of_words(named) if "$" not in named else ""
            yield replace(document, declared_environment=environment) if environment and parts else document, job


def argument_lists(document: Document) -> Iterator[Sequence[Node]]:
    """The sequences of a YAML file, which may be the arguments of a command."""
    for root in document.yaml if is_yaml(document.path) else ():
        yield from (node.elements for node in walk(root) if node.type == "sequence")
