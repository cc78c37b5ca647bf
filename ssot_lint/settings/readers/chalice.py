"""AWS Chalice: the variables of `.chalice/config.json`, for all stages and for each."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_words
from ssot_lint.settings.model import Setting
from ssot_lint.settings.yaml_tree import Node

_VARIABLES = "environment_variables"


class Reader:
    """Reads what Chalice hands to functions (https://aws.github.io/chalice/topics/configfile.html)."""

    kind = "chalice"

    def recognizes(self, path: str, text: str) -> bool:
        """By its name, where it gives variables."""
        return f"/{path}".endswith("/.chalice/config.json") and _VARIABLES in text

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable; those of one function count for the application."""
        for root in document.yaml:
            service = root.text_of("app_name")
            stages = root.get("stages")
            yield from self._variables(document, root, service, "")
            for key, stage in stages.fields() if stages else ():
                environment = environment_of_words(key.text or "")
                functions = stage.get("lambda_functions")
                for node in (stage, *(each for _, each in (functions.fields() if functions else ()))):
                    yield from self._variables(document, node, service, environment)

    def _variables(self, document: Document, node: Node, service: str, environment: str) -> Iterator[Setting]:
        variables = node.get(_VARIABLES)
        for name, value in variables.fields() if variables else ():
            yield document.setting(
                name.text or "", value.text or "", "deployed", name.line, self.kind,
                service=service, environment=environment, group=f"{document.path}:{node.line}",
            )  # fmt: skip
