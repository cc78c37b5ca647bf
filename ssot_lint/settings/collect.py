"""Finds the settings of a project: in the files that the configuration names, in those of a known kind, in code."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from functools import partial
from typing import TYPE_CHECKING

from ssot_lint.config.model import Config, SourceSpec
from ssot_lint.errors import ConfigurationError, nearest
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.project.model import EntryPoint, Project, Source
from ssot_lint.settings.document import Document, Reader, TooLargeError, UnreadableError
from ssot_lint.settings.drawn_on import without_supply
from ssot_lint.settings.env_from import resolved, takers
from ssot_lint.settings.exposure import is_value
from ssot_lint.settings.files import text_of
from ssot_lint.settings.kept_reads import code_reads
from ssot_lint.settings.looks import Looks
from ssot_lint.settings.mappings import told_by_their_ids, without_parts, without_strays
from ssot_lint.settings.mentions import loaded, loads_from_store
from ssot_lint.settings.model import BARE_SERVICE, ENV_FILE, STARTED, UNKNOWN, Problem, Runner, Setting, Settings
from ssot_lint.settings.python_file import PART
from ssot_lint.settings.readers import readers
from ssot_lint.settings.running import running
from ssot_lint.settings.services import starts_by_command
from ssot_lint.settings.surroundings import surroundings
from ssot_lint.settings.terraform_modules import without_templates
from ssot_lint.settings.yaml_tree import YamlError

if TYPE_CHECKING:
    from ssot_lint.memory import Memory

_RUNNING_KINDS = frozenset({"compose", "kubernetes", "fly"})
"""The kinds that say what their services run."""

_POINTERS = {"--env-vars-file": ("env-vars-file", (".yaml", ".yml", ".json")), ENV_FILE: ("env-file", ("",))}
"""What names a file: the reader that takes it, and how its name ends."""
_DJANGO_SETTINGS = "DJANGO_SETTINGS_MODULE"
_NAMED_SETTINGS = re.compile(rb"DJANGO_SETTINGS_MODULE[\"']\s*(?:,|\]\s*=)\s*[\"']([\w.]+)[\"']")
_TEMPLATE = re.compile(r"\{\{|\{%|<%")


@dataclass
class _Found:
    settings: list[Setting]
    problems: list[Problem]


def collect(
    project: Project,
    library: Library,
    config: Config,
    entry_points: Iterable[EntryPoint],
    looks: Looks,
    memory: Memory | None = None,
) -> Settings:
    """All settings of a project, in the files that `looks` tells of and those that the configuration names.

    Code is read as far as the entry points import it; what earlier runs read of it is taken from `memory`. Raises
    `ConfigurationError` for a `[[sources]]` table that names no file, no reader or no symbol. A file that can't be read
    is one of `Settings.problems`.
    """
    found = _Found([], [])
    paths = sorted({*project.others, *(source.path for source in project.modules.values())})
    named: dict[str, set[str]] = {}
    for source in config.sources:
        for path in _paths_of(source, project, paths):
            if not source.optional or path not in named:
                _read_named(project, source, path, found)
                named.setdefault(path, set()).add(source.symbol or "")
    for path, symbols in named.items():
        if "" not in symbols:
            _read_others(project, looks, path, symbols, found)
    for path in (each for each in paths if each not in named):
        _read_found(project, looks, path, found)
    handing = _read_pointed_at(project, found)
    bare: dict[Runner, Setting] = {
        (each.kind, each.service): each for each in found.settings if each.name == BARE_SERVICE
    }
    by_command = starts_by_command(project, library, (each for each in found.settings if each.name == STARTED))
    found.settings = [each for each in found.settings if each.name not in {BARE_SERVICE, STARTED}]
    modules = reached(project, library, entry_points, frozenset().union(*by_command.values()))
    reads = code_reads(project, library, modules, memory)
    settings = told_by_their_ids(without_parts(without_strays(list(resolved(without_templates(found.settings))))))
    told = running(
        project, library, modules, [*found.settings, *bare.values()], handing, list(entry_points), by_command
    )
    settings = without_supply(settings, is_loaded=loads_from_store(project))
    return Settings(
        tuple(_in_one_case(reads, settings)),
        tuple(found.problems),
        told.runs,
        takers(found.settings),
        handing,
        told.images,
        bare,
        told.workers,
        told.alone,
        partial(loaded, project, {each.path for each in settings if each.kind == "env-file" and each.role == "set"}),
    )


def _in_one_case(reads: Sequence[Setting], others: Sequence[Setting]) -> Iterator[Setting]:
    """All settings; what is read in any case has one name, the first in which others write it."""
    anyhow = {each.name.upper(): each.name for each in reads if each.any_case}
    written = {each.name for each in others}
    for name in sorted(written, reverse=True):
        if name.upper() in anyhow and anyhow[name.upper()] not in written:
            anyhow[name.upper()] = name
    exact = {each.name for each in reads if not each.any_case}
    for each in others:
        name = anyhow.get(each.name.upper(), each.name) if each.name not in exact else each.name
        yield replace(each, name=name) if name != each.name and each.role != "provisioned" else each
    for each in reads:
        yield replace(each, name=anyhow[each.name.upper()]) if each.any_case else each


def reached(
    project: Project, library: Library, entry_points: Iterable[EntryPoint], also: Collection[str] = ()
) -> dict[str, tuple[Source, ModuleFacts]]:
    """The modules that the entry points start, and `also` these, with all that they import, be it in a function."""
    modules: dict[str, tuple[Source, ModuleFacts]] = {}
    for name in library.load_closure({*(point.module for point in entry_points), *also}, deferred=True):
        facts = library.get(name) if name in project.modules else None
        if isinstance(facts, ModuleFacts):
            modules[name] = (project.modules[name], facts)
    return modules


def _paths_of(source: SourceSpec, project: Project, paths: Iterable[str]) -> list[str]:
    """The files that a source names. One that is named without a glob may be one that is ignored otherwise."""
    wanted = source.path.removeprefix("./")
    if not re.search(r"[*?\[]", wanted):
        found = [wanted] if (project.root / wanted).is_file() else []
    else:
        anywhere = wanted.startswith("**/")
        pattern = f"*/{wanted[3:]}" if anywhere else f"/{wanted}"
        found = [path for path in paths if fnmatchcase(f"/{path}", pattern)]
    if not found and not source.optional:
        raise ConfigurationError(source.origin, f"there is no file `{source.path}`")
    return found


def _read_named(project: Project, source: SourceSpec, path: str, found: _Found) -> None:
    kinds = readers()
    if source.kind not in kinds:
        raise ConfigurationError(source.origin, f"no reader is named `{source.kind}`; {nearest(source.kind, kinds)}")
    before = len(found.problems)
    try:
        environment, symbol = source.environment or "", source.symbol or ""
        text = text_of(project, path)
        document = Document(path, text, source.name, environment, symbol, **surroundings(project, path))
    except UnreadableError as error:
        found.problems.append(Problem(path, error.line, str(error)))
        return
    settings = _read(kinds[source.kind], document, found)
    if source.optional and len(found.problems) > before:
        # What a pack takes by its name alone may be something else.
        del found.problems[before:]
    if source.symbol and not settings and len(found.problems) == before:
        raise ConfigurationError(source.origin, f"`{source.symbol}` in `{source.path}` holds no settings")
    found.settings += settings


def _read_others(project: Project, looks: Looks, path: str, symbols: set[str], found: _Found) -> None:
    """Reads what a file holds beside the symbols that sources name; one that can't be read was told of with those."""
    beside = _Found([], [])
    _read_found(project, looks, path, beside)
    found.settings += [each for each in beside.settings if each.group.partition(PART)[0] not in symbols]


def _read_found(project: Project, looks: Looks, path: str, found: _Found) -> None:
    """Reads a file with every reader that recognizes it; most files have none."""
    wanting = looks.readers(path)
    if not wanting:
        return
    try:
        text = text_of(project, path)
    except UnreadableError as error:
        found.problems.append(Problem(path, error.line, str(error)))
        return
    document = Document(path, text, **surroundings(project, path))
    for reader in wanting:
        found.settings += _read(reader, document, found)


def _read(reader: Reader, document: Document, found: _Found) -> list[Setting]:
    """What a reader gives, up to where it could not go on."""
    read: list[Setting] = []
    try:
        for each in reader.read(document):
            read += [] if is_value(each.name) else [_without_value(each)]
    except (UnreadableError, YamlError) as error:
        # A template is no broken file: it is not yet the file that it will be. Of broken modules the library tells.
        is_whole = not _TEMPLATE.search(document.text) and not document.path.endswith(".py")
        is_told = is_whole or isinstance(error, TooLargeError)
        problem = Problem(document.path, error.line, str(error))
        if (document.is_named or is_told) and problem not in found.problems:
            found.problems.append(problem)
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError) as error:
        # What one file has that nobody foresaw is no reason to say nothing of the others.
        found.problems.append(Problem(document.path, 1, f"makes its reader fail ({type(error).__name__}): report it"))
    return read


def _without_value(setting: Setting) -> Setting:
    return replace(setting, secret=UNKNOWN) if is_value(setting.secret) else setting


def _read_pointed_at(project: Project, found: _Found) -> frozenset[tuple[str, Runner, str]]:
    """Reads the files that commands and services name, as theirs; of a service's those that no reader knew by name.

    Returns compose files with their services and the files that these name; an empty path stands for one that is not
    there.
    """
    handing: set[tuple[str, Runner, str]] = set()
    known = {setting.path for setting in found.settings}
    for pointer in [setting for setting in found.settings if setting.name in _POINTERS]:
        found.settings.remove(pointer)
        kind, suffixes = _POINTERS[pointer.name]
        matching = list(_matching(project.others, pointer.group))
        for path in (matching or [""]) if pointer.kind == "compose" else ():
            handing.add((pointer.path, ("compose", pointer.service), path))
        for path in matching:
            if path.endswith(suffixes) and (kind != "env-file" or path not in known):
                document = Document(path, text_of(project, path), declared_environment=pointer.environment)
                settings = _read(readers()[kind], document, found)
                found.settings += [
                    replace(setting, service=pointer.service, group=pointer.secret or setting.group)
                    for setting in settings
                ]
            elif pointer.secret:
                # What was found by its name is what the object holds.
                found.settings = [
                    replace(each, group=pointer.secret) if each.path == path and not each.group else each
                    for each in found.settings
                ]
    return frozenset(handing)


def _matching(paths: Iterable[str], wanted: str) -> Iterator[str]:
    wanted = wanted.removeprefix("./")
    return (path for path in paths if wanted and (path == wanted or (fnmatchcase(path, wanted) and wanted.strip("*/"))))
