"""The calls in the modules of a program by the last names of what is called, and the names that functions go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ssot_lint.facts.model import Call
from ssot_lint.settings.reads.index import Alias, ModuleIndex, Use


class Callers:
    """The calls in the `scanned` ones of the modules."""

    def __init__(self, modules: Mapping[str, ModuleIndex], scanned: Sequence[str]) -> None:
        self.modules = modules
        self.scanned = scanned
        self._callers: dict[str, list[str]] | None = None
        self._calls: dict[str, list[tuple[ModuleIndex, Use, Call]]] = {}

    def aliases_of(self, names: set[str]) -> Iterator[tuple[ModuleIndex, Alias]]:
        """What the scanned modules assign or give that has one of the last names (of a lambda, qualified ones)."""
        for module in (self.modules[scanned] for scanned in self.scanned):
            for name in sorted(names & module.aliases.keys()):  # what is looked up first may decide circles
                yield from ((module, alias) for alias in module.aliases[name])

    def calls_of(self, name: str) -> list[tuple[ModuleIndex, Use, Call]]:
        """The calls in the scanned modules of what has that last name."""
        if name not in self._calls:
            self._calls[name] = [
                (module, use, use.node)
                for module in (self.modules[scanned] for scanned in self._calling(name))
                for use in module.calls[name]
                if isinstance(use.node, Call)
            ]
        return self._calls[name]

    def _calling(self, name: str) -> list[str]:
        if self._callers is None:
            callers: defaultdict[str, list[str]] = defaultdict(list)
            for scanned in self.scanned:
                for called in self.modules[scanned].calls:
                    callers[called].append(scanned)
            self._callers = dict(callers)
        return self._callers.get(name, [])
