"""Attributes that a method uses as more than None, and that only a method sets to which the start comes later."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.coming_first import Order
from ssot_lint.checks.emptied import Emptied
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import own_class
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import Attribute, Call, Expression, For, Index, Name, With
from ssot_lint.facts.nested import walk

_OF_NONE = frozenset(dir(None))


def early(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such use, and what is wrong."""
    emptied, order = Emptied(start), Order(start)
    for node in start.graph.nodes.values():
        function = node.activation.function
        if function is None or function.owner is None or not start.counts(Reached(node, 0, 0)):
            continue
        if node.activation.code.parameters[:1] != ("self",) or node.activation.code.scope.name == "__init__":
            continue
        for at, used in _uses(node):
            found = emptied.setters(function.owner, used.name)
            place = Reached(node, at, 0)
            if found is None or not found.is_none or _is_looked_at(node, used) or own_class(place, used.value) is None:
                continue
            if order.comes_first(place, found.writes):
                yield place, f"`{written(used)}` is None until {found.who} has run, which comes later"


def _uses(node: Node) -> Iterator[tuple[int, Attribute]]:
    """What is read from `self` and used as more than None, and where."""
    for part in walk(node.activation.code.scope.body):
        for at, expression in _used(part):
            used = _own(expression)
            if used is not None:
                yield at, used


def _used(part: object) -> list[tuple[int, Expression]]:
    """What a part of the code needs to be more than None, and where it does."""
    if isinstance(part, Attribute):
        return [] if part.name in _OF_NONE else [(part.at, part.value)]
    if isinstance(part, Index):
        return [(part.at, part.value)]
    if isinstance(part, Call):
        return [(part.at, part.function)]
    if isinstance(part, For):
        return [(part.at, part.iterable)]
    return [(at, item) for item, _, at in part.items] if isinstance(part, With) else []


def _own(expression: Expression) -> Attribute | None:
    """The attribute of `self` that an expression is."""
    is_own = isinstance(expression, Attribute) and isinstance(expression.value, Name) and expression.value.id == "self"
    return expression if is_own and isinstance(expression, Attribute) else None


def _is_looked_at(node: Node, used: Attribute) -> bool:
    """Whether the method does anything else with the attribute than to use it so, as to set it or to ask for it."""
    users = {id(found) for _, found in _uses(node)}
    reads = (part for part in walk(node.activation.code.scope.body) if isinstance(part, Attribute))
    return any(part.name == used.name and _own(part) is not None and id(part) not in users for part in reads)
