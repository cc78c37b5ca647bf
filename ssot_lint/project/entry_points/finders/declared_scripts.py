"""Commands and plug-ins that a project declares: in `pyproject.toml`, `setup.cfg`, `setup.py`, and an unpacked wheel.

Formats: https://packaging.python.org/en/latest/specifications/entry-points/ and, for Poetry's own table,
https://python-poetry.org/docs/pyproject/#scripts.
"""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.facts.model import DefineClass
from ssot_lint.findings import Phase
from ssot_lint.project.entry_points.search import Mention, Search
from ssot_lint.project.entry_points.serving import dispatched, serves
from ssot_lint.project.entry_points.view import statements
from ssot_lint.project.model import EntryPoint, Source
from ssot_lint.project.paths import parent

NEEDLES = (b"entry_points",)
COMMAND_GROUPS = frozenset({"console_scripts", "gui_scripts"})
# What PasteDeploy calls before it serves. What only its INI files name is loaded by servers that import more before.
FACTORIES = frozenset({
    "paste.app_factory", "paste.composite_factory", "paste.composit_factory", "paste.filter_app_factory",
    "paste.filter_factory",
})  # fmt: skip
IN_A_WHEEL = ".dist-info/entry_points.txt"
_REFERENCE = re.compile(r"([\w.]+)(?::([\w.]+))?(?:\s*\[.*\])?")
_IN_SETUP = re.compile(r"(?<![\w.-])([\w.-]+)[ \t]*=[ \t]*([A-Za-z_][\w.]*:[\w.]+)")
_INI_GROUP = re.compile(r"""(?:\[([\w.]+)\]|["']([\w.]+)["']\s*:)\s*""")


class Declared(NamedTuple):
    """A declaration: its group (`console_scripts`, or a plug-in's), name, reference, and 1-based line."""

    group: str
    name: str
    reference: str
    line: int


def find(search: Search) -> Iterator[EntryPoint]:
    """The functions that commands run, and the modules and functions that plug-ins load."""
    readers = {"pyproject.toml": _pyproject, "setup.cfg": _setup_cfg}
    wheel = _wheel(search)
    for path in search.others:
        reader = _entry_points_txt if path == wheel else readers.get(path.rpartition("/")[2])
        if reader:
            try:
                declared = list(reader(search.text_of(path)))
            except (ValueError, RecursionError, configparser.Error) as error:
                reason = str(error).splitlines()[0]
                search.warnings.append(f"{path}: {reason}; the commands that it declares are not known")
                continue
            yield from _entry_points(search, path, declared, "" if path == wheel else parent(path))
    for source in search.containing(*NEEDLES):
        if source.path.rpartition("/")[2] == "setup.py":
            text = search.bytes_of(source).decode("utf-8", "replace")
            yield from _entry_points(search, source.path, list(_setup_py(text)), parent(source.path))


def _wheel(search: Search) -> str | None:
    """What a project that is one unpacked wheel declares: a root with several has been installed into."""
    found = {path for path in search.others if path.count("/") == 1 and parent(path).endswith(".dist-info")}
    declared = [path for path in found if path.endswith(IN_A_WHEEL)]
    return declared[0] if declared and len({parent(path) for path in found}) == 1 else None


def _entry_points(search: Search, path: str, declared: list[Declared], near: str) -> Iterator[EntryPoint]:
    for group, name, reference, line in declared:
        match = _REFERENCE.fullmatch(reference.strip())
        if match is None:
            continue
        reason = f"command `{name}`" if group in COMMAND_GROUPS else f"plug-in `{name}` of `{group}`"
        mention = Mention(path, line, reason)
        search.expect(match[1], match[2] or "", mention, near=near, is_start=group in COMMAND_GROUPS)
        module = search.module(match[1], near)
        if module is None:
            continue
        is_loaded = group not in COMMAND_GROUPS
        if match[2] and group in FACTORIES:
            yield EntryPoint(f"{module.name}:{match[2]}", "wsgi", "startup", path, line, reason, is_loaded=is_loaded)
        elif match[2] and (not is_loaded or not _is_class(search, module, match[2])):
            spec, symbol = f"{module.name}:{match[2]}", f"{module.name}.{match[2]}"
            serving = [] if is_loaded else sorted(set(dispatched(search, symbol)))
            phase: Phase = "startup" if serving or (not is_loaded and serves(search, symbol)) else "request"
            yield EntryPoint(spec, "script", phase, path, line, reason, is_loaded=is_loaded, is_bare=not is_loaded)
            for function in serving:
                called, _, last = search.definition(function).rpartition(".")
                yield EntryPoint(f"{called}:{last}", "script", "startup", path, line, f"{reason}, which serves")
        else:
            yield EntryPoint(module.name, "script", "import", path, line, reason, is_loaded=is_loaded)


def _is_class(search: Search, module: Source, name: str) -> bool:
    """Whether a plug-in is a class: loading it imports its module, and what instantiates it is not known."""
    module_name, _, last = search.definition(f"{module.name}.{name}").rpartition(".")
    view = search.view(module_name)
    classes = [s.scope for s in statements(view.body.body) if isinstance(s, DefineClass)] if view else []
    return view is None or last in {view.facts.scopes[index].name for index in classes}


def _pyproject(text: str) -> Iterator[Declared]:
    import tomli

    document = tomli.loads(text)
    project = _table(document.get("project"))
    poetry = _table(_table(document.get("tool")).get("poetry"))
    groups = {
        "console_scripts": {**_table(poetry.get("scripts")), **_table(project.get("scripts"))},
        "gui_scripts": _table(project.get("gui-scripts")),
        **_table(poetry.get("plugins")),
        **_table(project.get("entry-points")),
    }
    for group, entries in groups.items():
        for name, value in _table(entries).items():
            reference = _table(value).get("callable") or _table(value).get("reference") or value
            if isinstance(reference, str):
                yield Declared(group, name, reference, _line_of(text, name, reference))


def _table(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _setup_cfg(text: str) -> Iterator[Declared]:
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    section = "options.entry_points"
    for group, lines in parser.items(section) if parser.has_section(section) else ():
        for line in lines.splitlines():
            name, _, reference = (part.strip() for part in line.partition("="))
            if reference:
                yield Declared(group, name, reference, _line_of(text, name, reference))


def _entry_points_txt(text: str) -> Iterator[Declared]:
    parser = configparser.RawConfigParser(delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read_string(text)
    for group in parser.sections():
        for name, reference in parser.items(group):
            yield Declared(group, name, reference, _line_of(text, name, reference))


def _setup_py(text: str) -> Iterator[Declared]:
    """What stands after `entry_points`, as a dict of lists or as INI text, which look alike as text."""
    start = text.find("entry_points")
    for match in _IN_SETUP.finditer(text, start):
        if "#" in text[text.rfind("\n", 0, match.start()) + 1 : match.start()]:
            continue
        groups = [a or b for a, b in _INI_GROUP.findall(text, start, match.start(2))]
        group = next((group for group in reversed(groups)), "console_scripts")
        yield Declared(group, match[1], match[2], text.count("\n", 0, match.start(2)) + 1)


def _line_of(text: str, name: str, reference: str) -> int:
    """The 1-based line that declares a name, 1 if it is not on one line."""
    lines = enumerate(text.splitlines(), start=1)
    return next((number for number, line in lines if name in line and reference in line), 1)
