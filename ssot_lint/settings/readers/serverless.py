"""Serverless Framework: the `environment` of the provider and of each function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.values import COMPUTED, Value, pattern
from ssot_lint.settings.yaml_tree import Node

_NAME = re.compile(r"(?:^|/)serverless(?:[._-][\w-]+)?\.ya?ml$")
# `${ssm:/shop/${sls:stage}/key}`, `${ssm(eu-west-1):shop-key, 'default'}`; a version or a way to decrypt may follow.
_PARAMETER = re.compile(r"^\$\{ssm(?:\.[\w-]+|\([^)]*\))?:(?P<id>(?:[\w./-]|\$\{[^{}]*\})+)(?:~\w+)?\s*\}$")


class Reader:
    """Reads what functions are given (https://www.serverless.com/framework/docs/providers/aws/guide/variables)."""

    kind = "serverless"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it has a provider."""
        return bool(_NAME.search(path)) and "provider:" in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable; of a file or a function that gives them all, one of any name."""
        for root in document.yaml:
            yield from self._environment(document, root.get("provider", "environment"), "")
            functions = root.get("functions")
            for name, function in functions.fields() if functions else ():
                yield from self._environment(document, function.get("environment"), name.text or "")

    def _environment(self, document: Document, node: Node | None, service: str) -> Iterator[Setting]:
        if node is None:
            return
        group = document.path  # one place of ids, whichever function takes them
        if node.text:
            yield document.setting(
                UNKNOWN, COMPUTED, "deployed", node.line, self.kind, service=service, group=group, shown=node.text
            )
        for key, value in node.fields():
            yield document.setting(
                key.text or "", _value(value), "deployed", key.line, self.kind, service=service, group=group
            )


def _value(node: Node) -> Value | str:
    if node.type != "scalar":
        return COMPUTED  # `Ref`, `Fn::GetAtt` and their like
    found = _PARAMETER.match(node.text or "")
    return Value("secret", secret=pattern(found["id"])) if found else node.text or ""
