"""Comprehensions in class bodies: of the class's own names, they see none but in what they first go over."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import running
from ssot_lint.checks.definition_order import used_names
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.scopes import Visible, is_target
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Comprehension,
    DefineClass,
    DictDisplay,
    Display,
    Evaluate,
    Expression,
    ModuleFacts,
    Name,
    Statement,
)
from ssot_lint.facts.nested import walk


def hidden_names(start: Start, visible: Visible) -> Iterator[tuple[Reached, str]]:
    """The names that such a comprehension surely reads, and that only the class binds."""
    for body in start.bodies():
        facts = body.activation.code.module.facts
        for statement in running(facts.scopes[0].body):
            if isinstance(statement, DefineClass):
                yield from _in_class(body, facts, statement, visible)


def _in_class(
    body: Node, facts: ModuleFacts, definition: DefineClass, visible: Visible
) -> Iterator[tuple[Reached, str]]:
    scope = facts.scopes[definition.scope]
    for statement in scope.body:
        if isinstance(statement, DefineClass):
            yield from _in_class(body, facts, statement, visible)
        if not isinstance(statement, (Assign, AnnotatedAssign, Evaluate)):
            continue
        for node in walk(statement.value):
            if not isinstance(node, Comprehension) or node.type == "generator" or not _runs(node, scope.body):
                continue
            for name in _read_inside(node):
                if name.id in scope.bound and not visible.in_scope(body.module, facts, scope.parent, name.id):
                    yield (
                        Reached(body, name.at, 0),
                        f"`{name.id}` is a name of the class: no comprehension in it sees it",
                    )


def _runs(node: Comprehension, body: list[Statement]) -> bool:
    """Whether what it goes over is written out, and not empty."""
    first = node.clauses[0].iterable
    if isinstance(first, Name):
        named = [
            each.value
            for each in body
            if isinstance(each, Assign) and any(isinstance(to, Name) and to.id == first.id for to in each.targets)
        ]
        return len(named) == 1 and _is_filled(named[0])
    return _is_filled(first)


def _is_filled(value: Expression) -> bool:
    return isinstance(value, (Display, DictDisplay)) and bool(value.items)


def _read_inside(node: Comprehension) -> Iterator[Name]:
    """The names that it reads for the first of what it goes over; those of comprehensions inside left out."""
    first = node.clauses[0]
    if first.conditions:
        parts: list[Expression | None] = [first.conditions[0]]
    elif len(node.clauses) > 1:
        parts = [node.clauses[1].iterable]
    else:
        parts = [node.element, node.value]
    yield from (
        name for name in used_names([each for each in parts if each is not None]) if not is_target(node, name.id)
    )
