"""Environment files that a script or a pipeline writes before it starts a service: `echo A=x >> .env`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.readers import env_file
from ssot_lint.settings.scripts import is_script, is_yaml, texts_of_commands
from ssot_lint.settings.values import COMPUTED
from ssot_lint.settings.written_files import written

_FILE = re.compile(r"(?:^|/)(?:\.env(?:\.[\w-]+)?|[\w.-]+\.env)$")
# A line that only the run knows: `$ALL`, `$NAME=x`.
_OPEN = re.compile(r"^[^=#\n]*\$", re.MULTILINE)
_SIGN = re.compile(r"(?:>|\btee\b)[^\n|;&]*\.env\b")


class Reader:
    """Reads what is written as an environment file; what is not known before the script runs may be anything."""

    kind = "env-script"

    def recognizes(self, path: str, text: str) -> bool:
        """A script, or YAML with steps, that writes into such a file."""
        return (is_yaml(path) or is_script(path)) and _SIGN.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each name that is written, by file."""
        for seen, text, first_line in texts_of_commands(document, ".env"):
            for each in written(text, first_line):
                if not _FILE.search(each.path):
                    continue
                if each.text is None or _OPEN.search(each.text):
                    yield seen.setting(UNKNOWN, COMPUTED, "set", each.line, self.kind, group=each.path)
                if each.text is None:
                    continue
                # The lines are found again where they stand.
                plain = replace(seen, text="\n" * (each.line - 1) + each.text)
                for setting in env_file.Reader().read(plain):
                    place = seen.span(setting.line, setting.name)
                    # What a pipeline writes may be there for its tests.
                    exposed = "" if is_yaml(document.path) else setting.exposed
                    yield replace(setting, kind=self.kind, role="set", place=place, group=each.path, exposed=exposed)
