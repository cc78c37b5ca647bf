"""`gcloud` in shell scripts, Makefiles, Cloud Build steps and workflows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssot_lint.settings.commands import KIND, UNMISTAKABLE, command_settings
from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.scripts import argument_lists, command_lines, is_script, is_yaml
from ssot_lint.settings.shell import Word
from ssot_lint.settings.yaml_tree import Node

_SIGNS = re.compile(r"\bgcloud\b[^\n]*?\b(?:run|secrets)\b|" + "|".join(UNMISTAKABLE))


class Reader:
    """Reads the command lines wherever they stand; what only a variable knows is `*`."""

    kind = KIND

    def recognizes(self, path: str, text: str) -> bool:
        """A script, or YAML with steps, that runs `gcloud run` or `gcloud secrets`."""
        if is_yaml(path):
            return bool(
                _SIGNS.search(text) or re.search(r"cloud-sdk|cloud-builders/gcloud|entrypoint:\s*['\"]?gcloud", text)
            )
        return is_script(path) and bool(_SIGNS.search(text))

    def read(self, document: Document) -> Iterator[Setting]:
        """What the commands deploy and provision."""
        for seen, words in command_lines(document, "gcloud"):
            yield from command_settings(seen, words)
        for elements in argument_lists(document):
            yield from self._arguments(document, elements)

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
