"""Pipelines of GitLab: `variables` of the whole and of each job."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import normalize
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import COMPUTED, Value
from ssot_lint.settings.yaml_tree import Node

_PATH = re.compile(r"(?:^|/)(?:[\w.-]*\.gitlab-ci\.ya?ml|\.gitlab/(?:[^/]+/)*[^/]+\.ya?ml|\.gitlab-ci/[^/]+\.ya?ml)$")


class Reader:
    """Reads what pipelines set; what the project's own settings in GitLab give is not to be seen."""

    kind = "gitlab-ci"

    def recognizes(self, path: str, text: str) -> bool:
        """By where it stands."""
        return bool(_PATH.search(path)) and "variables:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A setting for each variable, in its short form or with a `value`."""
        for root in document.yaml:
            yield from self._level(document, root, "", "")
            for name, job in root.fields():
                named = job.text_of("environment") or job.text_of("environment", "name")
                environment = normalize(named.partition("/")[0]) if named and "$" not in named else ""
                if job.type == "mapping" and name.text != "variables":
                    yield from self._level(document, job, environment, name.text or "")

    def _level(self, document: Document, node: Node, environment: str, job: str) -> Iterator[Setting]:
        variables = node.get("variables")
        for key, given in variables.fields() if variables else ():
            value = given if given.type == "scalar" else given.get("value")
            known: Value | str = COMPUTED if value is None else value.text or ""
            yield document.setting(
                key.text or "", known, "set", key.line, self.kind,
                environment=environment, group=f"{document.path}:{job}",
            )  # fmt: skip
