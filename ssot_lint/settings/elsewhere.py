"""What a Python file takes from other modules of the project: where it stands, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from ssot_lint.settings.tables import Constant, Items, Table, Text


class Line(int):
    """The line of another file: its path, what the line holds, and the name that brought it here.

    It goes wherever a line goes, so that what is put together from several files stays where it stands.
    """

    path: str
    source: str
    symbol: str

    def __new__(cls, line: int, path: str, source: str, symbol: str) -> Line:
        """The 1-based `line` of the file at `path`."""
        made = super().__new__(cls, line)
        made.path, made.source, made.symbol = path, source, symbol
        return made


@dataclass(frozen=True)
class Module:
    """A module of the project as another one imports it.

    `find` gives the module that an import statement in it names, by the number of dots and the dotted name; None for
    what is no module of the project.
    """

    path: str
    text: str = field(repr=False)
    find: Callable[[int, str], Module | None] = field(repr=False, compare=False)


@dataclass(frozen=True)
class Import:
    """What an import statement binds to a name: a module, or a `name` of it, which may be a module as well."""

    level: int
    module: str
    name: str = ""


def placed(constant: Constant, module: Module, lines: Sequence[str], symbol: str) -> Constant:
    """A constant of another module with the lines of that one."""

    def at(line: int) -> int:
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        return line if isinstance(line, Line) else Line(line, module.path, source, symbol)

    def moved(each: Constant) -> Constant:
        if isinstance(each, Items):
            return Items(tuple(map(moved, each.items)), at(each.line))
        if isinstance(each, Table):
            return Table(tuple((text(key), moved(value)) for key, value in each.pairs), at(each.line))
        return text(each)

    def text(each: Text) -> Text:
        return replace(each, line=at(each.line), origins=tuple((name, at(line)) for name, line in each.origins))

    return moved(constant)
