"""Environment files: `.env`, `.env.staging`, `staging.env`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Role, Setting
from ssot_lint.settings.names import is_bare_name
from ssot_lint.settings.values import classify

_NAME = re.compile(
    r"(?:^|/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env(?:\.(?:example|sample|template|dist|tpl))?|env\.example)$"
)
_NOT_ENV = re.compile(r"\.(?:py|ts|js|sh|md|ya?ml|json|toml|txt|enc|gpg|sops|age|vault|j2|jinja2?)$")
_NAMED_ID = re.compile(r"\bsecret\b[^#\n]*?[\s:=`'\"(/]([a-z][a-z0-9]*(?:-[a-z0-9]+)+)", re.IGNORECASE)
_KEY = re.compile(r"^[A-Za-z_][\w.-]*$")


class Reader:
    """Reads with python-dotenv's own parser: exports, quotes, values of many lines, comments."""

    kind = "env-file"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name."""
        return bool(_NAME.search(path)) and not _NOT_ENV.search(path) and "\0" not in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each binding; a comment on its line that names a secret's id is noted with it."""
        from dotenv.parser import parse_stream

        role: Role = "declared" if document.is_example else "set"
        for binding in parse_stream(io.StringIO(document.text, newline="")):
            if binding.key is None or not _KEY.match(binding.key):
                continue
            if binding.value is None and not is_bare_name(binding.key):
                continue
            before = binding.original.string.partition(binding.key)[0]
            line = binding.original.line + len(re.findall(r"\r\n|\n|\r", before))
            setting = document.setting(binding.key, classify(binding.key, binding.value), role, line, self.kind)
            comment = self._comment(binding.original.string, binding.value or "")
            named = _NAMED_ID.search(comment)
            yield replace(setting, secret=named.group(1)) if named and setting.value_state != "literal" else setting

    @staticmethod
    def _comment(original: str, value: str) -> str:
        if value and "#" in value:
            return ""
        comment = original.partition("=")[2].partition("#")[2]
        return "" if "ssot-lint:" in comment else comment
