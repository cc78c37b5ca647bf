"""A run over one project: each stage in its turn, and only as far as what is asked needs it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ssot_lint.config.load import load
from ssot_lint.config.model import Config
from ssot_lint.errors import ConfigurationError
from ssot_lint.project.discover import discover
from ssot_lint.project.model import Project


@dataclass(frozen=True)
class Request:
    """What a run is asked for, as the options of the commands have it. `paths` share one project root."""

    paths: tuple[Path, ...]
    config: Path | None = None
    isolated: bool = False
    entry_points: tuple[str, ...] = ()
    cache_dir: Path | None = None
    no_cache: bool = False
    jobs: int | None = None


class Run:
    """The stages of a run, each worked out when it is first asked for.

    They raise `SsotLintError` for what a person can mend, and `OSError` for a path that can't be read.
    """

    def __init__(self, request: Request) -> None:
        self.request = request

    @cached_property
    def config(self) -> Config:
        """The configuration."""
        return load(self.request.paths, file=self.request.config, isolated=self.request.isolated)

    @cached_property
    def project(self) -> Project:
        """The files."""
        config = self.config
        for index, root in enumerate(config.source_roots):
            if not (config.root / root).is_dir():
                raise ConfigurationError(config.where("source-roots", index), f"`{root}` is no directory")
        return discover(config.root, source_roots=config.source_roots, exclude=config.exclude)
