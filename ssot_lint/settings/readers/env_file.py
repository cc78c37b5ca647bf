"""Environment files: `.env`, `.env.staging`, `staging.env`."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.model import Role, Setting
from ssot_lint.settings.names import is_bare_name
from ssot_lint.settings.values import COMPUTED, classify

if TYPE_CHECKING:
    from dotenv.parser import Original

_NAME = re.compile(
    r"(?:^|/)(?:\.env(?:\.[\w.-]+)?|[\w.-]+\.env(?:\.(?:example|sample|template|dist|tpl))?|env\.example)$"
)
_NOT_ENV = re.compile(r"\.(?:py|ts|js|sh|md|ya?ml|json|toml|txt|enc|gpg|sops|age|vault|j2|jinja2?)$")
_NAMED_ID = re.compile(r"\bsecret\b[^#\n]*?[\s:=`'\"(/]([a-z][a-z0-9]*(?:-[a-z0-9]+)+)", re.IGNORECASE)
_KEY = re.compile(r"^[A-Za-z_][\w.-]*$")
_QUOTED = re.compile(r"\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=\s*[\"']")
_ASSIGNED = re.compile(r"^\s*(?:export\s+)?([A-Z_][A-Z0-9_]*)=", re.MULTILINE)


class Reader:
    """Reads with python-dotenv's own parser: exports, quotes, values of many lines, comments."""

    kind = "env-file"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name."""
        return bool(_NAME.search(path)) and not _NOT_ENV.search(path)

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each binding; a comment on its line that names a secret's id is noted with it.

        What quotes without an end swallow is not known, and raises in the end.
        """
        from dotenv.parser import parse_stream

        if (at := document.text.find("\0")) >= 0:
            raise UnreadableError("holds a null byte", document.text.count("\n", 0, at) + 1)
        role: Role = "declared" if document.is_example else "set"
        broken: UnreadableError | None = None
        for binding in parse_stream(io.StringIO(document.text, newline="")):
            if binding.error and (quoted := _QUOTED.match(binding.original.string)):
                line = self._line(binding.original, quoted.group(1))
                broken = broken or UnreadableError("the quotes around a value end too early or never", line)
                for name in dict.fromkeys((quoted.group(1), *_ASSIGNED.findall(binding.original.string))):
                    yield document.setting(name, COMPUTED, role, line, self.kind)
            if binding.key is None or not _KEY.match(binding.key):
                continue
            if binding.value is None and not is_bare_name(binding.key):
                continue
            line = self._line(binding.original, binding.key)
            setting = document.setting(binding.key, classify(binding.key, binding.value), role, line, self.kind)
            comment = self._comment(binding.original.string, binding.value or "")
            named = _NAMED_ID.search(comment)
            yield replace(setting, secret=named.group(1)) if named and setting.value_state != "literal" else setting
        if broken is not None:
            raise broken

    @staticmethod
    def _line(original: Original, name: str) -> int:
        before = original.string.partition(name)[0]
        return original.line + len(re.findall(r"\r\n|\n|\r", before))

    @staticmethod
    def _comment(original: str, value: str) -> str:
        if value and "#" in value:
            return ""
        comment = original.partition("=")[2].partition("#")[2]
        return "" if "ssot-lint:" in comment else comment
