"""Types that the grammar of every Python takes, and that only a newer one can evaluate (PEP 585, PEP 604)."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.reached import Start
from ssot_lint.checks.unions import BUILTIN_TYPES, is_none, written_types
from ssot_lint.facts.model import Expression, Index, Name, Operation, Syntax

_GENERIC = frozenset(("list", "dict", "set", "frozenset", "tuple", "type"))


def newer_types(start: Start, body: Node, *, lazy: bool) -> Iterator[Syntax]:
    """The first of each kind that the body of a module and of its classes evaluates."""
    seen: set[str] = set()
    for each in written_types(body, lazy=lazy):
        needed = _needed(each.node, each.bound)
        if needed is not None and needed.since not in seen and not start.is_guarded(body, each.at):
            seen.add(needed.since)
            yield needed


def _needed(node: Operation | Index, bound: frozenset[str]) -> Syntax | None:
    if isinstance(node, Index):
        return Syntax("3.9", f"`{_subscripted(node, bound)}[…]`", node.at) if _subscripted(node, bound) else None
    # What is put together first: of any other class, a metaclass may know `|`.
    (method, second, at), first = node.rest[0], node.first
    operands = (first, second)
    is_plain = method == "__or__" and all(_is_builtin(each, bound) or is_none(each) for each in operands)
    return Syntax("3.10", "`|` between types", at) if is_plain and not all(map(is_none, operands)) else None


def _is_builtin(expression: Expression, bound: frozenset[str]) -> bool:
    if isinstance(expression, Index):
        return bool(_subscripted(expression, bound))
    return isinstance(expression, Name) and expression.id in BUILTIN_TYPES and expression.id not in bound


def _subscripted(node: Index, bound: frozenset[str]) -> str:
    """The builtin class that is subscripted, if it is one."""
    name = node.value.id if isinstance(node.value, Name) else ""
    return name if name in _GENERIC and name not in bound else ""
