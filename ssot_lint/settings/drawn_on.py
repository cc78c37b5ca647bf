"""Mappings that commands draw on: what each service is given of one, the commands of Python say name by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ssot_lint.settings.commands import KIND, SECRETS
from ssot_lint.settings.environments import stem_of_id
from ssot_lint.settings.model import UNKNOWN, Setting

_FEWEST = 3
_NEARLY_ALL = 0.75


@dataclass(frozen=True)
class DrawnOn:
    """The entries of a mapping, which names no service, and what commands hand over under its names or beside them."""

    mapping: tuple[Setting, ...]
    handed: tuple[Setting, ...]

    def beyond(self) -> list[Setting]:
        """What commands take of the mapping under names that it does not have."""
        names = {each.name for each in self.mapping}
        return [each for each in self.handed if UNKNOWN in each.secret and each.name not in names]


def without_supply(settings: list[Setting], *, is_loaded: bool) -> list[Setting]:
    """The settings, with the entries of mappings marked that give nothing beside what commands take of them.

    `is_loaded` says that code takes secrets from a store by itself: then it may take those of a mapping.
    """
    entries = {each for one in drawn_on(settings) for each in one.mapping} if not is_loaded else set()
    return [replace(each, is_drawn_on=True) if each in entries else each for each in settings] if entries else settings


def drawn_on(settings: Iterable[Setting]) -> Iterator[DrawnOn]:
    """The mappings from which nearly all ids come that a script hands over, if no command may hand over anything."""
    mappings: defaultdict[tuple[str, str], list[Setting]] = defaultdict(list)
    scripts: defaultdict[str, list[Setting]] = defaultdict(list)
    for each in settings:
        if each.role == "mapped" and each.kind == "python-mapping" and not each.service:
            mappings[each.path, each.group].append(each)
        elif each.role == "deployed" and each.kind == KIND:
            if each.name == UNKNOWN:
                return
            if each.group in SECRETS and (script := each.through or each.path).endswith(".py"):
                scripts[script].append(each)
    for entries in mappings.values():
        ids = {each.name: each.secret for each in entries}
        for handed in scripts.values():
            known = {each.name: each.secret for each in handed if UNKNOWN not in each.secret}
            taken = [name for name, identifier in known.items() if name in ids and _is_made_of(identifier, ids[name])]
            if len(taken) >= _FEWEST and len(taken) >= _NEARLY_ALL * len(known):
                yield DrawnOn(tuple(entries), tuple(handed))


def _is_made_of(identifier: str, mapped: str) -> bool:
    """Whether an id is the one that is mapped, or that with an environment."""
    return identifier == mapped or stem_of_id(identifier) == mapped
