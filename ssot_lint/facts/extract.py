"""From the bytes of a file to its facts: one LibCST parse, one walk."""

from __future__ import annotations

import libcst as cst

from ssot_lint.comments import MARK
from ssot_lint.facts.compiled import compiles, uncompilable
from ssot_lint.facts.deep import TOO_DEEP, run_deep
from ssot_lint.facts.model import ModuleFacts, Suppression, Syntax, Unreadable
from ssot_lint.facts.parser import parse, parse_bare
from ssot_lint.facts.positions import on_line
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.statements import lower_module
from ssot_lint.facts.suppressions import suppressions
from ssot_lint.facts.waiting import outermost_functions, outline


def extract(source: bytes) -> ModuleFacts | Unreadable:
    """The facts of a Python file, or why it can't be read. A pure function of the bytes; never raises."""
    module = parse(source) if MARK in source else parse_bare(source)
    if isinstance(module, Unreadable):
        return module
    try:
        walk, found, syntax = run_deep(lambda: walk_module(module, source, is_bare=True))
        return _sealed(walk, source, found, syntax)
    except RecursionError:
        return Unreadable(1, TOO_DEEP)


def extract_outline(source: bytes) -> ModuleFacts | Unreadable:
    """The same, where bodies of functions that matter to nothing outside of them are left unread."""
    functions = outermost_functions(source) if MARK not in source and compiles(source) else []
    text, unread = outline(source, functions)
    module = parse_bare(text, is_compiled=True) if unread else None
    if not isinstance(module, cst.Module):
        return extract(source)
    walk = Walk(unread)
    try:
        run_deep(lambda: lower_module(walk, module))
        is_right = len(walk.of_bodies) == len(functions)
        return _sealed(walk, source, [], walk.syntax()) if is_right else extract(source)
    except RecursionError:
        return Unreadable(1, TOO_DEEP)


def _sealed(walk: Walk, source: bytes, found: list[Suppression], syntax: list[Syntax]) -> ModuleFacts:
    """Raises `RecursionError`."""
    for scope in walk.scopes:
        run_deep(scope.seal)
    return ModuleFacts(walk.scopes, walk.imports, found, syntax, _count_lines(source), walk.unread)


def walk_module(
    module: cst.Module, source: bytes, *, is_bare: bool = False
) -> tuple[Walk, list[Suppression], list[Syntax]]:
    """The one walk: its scopes, imports and sites; the suppressions, and the syntax that not every Python takes.

    The sites of the last two come after all others. A bare tree gives the same, but the node of a place where Python's
    compiler refuses the file.
    """
    walk = Walk()
    lower_module(walk, module)
    refused = None if walk.is_refused else uncompilable(source)
    if refused is not None:
        line, what = refused
        walk.needs("", what, module if is_bare else on_line(module, line))
    return walk, suppressions(walk, module, source), walk.syntax()


def _count_lines(source: bytes) -> int:
    text = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.count(b"\n") + (not text.endswith(b"\n") and bool(text))
