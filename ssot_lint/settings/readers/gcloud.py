"""`gcloud` in shell scripts, Makefiles, Cloud Build steps and workflows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssot_lint.settings.commands import KIND, UNMISTAKABLE, command_settings
from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.shell import Word, commands
from ssot_lint.settings.yaml_tree import Node, walk

_YAML = (".yaml", ".yml")
_SHELL = re.compile(
    r"(?:\.(?:sh|bash|zsh|ksh|bats)|(?:^|/)(?:Makefile|GNUmakefile|justfile|Justfile|[\w-]+\.mk)|/[\w-]+)$"
)
_SIGNS = re.compile(r"\bgcloud\b[^\n]*?\b(?:run|secrets)\b|" + "|".join(UNMISTAKABLE))


class Reader:
    """Reads the command lines wherever they stand; what only a variable knows is `*`."""

    kind = KIND

    def recognizes(self, path: str, text: str) -> bool:
        """A script, or YAML with steps, that runs `gcloud run` or `gcloud secrets`."""
        if path.endswith(_YAML):
            return bool(_SIGNS.search(text) or re.search(r"cloud-sdk|entrypoint:\s*['\"]?gcloud", text))
        return bool(_SHELL.search(f"/{path}")) and bool(_SIGNS.search(text))

    def read(self, document: Document) -> Iterator[Setting]:
        """What the commands deploy and provision."""
        if not document.path.endswith(_YAML):
            yield from self._script(document, document.text, 1)
            return
        for root in document.yaml:
            for node in walk(root):
                if node.type == "sequence":
                    yield from self._arguments(document, node.elements)
                elif node.text and "\n" in node.text and "gcloud" in node.text:
                    yield from self._script(document, node.text, node.line + node.block)
                elif node.text and node.text.startswith("gcloud "):
                    yield from self._script(document, node.text, node.line)

    @staticmethod
    def _script(document: Document, text: str, first_line: int) -> Iterator[Setting]:
        for words in commands(text, first_line):
            yield from command_settings(document, words)

    @staticmethod
    def _arguments(document: Document, elements: Sequence[Node]) -> Iterator[Setting]:
        """The `args` of a Cloud Build step; `$_NAME` and `${NAME}` are substitutions."""
        words = [
            Word(re.sub(r"\$\{\w+\}|\$\w+", "*", element.text), element.line)
            for element in elements
            if element.text is not None and "\n" not in element.text
        ]
        if any(word.text in {"run", "deploy"} or word.text.startswith(UNMISTAKABLE) for word in words):
            yield from command_settings(document, words)
