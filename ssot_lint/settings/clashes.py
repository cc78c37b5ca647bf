"""Ids that mappings, commands and manifests give to names, held against each other and against their environments."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ssot_lint.settings.environments import (
    comes_before,
    environment_of_id,
    is_deployed,
    is_environment,
    may_share,
    stem_of_id,
    words_of_environments,
)
from ssot_lint.settings.mappings import declared_environment, usual_environment
from ssot_lint.settings.model import ENVIRONMENT_ARGUMENT, PIPELINES, UNKNOWN, Setting, Settings
from ssot_lint.settings.provisioning import IdList, completed, id_lists, reference_id, references

_FEW_OF_ALL = 0.2
_NEARLY_ALL = 0.75
_FEWEST_OPEN = 3
_USUAL = {"staging", "production"}
"""The environments of which neither is told to be the other, as one for tests may be."""


@dataclass(frozen=True)
class Foreign:
    """References in one place to secrets that are, by their ids, of another environment; `others` say the same."""

    settings: tuple[Setting, ...]
    environment: str
    other: str
    others: tuple[Setting, ...]


def foreign(settings: Settings) -> list[Foreign]:
    """The references to a secret of another environment than the one that they serve, each once: where it is mapped.

    Previews and the like may share the secrets of staging.
    """
    usual = _usual(settings)
    found: defaultdict[tuple[str, str, str, str], list[Setting]] = defaultdict(list)
    copies: defaultdict[tuple[str, str, str], list[Setting]] = defaultdict(list)
    for each in sorted(_given(settings), key=lambda each: (each.role != "mapped", each.is_past)):
        environment = each.environment or usual.get((each.path, each.group), "")
        identifier = reference_id(each)
        is_object = each.kind == "kubernetes" and each.role == "deployed"  # what stands behind it is a key
        other = environment_of_id(identifier.partition("/")[0] if is_object else identifier)
        if is_deployed(environment) and other and other != environment:
            key = (each.name, reference_id(each), environment)
            if key not in copies:
                found[each.path, each.group, environment, other].append(each)
            copies[key].append(each)
    return [
        Foreign(
            tuple(group),
            environment,
            other,
            tuple(copy for each in group for copy in copies[each.name, reference_id(each), environment][1:]),
        )
        for (_, _, environment, other), group in found.items()
        if not may_share(environment, other)
    ]


def _usual(settings: Settings) -> dict[tuple[str, str], str]:
    """The environment that the ids of a mapping of no declared environment tell."""
    groups: defaultdict[tuple[str, str], list[Setting]] = defaultdict(list)
    for each in _given(settings):
        if each.role == "mapped":
            groups[each.path, each.group].append(each)
    return {key: usual_environment(found) for key, found in groups.items() if not declared_environment(found)}


@dataclass(frozen=True)
class TwoIds:
    """A name with two ids: the place that is out of line, those that say otherwise, and whether nothing creates its id.

    What was deployed only lags behind where the others agree on what something creates: the next deployment takes that.
    """

    outlier: Setting
    others: tuple[Setting, ...]
    is_missing: bool
    lags: bool


def two_ids(settings: Settings) -> list[TwoIds]:
    """The names that two places of one environment and service give different ids; what is foreign is told as such."""
    told = {setting for each in foreign(settings) for setting in (*each.settings, *each.others)}
    created = id_lists(settings)
    by_name: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in (*_given(settings), *completed(settings)):
        if each.kind != "kubernetes" and each not in told:
            by_name[each.name].append(each)
    found = []
    for places in by_name.values():
        clashing = [each for each in places if any(_disagree(each, other) for other in places)]
        if not clashing:
            continue
        same = Counter(map(reference_id, clashing))
        exists = {
            name: any(ids.has(name) or ids.has(stem_of_id(name), is_stem=True) for ids in created) for name in same
        }
        outlier = min(
            clashing,
            # What was deployed can't be edited.
            key=lambda each: (
                exists[reference_id(each)],
                each.is_past,
                same[reference_id(each)],
                each.role == "mapped",
            ),
        )
        others = tuple(each for each in clashing if _disagree(outlier, each))
        is_missing = not exists[reference_id(outlier)] and any(exists[reference_id(each)] for each in others)
        found.append(TwoIds(outlier, others, is_missing, outlier.is_past and any(exists.values())))
    return found


def swapped(settings: Settings) -> list[tuple[Setting, Setting]]:
    """The pairs of names of one place of which each has the id that is written as the other one's name is."""
    groups: defaultdict[tuple[str, ...], dict[str, Setting]] = defaultdict(dict)
    for each in (*_given(settings), *completed(settings), *_parts_of_open(settings)):
        groups[each.path, each.group, each.service, each.environment][_as_id(each.name)] = each
    pairs = set()
    for group, found in groups.items():
        ends = {end: name for name in sorted(found, key=len) for end in _ends(name)}
        meant = {own: _written_as(each, found, ends) for own, each in found.items()}
        pairs |= {
            (min(own, other), max(own, other), group)
            for own, other in meant.items()
            if other and other != own and meant[other] == own
        }
    written = [(groups[group][first], groups[group][second]) for first, second, group in sorted(pairs)]
    told = {setting for pair in written for setting in pair}
    return written + [pair for pair in _exchanged(settings) if told.isdisjoint(pair)]


def copied(settings: Settings) -> list[tuple[Setting, Setting, str]]:
    """The names that have the id of a neighbour, that one, and the id which is written as their own name is.

    Several names for one secret are fine; but not where the own secret of one of them is there as well.
    """
    groups: defaultdict[tuple[str, ...], dict[str, Setting]] = defaultdict(dict)
    for each in references(settings):
        if each.role != "required" and not each.is_past:
            groups[each.path, each.group, each.service, each.environment][_as_id(each.name)] = each
    created = {one.secret for ids in id_lists(settings) for one in ids.entries}
    by_end: defaultdict[str, set[str]] = defaultdict(set)
    for identifier in created:
        for end in _ends(_as_id(stem_of_id(identifier)).rpartition("/")[2]):
            by_end[end].add(identifier)
    found = []
    for members in groups.values():
        ends = {end: name for name in sorted(members, key=len) for end in _ends(name)}
        for name, each in members.items():
            other = members.get(_written_as(each, members, ends), each)
            if other is not each and reference_id(other) == reference_id(each) and _last_part(each) != name:
                where = environment_of_id(reference_id(each))
                own = sorted(one for one in by_end[name] if environment_of_id(one) == where)
                if own and reference_id(each) not in own:
                    found.append((each, other, own[0]))
    return found


def doubled(settings: Settings) -> list[tuple[Setting, Setting]]:
    """The names that take the part of a secret which is another one's, where nearly all take that of their own name.

    Several names for one part are fine: those have a word in common, as `DB_PASSWORD` and `POSTGRES_PASSWORD` have.
    """
    groups: defaultdict[tuple[str, ...], list[Setting]] = defaultdict(list)
    for each in (*_given(settings), *_parts_of_open(settings)):
        if _detail(each):
            groups[each.path, each.group, each.service, each.environment, reference_id(each)].append(each)
    found = []
    for members in groups.values():
        usual = {_last_part(each): each for each in members if _last_part(each) == _as_id(each.name)}
        if len(usual) >= max(_FEWEST_OPEN, _NEARLY_ALL * len(members)):
            others = (each for each in members if each not in usual.values())
            found += [(each, usual[_last_part(each)]) for each in others if _is_of_another(each, usual)]
    return found


def _is_of_another(setting: Setting, usual: Collection[str]) -> bool:
    own, taken = set(_as_id(setting.name).split("-")), set(_last_part(setting).split("-"))
    return _last_part(setting) in usual and own.isdisjoint(taken) and min(len(own), len(taken)) > 1


def _detail(setting: Setting) -> str:
    """The part of a secret that is taken: `password` of `db#password`."""
    return setting.secret.partition("#")[2]


def _parts_of_open(settings: Settings) -> list[Setting]:
    """The places that take known parts of a secret of which only the run knows which it is."""
    given = (each for each in settings.of("mapped", "deployed") if _detail(each) and UNKNOWN not in _detail(each))
    return [each for each in given if UNKNOWN in stem_of_id(reference_id(each))]


def _exchanged(settings: Settings) -> Iterator[tuple[Setting, Setting]]:
    """The pairs of names of one place of which each has the id that others give to the other one."""
    by_place: defaultdict[tuple[str, ...], list[TwoIds]] = defaultdict(list)
    for each in two_ids(settings):
        own = each.outlier
        by_place[own.path, own.group, own.service, own.environment].append(each)
    for clashes in by_place.values():
        for first, second in combinations(clashes, 2):
            if reference_id(second.outlier) in _ids(first) and reference_id(first.outlier) in _ids(second):
                yield first.outlier, second.outlier


def _ids(clash: TwoIds) -> set[str]:
    return {reference_id(each) for each in clash.others}


def other_stems(settings: Settings) -> list[tuple[Setting, Setting]]:
    """The names whose ids in two environments differ in more than these, with the place that has it the usual way.

    It is said only of places that have nearly all other ids in common, but for the environment.
    """
    told = {setting for each in foreign(settings) for setting in (*each.settings, *each.others)}
    told |= {setting for pair in swapped(settings) for setting in pair}
    places: defaultdict[tuple[str, ...], dict[str, Setting]] = defaultdict(dict)
    for each in _given(settings):
        environment = environment_of_id(reference_id(each))
        if each not in told and is_deployed(environment) and not each.is_past:
            places[each.path, each.group, each.service, environment].setdefault(_open_name(each.name), each)
    usual: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for given in places.values():
        for name, each in given.items():
            usual[name][_stem(each)] += 1
    found: dict[tuple[str, str], tuple[Setting, Setting]] = {}
    for (first, own), (second, others) in combinations(places.items(), 2):
        common = own.keys() & others.keys()
        differing = [name for name in common if _stem(own[name]) != _stem(others[name])]
        if first[-1] != second[-1] and differing and len(differing) <= _FEW_OF_ALL * len(common):
            for name in sorted(differing):
                counted = usual[name]
                pair = sorted(
                    (own[name], others[name]),
                    key=lambda each: (counted[_stem(each)], _stem(each) == _as_id(_open_name(each.name))),
                )
                found.setdefault((name, pair[0].path), (pair[0], pair[1]))
    return list(found.values())


def written_out(settings: Settings) -> list[Setting]:
    """The ids of one environment in a place that serves any: the others there get theirs when it is used.

    A secret of which only that one exists is shared by all environments.
    """
    created = id_lists(settings)
    groups: defaultdict[tuple[str, ...], list[Setting]] = defaultdict(list)
    for each in (*_given(settings), *completed(settings)):
        if not each.environment and not each.is_past and each.kind != "kubernetes":
            groups[each.path, each.group, each.service].append(each)
    found = []
    for places in groups.values():
        is_open = [each for each in places if UNKNOWN in each.secret]
        fixed = [each for each in places if is_deployed(environment_of_id(reference_id(each)))]
        if len(is_open) >= _FEWEST_OPEN and len(is_open) >= _NEARLY_ALL * len(is_open + fixed):
            found += [each for each in fixed if not _is_shared(reference_id(each), created)]
    return found


def _is_shared(identifier: str, created: Collection[IdList]) -> bool:
    """Whether something creates a secret and none of another environment."""
    stem, environment = stem_of_id(identifier), environment_of_id(identifier)
    alike = {each.secret for ids in created for each in ids.entries if stem_of_id(each.secret) == stem}
    return identifier in alike and {environment_of_id(each) for each in alike} == {environment}


def two_versions(settings: Settings) -> list[tuple[Setting, list[Setting]]]:
    """The places that take another version of a secret than the others of the environment: `latest`, if any does."""
    taken: defaultdict[tuple[str, str], list[Setting]] = defaultdict(list)
    for each in settings.of("deployed"):
        if each.version and not each.is_past:
            taken[reference_id(each), each.environment].append(each)
    found = []
    for places in taken.values():
        versions = Counter(each.version for each in places)
        usual = "latest" if "latest" in versions else versions.most_common(1)[0][0]
        others = [each for each in places if each.version != usual]
        found += [(each, [one for one in places if one.version != each.version]) for each in others]
    return found


def misplaced(settings: Settings) -> list[tuple[Setting, list[Setting]]]:
    """What names another environment than the one in which it stands, with the places there that name the right one."""
    telling: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in settings.of("set", "deployed"):
        is_of_jobs = each.kind in PIPELINES and each.name != ENVIRONMENT_ARGUMENT
        if each.tells and is_deployed(each.environment) and not each.is_past and not is_of_jobs:
            telling[each.name].append(each)
    found: dict[tuple[str, int], tuple[Setting, list[Setting]]] = {}  # services may be given one table
    for places in telling.values():
        for each in places:
            right = [one for one in places if one.tells == one.environment == each.environment]
            # Files of two environments may have been copied from each other.
            other = [one for one in places if one.tells == one.environment == each.tells and one.kind == each.kind]
            if each.tells != each.environment and (right or (other and {each.tells, each.environment} == _USUAL)):
                found.setdefault((each.path, each.line), (each, right or other))
    return list(found.values())


def borrowed(settings: Settings) -> list[tuple[Setting, list[Setting]]]:
    """What has a value of another environment, with the places there that have such a value too.

    Where production is given `https://api.staging.shop.dev`, it was copied from staging and not adapted. A value that
    names no environment is of another one if it stands there, and the own one has a value of its own elsewhere.
    """
    told: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in settings.of("set", "deployed"):
        is_open = not words_of_environments(each.name) and not each.is_past and each.kind not in PIPELINES
        if not each.tells and is_open and not each.name.startswith("--"):
            told[each.name].append(each)
    found: dict[tuple[str, str], tuple[Setting, list[Setting]]] = {}
    for name, places in told.items():
        for each in (one for one in places if is_deployed(one.environment)):
            if each.speaks:
                there = [one for one in places if one.environment == one.speaks == each.speaks]
                is_borrowed = comes_before(each.speaks, each.environment)
            else:
                there = [one for one in places if one.digest == each.digest and _stands_elsewhere(one, each)]
                is_borrowed = any(one.environment == one.speaks == each.environment for one in places)
            if is_borrowed and there:
                found.setdefault((each.path, name), (each, there))
    return list(found.values())


def _stands_elsewhere(setting: Setting, other: Setting) -> bool:
    """Whether a value stands in an environment in which services run, and not in that of another place."""
    return bool(setting.digest) and is_deployed(setting.environment) and setting.environment != other.environment


def _open_name(name: str) -> str:
    """A name without the environment that it speaks of."""
    return "_".join(word for word in name.split("_") if not is_environment(word))


def _stem(setting: Setting) -> str:
    return stem_of_id(reference_id(setting))


def _last_part(setting: Setting) -> str:
    """What an id names, without the path that leads to it: the part of the secret, if it takes one."""
    if detail := _detail(setting):
        return _as_id(detail)
    return _as_id(_stem(setting)).rpartition("/")[2]


def _written_as(setting: Setting, names: Collection[str], ends: Mapping[str, str]) -> str:
    """The name that an id is written as, with or without something before one of them: `db-key` of `shop-db-key`."""
    last = _last_part(setting)
    return next((each for each in _ends(last) if each in names), ends.get(last, ""))


def _ends(name: str) -> Iterator[str]:
    """`a-b-c`, `b-c` and `c` of `a-b-c`."""
    while name:
        yield name
        name = name.partition("-")[2]


def _as_id(name: str) -> str:
    return re.sub("_+", "-", name.lower())


def _given(settings: Settings) -> list[Setting]:
    """The settings that are given a known secret; a bare list of ids gives none."""
    return [each for each in references(settings) if each.role != "required"]


def _disagree(first: Setting, second: Setting) -> bool:
    ids = reference_id(first), reference_id(second)
    if any(UNKNOWN in each for each in ids):
        ids = stem_of_id(ids[0]), stem_of_id(ids[1])
    told = {environment_of_id(each) for each in ids}
    declared = first.environment if first.environment == second.environment else ""
    of_one = len(told) == 1 or (declared != "" and told <= {"", declared})
    return ids[0] != ids[1] and of_one and first.agrees_in_place(second)
