"""Commands that create secrets: `aws secretsmanager`, `aws ssm`, `az keyvault`, `kubectl create secret`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase

from ssot_lint.settings.document import Document
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.scripts import commands_of, flag_values, is_script, is_yaml
from ssot_lint.settings.shell import Word
from ssot_lint.settings.values import Value

_SIGNS = re.compile(r"\b(?:aws\s+(?:secretsmanager|ssm)|az\s+keyvault\s+secret|kubectl\s[^\n]*\bcreate\s+secret)\b")
_PROGRAMS = ("aws", "az", "kubectl")
_CREATING = {
    ("secretsmanager", "create-secret"): ("--name",),
    ("ssm", "put-parameter"): ("--name",),
    ("keyvault", "secret", "set"): ("--name", "-n"),
}
"""The commands that create one, with the flags that name it."""
_GENERIC = ["create", "secret", "generic"]


class Reader:
    """Reads which secrets the commands of scripts and pipelines create."""

    kind = "secret-command"

    def recognizes(self, path: str, text: str) -> bool:
        """A script, or YAML with steps, that runs one of the commands."""
        return (is_yaml(path) or is_script(path)) and _SIGNS.search(text) is not None

    def read(self, document: Document) -> Iterator[Setting]:
        """A provisioned setting for each id; a secret of Kubernetes has one for each key (`name/key`)."""
        for program in _PROGRAMS:
            for _, words in commands_of(document, program):
                for word in self._created(program, words[1:]):
                    if not fnmatchcase("", word.text) and re.fullmatch(r"[\w*/][\w*./-]*", word.text):
                        known = Value("secret", secret=word.text)
                        shown = word.text.rpartition("/")[2] if program == "kubectl" else ""
                        yield document.setting(
                            word.text, known, "provisioned", word.line, self.kind, group=document.path, shown=shown
                        )

    def _created(self, program: str, words: Sequence[Word]) -> Iterator[Word]:
        texts = [word.text for word in words]
        if program == "kubectl":
            yield from _keys(words) if [each for each in texts if each in _GENERIC] == _GENERIC else ()
            return
        for verbs, flags in _CREATING.items():
            if tuple(texts[: len(verbs)]) == verbs:
                yield from flag_values(words, flags)


def _keys(words: Sequence[Word]) -> Iterator[Word]:
    """The keys of `kubectl create secret generic NAME --from-literal=KEY=value`, as `NAME/KEY`."""
    texts = [word.text for word in words]
    name = next(iter(texts[texts.index("generic") + 1 :]), "")
    for literal in flag_values(words, ("--from-literal",)):
        yield Word(f"{name}/{literal.text.partition('=')[0]}", literal.line)
    for file in flag_values(words, ("--from-env-file", "--from-file")):
        yield Word(f"{name}/{UNKNOWN}", file.line)
