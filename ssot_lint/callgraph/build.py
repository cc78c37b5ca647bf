"""The call graph of a project, from its files, its entry points and the models of the libraries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from ssot_lint.callgraph.analysis import Analysis, Others
from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.callgraph.graph import CallGraph
from ssot_lint.callgraph.model_files import load_models
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.project.imports import resolve_import
from ssot_lint.project.model import EntryPoint, Project


def build(
    project: Project,
    library: Library,
    entry_points: Collection[EntryPoint],
    *,
    also: Iterable[str] = (),
    bodies: Iterable[str] = (),
    models: Sequence[Path] = (),
    bounds: Bounds | None = None,
) -> CallGraph:
    """The graph of what the entry points reach, of all that stands in the modules `also`, and of other modules' bodies.

    `models` are files of models beside the shipped ones, `bounds` other than the usual ones. Raises
    `ConfigurationError` for models that can't be followed.
    """

    def others(_: CallGraph) -> Iterable[str]:
        return also

    return build_with(project, library, entry_points, others, bodies=bodies, models=models, bounds=bounds)


def build_with(
    project: Project,
    library: Library,
    entry_points: Collection[EntryPoint],
    others: Others,
    *,
    bodies: Iterable[str] = (),
    models: Sequence[Path] = (),
    bounds: Bounds | None = None,
) -> CallGraph:
    """The graph of what the entry points reach, and of all that stands in other modules; see `Analysis.run`."""
    library.load_closure(point.module for point in entry_points)
    analysis = Analysis(project, library, load_models(models), _mains(entry_points), bounds)
    return analysis.run(list(entry_points), others, bodies)


def build_whole(
    project: Project,
    library: Library,
    entry_points: Collection[EntryPoint],
    *,
    models: Sequence[Path] = (),
    bounds: Bounds | None = None,
    again: bool = False,
) -> CallGraph:
    """The graph of every module and every function, called or not; see `Analysis.run_all`."""
    library.prefetch(project.modules)
    analysis = Analysis(project, library, load_models(models), scripts(project, library), bounds)
    return analysis.run_all(list(entry_points), again=again)


def _mains(entry_points: Iterable[EntryPoint]) -> dict[str, bool]:
    return {point.module: True for point in entry_points if point.as_main}


def scripts(project: Project, library: Library) -> dict[str, bool]:
    """The modules that nothing in the project imports: the ones that may run as `__main__`."""
    imported: set[str] = set()
    for name in project.modules:
        facts = library.get(name)
        for statement in facts.imports if isinstance(facts, ModuleFacts) else ():
            source = project.modules[name]
            imported.update(resolve_import(project, source, statement.level, statement.module, statement.names))
    return {name: True for name in project.modules if name not in imported}


def holding(project: Project, library: Library, names: Collection[bytes]) -> list[str]:
    """The modules whose bytes hold one of the names."""
    found = []
    for name, source in project.modules.items():
        try:
            content = project.read(source) if names else b""
        except OSError:
            continue  # the library reports what can't be read when it is asked for it
        if any(each in content for each in names):
            found.append(name)
    library.prefetch(found)
    return found
