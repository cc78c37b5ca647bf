"""What compose files take from the shell or `.env`, held against the places that give nearly all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_lint.settings.model import PIPELINES, Role, Setting, Settings
from ssot_lint.settings.needed import needed_settings
from ssot_lint.settings.outside import is_platform

_FEWEST = 3
_NEARLY_ALL = 0.6
_GIVING: tuple[Role, ...] = ("mapped", "declared", "set", "deployed")


@dataclass(frozen=True)
class Untold:
    """Names that compose files or the code can't do without, and that a place lacks which has nearly all others.

    `place` is None where every such place lacks them; then `beside` are these.
    """

    reads: tuple[Setting, ...]
    place: Setting | None
    beside: tuple[Setting, ...]


def untold(settings: Settings) -> Iterator[Untold]:
    """The names that some place forgets, each fault once."""
    taken: defaultdict[str, dict[str, Setting]] = defaultdict(dict)
    for each in sorted(settings.of("read"), key=lambda each: each.need != "required"):
        if each.kind == "compose" and each.need in {"required", "bare"} and not is_platform(each.name):
            taken[each.path].setdefault(each.name, each)
    places, needed = _places(settings), needed_settings(settings)
    for path, reads in taken.items():
        has_default = {each.name for each in settings.of("read") if each.path == path and each.need == "optional"}
        names = reads.keys() - has_default
        about = [each for each in places if len(names & each.keys()) >= max(_FEWEST, _NEARLY_ALL * len(names))]
        wanted = {name for name in names if reads[name].need == "required" or name in needed}
        known = {name for name in names if any(each.kind != "compose" for each in settings.named(name, _GIVING))}
        if about and (lost := [reads[name] for name in reads if name in wanted - known]):
            yield Untold(tuple(lost), None, tuple(next(iter(each.values())) for each in about))
        for place in about:
            first = next(iter(place.values()))
            lacking = [reads[name] for name in reads if name in (wanted & known) - place.keys()]
            if lacking and first.kind in PIPELINES:
                yield Untold(tuple(lacking), list(place.values())[-1], ())


def _places(settings: Settings) -> list[dict[str, Setting]]:
    """The names that files of variables have, and steps of pipelines with what their jobs and workflows give them."""
    groups: defaultdict[tuple[str, str], dict[str, Setting]] = defaultdict(dict)
    for each in settings.of("set", "declared"):
        if each.kind == "env-file" or each.kind in PIPELINES:
            groups[each.path, each.group][each.name] = each
    for (path, group), own in list(groups.items()):
        job = group.rpartition("/")[0]
        for outer in (f"{path}:workflow", job) if own and next(iter(own.values())).kind in PIPELINES else ():
            if outer != group and (path, outer) in groups:
                groups[path, group] = {**groups[path, outer], **groups[path, group]}
    return list(groups.values())
