"""Lowering of attributes, calls and subscripts, which stand one on the other in chains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import libcst as cst

from ssot_lint.facts.lowering import Lowerings, lower, lower_bound
from ssot_lint.facts.model import Attribute, Call, Const, Display, Expression, Index, Name, Slice, Star
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.strings import looks_secret

# The first text that these take is a key, never a secret.
_LOOKUPS = frozenset({"get", "pop", "setdefault", "getenv", "getattr", "hasattr", "import_module"})


def _chain(walk: Walk, node: cst.CSTNode) -> Expression:
    """Attributes, calls and subscripts, one on the other."""
    nodes = walk.nodes
    spine: list[tuple[Any, int]] = []
    while True:
        kind = type(node)
        if kind is cst.Attribute or kind is cst.Subscript:
            inner = node.value  # type: ignore[attr-defined]
        elif kind is cst.Call:
            inner = node.func  # type: ignore[attr-defined]
        else:
            break
        spine.append((node, len(nodes)))
        nodes.append(node)
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
    arguments: list[Expression] = []
    keywords: list[tuple[str | None, Expression]] = []
    if not node.args:
        return Call(function, arguments, keywords, at)
    walk.secret = secret and not _is_lookup(function)
    outer_annotation, walk.in_annotation = walk.in_annotation, False
    key = ""
    for argument in node.args:
        if argument.keyword is not None:
            walk.secret = secret
            name = argument.keyword.value
            keywords.append((name, lower_bound(walk, argument.value, name, key)))
        elif argument.star == "**":
            keywords.append((None, lower(walk, argument.value)))
        elif argument.star == "*":
            arguments.append(Star(lower(walk, argument.value)))
        else:
            value = lower(walk, argument.value)
            arguments.append(value)
            if not key and type(value) is Const and type(value.value) is str:
                key = value.value
                walk.secret = secret or looks_secret(key)
    walk.in_annotation = outer_annotation
    walk.secret = False
    return Call(function, arguments, keywords, at)


def _is_lookup(function: Expression) -> bool:
    if isinstance(function, Attribute):
        return function.name in _LOOKUPS
    return isinstance(function, Name) and function.id in _LOOKUPS


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
