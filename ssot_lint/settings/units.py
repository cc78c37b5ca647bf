"""Times that are a thousand times what they are elsewhere, and which values are for the program at all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ssot_lint.settings.model import PIPELINES, Setting, Settings

_FEWEST_BESIDE = 2
_MILLI = 1000
_SHORTEST = 5
"""From one to a thousand people go on purpose."""
_TIME = re.compile(r"TIMEOUT|INTERVAL|TTL|DELAY|PERIOD|LIFETIME|EXPIR|BACKOFF|DURATION|MAX_AGE|(?:^|_)SEC(?:OND)?S$")


def in_other_units(settings: Settings) -> Iterator[tuple[Setting, list[Setting]]]:
    """The first place of each name of a time that has two units, with those in the usual one."""
    for name in sorted({each.name for each in settings.of("read") if _TIME.search(each.name.upper())}):
        places = [each for each in settings.named(name, ("set", "deployed")) if each.kind not in PIPELINES]
        known = [each for each in (*places, *settings.named(name, ("read",))) if each.number is not None]
        for place in (each for each in known if each.role != "read" and each.unit == ""):
            usual = [each for each in known if (each.number or 0) * _MILLI == place.number and each.unit != "ms"]
            if usual and (usual[0].number or 0) >= _SHORTEST and is_of_code(settings, place):
                yield place, usual
                break


def is_of_code(settings: Settings, place: Setting) -> bool:
    """Whether a file, or what a service is given in it, is for the program: its code reads other names of it too."""
    beside: defaultdict[bool, set[str]] = defaultdict(set)
    for each in settings.of("set", "deployed"):
        if (each.path, each.service) == (place.path, place.service) and not each.is_pattern and each.name[:1] != "-":
            beside[bool(settings.named(each.name, ("read",)))].add(each.name)
    return len(beside[True]) >= min(_FEWEST_BESIDE, len(beside[True]) + len(beside[False]))
