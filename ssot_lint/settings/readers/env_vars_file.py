"""What `gcloud run deploy --env-vars-file` reads: a flat YAML mapping, or an environment file."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.model import Setting


class Reader:
    """Read only where a command or the configuration names the file: any YAML mapping looks like this."""

    kind = "env-vars-file"

    def recognizes(self, path: str, text: str) -> bool:
        """Never by itself."""
        return False

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each pair."""
        for root in document.yaml:
            if root.type != "mapping":
                raise UnreadableError("expected a mapping of names to values", root.line)
            for key, value in root.fields():
                if value.type == "scalar":
                    yield document.setting(key.text or "", value.text or "", "deployed", key.line, self.kind)
