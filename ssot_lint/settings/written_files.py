"""What the commands of a shell script write into files: heredocs and the words of `echo`; nothing is executed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ssot_lint.settings.shell import parsed
from ssot_lint.settings.shell_branches import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

# https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
_EXPRESSION = re.compile(r"\$\{\{[^\n]*?\}\}")
_PRINTING = frozenset({"echo", "printf"})
_NESTED = frozenset({"compound_statement", "subshell", "list", "redirected_statement"})


class Written(NamedTuple):
    """Some lines that are written into a file, from the 1-based line on; None where they are not known."""

    path: str
    text: str | None
    line: int


def written(text: str, first_line: int = 1) -> Iterator[Written]:
    """What the commands of `text`, whose first line is `first_line` of its file, write into files, in source order."""
    tree = parsed(_EXPRESSION.sub("${EXPRESSION}", text))
    stack = [tree.root_node]
    while stack:
        node = stack.pop()
        line = node.start_point[0] + first_line
        paths = list(_targets(node)) if node.type in {"redirected_statement", "command", "pipeline"} else []
        for path in paths:
            parts = list(_parts(node))
            yield from (Written(path, each, at + first_line) for each, at in parts)
            if not parts:
                yield Written(path, None, line)
        if not paths:
            stack += reversed(node.named_children)


def _targets(node: Node) -> Iterator[str]:
    """The files that a statement writes: those it is redirected to, and those that it hands to `tee`, `cp` or `mv`."""
    for child in node.named_children:
        if child.type == "file_redirect" and ">" in text_of(child):
            yield from (text_of(each).strip("\"'") for each in child.named_children[-1:])
        elif child.type == "heredoc_redirect" or (child.type == "command" and node.type != "command"):
            yield from _targets(child)
    words = [text_of(each).strip("\"'") for each in node.named_children] if node.type == "command" else []
    if "tee" in words[:2]:
        yield from (word for word in words[words.index("tee") + 1 :] if not word.startswith("-"))
    elif words[:1] in (["cp"], ["mv"]):
        yield words[-1]


def _parts(node: Node) -> Iterator[tuple[str | None, int]]:
    """The texts that a statement writes, with the numbers of their lines from 0; None for one that is not known."""
    bodies = [child for child in node.named_children if child.type == "heredoc_redirect"]
    for heredoc in bodies:
        yield from (
            (text_of(each), each.start_point[0]) for each in heredoc.named_children if each.type == "heredoc_body"
        )
    if bodies:
        return
    for child in [node] if node.type == "command" else node.named_children:
        if child.type == "command":
            yield from _printed(child)
        elif child.type in _NESTED:
            yield from _parts(child)
        elif child.type != "file_redirect":
            yield None, child.start_point[0]


def _printed(command: Node) -> Iterator[tuple[str | None, int]]:
    """The words of `echo` and `printf` as lines; what another command prints is not known."""
    name, *words = command.named_children
    if text_of(name) == "tee":
        return
    if text_of(name) not in _PRINTING:
        yield None, command.start_point[0]
        return
    for word in words[: 1 if text_of(name) == "printf" else None]:
        plain = text_of(word).strip("\"'") if word.type in {"string", "raw_string"} else text_of(word)
        if not plain.startswith("-"):
            yield plain.replace("\\n", "\n"), word.start_point[0]
