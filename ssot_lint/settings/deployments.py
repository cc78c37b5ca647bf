"""What each service is given where it is deployed, held against what its code needs and what it is given elsewhere."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from ssot_lint.facts.library import Library
from ssot_lint.findings import Site
from ssot_lint.project.model import Project
from ssot_lint.settings.charts import of_charts
from ssot_lint.settings.compose_files import used_alone
from ssot_lint.settings.environments import is_deployed, is_environment, normalize, service_words, words_of_environments
from ssot_lint.settings.lacks import Code, Lacking, has_the_rest
from ssot_lint.settings.mappings import usual_environment
from ssot_lint.settings.mentions import exported
from ssot_lint.settings.model import DEVELOPERS, OF_CLUSTERS, Runner, Setting, Settings, may_be_same_service
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.provisioning import stands_empty
from ssot_lint.settings.runners import of_runners
from ssot_lint.settings.spelling import ALIKE
from ssot_lint.settings.supply import gives_value, suppliers

_KINDS = frozenset({
    "gcloud", "cloud-run", "python-mapping", "env-vars-file", "deploy-action", "terraform", "ecs-task", "cdk",
    "copilot",
})  # fmt: skip
"""The kinds that say all that a service is given."""
_FEWEST = 3
_NEARLY_ALL = 0.75


@dataclass(frozen=True)
class _Deployment:
    """A service in an environment, and all that it is given there."""

    words: frozenset[str]
    environment: str
    given: list[Setting]
    required: frozenset[str] = frozenset()
    """What lists say that it is given of a mapping; what that or these lack is told of by itself."""

    @property
    def names(self) -> set[str]:
        return {each.name for each in self.given}

    def is_in(self, environment: str) -> bool:
        """Whether it runs in an environment: in each in which services run for others, where it tells none."""
        return environment == self.environment or (not self.environment and is_deployed(environment))

    def place(self, *, are_secrets: bool) -> Setting:
        """Where a name would be added: to the mapping, or among those that are given in the same way."""
        known = [each for each in self.given if not each.is_pattern] or self.given
        secrets = [each for each in known if bool(each.secret) is are_secrets] or known
        return ([each for each in secrets if each.role == "mapped"] or secrets)[-1]


def lacking(settings: Settings, library: Library, project: Project) -> list[Lacking]:
    """What services lack where they are deployed, each fault once."""
    code = Code(settings, library)
    found = _of_deployed(settings, code)
    # What a service lacks where it is deployed need not be said again of where a developer runs it.
    told = {name for each in found for name in each.names}
    files = {each.through or each.path for each in settings if each.kind == "compose"}
    files |= {path for path, _, _ in settings.handing}
    alone = used_alone(project, files)
    found += [
        *_of_lists(settings, code),
        *of_runners(settings, code, told, alone),
        *of_charts(settings, code, project),
    ]
    made = exported(project, {name for each in found for name in each.names})
    left = [replace(each, names=tuple(name for name in each.names if name not in made)) for each in found]
    return [each for each in left if each.names]


def _of_deployed(settings: Settings, code: Code) -> list[Lacking]:
    """What services lack that commands, manifests of Cloud Run, Terraform and tables of Python deploy."""
    deployments = _deployments(settings)
    is_alone = len({each.words for each in deployments}) == 1
    faults: defaultdict[tuple[tuple[str, ...], bool, bool], list[tuple[_Deployment, list[Setting]]]] = defaultdict(list)
    for each in deployments:
        others = [one for one in deployments if one.words == each.words and one is not each]
        by_code = _of_code(settings, each, code, is_alone=is_alone)
        known = {*_of_others(settings, each, others, code), *by_code} - each.required
        sorts: defaultdict[tuple[bool, bool], dict[str, Iterable[Setting]]] = defaultdict(dict)
        for name in sorted(known):
            elsewhere = _elsewhere(name, each, others)
            is_secret = may_be_secret(name) or any(one.secret for one in elsewhere)
            sorts[is_secret, name in code.needed][name] = elsewhere
        for (are_secrets, is_sure), found in sorts.items():
            if are_secrets and each.required:
                continue
            faults[tuple(found), are_secrets, is_sure].append((each, [one for ones in found.values() for one in ones]))
    return [
        Lacking(
            names,
            are_secrets,
            tuple(each.place(are_secrets=are_secrets) for each, _ in found),
            tuple(dict.fromkeys(each.environment for each, _ in found if each.environment)),
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
        if each.kind in _KINDS and (words or each.role == "mapped") and not each.name.startswith("--"):
            given[words].append(each)
    listed = _listed(settings)
    found = []
    for words in sorted(given, key=len, reverse=True):
        # `shop-backend`, as the platform calls it, is what the mapping calls `backend`.
        shorter = [each for each in given if each and each < words]
        if len(shorter) == 1:
            given[shorter[0]] += given.pop(words)
    for words, places in given.items():
        environments = sorted({each.environment for each in places if is_deployed(each.environment)})
        is_of_all = bool(words) and not any(each.environment for each in places)
        for environment in environments or ([""] if is_of_all else []):
            own = _made([each for each in places if each.environment in {environment, ""}])
            if any(each.secret for each in own):
                found.append(_Deployment(words, environment, own))
            elif (taken := _taken(listed, words, environment)) is not None:
                injected, names = taken
                found.append(_Deployment(words, environment, [*injected, *own], frozenset(names)))
    return found


def _taken(
    listed: Mapping[tuple[frozenset[str], str], tuple[list[Setting], set[str]]],
    words: frozenset[str],
    environment: str,
) -> tuple[list[Setting], set[str]] | None:
    """What lists take for a service in an environment: what they take of the only mapping, where that is of another.

    The ids of that one get the word of each environment where they are put together.
    """
    if (words, environment) in listed or len({where for _, where in listed}) > 1:
        return listed.get((words, environment))
    return next((taken for (service, _), taken in listed.items() if service == words), None)


def _made(given: list[Setting]) -> list[Setting]:
    """What a service is given, without what an exported service has if something else deploys it: that is its past."""
    made = [each for each in given if not each.is_past]
    return made if any(each.role != "mapped" for each in made) else given


def _listed(settings: Settings) -> dict[tuple[frozenset[str], str], tuple[list[Setting], set[str]]]:
    """What lists of names by service take of a mapping, by service and environment, and all names that they have."""
    mappings: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in settings.of("mapped"):
        if not each.service:
            mappings[each.path].append(each)
    found: dict[tuple[frozenset[str], str], tuple[list[Setting], set[str]]] = {}
    for path, mapping in mappings.items():
        usual = usual_environment(mapping)
        lists = [each for each in settings.of("required") if each.path == path and each.service and not each.secret]
        for each in lists:
            named = [one for one in mapping if one.name == each.name or _is_sibling(one, each.name, lists)]
            for environment in {one.environment or each.environment or usual for one in named} or {usual}:
                places, names = found.setdefault((service_words(each.service), environment), ([], set()))
                places += named
                names.update({each.name, *(one.name for one in named)})
    return found


def _is_sibling(mapped: Setting, name: str, lists: Iterable[Setting]) -> bool:
    """Whether a mapping has what a list names with another environment's word, and no list that name itself.

    `KEY_STAGING` is on the list, and what puts the lists and the mappings together makes `KEY_PRODUCTION` of it.
    """
    is_other = mapped.name != name and _there(name, mapped.environment) == mapped.name
    return is_other and all(each.name != mapped.name for each in lists)


def _of_code(settings: Settings, deployment: _Deployment, code: Code, *, is_alone: bool) -> list[str]:
    """What the code that the service runs can't do without, and is not given; nothing where that is most of it.

    The only service that is deployed runs the only image.
    """
    modules = modules_of(settings, deployment.words)
    if is_alone and not modules and len(settings.images) == 1:
        (modules,) = settings.images.values()
    needed = (name for name in code.needed_by(modules) if code.needs(name, deployment.environment))
    wanted = [name for name in needed if words_of_environments(name) <= {deployment.environment}]
    missing = [name for name in wanted if _is_missing(settings, name, deployment)]
    if not has_the_rest(wanted, missing, deployment.names & code.read_of(settings, modules)):
        return []
    # What is declared nowhere at all is lacking everywhere.
    return [name for name in missing if settings.named(name, ("mapped", "deployed", "set"))]


def modules_of(settings: Settings, words: frozenset[str]) -> frozenset[str]:
    """The modules that a service runs: those of the services of that name, or of the one whose name is part of it.

    Where there is none such, the image counts whose Dockerfile is named so.
    """
    return (_named(settings.runs, words) or _named(settings.images, words)) if words else frozenset()


def _named(runs: Mapping[Runner, frozenset[str]], words: frozenset[str]) -> frozenset[str]:
    by_words: defaultdict[frozenset[str], frozenset[str]] = defaultdict(frozenset)
    for (_, service), modules in runs.items():
        by_words[service_words(service)] |= modules
    if words in by_words:
        return by_words[words]
    alike = [each for each, modules in by_words.items() if modules and each and (each < words or words < each)]
    return by_words[alike[0]] if len(alike) == 1 else frozenset()


def _of_lists(settings: Settings, code: Code) -> Iterator[Lacking]:
    """What a mapping has and the list of a service lacks, whose code needs it.

    Lists of names by service say what of a mapping each is given, if together they have nearly all of it.
    """
    lists: defaultdict[tuple[str, str, str], defaultdict[str, list[Setting]]] = defaultdict(lambda: defaultdict(list))
    for each in settings.of("required"):
        if each.kind == "python-mapping" and each.service and not each.secret:
            lists[each.path, each.group, each.environment][each.service].append(each)
    for (path, _, environment), services in lists.items():
        mapped = {each.name: each for each in settings.of("mapped") if each.path == path and not each.service}
        places = {each.environment for each in mapped.values()} | {""}

        def names_of(own: Iterable[Setting], places: Iterable[str] = frozenset(places)) -> set[str]:
            # What puts lists and mappings together may put another environment in the place of the one that is named.
            return {each.name for each in own} | {_there(each.name, one) for each in own for one in places if one}

        listed = names_of([each for names in services.values() for each in names])
        if len(services) < 2 or len(mapped) < _FEWEST or len(listed & mapped.keys()) < _NEARLY_ALL * len(mapped):
            continue
        served = environment or usual_environment(mapped.values())
        for service, own in services.items():
            modules = modules_of(settings, service_words(service))
            wanted = code.needed_by(modules)
            unknown = [each.name for each in own if each.name not in mapped]  # these are told of as such
            # What no service is given though one reads it, None or not, was left out of the lists.
            taken = {mapped[each.name].secret for each in own if each.name in mapped}
            forgotten = [
                name
                for name in code.read_by(modules)
                if name not in {*listed, *wanted} and name in mapped and mapped[name].secret not in taken
            ]
            missing = [
                name
                for name in (*wanted, *forgotten)
                if name in mapped
                and name not in names_of(own)
                and not difflib.get_close_matches(name, unknown, 1, ALIKE)
                and not any(map(_is_beside_mappings, suppliers(settings, name, served, service)))
            ]
            if missing and len(missing) * 2 <= len(wanted):
                sure = [name for name in missing if name in wanted or stands_empty(settings, mapped[name])]
                for names in (sure, [name for name in missing if name not in sure]):
                    if names:
                        yield _left_out(settings, names, own, mapped, is_sure=names is sure)


def _left_out(
    settings: Settings, names: list[str], own: list[Setting], mapped: Mapping[str, Setting], *, is_sure: bool
) -> Lacking:
    """Names of a mapping that the list of a service should have, and has not."""
    environments = tuple(sorted({mapped[name].environment for name in names} - {""}))
    reads = tuple(each for name in names for each in settings.named(name, ("read",)) if each.kind == "code")
    elsewhere = tuple(mapped[name] for name in names)
    return Lacking(tuple(names), True, (own[-1],), environments, elsewhere, reads, is_sure)


def _is_beside_mappings(setting: Setting) -> bool:
    """Whether a place gives something to what is deployed without a mapping."""
    is_given = setting.role != "mapped" and setting.kind not in DEVELOPERS and not setting.is_past
    return is_given and setting.environment != "development"


def _of_others(settings: Settings, deployment: _Deployment, others: list[_Deployment], code: Code) -> list[str]:
    """What the same service is given in another environment, and can't do without or reads by a name like that."""
    found: set[str] = set()
    modules = modules_of(settings, deployment.words)

    def is_needed(name: str) -> bool:
        """Whether the code that the service runs needs it, or any where it is not known what that is."""
        reads = [each for each in code.needed.get(name, ()) if each.may_be_in(deployment.environment)]
        return any(not modules or (isinstance(each.place, Site) and each.place.module in modules) for each in reads)

    for other in others:
        names = {_there(each.name, deployment.environment) for each in other.given if not each.is_pattern}
        missing = {
            name
            for name in names - deployment.names
            if (is_needed(name) or _is_told_by_environment(settings, name, deployment.environment))
            and _is_missing(settings, name, deployment)
        }
        if len(names & deployment.names) >= _FEWEST and len(missing) * 2 <= len(names):
            found |= missing
    return sorted(found)


def _is_missing(settings: Settings, name: str, deployment: _Deployment) -> bool:
    """Whether nothing gives a name there; where it stands empty, and no service is given it, is another fault."""
    if any(each.name == name and not each.is_pattern and not each.secret for each in deployment.given):
        return False  # empty, or what stands for a value: told of as that
    service = deployment.given[-1].service
    is_exported = any(each.is_past for each in deployment.given)
    copies = _copies(settings, deployment)
    giving = [each for each in suppliers(settings, name, deployment.environment) if each.path not in copies]
    if not deployment.environment:
        # What is deployed the same everywhere is deployed elsewhere than where it is developed.
        giving = [each for each in giving if each.environment != "development"]
    giving = [each for each in giving if each.kind not in OF_CLUSTERS | DEVELOPERS]
    to_service = set(suppliers(settings, name, deployment.environment, service))
    if any((is_exported or not each.is_past) and each in to_service for each in giving):
        return False
    is_empty = any(
        deployment.is_in(each.environment) and may_be_same_service(each.service, service)
        for each in settings.named(name, ("set", "deployed"))
        if each.kind not in DEVELOPERS and (each.path not in copies or not gives_value(each))
    )
    is_on_the_shelf = any(each.is_drawn_on for each in settings.named(name, ("mapped",)))
    return not is_empty or bool(giving) or is_on_the_shelf


def _copies(settings: Settings, deployment: _Deployment) -> set[str]:
    """The environment files that nothing loads and that repeat what a service is given: they give no service anything.

    One file may repeat what several are given, of some of them a few names only.
    """
    files: defaultdict[str, set[str]] = defaultdict(set)
    for each in settings.of("set"):
        if each.kind == "env-file" and deployment.is_in(each.environment) and each.path not in settings.loaded:
            files[each.path].add(each.name)
    tables: defaultdict[str, set[str]] = defaultdict(set)
    for each in settings.of("deployed", "set") if files else ():
        is_plain = each.kind in _KINDS and not each.secret and not each.is_pattern
        if is_plain and deployment.is_in(each.environment) and not each.name.startswith("--"):
            tables[each.service].add(each.name)
    own = {each.name for each in deployment.given if not each.secret and not each.is_pattern}
    return {
        path
        for path, names in files.items()
        if any(len(names & given) >= max(_FEWEST, len(given) / 2) for given in (own, *tables.values()))
    }


def _is_told_by_environment(settings: Settings, name: str, environment: str) -> bool:
    """Whether code reads a name that is put together with the environment, as `KEY_STAGING` may be.

    One that is read in the place of another name may be lacking where that is given.
    """
    if name == _there(name, "") or _there(name, environment) != name:
        return False
    patterns = {each.name for each in settings.named(name, ("read",)) if each.is_pattern and each.kind == "code"}
    preferred = {
        other
        for each in settings.of("read")
        for other in (each.instead if suppliers(settings, each.name, environment) else ())
    }
    return bool(patterns - preferred)


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
