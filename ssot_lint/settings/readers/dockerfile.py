"""Dockerfiles: `ENV`, which the container starts with, and `ARG`, which is gone after the build."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.model import Setting

_NAME = re.compile(r"(?:^|/)(?:(?:[\w.-]+\.)?(?:Dockerfile|Containerfile)(?:[.-][\w.-]+)?)$", re.IGNORECASE)


def names_dockerfile(path: str) -> bool:
    """Whether a file is a Dockerfile by its name."""
    return _NAME.search(path) is not None


class Reader:
    """Reads with dockerfile-parse."""

    kind = "dockerfile"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name and a `FROM`."""
        return names_dockerfile(path) and bool(re.search(r"^\s*FROM\s", text, re.IGNORECASE | re.MULTILINE))

    def read(self, document: Document) -> Iterator[Setting]:
        """`ENV` sets; `ARG` only declares."""
        from dockerfile_parse import DockerfileParser
        from dockerfile_parse.util import extract_key_values

        parser = DockerfileParser(fileobj=io.StringIO(document.text))
        for instruction in parser.structure:
            if instruction["instruction"] not in {"ENV", "ARG"}:
                continue
            sets = instruction["instruction"] == "ENV"
            text = instruction["value"] if sets or "=" in instruction["value"] else f"{instruction['value']}="
            line, last = instruction["startline"] + 1, instruction["endline"] + 1
            try:
                pairs = list(extract_key_values(False, {}, {}, text))
            except (ValueError, IndexError):  # whose text is the line's
                raise UnreadableError(f"`{instruction['instruction']}` needs names and values", line) from None
            for name, value in pairs if all(name for name, _ in pairs) else ():
                line = document.line_of(name, line, last)
                yield document.setting(
                    name, value if sets else None, "set" if sets else "declared", line, self.kind, environment=""
                )
