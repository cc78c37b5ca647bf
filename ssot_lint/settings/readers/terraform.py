"""Terraform: the secrets that it creates, and the `env` blocks of Cloud Run and ECS."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.terraform import Block, Expression, Items, Pairs, Scope, Text, parse
from ssot_lint.settings.values import COMPUTED, Value, classify, secret_of_arn

_ID_OF = {
    "google_secret_manager_secret": "secret_id",
    "google_secret_manager_regional_secret": "secret_id",
    "aws_secretsmanager_secret": "name",
    "aws_ssm_parameter": "name",
    "azurerm_key_vault_secret": "name",
}
_SERVICES = re.compile(r"google_cloud_run(?:_v2)?_(?:service|job)$")


class Reader:
    """Reads resources; `for_each` over known sets and maps is unrolled."""

    kind = "terraform"

    def recognizes(self, path: str, text: str) -> bool:
        """By its ending."""
        return path.endswith((".tf", ".tofu"))

    def read(self, document: Document) -> Iterator[Setting]:
        """Provisioned secrets and deployed settings."""
        if not any(word in document.text for word in (*_ID_OF, "google_cloud_run", "aws_ecs_task_definition")):
            return
        blocks = parse(document.text)
        scope = Scope.of(blocks)
        for block in blocks:
            if block.type != "resource" or len(block.labels) != 2:
                continue
            if attribute := _ID_OF.get(block.labels[0]):
                yield from self._secrets(document, block, scope, attribute)
            elif _SERVICES.search(block.labels[0]):
                yield from self._service(document, block, scope)
            elif block.labels[0] == "aws_ecs_task_definition":
                yield from self._task(document, block, scope)

    def _secrets(self, document: Document, block: Block, scope: Scope, attribute: str) -> Iterator[Setting]:
        for key, value in _each(block, scope):
            identifier = scope.bind(key=key, value=value).text(block.attributes.get(attribute))
            if identifier is not None:
                # A `for_each` names the ids where its set stands, and that is the place to edit.
                line = key.line if key.text and key.text in identifier.text else identifier.line
                yield document.setting(
                    identifier.text, Value("secret", secret=identifier.text), "provisioned", line, self.kind,
                    group=document.path, shown=key.text,
                )  # fmt: skip

    def _service(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        service = scope.text(block.attributes.get("name"))
        name = service.text if service and "*" not in service.text else ""
        for template in (*block.all("template", "spec"), *block.all("template", "template"), *block.all("template")):
            for container in template.all("containers"):
                for entry in container.all("env"):
                    setting_name = scope.text(entry.attributes.get("name"))
                    if setting_name is not None and "*" not in setting_name.text:
                        value = _value(entry, setting_name.text, scope)
                        yield document.setting(
                            setting_name.text, value, "deployed", setting_name.line, self.kind, service=name
                        )
                # A `dynamic "env"` makes entries that only Terraform knows.
                if any(inner.type == "dynamic" and "env" in inner.labels for inner in container.blocks):
                    yield document.setting("*", COMPUTED, "deployed", container.line, self.kind, service=name)
            for key in ("timeout", "timeout_seconds"):
                timeout = scope.text(template.attributes.get(key))
                if timeout is not None:
                    yield document.setting(
                        "--timeout", timeout.text, "deployed", timeout.line, self.kind, service=name, shown=key
                    )

    def _task(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        """`container_definitions = jsonencode([{environment = [{name, value}], secrets = [{name, valueFrom}]}])`."""
        for entry in _entries(block, scope):
            name, value, source = entry.get("name"), entry.get("value"), entry.get("valueFrom")
            if not isinstance(name, Text):
                continue
            known = classify(name.text, value.text) if isinstance(value, Text) else COMPUTED
            if isinstance(source, Text):
                known = Value("secret", secret=secret_of_arn(source.text))
            yield document.setting(name.text, known, "deployed", name.line, self.kind, service=block.labels[1])


def _each(block: Block, scope: Scope) -> list[tuple[Text, Expression]]:
    """(`each.key`, `each.value`) of every instance of a resource."""
    once: list[tuple[Text, Expression]] = [(Text("", block.line), Text("", block.line))]
    if "for_each" not in block.attributes:
        return once
    over = scope.evaluate(block.attributes["for_each"])
    if isinstance(over, Pairs):
        return list(over.pairs)
    if isinstance(over, Items):
        return [(item, item) for item in over.items if isinstance(item, Text)]
    unknown = Text("*", block.line)
    return [(unknown, unknown)]


def _value(entry: Block, name: str, scope: Scope) -> Value | str:
    references = [*entry.all("value_source", "secret_key_ref"), *entry.all("value_from", "secret_key_ref")]
    for reference in references:
        secret = scope.text(reference.attributes.get("secret") or reference.attributes.get("name"))
        return Value("secret", secret=secret.text if secret else "*")
    value = scope.text(entry.attributes.get("value"))
    return COMPUTED if value is None or "*" in value.text else classify(name, value.text)


def _entries(block: Block, scope: Scope) -> Iterator[Pairs]:
    tree = block.attributes.get("container_definitions")
    definitions = scope.evaluate(tree) if tree is not None else None
    for definition in definitions.items if isinstance(definitions, Items) else ():
        for key in ("environment", "secrets"):
            entries = definition.get(key) if isinstance(definition, Pairs) else None
            for entry in entries.items if isinstance(entries, Items) else ():
                if isinstance(entry, Pairs):
                    yield entry
