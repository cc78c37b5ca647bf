"""What a fault is, and the table of their kinds."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.seeded.files import Edit, File
from benchmarks.seeded.reached import Start


@dataclass(frozen=True)
class Fault:
    """One change that breaks the start: a finding of one of the codes whose message has the word must say so.

    `where` names the place that fails when the program runs. `files` are new files (path: text), None for a removed
    one; `config` is the configuration that it is checked with.
    """

    codes: tuple[str, ...]
    word: str
    where: str
    edits: tuple[Edit, ...] = ()
    files: tuple[tuple[str, str | None], ...] = ()
    config: str = ""


Kind = Callable[[Start], Iterator[Fault]]
KINDS: dict[str, Kind] = {}


def kind(name: str) -> Callable[[Kind], Kind]:
    """Enters a kind of fault into the table."""

    def enter(function: Kind) -> Kind:
        KINDS[name] = function
        return function

    return enter


def shown(file: File, node: ast.AST) -> str:
    """A place, for a person."""
    return f"{file.path}:{node.lineno}"  # type: ignore[attr-defined]
