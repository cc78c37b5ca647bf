"""Which modules may call a contract's targets, by what stands in their bytes, and which targets none can call."""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable
from typing import TypeAlias

from ssot_lint.config.model import Config, Contract
from ssot_lint.errors import ConfigurationError
from ssot_lint.facts.library import Library
from ssot_lint.project.model import Project

_BUILTIN = "<builtin>"
_IMPORTS = r"^[ \t]*from %s import (?:\*|(?:\([^)]*|[^\n]*)\b%s)"
_Signs: TypeAlias = "tuple[tuple[bytes, re.Pattern[bytes]], ...]"


class Holding:
    """Looks for names in the files of a project; each file is read once."""

    def __init__(self, project: Project, library: Library) -> None:
        self._project = project
        self._library = library
        self._contents: dict[str, bytes] = {}
        self._own = {name.partition(".")[0] for name in project.modules}

    def modules(self, contracts: Iterable[Contract]) -> list[str]:
        """The modules that may call a target of one of the contracts, loaded."""
        wanted = {signs for contract in contracts for target in contract.targets if (signs := self._signs(target))}
        found = [name for name in self._project.modules if any(self._holds(name, signs) for signs in wanted)]
        self._library.prefetch(found)
        return found

    def check(self, config: Config) -> None:
        """Raises `ConfigurationError` where a pattern of a contract can match nothing in the project.

        Packs speak of what few projects have, and what stands outside the project need not be called at all.
        """
        for index, contract in enumerate(config.own_contracts):
            for key, globs in (("targets", contract.targets), ("first", contract.first), ("then", contract.then)):
                for position, glob in enumerate(globs):
                    if why := self._why_nothing(glob):
                        place = config.where("contracts", index, key, position)
                        raise ConfigurationError(place, f"`{glob}` matches nothing: {why}")

    def _why_nothing(self, glob: str) -> str:
        """Why a pattern can match nothing in the project; empty where it may, or is about what stands outside."""
        names = [part for part in glob.split(".") if part.isidentifier()]
        if glob.isidentifier() and glob not in self._own:
            if hasattr(builtins, glob):
                return f"what Python has built in goes by `{_BUILTIN}.{glob}`"
            if self._defines(glob):
                return f"a name stands with its module, as in `*.{glob}`"
        if names and not self._is_outside(glob) and not self._is_known(names[-1]):
            return f"`{names[-1]}` stands in no module of the project"
        return ""

    def _defines(self, name: str) -> bool:
        """Whether a module of the project defines a function or a class of that name."""
        sign = _sign(name, rf"^[ \t]*(?:async def|def|class) {name}\b")
        return any(self._holds(each, (sign,)) for each in self._project.modules)

    def _is_known(self, name: str) -> bool:
        modules = self._project.modules
        return any(name in each.split(".") or self._holds(each, (_word(name),)) for each in modules)

    def _is_outside(self, target: str) -> bool:
        first = target.partition(".")[0]
        return first == _BUILTIN or (first.isidentifier() and first not in self._own)

    def _signs(self, target: str) -> _Signs:
        """What all must stand in a file that calls the target: the last name, as far as it is written out.

        What stands outside the project is imported by its first name too, and a function or module of a module is
        then written with its path or imported from there.
        """
        parts = [_beginning(part) for part in target.split(".")]
        names = [part for part in parts if part]
        if not names:
            return ()
        if not self._is_outside(target) or parts[0] != names[0]:
            return (_word(names[-1]),)
        first, last = names[0], _word(names[-1])
        if 1 < len(names) == len(parts) and names[1].islower():
            path = rf"\b{first}\.{names[1]}|\b{first} as\b|{_IMPORTS % (first, names[1])}"
            return (_word(first), last, _sign(names[1], path))
        return (_sign(first, rf"^[ \t]*(?:import|from) [^\n#]*\b{first}\b"), last)

    def _holds(self, module: str, signs: _Signs) -> bool:
        content = self._contents.get(module)
        if content is None:
            try:
                content = self._project.read(self._project.modules[module])
            except OSError:
                content = b""  # the library reports what can't be read when it is asked for it
            self._contents[module] = content
        return all(text in content for text, _ in signs) and all(pattern.search(content) for _, pattern in signs)


def _beginning(part: str) -> str:
    """A part of a pattern as far as it is written out: `spawn` of `spawn*`."""
    beginning = re.split(r"[*?\[]", part)[0]
    return beginning if beginning.isidentifier() else ""


def _word(name: str) -> tuple[bytes, re.Pattern[bytes]]:
    """A name to look for where a word begins."""
    return _sign(name, rf"\b{name}")


def _sign(name: str, pattern: str) -> tuple[bytes, re.Pattern[bytes]]:
    """A pattern, and the name in it that is looked for first, since that is quick."""
    return name.encode(), re.compile(pattern.encode(), re.MULTILINE)
