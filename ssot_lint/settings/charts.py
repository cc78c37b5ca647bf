"""What values of Helm charts and templates of environment files give, held against what the code needs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator

from ssot_lint.project.model import Project
from ssot_lint.project.paths import parent
from ssot_lint.settings.environments import is_deployed, words_of_environments
from ssot_lint.settings.lacks import Code, Lacking
from ssot_lint.settings.mentions import may_be_declared
from ssot_lint.settings.model import DEVELOPERS, FILLED_IN, PIPELINES, UNKNOWN, Setting, Settings, may_be_same
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.needed import may_stand_among_secrets
from ssot_lint.settings.supply import gives_value

_FEWEST = 3
_NEARLY_ALL = 0.75


def of_charts(settings: Settings, code: Code, project: Project) -> Iterator[Lacking]:
    """What charts and templates lack of what their code needs, for the environments in which they lack it.

    It is said only of one that has nearly all that the code needs; what it hands over without a name may be the rest.
    """
    wanted = _wanted(settings, code)
    for values in _charts(settings):
        lacking: defaultdict[str, list[str]] = defaultdict(list)
        environments = sorted({each.environment for each in values if is_deployed(each.environment)}) or [""]
        for environment in environments:
            names = {each.name for each in values if may_be_same(each.environment, environment)}
            for name in _missing(settings, code, wanted, names, environment):
                lacking[name].append(environment)
        declared = may_be_declared(project, lacking, (), _counts(settings)) if lacking else set()
        faults: defaultdict[tuple[tuple[str, ...], bool], list[str]] = defaultdict(list)
        for name in sorted(lacking.keys() - declared):
            faults[tuple(lacking[name]), may_be_secret(name)].append(name)
        for (where, are_secrets), found in faults.items():
            place = _place(values, environments, where, are_secrets=are_secrets)
            reads = tuple(each for name in found for each in code.needed[name])
            elsewhere = tuple(each for name in found for each in settings.named(name, ("mapped", "deployed", "set")))
            is_sure = place.kind != "env-script"  # which may write it for tests
            yield Lacking(tuple(found), are_secrets, (place,), tuple(filter(None, where)), elsewhere, reads, is_sure)


def _wanted(settings: Settings, code: Code) -> list[str]:
    """What the one image of the project can't do without; where there are several, what any code can't."""
    images = list(settings.images.values())
    return code.needed_by(images[0]) if len(images) == 1 else list(code.needed)


def _charts(settings: Settings) -> list[list[Setting]]:
    """The values of each chart, and the names of each template, of which all names are known.

    Values in a folder that has none for all environments are of the only chart that has.
    """
    folders: defaultdict[str, list[Setting]] = defaultdict(list)
    templates: defaultdict[tuple[str, ...], list[Setting]] = defaultdict(list)
    for each in settings.of("set"):
        if each.kind == "helm-values":
            folders[parent(each.path)].append(each)
        elif each.kind in FILLED_IN:
            templates[each.path, each.group, each.environment].append(each)
    whole = [found for found in templates.values() if not any(each.name == UNKNOWN for each in found)]
    bases = [folder for folder, values in folders.items() if any(not each.environment for each in values)]
    if len(bases) == 1:
        return [[each for values in folders.values() for each in values], *whole]
    return [*folders.values(), *whole]


def _missing(
    settings: Settings, code: Code, wanted: Collection[str], names: Collection[str], environment: str
) -> list[str]:
    """What the values of an environment lack and nothing else gives there, where they have nearly all of its sort."""
    here = [name for name in wanted if code.needs(name, environment) and words_of_environments(name) <= {environment}]
    sorts: defaultdict[bool, list[str]] = defaultdict(list)
    for name in here:
        sorts[may_stand_among_secrets(name)].append(name)  # these may be kept elsewhere, all of them
    missing: list[str] = []
    for own in sorts.values():
        lacking = [name for name in own if name not in names]
        if len(own) - len(lacking) >= max(_FEWEST, _NEARLY_ALL * len(own)):
            missing += lacking
    # What is declared nowhere at all is told of as such.
    return [
        name
        for name in missing
        if settings.named(name, ("mapped", "declared", "set", "deployed")) and not _arrives(settings, name, environment)
    ]


def _arrives(settings: Settings, name: str, environment: str) -> bool:
    """Whether something else may give it to a workload."""
    return any(
        gives_value(each)
        and may_be_same(each.environment, environment)
        and each.kind not in {*FILLED_IN, *DEVELOPERS, *PIPELINES}
        and (each.kind != "env-file" or each.path in settings.loaded)
        for each in settings.named(name, ("mapped", "set", "deployed"))
    )


def _place(values: list[Setting], environments: list[str], where: tuple[str, ...], *, are_secrets: bool) -> Setting:
    """Where the names would be added: to the values for all environments, if all lack them."""
    own = [each for each in values if (each.environment in where) is (len(where) < len(environments))] or values
    alike = [each for each in own if may_be_secret(each.name) is are_secrets] or own
    return max(alike, key=lambda each: (each.path, each.line))


def _counts(settings: Settings) -> Counter[tuple[str, str]]:
    """How often files that give names to developers, to pipelines and to this chart say each, by path and name."""
    return Counter(
        (each.path, each.name)
        for each in settings.of("set", "declared")
        if each.kind in {*FILLED_IN, "env-file", *DEVELOPERS, *PIPELINES}
    )
