"""What an example of an environment file has forgotten, which whoever copies it starts without."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ssot_lint.settings.model import DEVELOPERS, Setting, Settings
from ssot_lint.settings.needed import needed_settings

_FEWEST = 3
_FEW = 4
"""What lacks more than one of so many is not meant to have all."""
_FOR_DEVELOPERS = DEVELOPERS | {"dockerfile"}


@dataclass(frozen=True)
class Forgotten:
    """The names that an example lacks, the last one that it has, and where the names are read and given elsewhere."""

    names: tuple[str, ...]
    last: Setting
    reads: tuple[Setting, ...]
    elsewhere: tuple[Setting, ...]


def forgotten(settings: Settings) -> list[Forgotten]:
    """What the code needs where it is developed, and an example lacks that has nearly all else, file by file."""
    examples: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in settings.of("declared"):
        if each.kind == "env-file":
            examples[each.path].append(each)
    needed = {
        name: reads
        for name, all_reads in (needed_settings(settings).items() if examples else ())
        if (reads := [each for each in all_reads if each.may_be_in("development")])
    }
    found = []
    for own in examples.values():
        missing = [name for name in needed if not any(each.matches(name) for each in own)]
        known = len(needed) - len(missing)
        fresh = [name for name in missing if not _is_given_to_developers(settings, name)]
        if known >= _FEWEST and fresh and len(missing) * _FEW <= known:
            given = {name: _beside(settings, name, {each.name for each in own} & needed.keys()) for name in fresh}
            names = tuple(name for name in fresh if given[name])  # of the others it is told that nothing gives them
            read_there = tuple(each for name in names for each in needed[name])
            if names:
                elsewhere = tuple(each for name in names for each in given[name])
                found.append(Forgotten(names, own[-1], read_there, elsewhere))
    return found


def _beside(settings: Settings, name: str, known: set[str]) -> list[Setting]:
    """The places that give a name to what is also given half of what the example has: that is what it is for."""
    together: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for each in settings.of("mapped", "set", "deployed"):
        together[each.path, each.service].add(each.name)
    places = settings.named(name, ("mapped", "set", "deployed"))
    return [each for each in places if 2 * len(together[each.path, each.service] & known) >= len(known)]


def _is_given_to_developers(settings: Settings, name: str) -> bool:
    places = settings.named(name, ("declared", "set", "deployed"))
    return any(
        each.role == "declared" or each.environment == "development" or each.kind in _FOR_DEVELOPERS for each in places
    )
