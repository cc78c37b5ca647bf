"""Faults of dataclasses: a field more under those who make one, or a keyword less."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.seeded.faults import Fault, kind, shown
from benchmarks.seeded.files import Edit, File
from benchmarks.seeded.reached import Start

_BASES = ("BaseModel", "NamedTuple", "Struct")


def _records(start: Start, file: File) -> Iterator[tuple[str, File, ast.ClassDef]]:
    """The names in a file of classes that get their `__init__` written."""
    sources: list[tuple[str, File, str]] = [(name, file, name) for name in file.top]
    for node in file.tree.body:
        source = start.files.of(file.import_base(node)) if isinstance(node, ast.ImportFrom) else None
        if source is not None and isinstance(node, ast.ImportFrom):
            sources += [(alias.asname or alias.name, source, alias.name) for alias in node.names]
    for name, source, original in sources:
        for definition in source.top.get(original, []):
            if isinstance(definition, ast.ClassDef) and _is_record(definition) and file.stored[name] == 1:
                yield name, source, definition


def _is_record(definition: ast.ClassDef) -> bool:
    decorated = any("dataclass" in ast.unparse(each) for each in definition.decorator_list)
    derived = any(ast.unparse(each).rpartition(".")[2] in _BASES for each in definition.bases)
    makes = any(isinstance(each, ast.FunctionDef) and each.name == "__init__" for each in definition.body)
    return (decorated or derived) and not makes


def _calls(start: Start) -> Iterator[tuple[File, ast.Call, File, ast.ClassDef]]:
    for file in start.modules():
        records = {name: (source, definition) for name, source, definition in _records(start, file)}
        for call in file.calls.values():
            if isinstance(call.func, ast.Name) and call.func.id in records and start.runs(file, call):
                spread = any(isinstance(each, ast.Starred) for each in call.args)
                if not spread and all(each.arg is not None for each in call.keywords):
                    yield (file, call, *records[call.func.id])


@kind("a required field added to a dataclass or model")
def field_added(start: Start) -> Iterator[Fault]:
    for file, call, source, definition in _calls(start):
        first = next((each for each in definition.body if isinstance(each, ast.AnnAssign)), None)
        if first is not None and not call.args:
            edit = source.insert(source.start(first), f"seeded: int\n{' ' * first.col_offset}")
            yield Fault(("SSOT112",), "seeded", shown(file, call), (edit,))


@kind("a keyword of a dataclass misspelt")
def field_misspelt(start: Start) -> Iterator[Fault]:
    for file, call, _, definition in _calls(start):
        if call.keywords and any("dataclass" in ast.unparse(each) for each in definition.decorator_list):
            keyword = call.keywords[0]
            begin = file.start(keyword)
            edit = Edit(file.path, begin, begin + len(keyword.arg or ""), f"{keyword.arg}x")
            yield Fault(("SSOT112",), definition.name, shown(file, call), (edit,))
