"""Which secrets exist: the ids that settings refer to, held against the lists of ids that something creates."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from ssot_lint.settings.environments import environment_of_id, is_deployed, stem_of_id
from ssot_lint.settings.model import UNKNOWN, Setting, Settings, may_be_same

_ALIKE = 0.85
_FEWEST = 2
_NEARLY_ALL = 0.8
_FEWEST_OF_ENVIRONMENT = 3


@dataclass(frozen=True)
class IdList:
    """Ids that one place creates or lists for one environment (empty: for any)."""

    path: str
    environment: str
    entries: tuple[Setting, ...]

    def has(self, identifier: str, *, is_stem: bool = False) -> bool:
        """Whether the id is among them; AWS puts six random characters behind the name in an ARN.

        Of a stem it is asked whether it is there with an environment before or behind it.
        """
        if is_stem:
            return identifier in self._stems
        if UNKNOWN in identifier and stem_of_id(identifier) in self._stems:
            return True
        if self._is_for_any_environment and stem_of_id(identifier) != identifier:
            return stem_of_id(identifier) in self._stems
        return any(
            fnmatchcase(identifier, entry.secret) or fnmatchcase(identifier, f"{entry.secret}-??????")
            for entry in self.entries
        )

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(stem for each in self.entries if (stem := stem_of_id(each.secret)) != each.secret)

    @cached_property
    def _is_for_any_environment(self) -> bool:
        """Whether all ids have one unknown part, at the same end, as `jwt-${var.environment}` and its like have."""
        patterns = {each.secret for each in self.entries}
        same_end = all(each.endswith("*") for each in patterns) or all(each.startswith("*") for each in patterns)
        return len(patterns) > 1 and same_end and all(UNKNOWN not in stem_of_id(each) for each in patterns)


@dataclass(frozen=True)
class Missing:
    """References of one place to secrets that `lists` should have, and lack."""

    references: tuple[Setting, ...]
    lists: tuple[IdList, ...]


def reference_id(setting: Setting) -> str:
    """The id that a setting refers to, without the part of the secret that it takes."""
    return setting.secret.partition("#")[0]


def references(settings: Settings) -> list[Setting]:
    """The places that rely on a known secret: that map to it, fill a setting from it, or list it as required."""
    relying = settings.of("mapped", "deployed", "required")
    return [each for each in relying if each.secret and UNKNOWN not in each.secret]


def completed(settings: Settings) -> list[Setting]:
    """The places that rely on a secret of which all but the environment is known."""
    given = settings.of("mapped", "deployed")
    return [each for each in given if UNKNOWN in each.secret and UNKNOWN not in stem_of_id(reference_id(each))]


def _linked(settings: Settings) -> Counter[str]:
    """How many settings of a Terraform folder refer to a secret that another of its files creates, by folder."""
    linked = (each for each in settings.of("deployed") if each.kind == "terraform" and each.secret == UNKNOWN)
    return Counter(posixpath.dirname(each.path) for each in linked)


def id_lists(settings: Settings) -> list[IdList]:
    """The provisioned ids by the place that provisions them."""
    groups: defaultdict[tuple[str, str, str], list[Setting]] = defaultdict(list)
    for setting in settings.of("provisioned"):
        if setting.kind != "compose":
            groups[setting.path, setting.group, setting.environment].append(setting)
    return [IdList(path, environment, tuple(each)) for (path, _, environment), each in groups.items()]


def unprovisioned(settings: Settings) -> list[Missing]:
    """The references to secrets that nothing creates, where the others of the same place are created.

    A list of ids counts if it has at least half of what the place refers to, for then it is meant to have the rest; or
    if the configuration names it; or if it is the inventory of that environment. Where there is none such, lists count
    that have half of it together: infrastructure code may create some secrets, and a script the others. Of lists that
    have less of it is missed only what also stands empty in a file of the environment.
    """
    lists, linked = id_lists(settings), _linked(settings)
    found: defaultdict[tuple[str, str, str, tuple[IdList, ...]], list[Setting]] = defaultdict(list)
    known = [*references(settings), *completed(settings)]
    used = {stem_of_id(reference_id(each)) for each in known}  # of what is left, one may be meant
    for group in _by_place(known):
        are_stems = _are_stems(group, lists, known)
        about, is_sure = _lists_about(group, lists, linked, known, are_stems=are_stems), True
        if not about:
            about, is_sure = _parts(group, lists, are_stems=are_stems)
        # Where little else is created for it, what is meant is one of nearly that name which nothing takes.
        meant = {each: _meant(each, lists, used) for each in group} if not about else {}
        about = about or tuple(dict.fromkeys(ids for found_in in meant.values() for ids in found_in))
        for setting in group if about else ():
            identifier = reference_id(setting)
            if setting.need == "optional" or any(each.has(identifier, is_stem=are_stems) for each in lists):
                continue
            if meant.get(setting, is_sure or stands_empty(settings, setting)):
                found[setting.path, setting.group, setting.environment, about].append(setting)
    return [Missing(tuple(each), about) for (*_, about), each in found.items()]


def left_out(settings: Settings) -> list[Missing]:
    """The references of one place to the secrets of an environment of which nothing creates one, but of another's all.

    What is kept in the folder of an environment, and what lists the secrets that are there, says nothing of others.
    """
    lists = [each for each in id_lists(settings) if each.entries[0].kind not in {"kubernetes", "inventory"}]
    created = {environment_of_id(one.secret) for each in lists for one in each.entries}
    found = []
    for group in _by_place([each for each in references(settings) if not each.is_past]):
        told = {environment_of_id(reference_id(each)) for each in group}
        environment = told.pop() if len(told) == 1 else ""
        if len(group) < _FEWEST_OF_ENVIRONMENT or not is_deployed(environment) or environment in created:
            continue
        stems = {stem_of_id(reference_id(each)) for each in group}
        others = tuple(
            each
            for each in lists
            if not each.environment and sum(each.has(stem, is_stem=True) for stem in stems) >= _NEARLY_ALL * len(stems)
        )
        patterns = [one.secret for each in lists for one in each.entries if UNKNOWN in one.secret]
        if others and not any(fnmatchcase(reference_id(each), one) for each in group for one in patterns):
            found.append(Missing(tuple(group), others))
    return found


def behind(settings: Settings) -> list[Missing]:
    """The references to secrets that one list lacks although another list of the same environment has them."""
    linked = _linked(settings)
    lists = [ids for ids in id_lists(settings) if any(each.secret != UNKNOWN for each in ids.entries)]
    found: defaultdict[IdList, dict[str, Setting]] = defaultdict(dict)
    known = references(settings)
    for group in _by_place(known):
        are_stems = _are_stems(group, lists, known)
        about = _lists_about(group, lists, linked, known, are_stems=are_stems)
        for setting in group if len(about) > 1 else ():
            identifier = reference_id(setting)
            lacking = [each for each in about if not each.has(identifier, is_stem=are_stems)]
            for each in lacking if len(lacking) * 2 <= len(about) else ():
                found[each].setdefault(identifier, setting)
    return [Missing(tuple(_whole(lacked)), (each,)) for each, lacked in found.items()]


def alone(settings: Settings) -> list[Missing]:
    """The ids that one mapping alone has of many places that have nearly all of its ids and agree in that.

    Where nothing creates secrets, the places that rely on them are all that tells which there are.
    """
    groups = [group for group in _by_place(references(settings)) if not _secret_object(group[0])]
    created, found = id_lists(settings), []
    for group in groups:
        own = {reference_id(each) for each in group}
        lists = [IdList(other[0].path, other[0].environment, tuple(other)) for other in groups if other is not group]
        others = tuple(
            each
            for each in lists
            if each.path != group[0].path
            and may_be_same(each.environment, group[0].environment)
            and sum(map(each.has, own)) >= _NEARLY_ALL * len(own)
        )
        outliers = [each for each in group if not any(ids.has(reference_id(each)) for ids in (*others, *created))]
        if group[0].role == "mapped" and outliers and len({each.path for each in others}) >= _FEWEST:
            found.append(Missing(tuple(outliers), others))
    return found


def _whole(lacked: dict[str, Setting]) -> Iterator[Setting]:
    """What is lacked, without the stems of what else is."""
    stems = {stem for each in lacked if (stem := stem_of_id(each)) != each}
    yield from (setting for identifier, setting in lacked.items() if identifier not in stems)


def _by_place(settings: Iterable[Setting]) -> list[list[Setting]]:
    groups: defaultdict[tuple[str, str, str], list[Setting]] = defaultdict(list)
    for setting in settings:
        path, group = setting.path, _secret_object(setting) or setting.group
        if setting.kind == "kubernetes" and setting.role == "mapped":
            # An object may take a single secret of a store: those of the folder are created together.
            path, group = posixpath.dirname(path), ""
        groups[path, group, setting.environment].append(setting)
    return list(groups.values())


def _secret_object(setting: Setting) -> str:
    """The Kubernetes object that holds the secret; its keys are created together."""
    return setting.secret.partition("/")[0] if setting.kind == "kubernetes" and setting.role == "deployed" else ""


def _are_stems(group: list[Setting], lists: list[IdList], beside: Iterable[Setting]) -> bool:
    """Whether an environment is put to the ids of a place before they are used: told by several ids of its file."""
    own = {reference_id(setting) for setting in group}
    if 2 * sum(stem_of_id(each) != each for each in own) >= len(own):
        return False
    identifiers = own | {reference_id(each) for each in beside if each.path == group[0].path}
    whole = sum(any(ids.has(each) for ids in lists) for each in identifiers)
    stems = sum(any(ids.has(each, is_stem=True) for ids in lists) for each in identifiers)
    return stems > max(whole, 1)


def _lists_about(
    group: list[Setting], lists: list[IdList], linked: Counter[str], known: Iterable[Setting], *, are_stems: bool
) -> tuple[IdList, ...]:
    """The lists that are meant to hold what a place refers to, of all places that are `known`."""
    kubernetes = _secret_object(group[0])
    if kubernetes:
        objects = [each for each in lists if each.entries[0].kind == "kubernetes"]
        own = tuple(each for each in objects if each.entries[0].group == kubernetes)
        taken = set() if own else {_secret_object(each) for each in known}
        return own or tuple(each for each in objects if _is_meant(each, kubernetes, group, taken))
    identifiers = {reference_id(setting) for setting in group}
    about = []
    for each in lists:
        if each.entries[0].kind != "kubernetes" and may_be_same(each.environment, group[0].environment):
            folder = posixpath.dirname(each.path)
            same_folder = group[0].kind == "terraform" and folder == posixpath.dirname(group[0].path)
            beside = linked[folder] if same_folder else 0
            had = beside + sum(each.has(identifier, is_stem=are_stems) for identifier in identifiers)
            if had * 2 >= beside + len(identifiers) or _is_complete(each, group[0]):
                about.append(each)
    return tuple(about)


def _parts(group: list[Setting], lists: list[IdList], *, are_stems: bool) -> tuple[tuple[IdList, ...], bool]:
    """The lists of which each has some of what a place refers to, and whether they have half of it together."""
    if _secret_object(group[0]):
        return (), False
    identifiers = {reference_id(setting) for setting in group}
    had = {
        each: {identifier for identifier in identifiers if each.has(identifier, is_stem=are_stems)}
        for each in lists
        if each.entries[0].kind != "kubernetes" and may_be_same(each.environment, group[0].environment)
    }
    together = len(set().union(*had.values()))
    parts = tuple(each for each, held in had.items() if held) if together >= _FEWEST else ()
    return parts, together * 2 >= len(identifiers)


def _meant(setting: Setting, lists: list[IdList], used: set[str]) -> list[IdList]:
    """The lists that have a secret which nothing takes, and whose id a reference has misspelt."""
    stem = stem_of_id(reference_id(setting))
    about = []
    for each in lists if not _secret_object(setting) else ():
        if each.entries[0].kind != "kubernetes" and may_be_same(each.environment, setting.environment):
            free = {stem_of_id(one.secret) for one in each.entries} - used
            if any(UNKNOWN not in one and are_alike(stem, one) for one in free):
                about.append(each)
    return about


def stands_empty(settings: Settings, mapped: Setting) -> bool:
    """Whether a file of an environment leaves a name empty, as what a secret fills."""
    return any(
        each.value_state == "empty" and is_deployed(each.environment) and each.agrees_in_place(mapped)
        for each in settings.named(mapped.name, ("set",))
    )


def _is_meant(ids: IdList, name: str, group: list[Setting], taken: Collection[str]) -> bool:
    """Whether an object that does not exist is another one misspelt or renamed, which has the keys.

    It has nearly the name, or is not `taken` by anything and there are several keys.
    """
    other = ids.entries[0].group
    held = {each.secret for each in ids.entries}
    keys = {reference_id(each).partition("/")[2] for each in group}
    is_left = other not in taken and len(keys) >= _FEWEST
    return (are_alike(name, other) or is_left) and all(f"{other}/{key}" in held for key in keys)


def are_alike(name: str, other: str) -> bool:
    """Whether one name of an object is the other one misspelt; a number or an environment more is no slip."""
    is_near = difflib.SequenceMatcher(None, name, other).ratio() >= _ALIKE
    return is_near and not _numbers(name) ^ _numbers(other) and environment_of_id(name) == environment_of_id(other)


def _numbers(name: str) -> set[str]:
    return set(re.findall(r"\d+", name))


def _is_complete(ids: IdList, reference: Setting) -> bool:
    """Whether a list is known to have all secrets: the configuration names it, or it lists what one environment has."""
    first = ids.entries[0]
    of_environment = first.kind == "inventory" and ids.environment != "" and ids.environment == reference.environment
    return first.source != first.path or of_environment
