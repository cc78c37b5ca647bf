"""Which modules each service runs, with all that they import, and all that Django imports by name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.project.entry_points.command_files import compose
from ssot_lint.project.imports import resolve_import
from ssot_lint.project.model import EntryPoint, Project, Source
from ssot_lint.settings.files import stands_aside, text_of
from ssot_lint.settings.model import Runner, Setting
from ssot_lint.settings.services import closures, starts_by_dockerfile, starts_by_service
from ssot_lint.settings.settings_modules import NAME
from ssot_lint.settings.values import classify

_KINDS = frozenset({"compose", "kubernetes", "fly"})
"""The kinds that say what their services run."""
_NAMED = re.compile(rb"DJANGO_SETTINGS_MODULE[\"']\s*(?:,|\]\s*=)\s*[\"']([\w.]+)[\"']")
_Modules = Mapping[str, tuple[Source, ModuleFacts]]


@dataclass(frozen=True)
class Running:
    """The modules that each service runs, `alone` where one compose file is used alone, and each image of its name.

    `workers` are the services that run tasks.
    """

    runs: dict[Runner, frozenset[str]] = field(default_factory=dict)
    alone: dict[str, dict[Runner, frozenset[str]]] = field(default_factory=dict)
    images: dict[Runner, frozenset[str]] = field(default_factory=dict)
    workers: frozenset[Runner] = frozenset()


def running(
    project: Project,
    library: Library,
    modules: _Modules,
    settings: Collection[Setting],
    handing: Collection[tuple[str, Runner, str]],
    entry_points: Collection[EntryPoint],
    by_command: Mapping[Runner, frozenset[str]],
) -> Running:
    """What services run, as far as that is known: none where no file says it. `by_command` is known already."""
    served = [each for each in settings if each.service]
    telling = {each.path for each in served if each.kind in _KINDS} | {path for path, _, _ in handing}
    of_django = _ByDjango(library, modules, settings, handing, entry_points)

    def imported(runner: Runner, name: str, file: str = "") -> Iterator[str]:
        source, facts = modules.get(name, (None, None))
        yield from of_django.imported_by(name, runner, file)
        for statement in facts.imports if facts is not None else ():
            if source is not None and not statement.typing_only:
                yield from resolve_import(project, source, statement.level, statement.module, statement.names)

    runs: dict[Runner, frozenset[str]] = {}
    alone: dict[str, dict[Runner, frozenset[str]]] = {}
    images: dict[Runner, frozenset[str]] = {}
    workers: set[Runner] = set()
    if telling or by_command:
        # A compose file may say what a service runs where another one says what it is given.
        telling |= {path for path in project.others if compose.recognizes(path) and not stands_aside(path)}
        tasks = {point.module for point in entry_points if point.kind == "celery"}
        starts = starts_by_service(project, library, sorted(telling), partial(text_of, project), tasks)
        starts |= by_command
        runs = closures(starts, imported)
        workers = {runner for runner, found in starts.items() if tasks and tasks <= found}
        for file, runners in of_django.files().items():
            own = {runner: starts[runner] for runner in sorted(runners & starts.keys())}
            alone[file] = closures(own, partial(imported, file=file))
    if any(each.kind not in _KINDS for each in served) or any(each.kind == "helm-values" for each in settings):
        images = closures(starts_by_dockerfile(project, library, partial(text_of, project)), imported)
    return Running(runs, alone, images, frozenset(workers))


class _ByDjango:
    """What Django imports by name where `manage.py` and its like start; a variable may say which settings these are."""

    def __init__(
        self,
        library: Library,
        modules: _Modules,
        settings: Iterable[Setting],
        handing: Collection[tuple[str, Runner, str]],
        entry_points: Iterable[EntryPoint],
    ) -> None:
        self._all = {point.module for point in entry_points if point.kind == "django"}
        self._naming = {
            name: {each.decode() for each in _NAMED.findall(library.content(name))}
            for name in (modules if self._all else ())
            if NAME.encode() in library.content(name)
        }
        self._named = set().union(*self._naming.values())
        self._settings = [each for each in settings if each.kind == "compose" or each.name == NAME]
        self._telling = [each for each in self._settings if each.name == NAME and each.role != "read"]
        self._handing = handing

    def files(self) -> dict[str, set[Runner]]:
        """The compose files, with their services, where settings modules are named."""
        found: defaultdict[str, set[Runner]] = defaultdict(set)
        for each in self._settings if self._named else ():
            if each.kind == "compose" and each.service:
                found[each.through or each.path].add(("compose", each.service))
        return dict(found)

    def imported_by(self, name: str, runner: Runner, file: str) -> set[str]:
        """What is imported where a module starts that names settings, for a service, where that file is used alone."""
        if name not in self._naming:
            return set()
        told = self._told(name, runner, file)
        others = {each for each in self._named if told and classify(NAME, each).digest not in told}
        return self._all - others

    def _told(self, name: str, runner: Runner, file: str) -> set[str]:
        """The digests of the modules that a service is told to take its settings from; none where nothing tells it."""
        own = {each.digest for each in self._telling if (each.kind, each.service) == runner}
        if not file:
            return own or {each.digest for each in self._telling}
        handed = {path for one, to, path in self._handing if (one, to) == (file, runner)}
        here = {
            each.digest
            for each in self._telling
            if each.path in handed or ((each.kind, each.service) == runner and (each.through or each.path) == file)
        }
        by_image = {each.digest for each in self._telling if each.kind == "dockerfile"}
        return here or by_image or {classify(NAME, each).digest for each in self._naming[name]}
