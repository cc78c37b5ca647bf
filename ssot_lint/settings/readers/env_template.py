"""Templates of environment files, as Ansible fills them in on the machines that run a service: `web.env.j2`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import is_example
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.readers import env_file
from ssot_lint.settings.values import COMPUTED

_FILE = re.compile(r"(?:^|/)(?:\.env(?:\.[\w-]+)?|[\w.-]+\.env|env|environment)\.j(?:2|inja2?)$")
# https://jinja.palletsprojects.com/en/stable/templates/
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENING = re.compile(r"\{%-?\+?\s*(?:if|for)\b")
_CLOSING = re.compile(r"\{%-?\+?\s*end(?:if|for)\b")
_COMPUTED_NAME = re.compile(r"^\s*(?:export\s+)?[\w.-]*\{\{[^=\n]*=", re.MULTILINE)


class Reader:
    """Reads the lines between Jinja's statements as those of an environment file; what is filled in is computed."""

    kind = "env-template"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name; an example that a generator fills in is given to nothing."""
        return bool(_FILE.search(path)) and not is_example(path.removesuffix(".j2").removesuffix(".jinja"))

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each name, once; one that stands under a condition may have any value."""
        conditional = _conditional_lines(document.text)
        plain = replace(document, text=_STATEMENT.sub(lambda match: "\n" * match[0].count("\n"), document.text))
        chosen: set[str] = set()
        for each in env_file.Reader().read(plain):
            if each.line not in conditional:
                yield replace(each, kind=self.kind)
            elif each.name not in chosen:
                chosen.add(each.name)
                yield document.setting(each.name, COMPUTED, "set", each.line, self.kind)
        for match in _COMPUTED_NAME.finditer(document.text):
            line = document.text.count("\n", 0, match.end()) + 1
            yield document.setting(UNKNOWN, COMPUTED, "set", line, self.kind)


def _conditional_lines(text: str) -> set[int]:
    """The lines that stand between `if` or `for` and its end."""
    found, depth = set(), 0
    for number, line in enumerate(text.splitlines(), 1):
        depth += len(_OPENING.findall(line))
        if depth:
            found.add(number)
        depth -= len(_CLOSING.findall(line))
    return found
