"""Secrets that something creates and nothing takes, where nearly all of its others are taken."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.project.model import Project
from ssot_lint.settings.environments import stem_of_id
from ssot_lint.settings.mentions import speaks_of
from ssot_lint.settings.model import UNKNOWN, Setting, Settings
from ssot_lint.settings.other_services import of_other_services
from ssot_lint.settings.provisioning import completed, id_lists, reference_id, references, unprovisioned

_CREATING = frozenset({"terraform", "gcloud", "secret-command", "python-mapping"})
_FEWEST = 4
_NEARLY_ALL = 0.8


def unused(settings: Settings, project: Project) -> Iterator[list[Setting]]:
    """The secrets of each place that nothing maps, deploys or so much as mentions, one of each of its stems.

    Where a place lacks something that it should create, one that nothing takes may be that, renamed; and one with the
    name of a setting that code reads is what that lacks. So is the one of a service that takes another one's. All these
    are told of as such.
    """
    taken = {stem_of_id(reference_id(each)) for each in (*references(settings), *completed(settings))}
    lacking = {(each.path, each.environment) for missing in unprovisioned(settings) for each in missing.lists}
    read = {_as_id(each.name) for each in settings.of("read", "required") if not each.secret}
    told = {meant for _, _, meant in of_other_services(settings)}
    for ids in id_lists(settings):
        stems = {stem_of_id(each.secret): each for each in reversed(ids.entries) if each.kind in _CREATING}
        left = {stem: each for stem, each in stems.items() if stem not in taken and UNKNOWN not in stem}
        is_of_others = len(stems) < _FEWEST or len(stems) - len(left) < _NEARLY_ALL * len(stems)
        if is_of_others or (ids.path, ids.environment) in lacking:
            continue
        names = [stem for stem in left if stem not in told and _as_id(stem) not in read]
        told.update(names)
        found = [left[stem] for stem in names if not speaks_of(project, stem, ids.path)]
        if found:
            yield sorted(found, key=lambda each: (each.path, each.line, each.secret))


def _as_id(name: str) -> str:
    return name.lower().replace("_", "-")
