"""A run over one project: each stage in its turn, and only as far as what is asked needs it."""

from __future__ import annotations

import dataclasses
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ssot_lint.config.load import load
from ssot_lint.config.model import Config
from ssot_lint.errors import ConfigurationError, UsageError
from ssot_lint.facts.cache import FactsCache, default_cache_dir

if TYPE_CHECKING:
    from ssot_lint.checks.context import CheckContext
    from ssot_lint.facts.library import Library
    from ssot_lint.memory import Memory
    from ssot_lint.project.entry_points import FoundEntryPoints
    from ssot_lint.project.environment import Environment
    from ssot_lint.project.listing import Listing
    from ssot_lint.project.model import EntryPoint, Project
    from ssot_lint.results import Inputs


@dataclass(frozen=True)
class Request:
    """What every run is asked for, as the options have it. `paths` share one project root; no `jobs`: all cores."""

    paths: tuple[Path, ...]
    config: Path | None = None
    isolated: bool = False
    entry_points: tuple[str, ...] = ()
    python_environment: Path | None = None
    cache_dir: Path | None = None
    no_cache: bool = False
    jobs: int | None = None


class Run:
    """The stages of a run, each worked out when it is first asked for; used as a context manager.

    `warnings` is what a person should know of what was left out. `inputs` are what the files hold, where what
    earlier runs knew of parts of the work may be used: to be set before those are asked for. The stages raise
    `SsotLintError` for what a person can mend, and `OSError` for a path that can't be read.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.warnings: list[str] = []
        self.inputs: Inputs | None = None
        self._resources = ExitStack()

    def __enter__(self) -> Run:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._resources.close()

    @cached_property
    def config(self) -> Config:
        """The configuration."""
        from ssot_lint.project.ignore import is_pattern

        config = load(self.request.paths, file=self.request.config, isolated=self.request.isolated)
        if self.request.python_environment is not None:
            config = replace(config, python_environment=str(self.request.python_environment.resolve()))
        for index, root in enumerate(config.source_roots):
            if not (config.root / root).is_dir():
                raise ConfigurationError(config.where("source-roots", index), f"`{root}` is no directory")
        for index, pattern in enumerate(config.exclude):
            if not is_pattern(pattern):
                raise ConfigurationError(config.where("exclude", index), f"`{pattern}` is no gitignore pattern")
        return config

    @cached_property
    def listing(self) -> Listing:
        """What lies below the root, listed once: all of a run is about the same files."""
        from ssot_lint.project.listing import list_files

        return list_files(self.config.root, exclude=self.config.exclude)

    @cached_property
    def project(self) -> Project:
        """The files."""
        from ssot_lint.project.discover import discover

        config, memory = self.config, None
        if self.inputs is not None and self.cache is not None:
            from ssot_lint.kept_roots import KeptRoots

            memory = KeptRoots(self.cache, self.inputs)
        project = discover(config.root, source_roots=config.source_roots, listing=self.listing, memory=memory)
        if config.environment_directory is not None:
            project = dataclasses.replace(project, environment=self._environment(config.environment_directory))
        self.warnings += project.warnings
        return project

    def _environment(self, directory: Path) -> Environment:
        """The installed packages, but for those that models or contracts speak of by their import paths."""
        from ssot_lint.callgraph.model_files import libraries, load_models
        from ssot_lint.project.environment import Environment

        named = {target.partition(".")[0] for contract in self.config.contracts for target in contract.targets}
        environment = Environment(self.config.root, directory, named | libraries(load_models(self.config.model_files)))
        if not environment.sites:
            message = f"`{directory}` is no virtual environment: it has no site-packages"
            if self.request.python_environment is not None:
                raise UsageError(f"--python-environment: {message}")
            raise ConfigurationError(self.config.where("python-environment"), message)
        return environment

    @cached_property
    def cache(self) -> FactsCache | None:
        """What runs before this one worked out, unless it is not to be used."""
        if self.request.no_cache:
            return None
        directory = self.request.cache_dir or default_cache_dir()
        return self._resources.enter_context(FactsCache(directory, warn=self.warnings.append))

    @cached_property
    def library(self) -> Library:
        """The facts of the files, on demand."""
        from ssot_lint.facts.library import Library

        return self._resources.enter_context(Library(self.project, jobs=self.request.jobs or 0, cache=self.cache))

    @property
    def files_read(self) -> tuple[int, int]:
        """How many files were read so far, and how many there are; may be asked by another thread at any time."""
        stages = vars(self)
        library, project = stages.get("library"), stages.get("project")
        return (library.parsed + library.cached if library else 0, len(project.modules) if project else 0)

    @cached_property
    def memory(self) -> Memory | None:
        """What earlier runs kept of parts of the work, where they may be asked."""
        if self.inputs is None or self.cache is None:
            return None
        from ssot_lint.memory import Memory

        return Memory(self.project, self.library, self.cache, self.inputs)

    @cached_property
    def _found(self) -> FoundEntryPoints | None:
        """What the finders find; None where a person says what counts."""
        if self.config.entry_points or self.request.entry_points:
            return None
        found = self._recalled()
        self.warnings += found.warnings
        return found

    def _recalled(self) -> FoundEntryPoints:
        """What the finders find, from the cache where that holds."""
        from ssot_lint.project.entry_points import FoundEntryPoints, find_entry_points

        memory = self.memory
        if memory is None:
            return find_entry_points(self.project, self.library)
        key = memory.inputs.key_but_python("entry points", self.project.layout)
        found = memory.recall_search(key, FoundEntryPoints)
        if found is not None:
            self.library.prefetch(found.modules)  # what is loaded is told of, and its comments count
            return found
        found = find_entry_points(self.project, self.library)
        memory.keep_search(key, found, found.conditions, found.looked_at)
        return found

    @cached_property
    def entry_points(self) -> tuple[EntryPoint, ...]:
        """Those that are configured and asked for; where there are none, those that are found."""
        from ssot_lint.project.entry_points import EntryPointError, configured_entry_points

        config, asked = self.config, self.request.entry_points
        if self._found is not None:
            return tuple(self._found.entry_points)
        points: dict[str, EntryPoint] = {}
        for index, spec in enumerate((*config.entry_points, *asked)):
            try:
                points |= {point.spec: point for point in configured_entry_points(self.project, self.library, [spec])}
            except EntryPointError as error:
                if index < len(config.entry_points):
                    raise ConfigurationError(config.where("entry-points", index), str(error)) from error
                raise UsageError(f"--entry-point: {error}") from error
        return tuple(points[spec] for spec in sorted(points))

    @cached_property
    def context(self) -> CheckContext:
        """What the rules look into."""
        from ssot_lint.checks.context import CheckContext

        lost = tuple(self._found.lost) if self._found is not None else ()
        return CheckContext(self.project, self.library, self.config, self.entry_points, lost)

    @property
    def has_graph(self) -> bool:
        """Whether anything asked for the call graph."""
        return "graph" in vars(self.context)

    @cached_property
    def hooks(self) -> tuple[EntryPoint, ...]:
        """The entry points that only the call graph knows."""
        from ssot_lint.hooks import hooks

        return hooks(self.context.graph, self.project, self.library)
