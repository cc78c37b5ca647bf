"""From the bytes of a file to its facts: one LibCST parse, one walk."""

from __future__ import annotations

import libcst as cst

from ssot_lint.facts.compiled import uncompilable
from ssot_lint.facts.deep import TOO_DEEP, run_deep
from ssot_lint.facts.model import ModuleFacts, Suppression, Syntax, Unreadable
from ssot_lint.facts.nesting import bracket_depth
from ssot_lint.facts.positions import on_line
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.statements import lower_module
from ssot_lint.facts.suppressions import suppressions
from ssot_lint.facts.trusting import trusting
from ssot_lint.facts.unreadable import refusal, undecodable, unparsable

# Python's own tokenizer takes no more; LibCST's parser overflows the stack, and ends the process, at some 1,500.
_DEEPEST_BRACKETS = 200


def extract(source: bytes) -> ModuleFacts | Unreadable:
    """The facts of a Python file, or why it can't be read. A pure function of the bytes; never raises."""
    module = parse(source)
    if isinstance(module, Unreadable):
        return module
    try:
        walk, found, syntax = run_deep(lambda: walk_module(module, source))
        for scope in walk.scopes:
            run_deep(scope.seal)
    except RecursionError:
        return Unreadable(1, TOO_DEEP)
    return ModuleFacts(walk.scopes, walk.imports, found, syntax, _count_lines(source), len(walk.nodes))


def parse(source: bytes) -> cst.Module | Unreadable:
    """LibCST's tree of a Python file, or why there is none."""
    if bracket_depth(source) > _DEEPEST_BRACKETS and (refused := refusal(source)):
        return refused
    try:
        with trusting():
            return cst.parse_module(source)
    except cst.ParserSyntaxError as error:
        return undecodable(source) or unparsable(source, error.message)
    except (SyntaxError, UnicodeDecodeError, LookupError) as error:
        return undecodable(source) or Unreadable(1, str(error))


def walk_module(module: cst.Module, source: bytes) -> tuple[Walk, list[Suppression], list[Syntax]]:
    """The one walk: its scopes, imports and sites; the suppressions, and the syntax that not every Python takes.

    The sites of the last two come after all others.
    """
    walk = Walk()
    lower_module(walk, module)
    refused = None if walk.is_refused else uncompilable(source)
    if refused is not None:
        line, what = refused
        walk.needs("", what, on_line(module, line))
    return walk, suppressions(walk, module, source), walk.syntax()


def _count_lines(source: bytes) -> int:
    text = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return text.count(b"\n") + (not text.endswith(b"\n") and bool(text))
