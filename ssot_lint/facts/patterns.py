"""Lowering of the patterns of `match` statements."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import libcst as cst

from ssot_lint.facts.lowering import lower
from ssot_lint.facts.model import (
    MatchCapture,
    MatchClass,
    MatchMapping,
    MatchOr,
    MatchSequence,
    MatchValue,
    Pattern,
)
from ssot_lint.facts.scopes import Walk


def lower_pattern(walk: Walk, node: cst.CSTNode) -> Pattern:
    """A pattern; what it captures is bound in the scope being walked."""
    return _LOWERINGS[type(node)](walk, node)


def _captured(walk: Walk, name: cst.Name | None) -> str | None:
    if name is None:
        return None
    walk.bind(name.value)
    return name.value


def _value(walk: Walk, node: cst.MatchValue | cst.MatchSingleton) -> Pattern:
    return MatchValue(lower(walk, node.value))


def _as(walk: Walk, node: cst.MatchAs) -> Pattern:
    pattern = None if node.pattern is None else lower_pattern(walk, node.pattern)
    return MatchCapture(pattern, _captured(walk, node.name))


def _star(walk: Walk, node: cst.MatchStar) -> Pattern:
    return MatchCapture(None, _captured(walk, node.name))


def _or(walk: Walk, node: cst.MatchOr) -> Pattern:
    return MatchOr([lower_pattern(walk, element.pattern) for element in node.patterns])


def _sequence(walk: Walk, node: cst.MatchList | cst.MatchTuple) -> Pattern:
    star = None
    patterns: list[Pattern] = []
    for position, element in enumerate(node.patterns):
        if isinstance(element, cst.MatchStar):
            star = position
            patterns.append(_star(walk, element))
        else:
            patterns.append(lower_pattern(walk, element.value))
    return MatchSequence(patterns, star)


def _mapping(walk: Walk, node: cst.MatchMapping) -> Pattern:
    items = [(lower(walk, element.key), lower_pattern(walk, element.pattern)) for element in node.elements]
    return MatchMapping(items, _captured(walk, node.rest))


def _class(walk: Walk, node: cst.MatchClass) -> Pattern:
    at = walk.site(node)
    type_ = lower(walk, node.cls)
    positional = [lower_pattern(walk, element.value) for element in node.patterns]
    keywords = [(element.key.value, lower_pattern(walk, element.pattern)) for element in node.kwds]
    return MatchClass(type_, positional, keywords, at)


_LOWERINGS: dict[type[cst.CSTNode], Callable[[Walk, Any], Pattern]] = {
    cst.MatchValue: _value, cst.MatchSingleton: _value, cst.MatchAs: _as, cst.MatchStar: _star, cst.MatchOr: _or,
    cst.MatchList: _sequence, cst.MatchTuple: _sequence, cst.MatchMapping: _mapping, cst.MatchClass: _class,
}  # fmt: skip
