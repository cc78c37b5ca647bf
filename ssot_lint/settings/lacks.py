"""What services lack, and how it is told: what code can't do without, and which of it a service runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ssot_lint.facts.library import Library
from ssot_lint.findings import Site
from ssot_lint.settings.model import Runner, Setting, Settings
from ssot_lint.settings.needed import needed_settings, read_without_default
from ssot_lint.settings.reads.reaching import Reaching

_FEWEST = 3


@dataclass(frozen=True)
class Lacking:
    """Names that code needs and that services are not given where they are deployed: one fault.

    `deployments` are places that give each of the services something there, `elsewhere` those that give the names in
    another environment, `reads` the reads. `is_sure` says that the code can't do without them.
    """

    names: tuple[str, ...]
    are_secrets: bool
    deployments: tuple[Setting, ...]
    environments: tuple[str, ...]
    elsewhere: tuple[Setting, ...]
    reads: tuple[Setting, ...]
    is_sure: bool

    def speaks_of(self, name: str, environment: str) -> bool:
        """Whether that name is lacking in an environment."""
        return name in self.names and environment in self.environments


class Code:
    """What code can't do without, and which of it the modules of a service do."""

    def __init__(self, settings: Settings, library: Library) -> None:
        self._settings = settings
        self._reaching = Reaching(library)
        self._reached: dict[tuple[frozenset[str], bool], set[tuple[str, str]]] = {}

    @cached_property
    def needed(self) -> Mapping[str, list[Setting]]:
        """The reads of what some service can't do without, or the program as a whole."""
        found = needed_settings(self._settings)
        for modules in dict.fromkeys([*self._settings.runs.values(), *self._settings.images.values()]):
            for name, reads in needed_settings(self._settings, modules).items():
                found.setdefault(name, reads)
        return found

    def needs(self, name: str, environment: str) -> bool:
        """Whether code can't do without a name in an environment."""
        return any(each.may_be_in(environment) for each in self.needed.get(name, ()))

    def needed_by(self, modules: frozenset[str], runner: Runner | None = None) -> list[str]:
        """What the modules can't do without, as far as something in them calls what reads it.

        Of a service that leaves its tasks to another one these are not called.
        """
        workers = self._settings.workers
        works = runner is None or not workers or runner in workers
        return self._by(modules, needed_settings(self._settings, modules), works=works)

    def read_by(self, modules: frozenset[str]) -> list[str]:
        """What the modules read, None or not, as far as something in them calls what reads it."""
        return self._by(modules, read_without_default(self._settings, modules))

    def read_of(self, settings: Settings, modules: frozenset[str]) -> set[str]:
        """All that the modules themselves read, with a default or without."""
        return {
            each.name
            for each in settings.of("read")
            if each.kind == "code" and isinstance(each.place, Site) and each.place.module in modules
        }

    def _by(self, modules: frozenset[str], known: Mapping[str, list[Setting]], *, works: bool = True) -> list[str]:
        if known and (modules, works) not in self._reached:
            self._reached[modules, works] = self._reaching.running(modules, works=works)
        reached = self._reached.get((modules, works), set())
        return [
            name
            for name, reads in known.items()
            if any(isinstance(each.place, Site) and (each.place.module, each.group) in reached for each in reads)
        ]


def has_the_rest(wanted: Collection[str], missing: Collection[str], read: Iterable[str] = ()) -> bool:
    """Whether a service is given so much of what its code needs that it is meant to have all.

    Where it lacks one, what else it is given that its code reads counts too.
    """
    given = len(wanted) - len(missing)
    if not missing or not given or len(missing) * 2 > len(wanted):
        return False
    return given >= _FEWEST or given >= 2 * len(missing) or (len(missing) == 1 and len(set(read)) >= _FEWEST)
