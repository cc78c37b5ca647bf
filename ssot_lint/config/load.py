"""Finds the configuration and the project root, and reads them together with the packs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

from ssot_lint.config.document import Document
from ssot_lint.config.model import Config, ConfigKeys, Contract, Drift, DriftExample, PackKeys, Relation, SourceSpec
from ssot_lint.config.resources import rules_directory
from ssot_lint.config.validate import check_contracts, check_references, convert
from ssot_lint.errors import ConfigurationError, UsageError, nearest

FILE_NAME = "ssot-lint.toml"
_PYPROJECT = "pyproject.toml"
_TOOL = ("tool", "ssot-lint")

Placed = TypeVar("Placed", Contract, SourceSpec, Relation, Drift)


def load(paths: Sequence[Path], *, file: Path | None = None, isolated: bool = False) -> Config:
    """The configuration of a run over `paths`, which share one project root.

    `file` is read instead of the one that would be found; `isolated` reads none. Raises `UsageError` for a path that
    isn't there, and `ConfigurationError` for a configuration that can't be followed.
    """
    start = _directory_of(paths)
    if isolated:
        return Config(root=start, document=None)
    document = _document(file.resolve()) if file else _find(start)
    if document is None:
        return Config(root=_root(start), document=None)
    root = start if file else document.path.parent
    keys = convert(document, ConfigKeys)
    check_contracts(document, keys.contracts)
    check_references(document, keys)
    packs = [load_pack(_pack_path(document, index, pack), root) for index, pack in enumerate(keys.packs)]
    contracts = _placed(Contract, "contracts", keys.contracts, document, root)
    sources = _placed(SourceSpec, "sources", keys.sources, document, root)
    relations = _placed(Relation, "relations", keys.relations, document, root)
    written: dict[str, Any] = {
        **msgspec.structs.asdict(keys),
        "contracts": sum((pack.contracts for pack in packs), contracts),
        "sources": sum((pack.sources for pack in packs), sources),
        "relations": sum((pack.relations for pack in packs), relations),
        "examples": sum((pack.examples for pack in packs), _examples(keys.examples, sources, document, root)),
    }
    return Config(root=root, document=document, **written)


class Pack(NamedTuple):
    """What a pack's file holds. Its sources and relations are optional: few projects have all that they speak of."""

    contracts: tuple[Contract, ...]
    sources: tuple[SourceSpec, ...]
    relations: tuple[Relation, ...]
    examples: tuple[Drift, ...]


def load_pack(path: Path, root: Path) -> Pack:
    """Reads a pack. Raises `ConfigurationError`."""
    document = Document(path)
    keys = convert(document, PackKeys)
    check_contracts(document, keys.contracts)
    placed = _placed(SourceSpec, "sources", keys.sources, document, root)
    sources = tuple(msgspec.structs.replace(source, optional=True) for source in placed)
    relations = _placed(Relation, "relations", keys.relations, document, root)
    return Pack(
        _placed(Contract, "contracts", keys.contracts, document, root),
        sources,
        tuple(msgspec.structs.replace(relation, optional=True) for relation in relations),
        _examples(keys.examples, sources, document, root),
    )


def _examples(
    examples: Iterable[DriftExample], sources: tuple[SourceSpec, ...], document: Document, root: Path
) -> tuple[Drift, ...]:
    placed = _placed(Drift, "examples", examples, document, root)
    return tuple(msgspec.structs.replace(example, sources=sources) for example in placed)


def shipped_packs() -> dict[str, Path]:
    """The packs that come with the tool, by name."""
    return {path.stem: path for path in sorted((rules_directory() / "packs").glob("*.toml"))}


def _placed(
    type_: type[Placed], key: str, tables: Iterable[msgspec.Struct], document: Document, root: Path
) -> tuple[Placed, ...]:
    path = document.path
    shown = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return tuple(
        type_(**msgspec.structs.asdict(table), origin=f"{shown}:{document.line((key, index))}")
        for index, table in enumerate(tables)
    )


def _pack_path(document: Document, index: int, pack: str) -> Path:
    if pack.endswith(".toml"):
        return document.path.parent / pack
    shipped = shipped_packs()
    if pack not in shipped:
        raise ConfigurationError(
            document.where(("packs", index)), f"no pack is named `{pack}`; {nearest(pack, shipped)}"
        )
    return shipped[pack]


def _document(path: Path) -> Document:
    if path.name != _PYPROJECT:
        return Document(path)
    document = Document(path, _TOOL)
    if not document.present:
        raise ConfigurationError(document.where(), "has no table `[tool.ssot-lint]`")
    return document


def _find(start: Path) -> Document | None:
    """The nearest configuration at or above a directory, inside the repository that it belongs to."""
    for directory in _upwards(start):
        own = directory / FILE_NAME
        if own.is_file() or own.is_symlink():  # one that leads nowhere is told of
            return Document(own)
        if (directory / _PYPROJECT).is_file():
            document = Document(directory / _PYPROJECT, _TOOL)
            if document.present:
                return document
    return None


def _root(start: Path) -> Path:
    for directory in _upwards(start):
        if (directory / _PYPROJECT).is_file() or (directory / ".git").exists():
            return directory
    return start


def _upwards(start: Path) -> Iterable[Path]:
    """A directory and those above it, up to the root of its repository."""
    for directory in (start, *start.parents):
        yield directory
        if (directory / ".git").exists():
            return


def _directory_of(paths: Sequence[Path]) -> Path:
    """The directory that holds all the paths, inside the repository of any of them."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or directory")
    directories = [path if path.is_dir() else path.parent for path in map(Path.resolve, paths)]
    above = Path(os.path.commonpath(directories))
    for path, directory in zip(paths, directories, strict=True):
        if _is_in_repository(directory) and not _is_in_repository(above):
            raise UsageError(f"{path}: in a repository that does not hold the other paths; a run is over one project")
    return above


def _is_in_repository(directory: Path) -> bool:
    return any((each / ".git").exists() for each in _upwards(directory))
