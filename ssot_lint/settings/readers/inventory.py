"""The secrets that exist: ids, one a line, or what `gcloud` and `aws secretsmanager` list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import Value
from ssot_lint.settings.yaml_tree import Node, YamlError, documents

_GCLOUD = re.compile(r'"name":\s*"projects/[^"/]+/secrets/[^"/]+"')
_AWS = re.compile(r'"SecretList"\s*:\s*\[|"ARN":\s*"arn:aws:secretsmanager:')
_PLAIN = re.compile(r"(?:^|[/_.-])(?:inventory|secrets?)[/_.-](?:[^/]*/)*[^/]*(?:txt|list)$", re.IGNORECASE)
_KEBAB = re.compile(r"^[a-z][a-z0-9]*(?:-[a-z0-9]+)+\s*$")
_ID = re.compile(r"^[A-Za-z0-9][\w./-]*$")


class Reader:
    """Reads ids. A plain list that does not look like one has to be named."""

    kind = "inventory"

    def recognizes(self, path: str, text: str) -> bool:
        """By the JSON that the two command lines print, or by a name that says so and nothing but ids."""
        if path.endswith(".json"):
            return bool(_GCLOUD.search(text) or _AWS.search(text))
        if not _PLAIN.search(path):
            return False
        lines = [line for line in text[:100_000].splitlines() if line.strip() and not line.lstrip().startswith("#")]
        return len(lines) > 1 and all(_KEBAB.match(line) for line in lines)

    def read(self, document: Document) -> Iterator[Setting]:
        """A provisioned secret for each id."""
        ids = self._json(document) if document.text.lstrip()[:1] in {"[", "{"} else self._lines(document)
        for identifier, line in ids:
            yield document.setting(
                identifier, Value("secret", secret=identifier), "provisioned", line, self.kind, group=document.path
            )

    @staticmethod
    def _lines(document: Document) -> Iterator[tuple[str, int]]:
        for number, line in enumerate(document.lines, start=1):
            words = line.partition("#")[0].split()
            # `gcloud secrets list` prints a table; its first column is the id, its head is upper case.
            if words and words[0] != "NAME":
                if not _ID.match(words[0]):
                    raise UnreadableError("an inventory has one secret id a line", number)
                yield words[0].rsplit("/", 1)[-1] if words[0].startswith("projects/") else words[0], number

    @staticmethod
    def _json(document: Document) -> Iterator[tuple[str, int]]:
        try:
            roots = documents(document.text)
        except YamlError as error:
            raise UnreadableError(str(error.of("JSON")), error.line) from None
        for root in roots:
            for entry in root.elements or root.list_of("SecretList"):
                name = entry.get("name") or entry.get("Name") or (entry if entry.text else None)
                if name is not None and name.text:
                    yield _short(name), name.line


def _short(name: Node) -> str:
    text = name.text or ""
    return text.rsplit("/", 1)[-1] if text.startswith("projects/") else text
