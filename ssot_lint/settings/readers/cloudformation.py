"""Templates of CloudFormation and SAM: what functions and containers are given, and the secrets that are created."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import Setting
from ssot_lint.settings.values import COMPUTED, Value, pattern, secret_of_arn
from ssot_lint.settings.yaml_tree import Node

_FUNCTIONS = frozenset({"AWS::Serverless::Function", "AWS::Lambda::Function"})
_STORES = {"AWS::SecretsManager::Secret": "Name", "AWS::SSM::Parameter": "Name"}
_TASK = "AWS::ECS::TaskDefinition"
_TYPE = re.compile(
    r"\bAWS::(?:Serverless::Function|Lambda::Function|ECS::TaskDefinition|SecretsManager|SSM::Parameter)"
)
# `{{resolve:secretsmanager:shop-key:SecretString:key}}`, `{{resolve:ssm-secure:/shop/key:1}}`
_RESOLVED = re.compile(
    r"\{\{resolve:(?:secretsmanager|ssm|ssm-secure):(?P<id>arn:[^}]+|(?:\$\{[^{}]*\}|[^:}])+)"
    r"(?::SecretString:(?P<key>[^:}]+))?[^}]*\}\}"
)


class Reader:
    """Reads `Resources`, and what `Globals` of SAM give to all functions."""

    kind = "cloudformation"

    def recognizes(self, path: str, text: str) -> bool:
        """By the types of resources, which nothing else has."""
        return path.endswith((".yaml", ".yml", ".json", ".template")) and _TYPE.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable, a provisioned one for each secret whose name is written out."""
        for root in document.yaml:
            shared = root.get("Globals", "Function", "Environment", "Variables")
            resources = root.get("Resources")
            for name, resource in resources.fields() if resources else ():
                kind = resource.text_of("Type")
                if kind in _FUNCTIONS:
                    # What all functions of a template are given comes to nothing else.
                    own = resource.get("Properties", "Environment", "Variables")
                    names = {key.text for key, _ in own.fields()} if own is not None else set()
                    yield from self._variables(document, shared, name.text or "", names)
                    yield from self._variables(document, own, name.text or "")
                elif kind == _TASK:
                    for container in resource.list_of("Properties", "ContainerDefinitions"):
                        yield from self._container(document, container)
                elif kind in _STORES and (identifier := resource.get("Properties", _STORES[kind])) is not None:
                    yield from self._created(document, identifier)

    def _variables(
        self, document: Document, node: Node | None, service: str, less: Collection[str | None] = ()
    ) -> Iterator[Setting]:
        for key, value in node.fields() if node is not None else ():
            if key.text in less:
                continue
            yield self._given(document, key, _value(value), service)

    def _container(self, document: Document, container: Node) -> Iterator[Setting]:
        service = container.text_of("Name")
        for entry in container.list_of("Environment"):
            name, value = entry.get("Name"), entry.get("Value")
            if name is not None and value is not None:
                yield self._given(document, name, _value(value), service)
        for entry in container.list_of("Secrets"):
            name, source = entry.get("Name"), entry.text_of("ValueFrom")
            if name is not None:
                known = Value("secret", secret=secret_of_arn(pattern(source))) if source else COMPUTED
                yield self._given(document, name, known, service)

    def _given(self, document: Document, name: Node, value: Value | str, service: str) -> Setting:
        return document.setting(
            name.text or "", value, "deployed", name.line, self.kind, service=service,
            group=f"{document.path}:{service}",
        )  # fmt: skip

    def _created(self, document: Document, name: Node) -> Iterator[Setting]:
        identifier = pattern(name.text or "")
        if identifier.strip("*"):
            yield document.setting(
                identifier, Value("secret", secret=identifier), "provisioned", name.line, self.kind,
                group=document.path, shown=name.text or "",
            )  # fmt: skip


def _value(node: Node) -> Value | str:
    if node.type != "scalar":
        return COMPUTED  # `Ref`, `Fn::Sub` and their like
    if found := _RESOLVED.search(node.text or ""):
        identifier = secret_of_arn(pattern(found["id"]))
        return Value("secret", secret=f"{identifier}#{found['key']}" if found["key"] else identifier)
    return COMPUTED if node.tag else node.text or ""
