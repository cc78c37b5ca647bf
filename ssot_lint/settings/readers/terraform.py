"""Terraform: the secrets that it creates, and the `env` blocks of Cloud Run and ECS."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ssot_lint.settings.commands import PORT
from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_path
from ssot_lint.settings.hcl import Block, parse
from ssot_lint.settings.model import STARTED, UNKNOWN, Setting
from ssot_lint.settings.secret_parts import parts_of
from ssot_lint.settings.terraform import Expression, Items, Pairs, Scope, Text
from ssot_lint.settings.terraform_modules import CALLED, blocks_of, folder_of, made
from ssot_lint.settings.values import COMPUTED, Value, classify, secret_of_arn

_ID_OF = {
    "google_secret_manager_secret": "secret_id",
    "google_secret_manager_regional_secret": "secret_id",
    "aws_secretsmanager_secret": "name",
    "aws_ssm_parameter": "name",
    "azurerm_key_vault_secret": "name",
    "vault_kv_secret_v2": "name",
    "vault_kv_secret": "path",
    "vault_generic_secret": "path",
}
_SERVICES = re.compile(r"google_cloud_run(?:_v2)?_(?:service|job)$")
# What else is handed to a service as a map, by the last part of the attribute's name.
_VARIABLES = re.compile(
    r"^(?:\w*env(?:ironment)?_?(?:vars?|variables)|env|environment|variables|runtime_environment_variables|app_settings)$"
)
_SECRETS = re.compile(r"^(?:\w*secret_(?:env\w*|vars?|variables)|env_secrets|runtime_environment_secrets|secrets)$")
_LISTS = frozenset({"secrets", "secret_ids", "secret_names"})
_WITH_MAPS = re.compile(
    r"^(?:aws_lambda_function|aws_apprunner_service|google_cloudfunctions2?_function|azurerm_\w*(?:web_app|app_service"
    r"|function_app))$"
)
_NAME = re.compile(r"^[A-Z][A-Z0-9_]*$")
_ENTRY = re.compile(r"^\s*\"?([A-Z][A-Z0-9_]*)\"?\s*[=:]")
_SIGNS = re.compile(
    "|".join((*_ID_OF, "google_cloud_run", "aws_ecs_task_definition", "aws_lambda_function", "aws_apprunner_service"))
    + r"|source\s*=\s*\"\.\.?/"
    + r"|cloudfunctions2?_function|web_app|app_service|function_app|^\s*module\s(?s:.*?)\b(?:env|secret|variables)",
    re.MULTILINE,
)


class Reader:
    """Reads resources; `for_each`, `count` and `dynamic` over known sets and maps are unrolled."""

    kind = "terraform"

    def recognizes(self, path: str, text: str) -> bool:
        """By its ending."""
        return path.endswith((".tf", ".tofu", ".tfvars"))

    def read(self, document: Document) -> Iterator[Setting]:
        """Provisioned secrets and deployed settings; a file of variables has none, and is read with the others."""
        if document.path.endswith(".tfvars"):
            parse(document.text)
            return
        if not _SIGNS.search(document.text):
            return
        blocks = parse(document.text)
        scope = Scope.of(blocks, blocks_of(document.neighbours()))
        stages = {} if document.environment else _stages(document)
        if len(stages) < 2:
            yield from self._of(document, blocks, scope)
        for environment, given in sorted(stages.items()) if len(stages) > 1 else ():
            stage = replace(document, declared_environment=environment)
            inner = scope.given(block for each in given for block in blocks_of([each.text]))
            told = {name: (each, line) for each in given for name, line in _names(each.text)}
            for setting in self._of(stage, blocks, inner):
                yield _where_told(setting, told) if setting.role == "deployed" else setting

    def _of(self, document: Document, blocks: Sequence[Block], scope: Scope) -> Iterator[Setting]:
        """What the blocks of a file make, as the scope tells what their names stand for."""
        for block in blocks:
            if block.type == "module":
                called = list(self._called(document, block, scope))
                yield from called
                if not any(each.role == "deployed" for each in called):
                    yield from self._maps(document, block, scope)
                yield from self._listed(document, block, scope)
            if block.type != "resource" or len(block.labels) != 2:
                continue
            if attribute := _ID_OF.get(block.labels[0]):
                parts = parts_of(block, [*blocks, *blocks_of(document.neighbours())], scope)
                yield from (replace(each, parts=parts) for each in self._secrets(document, block, scope, attribute))
            else:
                yield from self._deployed(document, block, scope)

    def _deployed(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        """What a resource hands to a service, a task or a function."""
        if _SERVICES.search(block.labels[0]):
            yield from self._service(document, block, scope)
        elif block.labels[0] == "aws_ecs_task_definition":
            yield from self._task(document, block, scope)
        elif _WITH_MAPS.match(block.labels[0]):
            yield from self._maps(document, block, scope)

    def _secrets(self, document: Document, block: Block, scope: Scope, attribute: str) -> Iterator[Setting]:
        for instance in scope.instances(block.attributes, line=block.line):
            identifier = instance.text(block.attributes.get(attribute))
            if identifier is not None:
                # A `for_each` names the ids where its set stands, and that is the place to edit.
                key = instance.bound.get("each.key")
                told = isinstance(key, Text) and key.line and key.text and key.text in identifier.text
                yield document.setting(
                    identifier.text, Value("secret", secret=identifier.text), "provisioned",
                    key.line if told and isinstance(key, Text) else identifier.line or block.line, self.kind,
                    group=document.path, shown=key.text if isinstance(key, Text) else "",
                )  # fmt: skip

    def _called(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        """The secrets and what services are given that a module makes of what it is told, where it is called."""
        if not (folder := folder_of(document, block, scope)):
            return
        yield document.setting(CALLED, COMPUTED, "declared", block.line, self.kind, group=folder)
        for each in made(document, block, scope):
            attribute = _ID_OF.get(each.resource.labels[0], "")
            for instance in each.scope.instances(each.resource.attributes) if attribute else ():
                identifier = instance.text(each.resource.attributes.get(attribute))
                if identifier is not None:
                    line = each.line_of(identifier.text)
                    yield document.setting(
                        identifier.text, Value("secret", secret=identifier.text), "provisioned", line, self.kind,
                        group=document.path,
                    )  # fmt: skip
            for setting in self._deployed(document, each.resource, each.scope):
                told = setting.name if setting.name != "--timeout" else f"{setting.number or 0:g}{setting.unit}"
                place = document.span(each.line_of(told), setting.name)
                service = setting.service
                if service in {"", each.resource.labels[1]}:
                    service = self._named(each.resource, each.scope) or block.labels[-1]
                group = f"{'.'.join(block.labels)}.{setting.group}"
                yield replace(setting, place=place, service=service, group=group)

    @staticmethod
    def _named(block: Block, scope: Scope) -> str:
        """The name of what a resource makes, without an environment that is not known: `web-${var.stage}` is web."""
        named = (scope.text(block.attributes.get(each)) for each in ("name", "family", "function_name", "service_name"))
        name = next((each.text.removesuffix(f"-{UNKNOWN}") for each in named if each is not None), "")
        return name if UNKNOWN not in name else ""

    def _listed(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        """The ids that a module is told to create: `secrets = ["a", "b"]`, `secrets = [{name = "a"}]`."""
        for attribute in _LISTS.intersection(block.attributes):
            listed = scope.evaluate(block.attributes[attribute])
            for item in listed.items if isinstance(listed, Items) else ():
                identifier = item.get("name") if isinstance(item, Pairs) else item
                if isinstance(identifier, Text):
                    yield document.setting(
                        identifier.text, Value("secret", secret=identifier.text), "provisioned",
                        identifier.line or block.line, self.kind, group=document.path,
                    )  # fmt: skip

    def _service(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        name = self._named(block, scope)
        group = ".".join(block.labels)
        for template in (*block.all("template", "spec"), *block.all("template", "template"), *block.all("template")):
            for number, container in enumerate(template.all("containers")):
                for setting_name, entry, inner in _env(container, scope):
                    value = _value(entry, setting_name.text, inner) if entry is not None else COMPUTED
                    yield document.setting(
                        setting_name.text, value, "deployed", setting_name.line or container.line, self.kind,
                        service=name, group=f"{group}/{number}",
                    )  # fmt: skip
                yield from self._ports(document, container, scope, name)
                yield from self._command(document, container, scope, name)
            for key in ("timeout", "timeout_seconds"):
                timeout = scope.text(template.attributes.get(key))
                if timeout is not None:
                    yield document.setting(
                        "--timeout", timeout.text, "deployed", timeout.line or template.line, self.kind,
                        service=name, shown=key, group=group,
                    )  # fmt: skip

    def _ports(self, document: Document, container: Block, scope: Scope, service: str) -> Iterator[Setting]:
        """The ports of a container that runs what its image runs."""
        for port in container.all("ports") if container.attributes.keys().isdisjoint({"command", "args"}) else ():
            number = scope.text(port.attributes.get("container_port"))
            if number is not None and UNKNOWN not in number.text:
                yield document.setting(
                    PORT, number.text, "deployed", number.line or port.line, self.kind,
                    service=service, shown=number.text,
                )  # fmt: skip

    def _command(self, document: Document, container: Block, scope: Scope, service: str) -> Iterator[Setting]:
        """What a container is told to run, where that is written out."""
        trees = [container.attributes[key] for key in ("command", "args") if key in container.attributes]
        lists = [scope.evaluate(tree) for tree in trees]
        words = [word for each in lists if isinstance(each, Items) for word in each.items]
        texts = [word.text for word in words if isinstance(word, Text) and UNKNOWN not in word.text]
        if service and texts and len(texts) == len(words) and "command" in container.attributes:
            yield document.setting(
                STARTED, COMPUTED, "declared", container.line, self.kind, service=service, group="\0".join(texts)
            )

    def _task(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        """`container_definitions = jsonencode([{environment = [{name, value}], secrets = [{name, valueFrom}]}])`."""
        for number, entry in _entries(block, scope):
            name, value, source = entry.get("name"), entry.get("value"), entry.get("valueFrom")
            if not isinstance(name, Text):
                continue
            known = _known(name.text, value)
            if isinstance(source, Text):
                known = Value("secret", secret=secret_of_arn(source.text))
            yield document.setting(
                name.text, known, "deployed", name.line or block.line, self.kind,
                service=block.labels[1], group=f"{'.'.join(block.labels)}/{number}",
            )  # fmt: skip

    def _maps(self, document: Document, block: Block, scope: Scope) -> Iterator[Setting]:
        """What a resource or a module is given as maps of names to values, or to the ids of secrets."""
        named = scope.text(block.attributes.get("function_name") or block.attributes.get("name"))
        service = named.text if named and "*" not in named.text else block.labels[-1]
        stack = [block]
        while stack:
            inner = stack.pop()
            stack += reversed(inner.blocks)
            for attribute, tree in inner.attributes.items():
                holds_secrets = _SECRETS.match(attribute) is not None
                table = scope.evaluate(tree) if holds_secrets or _VARIABLES.match(attribute) else None
                for name, value in table.pairs if isinstance(table, Pairs) else ():
                    known = _known(name.text, value)
                    if holds_secrets and known.state != "empty":
                        told = value if isinstance(value, Text) else Text("*", 0)
                        known = Value("secret", secret=secret_of_arn(told.text))
                    if _NAME.match(name.text):
                        yield document.setting(
                            name.text, known, "deployed", name.line or inner.line, self.kind,
                            service=service, group=f"{'.'.join(block.labels)}.{attribute}",
                        )  # fmt: skip


def _stages(document: Document) -> dict[str, list[Document]]:
    """The files of variables by the environment that their paths tell."""
    found: defaultdict[str, list[Document]] = defaultdict(list)
    for path, text in document.variables():
        if environment := environment_of_path(path):
            found[environment].append(Document(path, text))
    return dict(found)


def _names(text: str) -> Iterator[tuple[str, int]]:
    """The names in capitals that stand at the beginning of a line, and which line that is."""
    for number, line in enumerate(text.splitlines(), 1):
        if match := _ENTRY.match(line):
            yield match[1], number


def _where_told(setting: Setting, told: Mapping[str, tuple[Document, int]]) -> Setting:
    """A setting in the file of variables that tells it, if one does."""
    if setting.name not in told:
        return setting
    document, line = told[setting.name]
    return replace(setting, path=document.path, place=document.span(line, setting.name))


def _env(container: Block, scope: Scope) -> Iterator[tuple[Text, Block | None, Scope]]:
    """(name, block, scope) of each `env` of a container; what a `dynamic` one over something unknown makes is `*`."""
    for entry in container.blocks:
        made = [entry] if entry.type == "env" else []
        scopes = [scope]
        if entry.type == "dynamic" and "env" in entry.labels:
            iterator = scope.text(entry.attributes.get("iterator"))
            name = iterator.text if iterator is not None and iterator.text != "*" else "env"
            made, scopes = list(entry.all("content")), scope.instances(entry.attributes, name, container.line)
        for block in made:
            for inner in scopes:
                name_of = inner.text(block.attributes.get("name"))
                if name_of is not None and "*" not in name_of.text:
                    yield name_of, block, inner
                elif entry.type == "dynamic":
                    yield Text(UNKNOWN, container.line), None, inner


def _known(name: str, value: Expression | None) -> Value:
    """What is known of a value that is handed over."""
    if not isinstance(value, Text) or UNKNOWN in value.text:
        return COMPUTED
    return classify(name, value.text)


def _value(entry: Block, name: str, scope: Scope) -> Value | str:
    references = [*entry.all("value_source", "secret_key_ref"), *entry.all("value_from", "secret_key_ref")]
    for reference in references:
        secret = scope.text(reference.attributes.get("secret") or reference.attributes.get("name"))
        return Value("secret", secret=secret.text if secret else "*")
    return _known(name, scope.text(entry.attributes.get("value")))


def _entries(block: Block, scope: Scope) -> Iterator[tuple[int, Pairs]]:
    """The entries of the containers, each with the number of its container."""
    tree = block.attributes.get("container_definitions")
    definitions = scope.evaluate(tree) if tree is not None else None
    for number, definition in enumerate(definitions.items if isinstance(definitions, Items) else ()):
        for key in ("environment", "secrets"):
            entries = definition.get(key) if isinstance(definition, Pairs) else None
            for entry in entries.items if isinstance(entries, Items) else ():
                if isinstance(entry, Pairs):
                    yield number, entry
