"""Lowering of attributes, calls and subscripts, which stand one on the other in chains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from ssot_lint.facts.lowering import Lowerings, lower, lower_bound, text_of
from ssot_lint.facts.model import Attribute, Call, Display, Expression, Index, Name, Slice, Star
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.strings import looks_secret

# How many of their first arguments are no secrets, but the names of what they look up.
_KEYS = {"get": 1, "pop": 1, "setdefault": 1, "getenv": 1, "getattr": 2, "hasattr": 2, "import_module": 2}


def _chain(walk: Walk, node: cst.CSTNode) -> Expression:
    """Attributes, calls and subscripts, one on the other."""
    spine: list[tuple[Any, int]] = []
    while True:
        kind = type(node)
        if kind is cst.Attribute or kind is cst.Subscript:
            inner = node.value  # type: ignore[attr-defined]
        elif kind is cst.Call:
            inner = node.func  # type: ignore[attr-defined]
        else:
            break
        spine.append((node, walk.site(node)))
        node = inner
    secret, walk.secret = walk.secret, False
    value = lower(walk, node)
    for link, at in reversed(spine):
        kind = type(link)
        if kind is cst.Attribute:
            value = Attribute(value, link.attr.value, at)
        elif kind is cst.Call:
            value = _call(walk, link, value, at, secret)
        else:
            value = Index(value, _key(walk, link.slice), at)
    walk.secret = secret
    return value


def _call(walk: Walk, node: cst.Call, function: Expression, at: int, secret: bool) -> Call:
    """A call. Its first text may be a key that makes secrets of what stands beside it: `getenv("API_KEY", "…")`."""
    if not node.args:
        return Call(function, (), (), at)
    arguments: list[Expression] = []
    keywords: list[tuple[str | None, Expression]] = []
    outer_annotation, walk.in_annotation = walk.in_annotation, False
    keys = _KEYS.get(_called_name(function), 0)
    key = ""
    for position, argument in enumerate(node.args):
        walk.secret = (secret and position >= keys) or looks_secret(key)
        if argument.keyword is not None:
            name = argument.keyword.value
            keywords.append((name, lower_bound(walk, argument.value, name)))
        elif argument.star == "**":
            keywords.append((None, lower(walk, argument.value)))
        else:
            value = lower(walk, argument.value)
            arguments.append(Star(value) if argument.star else value)
            key = key or text_of(value)
    walk.in_annotation = outer_annotation
    walk.secret = False
    return Call(function, tuple(arguments), tuple(keywords), at)


def _called_name(function: Expression) -> str:
    if isinstance(function, Attribute):
        return function.name
    return function.id if isinstance(function, Name) else ""


def _key(walk: Walk, elements: Sequence[cst.SubscriptElement]) -> Expression:
    if len(elements) == 1 and elements[0].comma is cst.MaybeSentinel.DEFAULT:
        only = elements[0].slice
        if not (isinstance(only, cst.Index) and only.star):
            return lower(walk, only)
    at = walk.site(elements[0])
    return Display("tuple", [lower(walk, element.slice) for element in elements], at)


def _index(walk: Walk, node: cst.Index) -> Expression:
    value = lower(walk, node.value)
    return Star(value) if node.star else value


def _slice(walk: Walk, node: cst.Slice) -> Expression:
    return Slice(*(None if part is None else lower(walk, part) for part in (node.lower, node.upper, node.step)))


CALLS: Lowerings = {
    cst.Attribute: _chain,
    cst.Call: _chain,
    cst.Subscript: _chain,
    cst.Index: _index,
    cst.Slice: _slice,
}
