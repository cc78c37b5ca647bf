"""What a rule may ask for: each part is worked out when the first rule asks for it."""

from __future__ import annotations

import gc
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from ssot_lint.config.model import Config
from ssot_lint.facts.library import Library
from ssot_lint.project.model import EntryPoint, LostTarget, Project
from ssot_lint.settings.model import Settings

if TYPE_CHECKING:
    from ssot_lint.callgraph.graph import CallGraph
    from ssot_lint.checks.bindings import Bindings
    from ssot_lint.checks.guards import Guards
    from ssot_lint.checks.holding import Holding
    from ssot_lint.checks.shapes import Shapes
    from ssot_lint.checks.surroundings import Surroundings
    from ssot_lint.memory import Memory
    from ssot_lint.settings.lacks import Lacking
    from ssot_lint.settings.looks import Looks


# Bytes of statements that rules have looked at; with what stands around each they take twenty times as much.
_MUCH = 1_500_000


@dataclass
class CheckContext:
    """The project under check, its configuration, and what the stages before the rules make of it.

    `lost` are the targets of commands, declarations and settings that no finder found.

    `all_phases` asks the rules about a failing start for what fails after it, and in code that nothing reaches, too.
    `guesses` asks what unmodelled code outside the project may call, which is no more than possible. `reads_settings`
    says that what code reads of its environment is looked for. `memory` is what earlier runs knew, where they may be
    asked.
    """

    project: Project
    library: Library
    config: Config
    entry_points: tuple[EntryPoint, ...]
    lost: tuple[LostTarget, ...] = ()
    all_phases: bool = False
    guesses: bool = False
    reads_settings: bool = False
    memory: Memory | None = None

    @cached_property
    def graph(self) -> CallGraph:
        """The call graph of what the entry points reach.

        Where an SSOT101 contract's target may be called, modules are in it with all their functions: what nothing
        reaches has the phase `unreached` there. With `all_phases` that is so of every module. For SSOT102 the bodies
        of modules do. Without a contract only SSOT103 asks, for a warning, what runs after the start.
        """
        from ssot_lint.callgraph.bounds import BRIEF, Bounds
        from ssot_lint.callgraph.build import build, build_whole

        self.holding.check(self.config)
        models = self.config.model_files
        bounds = replace(Bounds() if self.config.contracts or self.all_phases else BRIEF, guesses=self.guesses)
        if self.all_phases:
            return build_whole(self.project, self.library, self.entry_points, models=models, bounds=bounds)
        also, bodies = self.held
        # The search for settings takes all these; loaded before they are asked for one by one, all cores parse them.
        self.library.load_closure((point.module for point in self.entry_points), deferred=self.reads_settings)
        self.library.close()
        graph = build(
            self.project,
            self.library,
            self.entry_points,
            also=also,
            bodies=bodies,
            models=models,
            bounds=bounds,
        )
        if graph.is_large:
            gc.collect()  # what the analysis had
        return graph

    def tidy(self) -> None:
        """Frees what a rule has looked at and another will look at anew, where that is much."""
        if self.library.forget(_MUCH):
            self.surroundings.forget()

    def finish_calls(self) -> None:
        """Frees what only rules about calls ask for, where that is much: rules about settings need as much room."""
        if "graph" in vars(self) and self.graph.is_large:
            for part in ("bindings", "graph", "guards", "shapes", "surroundings"):
                vars(self).pop(part, None)
            self.library.forget()
            gc.collect()

    @cached_property
    def holding(self) -> Holding:
        """Which modules may call the targets of contracts."""
        from ssot_lint.checks.holding import Holding

        return Holding(self.project, self.library)

    @cached_property
    def held(self) -> tuple[list[str], list[str]]:
        """The modules that may call a target of an SSOT101 contract, and of an SSOT102 contract."""
        also, bodies = (
            self.holding.modules(each for each in self.config.contracts if each.code == code and each.level != "note")
            for code in ("SSOT101", "SSOT102")
        )
        return also, bodies

    @cached_property
    def surroundings(self) -> Surroundings:
        """What stands around each place of the code."""
        from ssot_lint.checks.surroundings import Surroundings

        return Surroundings(self.library)

    @cached_property
    def shapes(self) -> Shapes:
        """How what is called by an attribute is called elsewhere."""
        from ssot_lint.checks.shapes import Shapes

        return Shapes(self.graph, self.surroundings)

    @cached_property
    def guards(self) -> Guards:
        """What keeps a failure at a place from mattering."""
        from ssot_lint.checks.guards import Guards

        return Guards(self.library, self.surroundings)

    @cached_property
    def bindings(self) -> Bindings:
        """What the modules bind."""
        from ssot_lint.checks.bindings import Bindings

        return Bindings(self.project, self.library)

    @cached_property
    def settings(self) -> Settings:
        """The settings of the project, and the places that speak of them."""
        from ssot_lint.settings.collect import collect

        return collect(self.project, self.library, self.config, self.entry_points, self.looks, self.memory)

    @cached_property
    def lacking(self) -> list[Lacking]:
        """What the deployed services lack of the settings that they need."""
        from ssot_lint.settings.deployments import lacking

        return lacking(self.settings, self.library, self.project)

    @cached_property
    def looks(self) -> Looks:
        """What a look at each file tells of settings and secrets in it."""
        from ssot_lint.settings.looks import Looks

        return Looks(self.project, self.memory)
