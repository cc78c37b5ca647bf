"""Types that can't be put together as they are written: `"Node" | None`, `callable | None`, `callable[[int], str]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import running
from ssot_lint.checks.definition_order import evaluated_annotations, is_postponed
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.target import evaluates_late
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Const,
    DefineClass,
    Display,
    Expression,
    Index,
    ModuleFacts,
    Name,
    Operation,
    Statement,
)

# Functions whose names are taken for those of types.
_FUNCTIONS = frozenset(("callable", "any", "all", "iter"))
BUILTIN_TYPES = frozenset(("int", "str", "float", "bool", "bytes", "list", "dict", "set", "tuple", "type", "object"))


class Written(NamedTuple):
    """A union or a subscription that a type is made of, where its statement stands, and what names its scope binds."""

    at: int
    node: Operation | Index
    bound: frozenset[str]


def refused(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such type that module and class bodies evaluate, in annotations or as a value, and what is wrong."""
    lazy = evaluates_late(start.context.project)
    for body in start.bodies():
        for each in written_types(body, lazy=lazy):
            what = _fault(each.node, each.bound)
            if what and not start.is_guarded(body, each.at):
                yield Reached(body, _site(each.node), 0), what


def written_types(body: Node, *, lazy: bool) -> Iterator[Written]:
    """What may be a type, or a part of one, of all that the body of a module and of its classes evaluates."""
    facts = body.activation.code.module.facts
    yield from _of_body(facts, 0, annotations=not (lazy or is_postponed(facts)))


def _of_body(facts: ModuleFacts, scope: int, *, annotations: bool) -> Iterator[Written]:
    bound = frozenset((*facts.scopes[0].bound, *facts.scopes[scope].bound))
    for statement in running(facts.scopes[scope].body):
        parts: list[Expression | None] = [_value(statement)]
        if annotations:
            parts += evaluated_annotations(facts, statement, in_function=False)
        for node in _types(parts):
            yield Written(getattr(statement, "at", _site(node)), node, bound)
        if isinstance(statement, DefineClass):
            yield from _of_body(facts, statement.scope, annotations=annotations)


def _types(parts: list[Expression | None]) -> Iterator[Operation | Index]:
    """The unions and subscriptions that types are made of."""
    pending = parts
    while pending:
        part = pending.pop()
        if isinstance(part, Operation):
            yield part
            pending += [part.first, *(operand for _, operand, _ in part.rest)]
        elif isinstance(part, Index):
            yield part
            pending.append(part.key)
        elif isinstance(part, Display):
            pending += part.items


def _value(statement: Statement) -> Expression | None:
    return statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else None


def _site(node: Operation | Index) -> int:
    return node.rest[0][2] if isinstance(node, Operation) else node.at


def _fault(node: Operation | Index, bound: frozenset[str]) -> str:
    """Why Python raises a `TypeError` there; empty where it may not."""
    if isinstance(node, Index):
        return f"`{written(node.value)}` is a function, which is subscripted" if _is_function(node.value, bound) else ""
    if any(method != "__or__" for method, _, _ in node.rest):
        return ""
    operands = [node.first, *(operand for _, operand, _ in node.rest)]
    if any(_is_function(each, bound) for each in operands) and all(_is_plain(each, bound) for each in operands):
        return "a function stands in a union of types"
    # The first two are put together first: of those that follow, one may be a type that takes texts.
    if all(_is_text(each) or is_none(each) for each in operands[:2]) and any(map(_is_text, operands[:2])):
        return "`|` does not take a type as a text: the text has to go around all of it"
    return ""


def _is_function(expression: Expression, bound: frozenset[str]) -> bool:
    return isinstance(expression, Name) and expression.id in _FUNCTIONS and expression.id not in bound


def _is_plain(expression: Expression, bound: frozenset[str]) -> bool:
    is_type = isinstance(expression, Name) and expression.id in BUILTIN_TYPES and expression.id not in bound
    return is_type or is_none(expression) or _is_function(expression, bound)


def _is_text(expression: Expression) -> bool:
    return isinstance(expression, Const) and isinstance(expression.value, str)


def is_none(expression: Expression) -> bool:
    """Whether it is written as `None`."""
    return isinstance(expression, Const) and expression.value is None
