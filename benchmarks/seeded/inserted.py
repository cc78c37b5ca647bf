"""Faults that are put in whole: calls that a contract forbids, and text that is no Python."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from benchmarks.seeded.faults import Fault, kind, shown
from benchmarks.seeded.files import Edit, File
from benchmarks.seeded.reached import Start

_MODULE = "seeded_manager.py"
_PLAIN = """class Manager: ...


def get_manager(user_context=None):
    return Manager()


def current_manager(user_context=None):
    return get_manager(user_context)
"""
_GUARD = """    if user_context is None:
        raise ValueError("no user")
    return Manager()"""
_GUARDED = _PLAIN.replace("    return Manager()", _GUARD)
_CONTRACT = """[[contracts]]
name = "a manager needs a user"
code = "SSOT101"
targets = ["*.get_manager"]
requires = "user_context"
phases = ["import", "startup"]
"""
_AT_IMPORT = """[[contracts]]
name = "no manager at import"
code = "SSOT102"
targets = ["*.get_manager"]
"""
_CALLS = {
    "directly": "seeded_manager.get_manager()",
    "with a variable": "_context = None; seeded_manager.get_manager(_context)",
    "through a wrapper": "seeded_manager.current_manager()",
}


def _first_lines(start: Start, *, at_import: bool = False) -> Iterator[tuple[File, str, Edit]]:
    """Where a statement can be put into a function that runs, and the edit that puts it there."""
    for file in start.modules():
        for qualname, scope in start.scopes(file, at_import=at_import):
            if not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)) or scope.body[0].lineno == scope.lineno:
                continue
            first = scope.body[1 if len(scope.body) > 1 and _is_text(scope.body[0]) else 0]
            if not _is_text(first):
                edit = file.insert(file.start(first), f"%s\n{' ' * first.col_offset}")
                yield file, f"{shown(file, first)} {qualname}", edit


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _inserted(
    start: Start, code: str, call: str, module: str, config: str, *, at_import: bool = False
) -> Iterator[Fault]:
    for _, where, edit in _first_lines(start, at_import=at_import):
        put = edit._replace(text=edit.text % f"import seeded_manager; {call}")
        yield Fault((code,), "get_manager" if config else "_manager", where, (put,), ((_MODULE, module),), config)


@kind("a call without its context, by a contract")
def without_context(start: Start) -> Iterator[Fault]:
    ways = [list(_inserted(start, "SSOT101", call, _PLAIN, _CONTRACT)) for call in _CALLS.values()]
    yield from (way[index] for index in range(len(ways[0])) for way in (ways[index % 3],))


@kind("a call without its context, by the callee's own guard")
def guarded(start: Start) -> Iterator[Fault]:
    ways = [list(_inserted(start, "SSOT103", call, _GUARDED, "")) for call in _CALLS.values()]
    yield from (way[index] for index in range(len(ways[0])) for way in (ways[index % 3],))


@kind("a forbidden call at import")
def at_import(start: Start) -> Iterator[Fault]:
    yield from _inserted(start, "SSOT102", _CALLS["directly"], _PLAIN, _AT_IMPORT, at_import=True)


@kind("a file that can't be parsed")
def unreadable(start: Start) -> Iterator[Fault]:
    for file in start.modules():
        for statement in file.tree.body:
            if isinstance(statement, ast.FunctionDef):
                colon = file.text.rindex(":", 0, file.start(statement.body[0]))
                edit = Edit(file.path, colon, colon + 1, "")
                yield Fault(("SSOT901",), "", f"{file.path}:{statement.lineno}", (edit,))
                break
