"""From sites to lines and columns, for the few files that need them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

import libcst as cst

from ssot_lint.comments import MARK
from ssot_lint.facts.compiled import compiles
from ssot_lint.facts.deep import run_deep
from ssot_lint.facts.extract import walk_module
from ssot_lint.facts.model import BODY_SITES, Site, Unreadable
from ssot_lint.facts.parser import parse
from ssot_lint.facts.positions import positions
from ssot_lint.facts.waiting import hollow, outermost_functions

_NEWLINE = re.compile(r"\r\n?|\n")


class Location(NamedTuple):
    """A place in a file. 1-based; columns count Unicode code points; ends are exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def locate(source: bytes, wanted: Collection[Site] | None = None) -> dict[Site, Location]:
    """Where the wanted sites (default: all) of a file's facts stand. A source that can't be read has none.

    It runs the walk that gave the sites, so that they agree by construction. Sites that don't exist are left out.
    Bodies of functions in which none is wanted are not looked at, if they hold nothing unusual.
    """
    if wanted is not None and MARK not in source and b"\f" not in source and compiles(source):
        functions = outermost_functions(source)
        emptied = hollow(source, functions, {site // BODY_SITES for site in wanted})
        found = _located(emptied, wanted, len(functions)) if len(emptied) < len(source) else None
        if found is not None:
            return found
    return _located(source, wanted) or {}


def _located(
    source: bytes, wanted: Collection[Site] | None, functions: int | None = None
) -> dict[Site, Location] | None:
    """None for a source that can't be read, or that has not so many functions outside of others."""
    module = parse(source)
    if isinstance(module, Unreadable):
        return None
    try:
        walk = run_deep(lambda: walk_module(module, source)[0])
        if functions not in (None, len(walk.of_bodies)):
            return None
        return run_deep(lambda: _locations(module, source, walk.located(), wanted))
    except RecursionError:
        return None


def _locations(
    module: cst.Module, source: bytes, nodes: dict[Site, cst.CSTNode], wanted: Collection[Site] | None
) -> dict[Site, Location]:
    sites = nodes if wanted is None else sorted(site for site in wanted if site in nodes)
    found_at = positions(module, [nodes[site] for site in sites])
    dropped = _dropped_columns(module, source)
    found: dict[Site, Location] = {}
    for site in sites:
        start, end = found_at[nodes[site]].start, found_at[nodes[site]].end
        column = start.column + 1 + dropped.get(start.line, 0)
        found[site] = Location(start.line, column, end.line, end.column + 1 + dropped.get(end.line, 0))
    return found


def _dropped_columns(module: cst.Module, source: bytes) -> dict[int, int]:
    """How many characters a line has lost: LibCST drops form feeds before a statement of the module."""
    if b"\f" not in source:
        return {}
    written, printed = (_NEWLINE.split(text) for text in (source.decode(module.encoding), module.code))
    return {
        line: len(whole) - len(rest)
        for line, (whole, rest) in enumerate(zip(written, printed, strict=False), start=1)
        if whole != rest
    }
