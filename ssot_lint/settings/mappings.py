"""Which tables map names to secret ids, of which environment they are, and what services require that they lack."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ssot_lint.settings.drawn_on import drawn_on
from ssot_lint.settings.environments import environment_of_id, is_deployed, words_of_environments
from ssot_lint.settings.model import Role, Setting, Settings, may_be_same, may_be_same_service
from ssot_lint.settings.names import may_be_secret
from ssot_lint.settings.provisioning import reference_id
from ssot_lint.settings.supply import suppliers

_MOST = 0.75
_FEWEST = 3
_FAR_MORE = 3


def told_by_their_ids(settings: list[Setting]) -> list[Setting]:
    """The settings, with the environment of each mapping whose ids tell one where another mapping is of another.

    `SECRETS` beside `PRODUCTION_SECRETS`, full of ids that end in `-staging`, is the mapping of staging.
    """
    groups: defaultdict[tuple[str, str], list[Setting]] = defaultdict(list)
    for each in settings:
        if each.role == "mapped" and each.kind == "python-mapping":
            groups[each.path, each.group].append(each)
    told = {key: declared_environment(found) or usual_environment(found) for key, found in groups.items()}
    named = set(told.values()) - {""}
    if len(named) < 2:
        return settings
    open_groups = {key for key, found in groups.items() if not declared_environment(found) and told[key]}
    return [
        replace(each, environment=told[each.path, each.group])
        if each.role == "mapped" and (each.path, each.group) in open_groups
        else each
        for each in settings
    ]


def lists_that_hand_on(settings: Settings) -> set[tuple[str, str]]:
    """The lists of names by service, by path and symbol, that have nearly all of the mapping beside them.

    They say what each service is given of it, be it needed or not.
    """
    mapped: defaultdict[str, set[str]] = defaultdict(set)
    for each in settings.of("mapped"):
        mapped[each.path].add(each.name)
    lists: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in settings.of("required"):
        if each.kind == "python-mapping" and each.service and not each.secret:
            lists[each.path, each.group].add(each.name)
    return {
        (path, group)
        for (path, group), names in lists.items()
        if len(mapped[path]) >= _FEWEST and len(names & mapped[path]) >= _MOST * len(mapped[path])
    }


def without_strays(settings: list[Setting]) -> list[Setting]:
    """The settings without tables that only look like mappings: `HEADERS = {"SERVICE_SECRET": "x-service-secret"}`.

    Such a table has ids that stand nowhere else and tell no environment, far fewer than the mapping beside it.
    """
    groups: defaultdict[tuple[str, str], list[Setting]] = defaultdict(list)
    places: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for each in settings:
        if each.role == "mapped" and each.kind == "python-mapping":
            groups[each.path, each.group].append(each)
        if each.secret:
            places[reference_id(each)].add((each.path, each.group))
    largest = max(map(len, groups.values()), default=0)
    strays = {
        key
        for key, found in groups.items()
        if len(found) * _FAR_MORE <= largest
        and all(each.source == each.path and len(places[reference_id(each)]) == 1 for each in found)
        and not any(is_deployed(environment_of_id(each.secret) or each.environment) for each in found)
    }
    return [each for each in settings if each.role != "mapped" or (each.path, each.group) not in strays]


def without_parts(settings: list[Setting]) -> list[Setting]:
    """The settings without what a table says that only is a part of others, which tell the service or the environment.

    `{"web": WEB_SECRETS}` says more of each line of `WEB_SECRETS` than that table does.
    """
    told: defaultdict[tuple[str, str, int, Role], set[tuple[bool, bool]]] = defaultdict(set)
    for each in settings:
        if each.kind == "python-mapping":
            told[each.path, each.name, each.line, each.role].add((bool(each.service), bool(each.environment)))

    def says_less(each: Setting) -> bool:
        own = bool(each.service), bool(each.environment)
        others = told[each.path, each.name, each.line, each.role] - {own}
        return any(other[0] >= own[0] and other[1] >= own[1] for other in others)

    return [each for each in settings if each.kind != "python-mapping" or not says_less(each)]


def declared_environment(group: list[Setting]) -> str:
    """The environment that a mapping says that it is of; empty for none."""
    return next((each.environment for each in group if each.environment), "")


def usual_environment(group: Iterable[Setting]) -> str:
    """The environment that most ids of a mapping tell, where there are some; empty for none."""
    told = Counter(environment_of_id(each.secret) for each in group)
    environment, count = told.most_common(1)[0] if told else ("", 0)
    return environment if count >= _FEWEST and count >= _MOST * told.total() else ""


@dataclass(frozen=True)
class Unmapped:
    """Names that a list requires, and that the mapping of some environments lacks (none: of any).

    `injected` are the deployments that inject them all the same.
    """

    required: tuple[Setting, ...]
    environments: tuple[str, ...]
    mapping: Setting
    injected: tuple[Setting, ...] = ()

    def speaks_of(self, name: str, environment: str) -> bool:
        """Whether that name is lacking in an environment."""
        return any(each.name == name for each in self.required) and (
            not self.environments or any(may_be_same(each, environment) for each in self.environments)
        )


def unmapped(settings: Settings) -> list[Unmapped]:
    """What services require and mappings lack, each name once.

    A mapping counts if it has most of such a list, and a name if nothing else gives it.
    """
    mapped, found = settings.of("mapped"), []
    told: set[tuple[str, str, str]] = set()
    for required in _lists(settings).values():
        own = [each for each in mapped if _speaks_of(each, required[0])]
        declared = sorted({each.environment for each in own if each.environment})
        environments, usual = declared or [""], "" if declared else usual_environment(own)
        # The environments in which each name is lacking, injected all the same or not.
        already = set(told)
        lacking: defaultdict[tuple[Setting, bool], list[str]] = defaultdict(list)
        for environment in environments:
            for each in _lacking(settings, required, own, environment):
                told.add((each.name, each.service, environment))
                if (each.name, each.service, environment) not in already:
                    is_injected = bool(_injecting(settings, each, environment or usual))
                    lacking[each, is_injected].append(environment)
        alike: defaultdict[tuple[tuple[str, ...], bool], list[Setting]] = defaultdict(list)
        for (each, is_injected), where in lacking.items():
            alike[tuple(where), is_injected].append(each)
        for (places, _), names in alike.items():
            mapping = _nearest([each for each in own if may_be_same(each.environment, places[0])], required)
            injected = [one for name in names for each in places for one in _injecting(settings, name, each or usual)]
            told_of = () if list(places) == environments else places
            found.append(Unmapped(tuple(names), told_of, mapping, tuple(injected)))
    for drawn in drawn_on(settings):
        # A command fails, or hands over nothing, where it asks a mapping for what that does not have.
        for name in dict.fromkeys(each.name for each in drawn.beyond()):
            asked = tuple(each for each in drawn.beyond() if each.name == name)
            if not any(name == each.name for each in mapped):
                found.append(Unmapped(asked, (), drawn.mapping[0]))
    return _together(found)


def _together(found: list[Unmapped]) -> list[Unmapped]:
    """The lists of several services that the same mapping lacks the same names of are one fault."""
    alike: dict[tuple[frozenset[str], tuple[str, ...], Setting, bool], Unmapped] = {}
    for each in found:
        key = frozenset(one.name for one in each.required), each.environments, each.mapping, bool(each.injected)
        first = alike.get(key)
        required = (*first.required, *each.required) if first else each.required
        injected = (*first.injected, *each.injected) if first else each.injected
        alike[key] = replace(each, required=required, injected=tuple(dict.fromkeys(injected)))
    return list(alike.values())


def _nearest(mapped: list[Setting], required: list[Setting]) -> Setting:
    """The first entry of the mapping that has most of what a list requires."""
    names = {each.name for each in required}
    counts = Counter((each.path, each.group, each.service) for each in mapped if each.name in names)
    ((best, _),) = counts.most_common(1) or [((mapped[0].path, mapped[0].group, mapped[0].service), 0)]
    return next(each for each in mapped if (each.path, each.group, each.service) == best)


def _lacking(settings: Settings, required: list[Setting], own: list[Setting], environment: str) -> list[Setting]:
    names = {each.name for each in own if may_be_same(each.environment, environment)}
    # A list beside the mapping of one environment says of another one what code does not do without, and no more.
    beside = {each.environment for each in own if each.path == required[0].path}
    is_of_another = bool(beside) and not beside & {environment, ""}
    lacking = [
        each
        for each in required
        if each.name not in names
        and not words_of_environments(each.name) - {environment}
        and not _is_read_elsewhere(settings, each.name, environment)
        and not (is_of_another and _can_do_without(settings, each.name))
        and not _arrives(settings, each, environment or usual_environment(own), {other.name for other in own})
    ]
    # What the mapping of another environment has is missing for sure, the rest only if the list is about the mapping.
    return lacking if len({each.name for each in required}) >= 2 * len({each.name for each in lacking}) else []


def _is_read_elsewhere(settings: Settings, name: str, environment: str) -> bool:
    """Whether code reads a name, and in that environment does not come to it."""
    reads = [each for each in settings.named(name, ("read",)) if each.kind == "code"]
    return bool(reads) and not any(each.may_be_in(environment) for each in reads)


def _can_do_without(settings: Settings, name: str) -> bool:
    """Whether code reads a name and goes on where it is not given."""
    reads = [each for each in settings.named(name, ("read",)) if each.kind == "code"]
    return bool(reads) and not any(each.need == "required" for each in reads)


def _lists(settings: Settings) -> dict[tuple[str, str, str, str], list[Setting]]:
    lists: defaultdict[tuple[str, str, str, str], list[Setting]] = defaultdict(list)
    for each in settings.of("required"):
        if each.secret:
            continue  # A list of ids; what it lacks is told with the other lists of ids.
        if each.need == "required" and not may_be_secret(each.name):
            continue  # The rules of a validator are not about secrets alone.
        lists[each.path, each.group, each.service, each.environment].append(each)
    return lists


def _speaks_of(mapped: Setting, required: Setting) -> bool:
    return may_be_same(mapped.environment, required.environment) and may_be_same_service(
        mapped.service, required.service
    )


def _arrives(settings: Settings, required: Setting, environment: str, mapped: set[str]) -> bool:
    """Whether something else gives a name; a deployment that injects it does not, where it is mapped elsewhere.

    Nor does what is deployed by now: the next deployment is made of the mapping.
    """
    injecting = _injecting(settings, required, environment) if required.name in mapped else ()
    others = suppliers(settings, required.name, required.environment or environment)
    lasting = (each for each in others if not each.is_pattern and not each.is_past and each not in injecting)
    return any(each.role != "mapped" or _speaks_of(each, required) for each in lasting)


def _injecting(settings: Settings, required: Setting, environment: str) -> list[Setting]:
    """The deployments that fill a name from a secret."""
    others = suppliers(settings, required.name, required.environment or environment)
    injected = (each for each in others if each.role == "deployed" and each.secret and not each.is_past)
    return [each for each in injected if not each.is_pattern]
