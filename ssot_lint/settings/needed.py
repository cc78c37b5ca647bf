"""What code can't do without, and what of that is hardly to be looked for among secrets whose names are not known."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from fnmatch import fnmatchcase

from ssot_lint.findings import Site
from ssot_lint.settings.environments import is_deployed
from ssot_lint.settings.model import DEVELOPERS, UNKNOWN, Role, Setting, Settings, may_be_same_service
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.outside import is_platform
from ssot_lint.settings.supply import suppliers

_FEWEST = 3
_GIVING: tuple[Role, ...] = ("mapped", "declared", "set", "deployed")
_USUAL = 0.75
# What tells where a secret is used, and as whom, is often kept with it.
_BESIDE_SECRETS = re.compile(
    r"(?:^|_)(?:URLS?|URI|DSN|HOSTS?|SERVERS?|ENDPOINT|ADDRESS|PORT|DATABASE|DB|USER|USERNAME|LOGIN|EMAIL|SENDER|ACCOUNT"
    r"|TENANT|DOMAIN|BUCKET|IDS?|NAME|FILE|PATH|CERT|CERTIFICATE|PEM|JSON)$",
    re.IGNORECASE,
)


def needed_settings(settings: Settings, modules: Collection[str] | None = None) -> dict[str, list[Setting]]:
    """The settings that code can't do without, by name, in source order; those that also have a default are not.

    What stands in a list of what must be there has to be there, whoever has a default for it. Only the reads of
    `modules` count, where these are given: another service may have a default.
    """
    return {
        name: [each for each in places if each.need == "required"]
        for name, places in read_without_default(settings, modules).items()
        if any(each.need == "required" for each in places)
    }


def read_without_default(settings: Settings, modules: Collection[str] | None = None) -> dict[str, list[Setting]]:
    """The settings that code, or these modules, read and have no default for, by name, with all reads."""
    reads: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in settings.of("read"):
        is_theirs = modules is None or (isinstance(each.place, Site) and each.place.module in modules)
        if each.kind == "code" and not each.is_pattern and is_theirs:
            reads[each.name].append(each)
    return {
        name: places
        for name, places in reads.items()
        if (not any(each.need == "optional" for each in places) or any(each.insists for each in places))
        and not is_platform(name)
        and not any(is_given_otherwise(settings, each) for each in places)
    }


def is_given_otherwise(settings: Settings, read: Setting) -> bool:
    """Whether something gives another name that would do instead of the one that is read."""
    return any(_is_given(settings, other) for other in read.instead)


def _is_given(settings: Settings, name: str) -> bool:
    """Whether something gives a name, or one of its shape."""
    if UNKNOWN not in name:
        return bool(settings.named(name, _GIVING))
    return any(fnmatchcase(each.name, name) for each in settings.of(*_GIVING))


def are_unnamed_secrets(places: Sequence[Setting]) -> bool:
    """Whether a name may come from these places only as one of the secrets that they don't name.

    Such are the keys that an `ExternalSecret` takes from a store all at once, and what is set by hand for Fly.io.
    """
    return bool(places) and all(
        each.is_pattern and each.role == "deployed" and each.value_state == "secret" for each in places
    )


def may_stand_among_secrets(name: str) -> bool:
    """Whether a name is a secret's, or that of something that is often kept with secrets."""
    return may_be_secret(name) or _BESIDE_SECRETS.search(name) is not None


def hardly_among_secrets(needed: Iterable[str], places_of: Callable[[str], Sequence[Setting]]) -> set[str]:
    """The names that may come only as a secret without a name, where their like are given by name.

    A level or a region is no secret; and a secret is told by name where nearly all secrets are.
    """
    sorts: defaultdict[bool, list[str]] = defaultdict(list)
    for name in needed:
        sorts[may_stand_among_secrets(name)].append(name)
    found: set[str] = set()
    for names in sorts.values():
        given = {name: places for name in names if (places := places_of(name))}
        unnamed = {name for name, places in given.items() if are_unnamed_secrets(places)}
        named = len(given) - len(unnamed)
        if named >= _FEWEST and named >= _USUAL * len(given):
            found |= unnamed
    return found


def left_to_developers(settings: Settings) -> dict[str, list[Setting]]:
    """The needed names that come to no environment in which services run, with what gives them to others.

    It is said only where nearly all needed names come to each of these, and what is given there is known. Where no
    environment is told, all that is deployed is one.
    """
    handed = [each for each in settings.of("deployed") if not each.is_past]
    if not handed or any(each.name == UNKNOWN for each in handed):
        return {}
    environments = {each.environment for each in handed if is_deployed(each.environment)}
    programs = {modules for modules in (*settings.images.values(), *settings.runs.values()) if modules}
    if not environments and len(programs) > 1:
        return {}  # which of them is deployed is not known
    environments = environments or {""}
    needed = needed_settings(settings)
    services = [each.service for each in handed if each.service]
    found = {
        name: places
        for name, reads in needed.items()
        if not all(_is_run_by_developers(settings, each, services) for each in reads)
        and (places := settings.named(name, _GIVING))
        and not any(_comes(settings, name, environment) for environment in environments)
        and not any(is_deployed(each.environment) for each in places)
    }
    given = len(needed) - len(found)
    return found if given >= _FEWEST and given >= _USUAL * len(needed) else {}


def _comes(settings: Settings, name: str, environment: str) -> bool:
    """Whether a name comes to an environment; what developers have comes to none."""
    if environment:
        return bool(suppliers(settings, name, environment))
    # What a deployment leaves empty is told of as that.
    given = [*suppliers(settings, name, ""), *settings.named(name, ("deployed",))]
    return any(each.kind not in DEVELOPERS and each.environment != "development" for each in given)


def _is_run_by_developers(settings: Settings, read: Setting, services: Iterable[str]) -> bool:
    """Whether only services of compose files run what reads it, none of which is deployed under its name."""
    if not isinstance(read.place, Site):
        return False
    module = read.place.module
    running = [name for (kind, name), modules in settings.runs.items() if kind == "compose" and module in modules]
    return bool(running) and not any(may_be_same_service(name, each) for name in running for each in services)


def hardly_supplied(settings: Settings, environment: str, service: str = "") -> set[str]:
    """The needed names that come to a service in an environment at most as a secret without a name, and hardly so."""
    if not any(are_unnamed_secrets([each]) for each in settings.of("deployed")):
        return set()
    return hardly_among_secrets(needed_settings(settings), lambda name: suppliers(settings, name, environment, service))
