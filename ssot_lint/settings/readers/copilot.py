"""AWS Copilot: `variables` and `secrets` of a service's manifest, and what each environment has in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import is_environment, normalize
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import COMPUTED, Value, pattern
from ssot_lint.settings.yaml_tree import Node

_FILE = re.compile(r"(?:^|/)copilot/[\w.-]+/manifest\.ya?ml$")
_ENVIRONMENT = "${COPILOT_ENVIRONMENT_NAME}"


class Reader:
    """Reads what services and jobs are given (https://aws.github.io/copilot-cli/docs/manifest/overview/)."""

    kind = "copilot"

    def recognizes(self, path: str, text: str) -> bool:
        """By its folder, where it gives variables or secrets."""
        return _FILE.search(path) is not None and ("variables:" in text or "secrets:" in text)

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable and secret, of all environments or of one."""
        for root in document.yaml:
            service = root.text_of("name")
            yield from self._given(document, root, service, "", "")
            environments = root.get("environments")
            for name, node in environments.fields() if environments else ():
                named = name.text or ""
                yield from self._given(
                    document, node, service, normalize(named) if is_environment(named) else "", named
                )

    def _given(self, document: Document, node: Node, service: str, environment: str, named: str) -> Iterator[Setting]:
        for field in ("variables", "secrets"):
            given = node.get(field)
            for key, value in given.fields() if given else ():
                known = (
                    _secret(value, named) if field == "secrets" else value.text if value.type == "scalar" else COMPUTED
                )
                yield document.setting(
                    key.text or "", known or "", "deployed", key.line, self.kind,
                    service=service, environment=environment, group=f"{service}:{named}",
                )  # fmt: skip
        if node.get("env_file") is not None:
            # What it holds is not read: it is built with the image of whoever deploys.
            yield document.setting(
                UNKNOWN, COMPUTED, "deployed", node.line, self.kind, service=service, environment=environment
            )


def _secret(node: Node, environment: str) -> Value:
    """The parameter or the secret that a variable is filled from; one of another stack has a name that is not known."""
    identifier = node.text or node.text_of("secretsmanager")
    if not identifier:
        return Value("secret")
    return Value("secret", secret=pattern(identifier.replace(_ENVIRONMENT, environment or _ENVIRONMENT)))
