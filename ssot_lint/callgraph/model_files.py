"""The files of `rules/models/`: models of outside libraries as data. `docs/models.md` describes the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Literal, TypeAlias

import msgspec

from ssot_lint.config.document import Document
from ssot_lint.config.resources import rules_directory
from ssot_lint.config.validate import convert

_PLACE = r"(\*|\d+(/\w+)*|argument:\w+(/\w+)*)"
_WORD = r"(arguments|rest|receiver|result(:\d)?|yielded|decorator|decorated|none|unknown|path:[^\s|]+)"
_ONE = rf"((elements|items|list|dict|spread|entered|holder:[\w.]+):)*({_PLACE}|{_WORD})"
_SOURCE = rf"((list:)*row:{_ONE}(&{_ONE})*|{_ONE})"
_PHASE = r"(|call|import|startup|request|shutdown|=\w+(/\w+)*)"

When: TypeAlias = Literal["", "call", "import", "startup", "request", "shutdown"]
Place: TypeAlias = int | str


class Callback(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """One thing that a library calls.

    What: an `argument` (a place; the receiver where none is named), its `elements` if it holds what is called, the
    `methods` (globs) of it that the project defines (none if it defines the method `unless` too), of an instance made
    first if it is a class and `instantiate` says when. When: `phase`, empty for that of the call itself, `=N` for the
    one that literal argument N names. With what: `passes`, a list of sources; without it who knows what. A `lifespan`
    is entered now and left at shutdown. `kept` calls what the receiver was made to keep, with the arguments that were
    kept with it. `below` names a class: instances of the project's classes below it are called, as far as that is
    asked, for nobody says which of them are in place.
    """

    argument: Place | None = None
    elements: bool = False
    methods: tuple[str, ...] | None = None
    unless: str = ""
    instantiate: When = ""
    phase: str = ""
    passes: tuple[str, ...] | None = None
    lifespan: bool = False
    kept: bool = False
    below: str = ""

    def __post_init__(self) -> None:
        _check(self.phase, _PHASE, "phase")
        for sources in self.passes or ():
            _check_sources(sources)


class CallModel(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A callable: its import paths, what it calls, what it imports by name, what it returns.

    `decorates` is the phase in which the function runs that it is applied to, at once (`@task`) or after options
    (`@task(retries=3)`). `imports` are places of names of modules. `keeps` is what the new
    object keeps, to call it when another model says so. A `task` leaves its first argument, a coroutine, running.
    `returns` is a source, an instance of the path itself where there is none.
    """

    path: str | tuple[str, ...]
    calls: tuple[Callback, ...] = ()
    keeps: Callback | None = None
    decorates: When = ""
    imports: tuple[Place, ...] = ()
    task: bool = False
    returns: str = ""

    def __post_init__(self) -> None:
        if self.returns:
            _check_sources(self.returns)


class ClassModel(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A base class of which the library calls methods of every subclass that a project defines."""

    path: str | tuple[str, ...]
    calls: tuple[Callback, ...]


class ModelFile(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """One file.

    `aliases` map import paths, and all below them, to the one under which the models know them; `attributes` map
    attribute paths to the path that their value stands for (`app.state`); `inherits` maps a class to the one whose
    models hold for it too. `{a,b}` in a key or a path stands for either.
    """

    library: str
    aliases: dict[str, str] = {}
    attributes: dict[str, str] = {}
    inherits: dict[str, str] = {}
    call: tuple[CallModel, ...] = ()
    class_: tuple[ClassModel, ...] = msgspec.field(default=(), name="class")


def _check_sources(sources: str) -> None:
    for source in sources.split("|"):
        _check(source, _SOURCE, "source")


def _check(word: str, pattern: str, kind: str) -> None:
    if not re.fullmatch(pattern, word):
        raise ValueError(f'"{word}" is no {kind} of models')


def expand(paths: str | Iterable[str]) -> Iterator[str]:
    """Every path that paths with `{a,b}` stand for."""
    for path in [paths] if isinstance(paths, str) else paths:
        parts = re.split(r"\{([^}]*)\}", path)
        for choice in product(*(part.split(",") if index % 2 else [part] for index, part in enumerate(parts))):
            yield "".join(choice)


def libraries(files: Iterable[ModelFile]) -> frozenset[str]:
    """The top-level packages that models speak of."""
    paths: list[str] = []
    for file in files:
        paths += [*file.aliases, *file.attributes, *file.inherits]
        written = [*(model.path for model in file.call), *(model.path for model in file.class_)]
        paths += [path for each in written for path in expand(each)]
    return frozenset(path.partition(".")[0] for path in paths)


def load_models(own: Sequence[Path] = ()) -> list[ModelFile]:
    """The shipped models, then a project's own, which win over them. Raises `ConfigurationError`."""
    shipped = sorted((rules_directory() / "models").glob("*.toml"))
    return [convert(Document(path), ModelFile) for path in (*shipped, *own)]
