"""Which modules may call a contract's targets, by the names in their bytes, and which targets none can call."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_lint.config.model import Config
from ssot_lint.errors import ConfigurationError
from ssot_lint.facts.library import Library
from ssot_lint.project.model import Project


class Holding:
    """Looks for names in the files of a project; each file is read once."""

    def __init__(self, project: Project, library: Library) -> None:
        self._project = project
        self._library = library
        self._contents: dict[str, bytes] = {}
        self._own = {name.partition(".")[0] for name in project.modules}

    def modules(self, targets: Iterable[str]) -> list[str]:
        """The modules that hold the names of one of the targets, loaded."""
        wanted = {names for target in targets if (names := self._names(target))}
        found = [name for name in self._project.modules if wanted and self._holds(name, wanted)]
        self._library.prefetch(found)
        return found

    def check(self, config: Config) -> None:
        """Raises `ConfigurationError` where a pattern of a contract can match nothing in the project.

        Packs speak of what few projects have, and what stands outside the project need not be called at all.
        """
        own = len(config.document.table.get("contracts", ())) if config.document is not None else 0
        for index, contract in enumerate(config.contracts[:own]):
            for key, globs in (("targets", contract.targets), ("first", contract.first), ("then", contract.then)):
                for position, glob in enumerate(globs):
                    names = self._names(glob)
                    if len(names) == 1 and not self._is_known(names[0].decode()):
                        raise ConfigurationError(
                            config.where("contracts", index, key, position),
                            f"`{glob}` matches nothing: `{names[0].decode()}` stands in no module of the project",
                        )

    def _is_known(self, name: str) -> bool:
        modules = self._project.modules
        return any(name in each.split(".") or self._holds(each, [(name.encode(),)]) for each in modules)

    def _names(self, target: str) -> tuple[bytes, ...]:
        """The names without which no file can call the target.

        That is the last one that is written out. What stands outside the project is imported by its first name too.
        """
        literal = [part for part in target.split(".") if part.isidentifier()]
        if not literal:
            return ()
        first = target.partition(".")[0]
        outside = first.isidentifier() and first not in self._own
        return tuple(name.encode() for name in ({first, literal[-1]} if outside else {literal[-1]}))

    def _holds(self, module: str, wanted: Iterable[tuple[bytes, ...]]) -> bool:
        content = self._contents.get(module)
        if content is None:
            try:
                content = self._project.read(self._project.modules[module])
            except OSError:
                content = b""  # the library reports what can't be read when it is asked for it
            self._contents[module] = content
        return any(all(name in content for name in names) for names in wanted)
