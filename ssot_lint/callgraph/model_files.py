"""The files of `rules/models/`: models of outside libraries as data. `docs/models.md` describes the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

When: TypeAlias = Literal["", "call", "import", "startup", "request", "shutdown"]
Place: TypeAlias = int | str


class Callback(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """One thing that a library calls.

    What: an `argument` (a place; the receiver where none is named), its `elements` if it holds what is called, the
    `methods` (globs) of it that the project defines, of an instance made first if it is a class and `instantiate` says
    when. When: `phase`, empty for that of the call itself, `=N` for the one that literal argument N names. With what:
    `passes`, a list of sources; without it who knows what. A `lifespan` is entered now and left at shutdown.
    """

    argument: Place | None = None
    elements: bool = False
    methods: list[str] = []
    instantiate: When = ""
    phase: str = ""
    passes: list[str] | None = None
    lifespan: bool = False


class CallModel(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A callable: its import paths, what it calls, what it imports by name, what it returns.

    `decorates` is the phase in which the function runs that it is applied to, at once (`@task`) or after options
    (`@task(retries=3)`). `imports` are places of names of modules. `returns` are sources, an instance of the path
    itself where there are none.
    """

    path: str | list[str]
    calls: list[Callback] = []
    decorates: When = ""
    imports: list[Place] = []
    returns: str | list[str] = []


class ClassModel(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A base class of which the library calls methods of every subclass that a project defines."""

    path: str | list[str]
    calls: list[Callback]


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
    call: list[CallModel] = []
    class_: list[ClassModel] = msgspec.field(default=[], name="class")


def expand(paths: str | list[str]) -> Iterator[str]:
    """Every path that paths with `{a,b}` stand for."""
    for path in [paths] if isinstance(paths, str) else paths:
        parts = re.split(r"\{([^}]*)\}", path)
        for choice in product(*(part.split(",") if index % 2 else [part] for index, part in enumerate(parts))):
            yield "".join(choice)


def load_models(directory: Path) -> list[ModelFile]:
    """The model files of a directory, in the order of their names. Raises `ValueError` that names a file at fault."""
    import tomli

    files = []
    for path in sorted(directory.glob("*.toml")):
        try:
            data: Any = tomli.loads(path.read_text(encoding="utf-8"))
            files.append(msgspec.convert(data, ModelFile))
        except (tomli.TOMLDecodeError, msgspec.ValidationError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    return files
