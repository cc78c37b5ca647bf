"""Commands that hand variables to applications of Fly.io, Heroku and Azure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.scripts import commands_of, is_script, is_yaml
from ssot_lint.settings.shell import Word
from ssot_lint.settings.values import COMPUTED, Value, classify

_SIGNS = re.compile(r"\bfly(?:ctl)?\s+secrets\s|\bheroku\s+config:|\baz\s+(?:containerapp|webapp|functionapp)\s")
_PROGRAMS = ("flyctl", "fly", "heroku", "az")
_NAMED = frozenset({"--app", "-a", "--name", "-n"})
_GIVING = frozenset({"--set-env-vars", "--env-vars", "--replace-env-vars"})
_SETTINGS = frozenset({"--settings", "--slot-settings"})
_VAULT = "@Microsoft.KeyVault("
_PAIR = re.compile(r"([A-Za-z_]\w*)=(.*)", re.DOTALL)
_REFERENCE = "secretref:"


class Reader:
    """Reads `fly secrets set`, `heroku config:set`, and what `az` hands to containers, functions and web apps."""

    kind = "platform-command"

    def recognizes(self, path: str, text: str) -> bool:
        """A script, or YAML with steps, that runs one of the commands."""
        return (is_yaml(path) or is_script(path)) and _SIGNS.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A deployed setting for each variable; one of any name for what is read from a file."""
        for program in _PROGRAMS:
            for seen, words in commands_of(document, program):
                yield from self._command(seen, words)

    def _command(self, document: Document, words: Sequence[Word]) -> Iterator[Setting]:
        texts = [word.text for word in words]
        service = next((after for flag, after in pairwise(texts) if flag in _NAMED), "")
        if texts[1:3] == ["secrets", "set"]:
            kind, given = "fly", words[3:]
        elif texts[1:3] == ["secrets", "import"]:
            yield self._setting(document, "fly", service, UNKNOWN, Value("secret", secret=UNKNOWN), words[0].line)
            return
        elif texts[1:2] == ["config:set"]:
            kind, given = self.kind, words[2:]
        elif texts[1:2] == ["containerapp"]:
            kind, given = self.kind, list(_behind(words, _GIVING))
        elif texts[1:2] in (["webapp"], ["functionapp"]) and texts[2:5] == ["config", "appsettings", "set"]:
            kind, given = self.kind, list(_behind(words, _SETTINGS))
        else:
            return
        for word in given:
            if pair := _PAIR.fullmatch(word.text):
                yield self._setting(document, kind, service, pair[1], _value(*pair.groups()), word.line)

    def _setting(self, document: Document, kind: str, service: str, name: str, value: Value, line: int) -> Setting:
        service = service if re.fullmatch(r"[a-z][a-z0-9-]*", service) else ""
        environment = document.environment or environment_of_id(service)
        return document.setting(
            name, value, "deployed", line, kind, service=service, environment=environment,
            group=f"{document.path}:{service}", shown="" if name == UNKNOWN else name,
        )  # fmt: skip


def _behind(words: Sequence[Word], flags: frozenset[str]) -> Iterator[Word]:
    """The words behind one of the flags, up to the next flag."""
    inside = False
    for word in words:
        if word.text.startswith("-"):
            inside = word.text in flags
        elif inside:
            yield word


def _value(name: str, text: str) -> Value:
    if text.startswith(_REFERENCE):
        return Value("secret", secret=text.removeprefix(_REFERENCE))
    if text.startswith(_VAULT):
        return Value("secret", secret=UNKNOWN)
    return COMPUTED if UNKNOWN in text else classify(name, text)
