"""Regular expressions that are written out and that Python refuses: `re.compile("[a-z")`."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from functools import cache

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.checks.library_calls import is_alone
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.facts.model import Call, Const

# How many arguments these take before the flags, which may make of a pattern something else.
_TAKING = {
    "re.compile": 1, "re.match": 2, "re.search": 2, "re.fullmatch": 2, "re.findall": 2, "re.finditer": 2,
    "re.split": 3, "re.sub": 4, "re.subn": 4,
}  # fmt: skip
# What no version of Python takes.
_NEVER = re.compile(
    r"unterminated character set|missing \), unterminated subpattern|unbalanced parenthesis|nothing to repeat|"
    r"bad character range|min repeat greater than max repeat|missing group name|redefinition of group name|"
    r"look-behind requires fixed-width pattern|invalid group reference"
)
_LONGEST = 5_000


def refused(start: Start) -> Iterator[tuple[Reached, CallRecord, str]]:
    """Each call that surely gets such a pattern, and what Python says of it."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.target not in _TAKING or call.kind != "call" or call.certainty != "certain":
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            spoken = start.context.surroundings.node(place.site) if start.counts(place) else None
            if isinstance(spoken, Call) and is_alone(node, call.at) and _is_plain(spoken, _TAKING[call.target]):
                pattern = spoken.arguments[0]
                why = _fault(pattern.value) if isinstance(pattern, Const) and isinstance(pattern.value, str) else ""
                if why:
                    yield place, call, f"its pattern is no regular expression: {why}"


def _is_plain(call: Call, most: int) -> bool:
    return 0 < len(call.arguments) <= most and all(name not in (None, "flags") for name, _ in call.keywords)


@cache
def _fault(pattern: str) -> str:
    """What is wrong with a pattern; empty for nothing."""
    if len(pattern) > _LONGEST:
        return ""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(pattern)
    except (re.error, RecursionError, OverflowError) as error:
        return str(error) if _NEVER.search(str(error)) else ""
    return ""
