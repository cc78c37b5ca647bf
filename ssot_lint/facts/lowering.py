"""Lowering of LibCST's nodes to the language of the facts: what all kinds of expressions share.

Sites are given in source order, a node before what stands inside it. Spines that may be long (operators, calls on
calls, strings side by side) are walked with a loop.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import libcst as cst

from ssot_lint.facts.model import Const, Display, Expression, Name, Star
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.strings import looks_secret

Lowerings: TypeAlias = dict[type[cst.CSTNode], Callable[[Walk, Any], Expression]]

# Filled by `statements`, which knows every kind.
LOWERINGS: Lowerings = {}


def lower(walk: Walk, node: cst.CSTNode) -> Expression:
    """The expression that a node stands for, read."""
    return LOWERINGS[type(node)](walk, node)


def lower_annotation(walk: Walk, annotation: cst.Annotation) -> Expression:
    """An annotation; its strings, which are code, are kept."""
    outer, walk.in_annotation = walk.in_annotation, True
    lowered = lower(walk, annotation.annotation)
    walk.in_annotation = outer
    return lowered


def lower_bound(walk: Walk, node: cst.CSTNode, *names: str) -> Expression:
    """An expression whose value is bound to these names; where a name looks secret, its strings are not kept."""
    outer = walk.secret
    walk.secret = outer or any(map(looks_secret, names))
    lowered = lower(walk, node)
    walk.secret = outer
    return lowered


def lower_target(walk: Walk, node: cst.CSTNode) -> Expression:
    """The expression that a node stands for as a target: names are bound, the rest is walked as it is read."""
    if isinstance(node, cst.Name):
        walk.bind(node.value)
        return Name(node.value, walk.site(node))
    if isinstance(node, (cst.Tuple, cst.List)):
        at = walk.site(node)
        items = [lower_target(walk, item) for item in node.elements]
        return Display("tuple" if isinstance(node, cst.Tuple) else "list", items, at)
    if isinstance(node, cst.StarredElement):
        return Star(lower_target(walk, node.value))
    if isinstance(node, cst.Element):
        return lower_target(walk, node.value)
    return lower(walk, node)


def text_of(expression: Expression) -> str:
    """The text of a string constant; empty for anything else."""
    return expression.value if type(expression) is Const and type(expression.value) is str else ""


def bound_names(node: cst.CSTNode) -> list[str]:
    """The names by which a target or operand is known: `password`, `self.password`, `x["password"]`."""
    if isinstance(node, cst.Name):
        return [node.value]
    if isinstance(node, cst.Attribute):
        return [node.attr.value]
    if isinstance(node, (cst.Tuple, cst.List)):
        return [name for item in node.elements for name in bound_names(item.value)]
    if isinstance(node, cst.Subscript):
        index = node.slice[0].slice
        if isinstance(index, cst.Index) and isinstance(index.value, cst.SimpleString):
            return [index.value.value]
    return []
