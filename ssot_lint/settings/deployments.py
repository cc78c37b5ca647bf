"""What each service is given where it is deployed, held against what its code needs and what it is given elsewhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Site
from ssot_lint.settings.environments import is_deployed, is_environment, normalize, service_words, words_of_environments
from ssot_lint.settings.model import Setting, Settings, may_be_same_service
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.needed import needed_settings
from ssot_lint.settings.reads.reaching import running
from ssot_lint.settings.supply import suppliers

_KINDS = frozenset({"gcloud", "cloud-run", "python-mapping", "env-vars-file", "deploy-action", "terraform", "ecs-task"})
"""The kinds that say all that a service is given."""
_FEWEST = 3


@dataclass(frozen=True)
class Lacking:
    """Names that code needs and that services are not given where they are deployed: one fault.

    `deployments` are places that give each of the services something there, `elsewhere` those that give the names in
    another environment, `reads` the reads. `is_sure` says that the code can't do without them.
    """

    names: tuple[str, ...]
    are_secrets: bool
    deployments: tuple[Setting, ...]
    environments: tuple[str, ...]
    elsewhere: tuple[Setting, ...]
    reads: tuple[Setting, ...]
    is_sure: bool

    def speaks_of(self, name: str, environment: str) -> bool:
        """Whether that name is lacking in an environment."""
        return name in self.names and environment in self.environments


@dataclass(frozen=True)
class _Deployment:
    """A service in an environment, and all that it is given there."""

    words: frozenset[str]
    environment: str
    given: list[Setting]

    @property
    def names(self) -> set[str]:
        return {each.name for each in self.given}

    def place(self, *, are_secrets: bool) -> Setting:
        """Where a name would be added: to the mapping, or among those that are given in the same way."""
        secrets = [each for each in self.given if bool(each.secret) is are_secrets] or self.given
        return ([each for each in secrets if each.role == "mapped"] or secrets)[-1]


def lacking(settings: Settings, library: Library) -> list[Lacking]:
    """What services lack where they are deployed, each fault once."""
    deployments = _deployments(settings)
    needed = needed_settings(settings)
    faults: defaultdict[tuple[tuple[str, ...], bool, bool], list[tuple[_Deployment, list[Setting]]]] = defaultdict(list)
    for each in deployments:
        others = [one for one in deployments if one.words == each.words and one is not each]
        known = {*_of_others(settings, each, others, needed), *_of_code(settings, each, needed, library)}
        sorts: defaultdict[tuple[bool, bool], dict[str, Iterable[Setting]]] = defaultdict(dict)
        for name in sorted(known):
            elsewhere = _elsewhere(name, each, others)
            is_secret = may_be_secret(name) or any(one.secret for one in elsewhere)
            sorts[is_secret, name in needed][name] = elsewhere
        for (are_secrets, is_sure), found in sorts.items():
            faults[tuple(found), are_secrets, is_sure].append((each, [one for ones in found.values() for one in ones]))
    return [
        Lacking(
            names,
            are_secrets,
            tuple(each.place(are_secrets=are_secrets) for each, _ in found),
            tuple(dict.fromkeys(each.environment for each, _ in found)),
            tuple(dict.fromkeys(one for _, elsewhere in found for one in elsewhere)),
            tuple(read for name in names for read in settings.named(name, ("read",)) if read.kind == "code"),
            is_sure,
        )
        for (names, are_secrets, is_sure), found in faults.items()
    ]


def _deployments(settings: Settings) -> list[_Deployment]:
    """The services with all that they are given in each environment in which services run for others."""
    given: defaultdict[frozenset[str], list[Setting]] = defaultdict(list)
    for each in settings.of("mapped", "deployed", "set"):
        words = service_words(each.service)
        if each.kind in _KINDS and (words or each.role == "mapped") and each.name != "--timeout":
            given[words].append(each)
    found = []
    for words, places in given.items():
        for environment in sorted({each.environment for each in places if is_deployed(each.environment)}):
            own = [each for each in places if each.environment in {environment, ""}]
            if any(each.secret for each in own):
                found.append(_Deployment(words, environment, own))
    return found


def _of_code(
    settings: Settings, deployment: _Deployment, needed: dict[str, list[Setting]], library: Library
) -> list[str]:
    """What the code that the service runs can't do without, and is not given; nothing where that is most of it."""
    modules = {
        module
        for (_, service), running in settings.runs.items()
        if deployment.words and service_words(service) == deployment.words
        for module in running
    }
    if not modules:
        return []
    facts = {name: each for name in sorted(modules) if isinstance(each := library.get(name), ModuleFacts)}
    reached = running(facts)
    wanted = [
        name
        for name, reads in needed.items()
        if words_of_environments(name) <= {deployment.environment}
        and any(isinstance(each.place, Site) and (each.place.module, each.group) in reached for each in reads)
    ]
    missing = [name for name in wanted if _is_missing(settings, name, deployment)]
    is_about_it = len(wanted) - len(missing) >= _FEWEST and len(missing) * 2 <= len(wanted)
    # What is declared nowhere at all is lacking everywhere.
    return [name for name in missing if settings.named(name, ("mapped", "deployed", "set"))] if is_about_it else []


def _of_others(
    settings: Settings, deployment: _Deployment, others: list[_Deployment], needed: dict[str, list[Setting]]
) -> list[str]:
    """What the same service is given in another environment, and can't do without or reads by a name like that."""
    found: set[str] = set()
    for other in others:
        names = {_there(each.name, deployment.environment) for each in other.given if not each.is_pattern}
        missing = {
            name
            for name in names - deployment.names
            if (name in needed or _is_told_by_environment(settings, name, deployment.environment))
            and _is_missing(settings, name, deployment)
        }
        if len(names & deployment.names) >= _FEWEST and len(missing) * 2 <= len(names):
            found |= missing
    return sorted(found)


def _is_missing(settings: Settings, name: str, deployment: _Deployment) -> bool:
    """Whether nothing gives a name there; where it stands empty, and no service is given it, is another fault."""
    service = deployment.given[0].service
    if suppliers(settings, name, deployment.environment, service):
        return False
    is_empty = any(
        each.environment == deployment.environment and may_be_same_service(each.service, service)
        for each in settings.named(name, ("set", "deployed"))
    )
    return not is_empty or bool(suppliers(settings, name, deployment.environment))


def _is_told_by_environment(settings: Settings, name: str, environment: str) -> bool:
    """Whether code reads a name that is put together with the environment, as `KEY_STAGING` may be."""
    patterns = (each for each in settings.named(name, ("read",)) if each.is_pattern and each.kind == "code")
    return name != _there(name, "") and any(patterns) and _there(name, environment) == name


def _there(name: str, environment: str) -> str:
    """The name with the word for another environment in the place of the one that it has."""

    def word(match: re.Match[str]) -> str:
        is_told = is_environment(match[0]) and is_deployed(normalize(match[0]))
        return match[0] if not is_told or normalize(match[0]) == environment else environment.upper()

    return re.sub(r"[A-Za-z0-9]+", word, name)


def _elsewhere(name: str, deployment: _Deployment, others: list[_Deployment]) -> list[Setting]:
    return [
        each
        for other in others
        for each in other.given
        if _there(each.name, deployment.environment) == name and each.environment == other.environment
    ]
