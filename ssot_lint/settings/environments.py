"""Which environment a file or a name speaks of, told by its words."""

from __future__ import annotations

import re

_ALIASES = {
    "dev": "development", "develop": "development", "development": "development", "local": "development",
    "test": "test", "tests": "test", "testing": "test", "ci": "test", "e2e": "test",
    "staging": "staging", "stage": "staging", "stg": "staging",
    "production": "production", "prod": "production", "prd": "production", "live": "production",
    "qa": "qa", "uat": "uat", "preview": "preview", "sandbox": "sandbox", "preprod": "preprod",
}  # fmt: skip
ENVIRONMENTS = frozenset(_ALIASES.values())
# Elsewhere than at the end these words may say what something is for: `E2E_LOGIN_KEY`, `live-chat-key`.
_OF_OTHER_THINGS = frozenset({"e2e", "ci", "local", "live", "stage", "preview", "sandbox", "tests", "develop"})
_OF_IDS = frozenset({"staging", "production", "development", "test"})
_DEPLOYED = frozenset({"staging", "production", "qa", "uat", "preprod", "preview", "sandbox"})
_SHARING = frozenset({"preview", "sandbox"})
_TURNS = {"development": 0, "test": 0, "staging": 1, "production": 2}
_LONGEST_ADDRESS = 300
_TOP_LEVEL = re.compile(r"\.(?:dev|test|prod)(?=[:/,]|$)")  # of `https://shop.dev`
_EXAMPLES = frozenset(
    {
        "example", "examples", "sample", "samples", "template", "templates", "tpl", "tmpl", "dist", "default",
        "defaults", "demo", "skel", "stub",
    }
)  # fmt: skip

_TELLING = re.compile(r"(?:^|_)(?:ENV|ENVIRONMENT|STAGE|CONFIG|CONFIGURATION|PROFILE)$")
# These say how something is built or run, and are the same wherever services run for others.
_OF_MODES = re.compile(r"^(?:NODE|FLASK|RAILS|RACK|BABEL|MIX|NEXT|NUXT|VITE)_")


def _words(text: str) -> list[str]:
    return [word for word in re.split(r"[^a-z0-9]+", text.lower()) if word]


def normalize(word: str) -> str:
    """The usual name of an environment (`prod` is `production`), or the word itself, in lower case."""
    return _ALIASES.get(word.lower(), word.lower())


def environment_of_path(path: str) -> str:
    """The environment that a file's name, or else its nearest folder, tells; empty where none does.

    `.env.staging.tests` is what tests are given that run against staging, and staging is not.
    """
    *folders, file = path.split("/")
    words = _words(file)
    if "env" in words and any(_ALIASES.get(word) == "test" for word in words):
        return "test"
    for part in (file, *reversed(folders)):
        named = {_ALIASES[word] for word in _words(part) if word in _ALIASES}
        if len(named) == 1:
            return named.pop()
    return ""


def environment_of_id(identifier: str) -> str:
    """The environment that a secret's id ends (a version aside) or begins with, or that is a part of a path.

    Empty where it tells none.
    """
    parts = [part for part in identifier.split("/") if part in _ALIASES and _ALIASES[part] in _OF_IDS]
    if len(parts) == 1 and identifier.count("/") > 1:
        return _ALIASES[parts[0]]
    words = _words(identifier)
    if len(words) > 1 and re.fullmatch(r"v?\d+|latest", words[-1]):
        words.pop()
    for word in (words[-1:] or [""])[0], *(word for word in words[:1] if word not in _OF_OTHER_THINGS):
        if word in _ALIASES and _ALIASES[word] in _OF_IDS:
            return _ALIASES[word]
    return ""


def stem_of_id(identifier: str) -> str:
    """An id without the environment that it ends or begins with, or that is a part of a path.

    It may be one that is not known (`*`).
    """
    parts = identifier.split("/")
    places = [number for number, part in enumerate(parts) if part == "*" or part in _ALIASES]
    if len(places) == 1 and 0 < places[0] < len(parts) - 1:
        return "/".join(part for number, part in enumerate(parts) if number != places[0])
    last = re.fullmatch(r"(.+)[-_/.]([^-_/.]+)", identifier)
    if last and (last[2] == "*" or is_environment(last[2])):
        return last[1]
    first = re.fullmatch(r"([^-_/.]+)[-_/.](.+)", identifier)
    told = first is not None and (first[1] == "*" or is_environment(first[1])) and first[1] not in _OF_OTHER_THINGS
    return first[2] if first and told else identifier


def service_words(service: str) -> frozenset[str]:
    """The words of a service's name that don't tell its environment or what it is."""
    return frozenset(word for word in _words(service) if word not in _ALIASES and word not in {"service", "svc", "app"})


def words_of_environments(name: str) -> set[str]:
    """The environments that a name speaks of: `JWT_SECRET_STAGING` of staging."""
    *_, last = _words(name) or [""]
    told = (word for word in _words(name) if word in _ALIASES and (word == last or word not in _OF_OTHER_THINGS))
    return {_ALIASES[word] for word in told}


def environment_of_words(name: str) -> str:
    """The one environment that a name speaks of, such as a namespace; empty for none or several."""
    told = words_of_environments(name)
    return told.pop() if len(told) == 1 else ""


def environment_of_variable(name: str, value: str) -> str:
    """The environment that a variable tells the program: `staging` of `ENVIRONMENT=staging`; empty for any other."""
    is_asked = _TELLING.search(name.upper()) and not _OF_MODES.match(name.upper())
    return normalize(value) if is_asked and is_environment(value) else ""


def environment_of_value(text: str) -> str:
    """The one environment that is a part of an address, a bucket or the like: staging of `shop-files-staging`."""
    if len(text) > _LONGEST_ADDRESS or re.search(r"\s", text):
        return ""
    words = _words(_TOP_LEVEL.sub("", text))
    told = {_ALIASES[word] for word in words if word in _ALIASES and word not in _OF_OTHER_THINGS}
    return told.pop() if len(told) == 1 and len(words) > 1 else ""


def comes_before(first: str, second: str) -> bool:
    """Whether what runs in the first environment is tried there before it runs in the second."""
    return _TURNS.get(first, 1) < _TURNS.get(second, 1)


def may_share(first: str, second: str) -> bool:
    """Whether the first environment is one that often has nothing of its own, and the second is not production."""
    return first in _SHARING and comes_before(second, "production")


def is_environment(word: str) -> bool:
    """Whether a word names an environment."""
    return word.lower() in _ALIASES


def is_deployed(environment: str) -> bool:
    """Whether services run there for others than their developer."""
    return environment in _DEPLOYED


def is_example(path: str) -> bool:
    """Whether a file is there to be copied and filled in."""
    return bool(_EXAMPLES.intersection(_words(path.rsplit("/", 1)[-1])))
