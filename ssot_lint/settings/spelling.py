"""Names that are nearly those that lack: one fault, and the place to mend."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

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
        alike = in_place and each.name not in wanted and difflib.get_close_matches(each.name, wanted, 1, ALIKE)
        if alike and not settings.named(each.name, ("read", "required")):
            found.append(each)
    return found


def nearly(places: Iterable[Setting]) -> tuple[Related, ...]:
    """The places of misspelt names, as what is compared."""
    return tuple(Related(each.place, f"`{each.name}` is nearly it, and nothing reads that") for each in places)
