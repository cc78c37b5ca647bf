"""Entry points: where the program starts, found from the project's files or named by a person."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple, Protocol

from ssot_lint.findings import PHASES
from ssot_lint.project.conditions import Condition
from ssot_lint.project.entry_points import finders
from ssot_lint.project.entry_points.configured import EntryPointError, configured_entry_points
from ssot_lint.project.entry_points.search import Library, Search, is_side_path
from ssot_lint.project.model import EntryPoint, LostTarget, Project

__all__ = ["EntryPointError", "FoundEntryPoints", "Library", "configured_entry_points", "find_entry_points"]


class Finder(Protocol):
    """A framework's finder: a module of `finders`. Only files whose bytes hold one of `NEEDLES` are looked into."""

    NEEDLES: tuple[bytes, ...]

    def find(self, search: Search) -> Iterator[EntryPoint]:
        """The entry points of that framework."""


class FoundEntryPoints(NamedTuple):
    """The entry points, sorted by spec; whether the top-level packages merely stand in; what could not be read.

    `lost` are the targets that are named somewhere and seem not to be there. All this holds for any other Python files
    of the same names, as long as what is `looked_at` is the same, and the rest fulfils none of the `conditions`. Of the
    `modules` the facts were asked for.
    """

    entry_points: list[EntryPoint]
    is_stand_in: bool
    warnings: list[str]
    lost: list[LostTarget]
    conditions: list[Condition]
    looked_at: list[str]
    modules: list[str]


def find_entry_points(project: Project, library: Library) -> FoundEntryPoints:
    """What starts the program, by every finder; where nothing is found, importing each top-level package.

    Where an application is found, what its start runs is known from that, and no command that serves it need be one.
    """
    found: list[EntryPoint] = []
    all_finders = _finders()
    search = Search(project, library, {needle for finder in all_finders for needle in finder.NEEDLES})
    for finder in all_finders:
        found += finder.find(search)
    if any(each.kind in ("asgi", "wsgi") for each in found):
        found = [each for each in found if (each.kind, each.phase) != ("cli", "startup")]
    points = _merged(found or _stand_ins(project))
    return FoundEntryPoints(
        points,
        not found,
        sorted(set(search.warnings)),
        sorted(set(search.lost)),
        sorted(search.conditions),
        sorted(search.looked_at),
        sorted(search.viewed),
    )


def _finders() -> list[Finder]:
    names = sorted(module.name for module in pkgutil.iter_modules(finders.__path__))
    return [importlib.import_module(f"{finders.__name__}.{name}") for name in names]


def _stand_ins(project: Project) -> list[EntryPoint]:
    top = [source for source in project.modules.values() if "." not in source.name]
    packages = [source for source in top if source.is_package]
    reason = "no entry point was found: importing each top-level package stands in"
    inner = [source for source in project.modules.values() if not is_side_path(source.path)]
    chosen = [source for source in packages or top or inner if not is_side_path(source.path)] or top or inner
    return [EntryPoint(source.name, "module", "import", source.path, 1, reason) for source in chosen]


def _merged(points: Iterable[EntryPoint]) -> list[EntryPoint]:
    """Each spec once, shown where Python code has it if there is such a place, with all reasons."""
    groups: dict[tuple[str, bool], list[EntryPoint]] = {}
    for point in points:
        groups.setdefault((point.spec, point.as_main), []).append(point)
    return [_one(groups[key]) for key in sorted(groups)]


def _one(points: list[EntryPoint]) -> EntryPoint:
    shown = min(points, key=lambda point: not point.path.endswith(".py"))
    phase = min((point.phase for point in points), key=PHASES.index)
    reasons = "; ".join(dict.fromkeys(point.reason for point in [shown, *points]))
    is_loaded = all(point.is_loaded for point in points)
    is_bare = any(point.is_bare for point in points)
    return replace(shown, phase=phase, reason=reasons, is_loaded=is_loaded, is_bare=is_bare)
