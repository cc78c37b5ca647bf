"""Programs of CDK and Pulumi in Python: what they hand to services and functions, and the secrets that they create."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.python_file import Called, PythonFile
from ssot_lint.settings.tables import Constant, Items, Table, Text
from ssot_lint.settings.values import COMPUTED, Value, classify, secret_of_arn

_SIGN = re.compile(r"^\s*(?:from|import)\s+(?:aws_cdk|pulumi\w*)\b", re.MULTILINE)
_VARIABLES = frozenset({"environment", "environment_variables", "env_vars", "variables", "envs", "env"})
_SECRETS = frozenset({"secrets", "environment_secrets"})
_NAME = re.compile(r"^(?:[A-Z][A-Z0-9_]*|\*)$")
_ADDING = {"add_environment": False, "add_secret": True}
"""The methods that give one more variable, and whether it is filled from a secret."""
_TAKING = re.compile(r"^(?:add_container|\w*Function|\w*TaskImageOptions|ContainerDefinition)$")
"""What is given variables under these keywords, and nothing else."""
_IDS = ("secret_name", "parameter_name", "secret_id")
"""The keywords that tell the id of what is created."""
_STORES = frozenset({"secretsmanager", "secretmanager", "ssm"})
"""The modules of Pulumi whose resources are told by `name`."""
_REFERENCES = ("secret_key_ref", "value_from", "value_source", "valueFrom")
_DEEPEST = 12


class Reader:
    """Reads maps and lists of variables, wherever they stand among the arguments of a construct."""

    kind = "cdk"

    def recognizes(self, path: str, text: str) -> bool:
        """A module that imports one of the two."""
        return path.endswith(".py") and _SIGN.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """Deployed and provisioned settings, in source order."""
        found: dict[tuple[str, str, int], dict[str, Setting]] = {}
        for call in PythonFile(document.text, document.module, path=document.path).called():
            for each in _Given(document, call).settings():
                known = found.setdefault((each.role, each.name, each.line), {})
                # What stands inside of several calls is of the service that the outermost, which comes first, names.
                if each.service or not known:
                    known.setdefault(each.service, each)
        yield from sorted((each for known in found.values() for each in known.values()), key=lambda each: each.line)


@dataclass(frozen=True)
class _Given:
    """What one call says."""

    document: Document
    call: Called

    def settings(self) -> Iterator[Setting]:
        if self.call.name in _ADDING and len(self.call.positional) == 2:
            name, value = self.call.positional
            at = Text(name.text if isinstance(name, Text) else UNKNOWN, self.call.line)
            yield self._deployed(at, value, is_secret=_ADDING[self.call.name])
        yield from self._created()
        for key, value in self.call.keywords:
            if key.text in _VARIABLES | _SECRETS and value is None and _TAKING.match(self.call.name):
                yield self._deployed(Text(UNKNOWN, key.line), None, is_secret=key.text in _SECRETS)
            yield from self._walk(key, value, 0)

    def _created(self) -> Iterator[Setting]:
        told = {key.text: value for key, value in self.call.keywords}
        ids = (*_IDS, "name") if self.call.owner in _STORES else _IDS
        identifier = next((told[each] for each in ids if each in told), None)
        if isinstance(identifier, Text) and re.search(r"Secret|Parameter", self.call.name):
            known = Value("secret", secret=identifier.text)
            yield self.document.setting(identifier.text, known, "provisioned", identifier.line, Reader.kind)

    def _walk(self, key: Text, value: Constant | None, depth: int) -> Iterator[Setting]:
        """The variables in what stands under a key."""
        holds = key.text in _VARIABLES or key.text in _SECRETS
        if isinstance(value, Items) and depth < _DEEPEST:
            for item in value.items:
                name = item.text("name") if holds and isinstance(item, Table) else None
                if name is not None and isinstance(item, Table):
                    yield self._entry(name, item)
                else:
                    yield from self._walk(Text("", value.line), item, depth + 1)
        elif isinstance(value, Table) and depth < _DEEPEST:
            for name, inner in value.pairs:
                if holds and _NAME.match(name.text):
                    yield self._deployed(name, inner, is_secret=key.text in _SECRETS)
                else:
                    yield from self._walk(name, inner, depth + 1)

    def _entry(self, name: Text, entry: Table) -> Setting:
        """`{"name": "A", "value": "x"}`, or one that refers to a secret."""
        told = {key.text: value for key, value in entry.pairs}
        reference = next((told[each] for each in _REFERENCES if each in told), None)
        return self._deployed(name, reference or told.get("value"), is_secret=reference is not None)

    def _deployed(self, name: Text, value: Constant | None, *, is_secret: bool) -> Setting:
        known: Value = COMPUTED
        if is_secret:
            known = Value("secret", secret=_identifier(value))
        elif isinstance(value, Text) and UNKNOWN not in value.text:
            known = classify(name.text, value.text)
        is_told = UNKNOWN not in self.call.service and self.call.name not in _ADDING
        service = self.call.service if is_told else ""
        return self.document.setting(
            name.text, known, "deployed", name.line, Reader.kind,
            service=service, group=f"{self.document.path}:{self.call.line}",
        )  # fmt: skip


def _identifier(value: Constant | None) -> str:
    """The id of a secret that is referred to; `*` where it is not known."""
    if isinstance(value, Text):
        return secret_of_arn(value.text)
    if isinstance(value, Table):
        inner = next((each for key, each in value.pairs if key.text in _REFERENCES), None)
        told = value.text(*_IDS, "secret", "name")
        return _identifier(inner) if inner is not None else told.text if told is not None else UNKNOWN
    return UNKNOWN
