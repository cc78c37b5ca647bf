"""Faults of names: removed, misspelt, no longer imported, imported too early, copied too early."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from benchmarks.seeded.faults import Fault, kind, shown
from benchmarks.seeded.files import Definition, Edit, File
from benchmarks.seeded.reached import Start

_GONE = "_gone"


class _Taken(NamedTuple):
    """`from source import name` in a body that is imported, where `source` defines the name once."""

    file: File
    node: ast.ImportFrom
    alias: ast.alias
    source: File
    definition: ast.stmt

    @property
    def name(self) -> str:
        return self.alias.asname or self.alias.name


def _taken(start: Start) -> Iterator[_Taken]:
    for file in start.modules():
        for node in file.tree.body:
            if not isinstance(node, ast.ImportFrom):
                continue
            source = start.files.of(file.import_base(node))
            for alias in node.names:
                found = source.top.get(alias.name, []) if source is not None else []
                if source is not None and len(found) == 1 and source.stored[alias.name] == 1:
                    yield _Taken(file, node, alias, source, found[0])


def _renamed(source: File, name: str, definition: ast.stmt) -> Iterator[Edit]:
    """The definition and its uses in its own file under another name."""
    if isinstance(definition, Definition):
        yield source.name_of(definition)._replace(text=name + _GONE)
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Name) and node.id == name:
            yield source.replace(node, name + _GONE)


@kind("a definition renamed that others import")
def removed_name(start: Start) -> Iterator[Fault]:
    for each in _taken(start):
        edits = tuple(_renamed(each.source, each.alias.name, each.definition))
        yield Fault(("SSOT110",), each.alias.name, shown(each.file, each.node), edits)


@kind("an imported name misspelt")
def misspelt_import(start: Start) -> Iterator[Fault]:
    for each in _taken(start):
        alias = each.alias
        edit = Edit(each.file.path, each.file.start(alias), each.file.start(alias) + len(alias.name), alias.name + "x")
        yield Fault(("SSOT110",), f"{alias.name}x", shown(each.file, each.node), (edit,))


@kind("a module removed that others import")
def removed_module(start: Start) -> Iterator[Fault]:
    seen = set()
    for each in _taken(start):
        if not each.source.source.is_package and each.source.path not in seen:
            seen.add(each.source.path)
            gone = ((each.source.path, None),)
            yield Fault(("SSOT110",), each.source.source.name.rpartition(".")[2], shown(each.file, each.node), (), gone)


@kind("an import dropped whose name is used")
def dropped_import(start: Start) -> Iterator[Fault]:
    for file in start.modules():
        for statement in file.tree.body:
            if not isinstance(statement, (ast.Import, ast.ImportFrom)) or len(statement.names) != 1:
                continue
            name = (statement.names[0].asname or statement.names[0].name).partition(".")[0]
            if file.stored.get(name) != 1 or getattr(statement, "module", "") == "__future__":
                continue
            for use in _uses(start, file, name):
                yield Fault(("SSOT111",), name, shown(file, use), (file.replace(statement, "pass"),))
                break


@kind("a used name misspelt")
def misspelt_name(start: Start) -> Iterator[Fault]:
    for file in start.modules():
        for name in sorted(file.stored):
            for use in _uses(start, file, name):
                yield Fault(("SSOT111",), f"{name}x", shown(file, use), (file.replace(use, f"{name}x"),))
                break


def _uses(start: Start, file: File, name: str) -> Iterator[ast.Name]:
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load) and start.runs(file, node):
            yield node


@kind("a definition renamed that others read from its module")
def removed_member(start: Start) -> Iterator[Fault]:
    for file in start.modules():
        modules = dict(_modules(start, file))
        for node in ast.walk(file.tree):
            if (
                isinstance(node, ast.Attribute)
                and isinstance(node.ctx, ast.Load)
                and isinstance(node.value, ast.Name)
                and node.value.id in modules
                and start.runs(file, node)
            ):
                source = modules[node.value.id]
                found = source.top.get(node.attr, [])
                if len(found) == 1 and source.stored[node.attr] == 1:
                    edits = tuple(_renamed(source, node.attr, found[0]))
                    yield Fault(("SSOT113",), node.attr, shown(file, node), edits)


def _modules(start: Start, file: File) -> Iterator[tuple[str, File]]:
    """The modules of the project that a body binds names to."""
    for node in file.tree.body:
        pairs = []
        if isinstance(node, ast.Import):
            pairs = [(alias.asname, alias.name) for alias in node.names if alias.asname]
        elif isinstance(node, ast.ImportFrom):
            base = file.import_base(node)
            pairs = [(alias.asname or alias.name, f"{base}.{alias.name}") for alias in node.names]
        for name, module in pairs:
            source = start.files.of(module)
            if source is not None and file.stored.get(name or "") == 1:
                yield name or "", source


@kind("an import that closes a cycle")
def cycle(start: Start) -> Iterator[Fault]:
    """B imports from A at its top what A defines after it has imported from B."""
    for each in _taken(start):
        later = [
            statement.name
            for statement in each.file.tree.body
            if isinstance(statement, Definition) and statement.lineno > each.node.lineno
        ]
        names = [name for name in later if each.file.stored[name] == 1]
        first = next((it for it in each.source.tree.body if not _is_prologue(it)), None)
        if names and first is not None and first.lineno <= each.definition.lineno:
            text = f"from {each.file.source.name} import {names[0]} as _early\n"
            edit = each.source.insert(each.source.offset(first.lineno, 0), text)
            yield Fault(("SSOT114",), "half initialised", shown(each.file, each.node), (edit,))


def _is_prologue(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


@kind("a copied global that is set only later")
def stale_copy(start: Start) -> Iterator[Fault]:
    for each in _taken(start):
        definition = each.definition
        if not isinstance(definition, ast.Assign) or len(definition.targets) != 1:
            continue
        value = each.source.text[each.source.start(definition.value) : each.source.end(definition.value)]
        if not isinstance(definition.value, ast.Call) or each.file.stored[each.name] != 1:
            continue
        for use in _uses(start, each.file, each.name):
            around = each.file.parents[use]
            if (isinstance(around, ast.Attribute)) or (isinstance(around, ast.Call) and around.func is use):
                name = each.alias.name
                text = f"{name} = None\n\n\ndef _set_later():\n    global {name}\n    {name} = ({value})\n"
                edit = each.source.replace(definition, text)
                yield Fault(("SSOT115",), each.name, shown(each.file, use), (edit,))
                break
