"""Services to which commands hand variables and no secrets, where other commands hand over what a mapping has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ssot_lint.settings.commands import SECRETS, TIMEOUT, VARIABLES
from ssot_lint.settings.deployments import modules_of
from ssot_lint.settings.environments import is_deployed, service_words
from ssot_lint.settings.lacks import Code
from ssot_lint.settings.mappings import usual_environment
from ssot_lint.settings.model import UNKNOWN, Setting, Settings, may_be_same, may_be_same_service


@dataclass(frozen=True)
class WithoutSecrets:
    """Services of one file that are handed variables and none of the secrets that their code needs.

    `services` are places that give each of them something, `command` one of the command that does, `mapped` those that
    map what they need, and `handing` one that hands secrets to another service, if there is any.
    """

    services: tuple[Setting, ...]
    command: Setting
    mapped: tuple[Setting, ...]
    handing: Setting | None


def without_secrets(
    settings: Settings, code: Code, *, is_meant: Callable[[Setting, Setting], bool]
) -> list[WithoutSecrets]:
    """Each file once. What a service was handed by an earlier command stays, but a new one is given nothing.

    Where no command hands over any, and nothing else does, nobody knows, but for a script for which a mapping is
    meant: `is_meant` is asked for a place of the script and one of the mapping.
    """
    commands = [each for each in settings.of("deployed") if each.kind == "gcloud"]
    # Arguments that only the run knows may hand over secrets too.
    handing = [each for each in commands if each.group in SECRETS or (each.name == UNKNOWN and not each.group)]
    found: defaultdict[str, list[tuple[Setting, list[Setting]]]] = defaultdict(list)
    for place in _given_variables(settings, commands):
        if any(_is_for(settings, each, place) for each in handing) or _has_secrets(settings, place):
            continue
        mapped = _mapped(settings, place, code)
        if mapped and (handing or is_meant(place, mapped[0])):
            found[place.path].append((place, mapped))
    return [
        WithoutSecrets(
            tuple(place for place, _ in services),
            _command(commands, services[0][0]),
            tuple(dict.fromkeys(one for _, mapped in services for one in mapped)),
            handing[0] if handing else None,
        )
        for services in found.values()
    ]


def _command(commands: list[Setting], place: Setting) -> Setting:
    """A flag of the command that deploys a service, be it for each of a table; else what the service is given."""
    own = [each for each in commands if each.path == place.path and may_be_same_service(each.service, place.service)]
    flags = [each for each in own if each.name == TIMEOUT] or [each for each in own if each.is_pattern]
    return flags[-1] if flags else place


def _given_variables(settings: Settings, commands: list[Setting]) -> Iterator[Setting]:
    """The last variable that commands hand to each service in each environment in which it runs for others."""
    variables = [each for each in commands if each.group in VARIABLES]
    open_paths = {each.path for each in variables if not each.service}
    tables = [each for each in settings.of("set") if each.kind == "python-mapping" and each.path in open_paths]
    last: dict[tuple[str, str, str], Setting] = {}
    for each in (*variables, *tables):
        if each.service and is_deployed(each.environment) and not each.is_pattern:
            last[each.path, each.service, each.environment] = each
    yield from last.values()


def _is_for(settings: Settings, handing: Setting, place: Setting) -> bool:
    """Whether secrets are handed to a service there; a command that leaves it open is for the tables of its file."""
    if not may_be_same(handing.environment, place.environment):
        return False
    if handing.service or handing.path == place.path:
        return may_be_same_service(handing.service, place.service)
    tables = [each for each in settings.of("set") if each.kind == "python-mapping" and each.path == handing.path]
    return not tables or any(each.agrees_in_place(place) for each in tables)


def _has_secrets(settings: Settings, place: Setting) -> bool:
    """Whether something else than commands fills a variable of the service from a secret there."""
    deployed = (each for each in settings.of("deployed") if each.secret and not each.is_past)
    return any(each.kind != "gcloud" and each.agrees_in_place(place) for each in deployed)


def _mapped(settings: Settings, place: Setting, code: Code) -> list[Setting]:
    """What mappings have in that environment of what the code of the service needs."""
    needed = set(code.needed_by(modules_of(settings, service_words(place.service))))
    groups: defaultdict[tuple[str, str], list[Setting]] = defaultdict(list)
    for each in settings.of("mapped"):
        if each.name in needed and may_be_same_service(each.service, place.service):
            groups[each.path, each.group].append(each)
    return [
        each
        for own in groups.values()
        for each in own
        if (each.environment or usual_environment(own) or place.environment) == place.environment
    ]
