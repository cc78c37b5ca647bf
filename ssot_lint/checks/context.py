"""What a rule may ask for: each part is worked out when the first rule asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ssot_lint.config.model import Config
from ssot_lint.facts.library import Library
from ssot_lint.project.model import EntryPoint, Project
from ssot_lint.settings.model import Settings


@dataclass
class CheckContext:
    """The project under check, its configuration, and what the stages before the rules make of it."""

    project: Project
    library: Library
    config: Config
    entry_points: tuple[EntryPoint, ...]

    @cached_property
    def settings(self) -> Settings:
        """The settings of the project, and the places that speak of them."""
        from ssot_lint.settings.collect import collect

        return collect(self.project, self.library, self.config, self.entry_points)
