"""Names that are nearly those that lack: one fault, and the place to mend."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from ssot_lint.findings import Related
from ssot_lint.settings.model import Setting, Settings, may_be_same

ALIKE = 0.9
"""How alike two names are, of which one is taken for the other misspelt; 1 is equal."""


def misspelt(settings: Settings, names: Iterable[str], environments: Iterable[str]) -> list[Setting]:
    """What is mapped or set in one of the environments under nearly one of the names, and is read by nothing."""
    wanted, where = sorted(set(names)), list(environments)
    found = []
    for each in settings.of("mapped", "set"):
        in_place = not where or any(may_be_same(each.environment, environment) for environment in where)
        alike = in_place and each.name not in wanted and _nearly(each, wanted)
        if alike and not settings.named(each.name, ("read", "required")):
            found.append(each)
    return found


def _nearly(setting: Setting, names: Sequence[str]) -> bool:
    close = difflib.get_close_matches(setting.name, names, 1, ALIKE)
    return bool(close) or any(is_renamed(setting, name) for name in names)


def is_renamed(setting: Setting, name: str) -> bool:
    """Whether the two names share their end and half of their words; a key of Kubernetes has only some of them."""
    own, other = (re.split(r"[^a-z0-9]+", each.lower()) for each in (setting.name, name))
    if setting.kind == "kubernetes":
        return set(own) <= set(other)
    return own[-1] == other[-1] and 2 * len(set(own) & set(other)) >= max(len(own), len(other))


def nearly(places: Iterable[Setting]) -> tuple[Related, ...]:
    """The places of misspelt names, as what is compared."""
    return tuple(Related(each.place, f"`{each.name}` is nearly it, and nothing reads that") for each in places)
