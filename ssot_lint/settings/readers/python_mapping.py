"""Python files that map settings to secret ids, list what services require, or deploy with `gcloud`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from ssot_lint.settings.commands import BY_DEFAULT, TIMEOUT, command_settings, runs_gcloud, target_of
from ssot_lint.settings.document import Document
from ssot_lint.settings.mapping_symbols import KEBAB, KIND, About, Reading, are_values
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.python_file import PythonFile, Symbol
from ssot_lint.settings.shell import Word, commands
from ssot_lint.settings.tables import Table, Text

_ABOUT_SECRETS = re.compile(r"secret", re.IGNORECASE)
_CREATING = "create_secret"
_OPEN_SERVICE = re.compile(r"\bgcloud run deploy [\w-]*\*")
# Each behind a piece of it (none: empty) that begins with plain letters, which is quick to look for.
_SIGNS = tuple(
    (re.compile(piece), re.compile(sign))
    for piece, sign in (
        # NAME: secret-id, and the other way round
        ("", r"[\"'][A-Z][A-Z0-9_]+[\"']\s*:\s*f?[\"'][a-z{][\w{}.()]*-[\w{}.()-]*[\"']"),
        ("", r"[\"'][a-z{][\w{}]*-[\w{}-]*[\"']\s*:\s*[\"'][A-Z][A-Z0-9]*_[A-Z0-9_]+[\"']"),
        ("", r"secret_id\s*=\s*[\"']"),
        # records and pairs: Secret("NAME", "secret-id"), but no default: getenv("NAME", "some-model")
        ("", r"\((?<!env\()(?<!\.get\()\s*[\"'][A-Z][A-Z0-9_]+[\"']\s*,\s*f?[\"'][a-z{][\w{}.()]*-[\w{}.()-]*[\"']"),
        # a table of tables that another module has: {"web": staging.WEB_SECRETS}; `"secret": secret` is no table
        ("", r"[\"']\w+[\"']\s*:\s*[\w.]*(?:SECRETS?(?:_\w+)?|[Ss]ecrets(?:_\w+)?)\s*[,}\n]"),
        # records with fields: Secret(name="secret-id", env_var="NAME"), either first
        (
            "env",
            (
                r"name(?<=\bname)[\"']?\s*[=:]\s*[\"'][a-z][a-z0-9]*(?:-[a-z0-9]+)+[\"'][^(){}]{0,200}"
                r"\benv(?:_var|_name|_key)?[\"']?\s*[=:]\s*[\"'][A-Z][A-Z0-9_]+[\"']"
            ),
        ),
        (
            "name",
            (
                r"env(?<=\benv)(?:_var|_name|_key)?[\"']?\s*[=:]\s*[\"'][A-Z][A-Z0-9_]+[\"'][^(){}]{0,200}"
                r"\bname[\"']?\s*[=:]\s*[\"'][a-z][a-z0-9]*(?:-[a-z0-9]+)+[\"']"
            ),
        ),
        # what each environment must have: REQUIRED_VARS = {"staging": ["API_KEY"]}
        ("", r"REQUIRED_\w*(?:VARS?|VARIABLES|ENV|SETTINGS|KEYS)\w*\b[^=\n]*=\s*\{"),
        # the rules of a validator
        (
            r"require(?:d|ment)[\"']\s*:",
            (
                r"[\"'][A-Z][A-Z0-9]*_[A-Z0-9_]+[\"']\s*(?::\s*\{|,)[^{}]{0,300}"
                r"[\"']require(?:d|ment)[\"']\s*:\s*(?:True\b|[\"']required|[\w.]*REQUIRED)"
            ),
        ),
        (
            "equired|EQUIRED",
            r"[eE][nN][vV]_(?<=\b..._)(?i:var|name|key)\s*=\s*[\"'](?i:[A-Z][A-Z0-9_]+)[\"'](?=[^()]*(?i:required))",
        ),
        (
            r"required\s*=\s*True\b",
            r"\b[A-Z]\w+\(\s*[\"'][A-Z][A-Z0-9]*_[A-Z0-9_]+[\"'][^()]*\brequired\s*=\s*True\b",
        ),
    )
)


# What ends a word that speaks of secrets and is assigned a table or a list.
_ASSIGNED = re.compile(r"\w*\b[^=\n]*=\s*[\[{(]")
_REQUIRING = re.compile(r"required|critical|service")
_LONGEST_NAME = 100


def _shows_a_sign(text: str) -> bool:
    return any(piece.search(text) and sign.search(text) for piece, sign in _SIGNS)


def _lists_secrets(text: str) -> bool:
    """Whether a table or a list has a name like `REQUIRED_SECRETS`."""
    lowered = text.lower()
    at = lowered.find("secret")
    while at >= 0:
        word = re.split(r"\W", lowered[max(0, at - _LONGEST_NAME) : at])[-1]
        if _REQUIRING.search(word) and _ASSIGNED.match(lowered, at):
            return True
        at = lowered.find("secret", at + 1)
    return False


class Reader:
    """Reads constants with LibCST.

    Without configuration only what speaks of secrets by its name counts: a table of `NAME: secret-id`, and lists of
    names beside it. A named source may give any symbol.
    """

    kind = KIND

    def recognizes(self, path: str, text: str) -> bool:
        """A module that maps secrets in a table, or one that runs `gcloud run` or `gcloud secrets`."""
        if not path.endswith(".py"):
            return False
        return _shows_a_sign(text) or _lists_secrets(text) or About(text).runs

    def read(self, document: Document) -> Iterator[Setting]:
        """Mapped, required, provisioned and deployed settings."""
        file = PythonFile(document.text, document.module, path=document.path)
        symbols = list(file.symbols())
        about = About(document.text)
        # What several tables have is of the last, which is put together from the others.
        found: dict[tuple[str, str, str, str, int], Setting] = {}
        for setting in self._of_symbols(document, symbols, about):
            key = setting.role, setting.name, setting.service, setting.environment, setting.line
            found.pop(key, None)
            found[key] = setting
        commands = list(self._commands(document, file)) if about.runs and not document.symbol else []
        if any(each.name == TIMEOUT for each in found.values()):
            commands = [each for each in commands if each.group != BY_DEFAULT]
        # Tables of variables are of the environment that all commands beside them deploy to.
        environments = {each.environment for each in commands if each.service or each.environment}
        only = environments.pop() if len(environments) == 1 else ""
        # Where all that commands hand over is known, no table that is put together for them may hold anything else.
        is_known = any(each.service for each in commands) and not any(each.name == UNKNOWN for each in commands)
        found = {key: each for key, each in found.items() if each.name != UNKNOWN or not is_known}
        takers: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
        for each in commands:
            takers[each.name, each.line].add(each.service)
        for setting in found.values():
            is_open = setting.role in {"set", "deployed"} and not setting.environment
            kept = replace(setting, environment=only) if is_open else setting
            # What one service alone is given of a table is that one's.
            services = takers[setting.name, setting.line] if setting.role == "mapped" and not setting.service else ()
            kept = replace(kept, service="".join(services)) if len(services) == 1 else kept
            yield from _with_dropped(document, kept, file)
        # What a list names, and a command beside it creates, is listed once.
        listed = {each.secret for each in found.values() if each.role == "provisioned"}
        # What is put to a command stands in the whole of it too.
        once = {
            (each.role, each.name, each.service, each.environment, each.group, each.line): each
            for each in reversed(commands)
        }
        for each in reversed(once.values()):
            if each.role != "provisioned" or each.secret not in listed:
                yield each

    def _of_symbols(self, document: Document, symbols: list[Symbol], about: About) -> Iterator[Setting]:
        known: set[tuple[str, int]] = set()
        for symbol in symbols:
            if document.symbol and symbol.name != document.symbol:
                continue
            reading = Reading(document, symbol, about)
            found = list(reading.settings())
            if document.symbol or not are_values(found):
                counts = document.is_named or self._counts(symbol, reading, found, document, about)
                if counts or _is_put_together(found, document, known):
                    known.update((each.name, each.line) for each in found)
                    yield from found

    @staticmethod
    def _counts(symbol: Symbol, reading: Reading, found: list[Setting], document: Document, about: About) -> bool:
        """Whether what a symbol holds is unmistakable."""
        owner, _, last = symbol.name.rpartition(".")
        if owner[:1].isupper() and "." not in owner:
            last = f"{owner}.{last}"  # a class says what its attributes are about
        if found and (reading.names_secrets or all(setting.role in {"set", "deployed"} for setting in found)):
            module = document.name.removesuffix(".py")
            return about.deploys or any(About(text).is_deployed_by(module) for text in document.neighbours())
        if any(setting.need == "required" for setting in found):
            return True
        mapped = [setting for setting in found if setting.role == "mapped"]
        maps = any(KEBAB.match(setting.secret) for setting in mapped)
        if not _ABOUT_SECRETS.search(last):
            return maps and len(mapped) == len(found) and _is_about_secrets(document.path)
        if maps:
            return True
        if any(setting.secret for setting in found):
            return len(found) > 1 and about.manages_secrets
        return bool(found) and not mapped and bool(re.search(r"required|critical|service", last, re.IGNORECASE))

    @staticmethod
    def _commands(document: Document, file: PythonFile) -> Iterator[Setting]:
        """The settings of every command; of the timeouts that one function gives a service, the last."""
        lines = [
            (function, words)
            for function, texts in file.argument_lists(_is_left_to_callers, _is_open)
            for words in _command_lines([Word(text.text, text.line, text.origins) for text in texts])
        ]
        deploying = _deployed_by(document, lines)
        made = (identifier for call in file.calls_of(_CREATING) if (identifier := _created_by(call)))
        for identifier in made:
            command = ["gcloud", "secrets", "create", identifier.text]
            yield from command_settings(document, [Word(word, identifier.line) for word in command])
        last: dict[tuple[str, str, str], Setting] = {}
        for function, words in lines:
            part = function in deploying and any(word.text.startswith("--") for word in words)
            whole = TIMEOUT not in document.text and not file.hands_on(function)
            service, environment = deploying.get(function, ("", "")) if part else ("", "")
            for setting in command_settings(document, words, part=part, whole=whole):
                own = setting if setting.service or not service else replace(setting, service=service)
                own = own if own.environment or own.service != service else replace(own, environment=environment)
                if setting.name == TIMEOUT:
                    last[function, own.service, own.environment] = own
                else:
                    yield own
        yield from last.values()


def _is_about_secrets(path: str) -> bool:
    """Whether a file's name, or its folder's, speaks of secrets."""
    return _ABOUT_SECRETS.search("/".join(path.split("/")[-2:])) is not None


def _is_put_together(found: list[Setting], document: Document, known: set[tuple[str, int]]) -> bool:
    """Whether a table holds nothing but mappings that are known: others of this file, and of modules about secrets."""
    mapped = [each for each in found if each.role == "mapped"]
    return (
        bool(mapped)
        and len(mapped) == len(found)
        and all(
            _is_about_secrets(each.path) if each.path != document.path else (each.name, each.line) in known
            for each in mapped
        )
    )


def _deployed_by(document: Document, lines: list[tuple[str, list[Word]]]) -> dict[str, tuple[str, str]]:
    """The service and the environment to which each function deploys; empty where it deploys several, or any."""
    targets: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for function, words in lines:
        if runs_gcloud(words):
            targets[function].add(target_of(document, words))
    return {function: next(iter(found)) if len(found) == 1 else ("", "") for function, found in targets.items()}


def _with_dropped(document: Document, kept: Setting, file: PythonFile) -> Iterator[Setting]:
    """A setting, after those that its dict has under the same key with other values, which Python drops."""
    dropped = file.again.get((kept.line, kept.name), set())
    block = f"{kept.group}:{kept.line}" if dropped else ""
    for line in sorted(dropped):
        yield replace(
            kept,
            role="declared",
            value_state="unset",
            secret="",
            digest="",
            number=None,
            unit="",
            exposed="",
            tells="",
            block=block,
            place=document.span(line, kept.name),
        )
    yield replace(kept, block=block) if dropped else kept


def _is_left_to_callers(texts: list[Text]) -> bool:
    """Whether the words create a secret whose name is not known before the program runs."""
    words = " ".join(text.text for text in texts)
    return "secrets" in words and UNKNOWN in words and ("create" in words or "versions" in words)


def _is_open(texts: list[Text]) -> bool:
    """Whether the words deploy a service whose name is not known before the program runs."""
    return _OPEN_SERVICE.search(" ".join(text.text for text in texts)) is not None


def _created_by(call: Table) -> Text | None:
    """The id of `create_secret(secret_id=…)`, `create_secret(request={"secret_id": …})`, `create_secret(Name=…)`."""
    request = next((value for key, value in call.pairs if key.text == "request" and isinstance(value, Table)), call)
    return request.text("secret_id", "Name")


def _command_lines(words: list[Word]) -> Iterator[list[Word]]:
    """A list of arguments is a command; a text may hold several, or arguments that are put to one."""
    if len(words) == 1 and ("gcloud " in words[0].text or words[0].text.startswith(" --")):
        for found in commands(words[0].text, words[0].line):
            yield [each._replace(origins=words[0].origins) for each in found]
    else:
        yield words
