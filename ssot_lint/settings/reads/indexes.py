"""The indexes of all modules of a program, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from ssot_lint.facts.model import ModuleFacts
from ssot_lint.project.model import Source
from ssot_lint.settings.reads.index import ModuleIndex
from ssot_lint.settings.reads.indexing import index_module


class Indexes(Mapping[str, ModuleIndex]):
    """The indexes of a program's modules by dotted name, each made when it is first asked for.

    `sources` are the modules themselves, and `text` gives the bytes of one.
    """

    def __init__(self, modules: Mapping[str, tuple[Source, ModuleFacts]], text: Callable[[str], bytes]) -> None:
        self.sources = modules
        self._text = text
        self._made: dict[str, ModuleIndex] = {}

    def __getitem__(self, name: str) -> ModuleIndex:
        if name not in self._made:
            source, facts = self.sources[name]
            self._made[name] = index_module(name, facts, is_package=source.is_package)
            self._made[name].text = partial(self._text, name)
        return self._made[name]

    @property
    def asked(self) -> dict[str, set[str]]:
        """The classes whose methods were looked for, by module: their qualified names in it."""
        return {
            name: {index.scope(number).qualname for number, _ in index.asked}
            for name, index in self._made.items()
            if index.asked
        }

    @property
    def looked_into(self) -> dict[str, list[int]]:
        """The modules whose index was asked for, and the indices of their scopes that were looked at."""
        return {
            name: [number for number in range(len(index.facts.scopes)) if number not in index.closed]
            for name, index in self._made.items()
        }

    def let_go(self) -> None:
        """Frees all indexes at once; in a large program they take as much room as its call graph."""
        for index in self._made.values():
            index.look = ModuleIndex.look  # the walker knows the index
        self._made.clear()

    def __contains__(self, name: object) -> bool:
        return name in self.sources

    def __iter__(self) -> Iterator[str]:
        return iter(self.sources)

    def __len__(self) -> int:
        return len(self.sources)
