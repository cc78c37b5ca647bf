"""Texts that are written out and ask for what their call does not give: `"{name}: {value}".format(name="x")`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from string import Formatter

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.facts.model import Attribute, Call, Const, Star

_FORMAT = "<builtin>.str.format"
_FIRST = re.compile(r"[^.\[]*")


def unnamed(start: Start) -> Iterator[tuple[Reached, CallRecord, str]]:
    """Calls that lack a keyword."""
    for place, call, written, fields in _formatting(start):
        given = {name for name, _ in written.keywords}
        lost = [each for each in fields if each and not each.isdigit() and each not in given]
        if lost:
            yield place, call, f"the text asks for `{lost[0]}`, which it does not get"


def unnumbered(start: Start) -> Iterator[tuple[Reached, CallRecord, str]]:
    """Calls that lack an argument by its place."""
    for place, call, written, fields in _formatting(start):
        numbered = [int(each) for each in fields if each.isdigit()]
        wanted = max([*numbered, fields.count("") - 1], default=-1) + 1
        if wanted > len(written.arguments):
            yield place, call, f"the text asks for {wanted} arguments by their place, and gets {len(written.arguments)}"


def _formatting(start: Start) -> Iterator[tuple[Reached, CallRecord, Call, tuple[str, ...]]]:
    """The calls of `format` on a text that is written there, with all that they give, and what the text asks for."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.target != _FORMAT or call.kind != "call":
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            written = start.context.surroundings.node(place.site) if start.counts(place) else None
            if not isinstance(written, Call) or not isinstance(written.function, Attribute):
                continue
            text = written.function.value
            if not isinstance(text, Const) or not isinstance(text.value, str):
                continue
            is_spread = any(isinstance(each, Star) for each in written.arguments)
            fields = _fields(text.value)
            if fields and not is_spread and all(name is not None for name, _ in written.keywords):
                yield place, call, written, fields


@cache
def _fields(text: str) -> tuple[str, ...]:
    """What a text asks for, by name or number, empty for the next one; nothing where it is malformed."""
    try:
        parts = [(name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None]
        inner = [name for _, spec in parts for _, name, _, _ in Formatter().parse(spec or "") if name is not None]
    except ValueError:
        return ()
    found = (_FIRST.match(name) for name in (*(name for name, _ in parts), *inner))
    return tuple(each[0] for each in found if each is not None)
