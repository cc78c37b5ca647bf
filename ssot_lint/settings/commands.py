"""`gcloud` command lines as settings: the flags that hand settings to Cloud Run, and the secrets that are created.

Flags as https://cloud.google.com/sdk/gcloud/reference/run/deploy names them; a flag given twice: the last wins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase

from ssot_lint.settings.document import Document
from ssot_lint.settings.environments import environment_of_id, environment_of_variable
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.shell import Word
from ssot_lint.settings.values import COMPUTED, Value, classify, version_of

KIND = "gcloud"
_DEFAULT_TIMEOUT = 300  # seconds
_LONGEST_ARGUMENT = 60  # lines
SECRETS = ("--set-secrets", "--update-secrets")
VARIABLES = ("--set-env-vars", "--update-env-vars")
"""The flags that hand secrets, and other variables, to a service."""
_FILE = "--env-vars-file"
TIMEOUT = "--timeout"
BY_DEFAULT = "default"
"""The group of a timeout that no flag gives."""
PORT = "--port"
_PROJECT = "--project"
UNMISTAKABLE = (*SECRETS, *VARIABLES, _FILE)
"""The flags that no other command has."""


def runs_gcloud(words: Sequence[Word]) -> bool:
    """Whether a command line deploys to Cloud Run."""
    texts = [word.text for word in words]
    return "gcloud" in texts and "run" in texts and ("deploy" in texts or "update" in texts)


def target_of(document: Document, words: Sequence[Word]) -> tuple[str, str]:
    """(service, environment) to which a command line deploys; empty where it leaves them open."""
    project = next((value.text for flag, value in _flags(words) if flag == _PROJECT), "")
    plain = [word.text for word in words if not word.text.startswith("-")]
    service, environment = _target(document, plain, project)
    flags = list(_flags(words))
    return service, environment or _told_by_variables(flags) or _told_by_secrets(flags)


def command_settings(
    document: Document, words: Sequence[Word], *, part: bool = False, whole: bool = True
) -> Iterator[Setting]:
    """What a command line deploys or provisions.

    `part`: the words are some arguments of a `gcloud run deploy`; `whole`: no arguments of the command are elsewhere.
    """
    texts = [word.text for word in words]
    if "gcloud" in texts:
        words = words[texts.index("gcloud") :]
        texts = [word.text for word in words]
    plain = [text for text in texts if not text.startswith("-")]
    if "secrets" in plain[:4] and ("create" in plain or ("versions" in plain and "add" in plain)):
        yield from _created(document, words)
        return
    flags = list(_flags(words))
    named = {flag for flag, _ in flags}
    runs = "run" in plain[:4] and ("deploy" in plain or "update" in plain)
    serves = runs and "jobs" not in plain[:4]
    if not runs and not part and not named.intersection(UNMISTAKABLE):
        return
    project = next((value.text for flag, value in flags if flag == _PROJECT), "")
    service, environment = _target(document, plain, project)
    environment = environment or _told_by_variables(flags) or _told_by_secrets(flags)
    if runs and service and (told := environment_of_id(project)):
        line = next(value.line for flag, value in flags if flag == _PROJECT)
        yield document.setting(
            _PROJECT, Value("computed", tells=told), "deployed", line, KIND, service=service, environment=environment
        )
    given = [
        each
        for flag, value in flags
        if flag in {*SECRETS, *VARIABLES}
        for each in _pairs(document, flag, value, service, environment)
    ]
    yield from _with_blocks(given)
    for flag, value in flags:
        if flag == _FILE:
            yield document.setting(
                _FILE, COMPUTED, "declared", value.line, KIND,
                service=service, environment=environment, group=value.text, shown=value.text,
            )  # fmt: skip
    if runs and _has_unknown_arguments(words, [value for _, value in flags]):
        # Arguments that only the run knows may hand over anything.
        line = words[0].line
        yield document.setting(UNKNOWN, COMPUTED, "deployed", line, KIND, service=service, environment=environment)
    elif serves and "deploy" in plain[:-1] and TIMEOUT not in named and whole:
        yield document.setting(
            TIMEOUT, str(_DEFAULT_TIMEOUT), "deployed", words[0].line, KIND,
            service=service, environment=environment, group=BY_DEFAULT, shown=words[0].text,
        )  # fmt: skip
    ports = [value for flag, value in flags if flag == PORT]
    if ports and service and serves and UNKNOWN not in ports[-1].text:
        text, line = ports[-1].text, dict(ports[-1].origins).get(PORT, ports[-1].line)
        yield document.setting(PORT, text, "deployed", line, KIND, service=service, environment=environment)
    timeouts = [value for flag, value in flags if flag == TIMEOUT]
    if timeouts and (runs or part):
        text, line = timeouts[-1].text, dict(timeouts[-1].origins).get(TIMEOUT, timeouts[-1].line)
        timeout = COMPUTED if UNKNOWN in text else classify(TIMEOUT, text)
        yield document.setting(TIMEOUT, timeout, "deployed", line, KIND, service=service, environment=environment)


def _with_blocks(given: Sequence[Setting]) -> Iterator[Setting]:
    """What a command hands over; what one flag has twice, or one for secrets and one for variables, in a block."""
    counts = Counter((each.group, each.name) for each in given)
    as_secrets, as_variables = ({each.name for each in given if each.group in flags} for flags in (SECRETS, VARIABLES))
    for each in given:
        if each.name in as_secrets & as_variables and not each.is_pattern:
            yield replace(each, block="secrets and variables")
        else:
            yield replace(each, block=each.group) if counts[each.group, each.name] > 1 else each


def _told_by_variables(flags: Sequence[tuple[str, Word]]) -> str:
    """The environment of `--set-env-vars ENVIRONMENT=staging,…`."""
    pairs = (pair.partition("=") for flag, value in flags if flag in VARIABLES for pair in value.text.split(","))
    return next(filter(None, (environment_of_variable(name.strip(), value) for name, _, value in pairs)), "")


def _told_by_secrets(flags: Sequence[tuple[str, Word]]) -> str:
    """The environment that the ids of all secrets tell which are handed over, if there are some."""
    pairs = [pair for flag, value in flags if flag in SECRETS for pair in value.text.split(",") if "=" in pair]
    told = {environment_of_id(_secret(pair.partition("=")[2]).secret) for pair in pairs}
    return told.pop() if len(told) == 1 and len(pairs) > 1 else ""


def _flags(words: Sequence[Word]) -> Iterator[tuple[str, Word]]:
    """(flag, value) of `--flag=value` and `--flag value`."""
    for index, word in enumerate(words):
        flag, equals, value = word.text.partition("=")
        if not flag.startswith("--"):
            continue
        if equals:
            yield flag, word._replace(text=value)
        elif index + 1 < len(words) and not words[index + 1].text.startswith("--"):
            yield flag, words[index + 1]
        elif flag in UNMISTAKABLE:
            yield flag, Word("*", word.line)


def _has_unknown_arguments(words: Sequence[Word], values: Sequence[Word]) -> bool:
    """Whether a word is not known that is no flag's value and not the service's name."""
    named_after = {"deploy", "update"}
    return any(
        word.text == UNKNOWN and word not in values and words[index].text not in named_after
        for index, word in enumerate(words[1:])
    )


def _target(document: Document, plain: Sequence[str], project: str) -> tuple[str, str]:
    """(service, environment) that the command names; empty where it leaves them open."""
    told = document.environment or environment_of_id(project)
    for verb in ("deploy", "update"):
        if verb in plain and plain.index(verb) + 1 < len(plain):
            # `web-$ENVIRONMENT` is web, wherever it is, and `$SERVICE-staging` is of staging, whatever it is.
            service = plain[plain.index(verb) + 1].removesuffix(f"-{UNKNOWN}")
            known = service if re.fullmatch(r"[a-z][a-z0-9-]*", service) else ""
            return known, document.environment or environment_of_id(service) or told
    return "", told


def _pairs(document: Document, flag: str, value: Word, service: str, environment: str) -> Iterator[Setting]:
    """The settings of `A=x,B=y`; `^@^A=x@B=y` chooses another delimiter (`gcloud topic escaping`)."""
    delimiter, text, origins = ",", value.text, dict(value.origins)
    if escaped := re.match(r"\^([^^]+)\^", text):
        delimiter, text = escaped.group(1), text[escaped.end() :]
    for part in text.split(delimiter):
        name, equals, given = part.strip().partition("=")
        if not name or name.startswith("/") or not (equals or "*" in name):
            continue
        known = _secret(given) if flag in SECRETS else COMPUTED if "*" in given else classify(name, given)
        if not equals or "*" in name:
            name, known = ("*" if "*" in name else name), COMPUTED
        line = origins.get(name) or _line(document, value.line, name)
        given_here = document.setting(
            name, known, "deployed", line, KIND, service=service, environment=environment,
            group=flag,
        )  # fmt: skip
        yield replace(given_here, version=version_of(given.rpartition(":")[2]) if flag in SECRETS else "")


def _secret(given: str) -> Value:
    identifier = given.rsplit(":", 1)[0]
    if identifier.startswith("projects/"):
        identifier = identifier.split("/")[3] if identifier.count("/") >= 3 else identifier
    return Value("secret", secret=identifier)


def _created(document: Document, words: Sequence[Word]) -> Iterator[Setting]:
    """The secrets of `gcloud secrets create ID` and `gcloud secrets versions add ID`, for every ID of a loop."""
    texts = [word.text for word in words]
    verb = texts.index("create") if "create" in texts else texts.index("add")
    for word in words[verb + 1 :]:
        if word.text.startswith("-"):
            return
        if not fnmatchcase("", word.text) and re.fullmatch(r"[\w*][\w*./-]*", word.text):
            yield document.setting(
                word.text, Value("secret", secret=word.text), "provisioned", word.line, KIND, group=document.path
            )


def _line(document: Document, start: int, name: str) -> int:
    """The line at or after `start` where the name stands: a quoted argument may run over many."""
    return document.line_of(name, start, start + _LONGEST_ARGUMENT) if name != UNKNOWN else start
