"""Calls that a loop makes of one thing after another: several are called there, and none of them perhaps."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks.surroundings import Step, Surroundings, written
from ssot_lint.facts.model import (
    Assign,
    Attribute,
    BoolOp,
    Call,
    Clause,
    Comprehension,
    Conditional,
    Expression,
    For,
    If,
    Index,
    Match,
    Name,
    Try,
    While,
)
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site

BRANCHING = (If, While, Match, Conditional, BoolOp)


def runs_all(surroundings: Surroundings, node: Node, call: CallRecord) -> bool:
    """Whether the loop calls each of them, whatever they are, and no class below is meant.

    What an `__iter__` of the project gives may be what other instances of its class hold.
    """
    loop = _loop(surroundings, Site(call.module, call.at))
    sites = _sites(loop.node) if loop is not None else ()
    if any(each.callee is not None and each.at in sites for each in node.calls):
        return False
    if any(isinstance(value, Instance) and value.open for value in next(iter((call.binding or {}).values()), ())):
        return False
    return calls_each(surroundings, Site(call.module, call.at))


def calls_each(surroundings: Surroundings, site: Site) -> bool:
    """Whether a loop calls at the site one thing after another, and no test stands between."""
    loop = _loop(surroundings, site)
    if loop is None:
        return False
    for step in surroundings.of(site):
        if step is loop:
            return not is_filtered(loop, site)
        if isinstance(step.node, BRANCHING) or (isinstance(step.node, Try) and step.field != "body"):
            return False
    return False


def is_filtered(loop: Step, site: Site) -> bool:
    """Whether a comprehension has conditions that may keep its loop from coming to a site in it."""
    if isinstance(loop.node, Comprehension):
        return any(each.conditions for each in loop.node.clauses)
    if not isinstance(loop.node, Clause):
        return False
    around = loop.outer.node if loop.outer is not None else None
    is_first = isinstance(around, Comprehension) and not any(
        each.conditions for each in around.clauses[: around.clauses.index(loop.node)]
    )
    return not is_first or not any(getattr(each, "at", None) == site.at for each in walk(loop.node.conditions[0]))


def _sites(loop: Struct) -> list[int]:
    """Where a loop asks for what it goes over."""
    return (
        [each.at for each in loop.clauses]
        if isinstance(loop, Comprehension)
        else [loop.at]
        if isinstance(loop, (For, Clause))
        else []
    )


def _loop(surroundings: Surroundings, site: Site) -> Step | None:
    """The loop whose variable is what is called, or is the key of it in what the loop goes over."""
    call = surroundings.node(site)
    if not isinstance(call, Call):
        return None
    for step in surroundings.of(site):
        for target, iterable in _targets(step):
            if _is_of(call.function, _made_of(_names(target), step.node), iterable):
                return step
    return None


def _made_of(names: set[str], loop: Struct) -> set[str]:
    """The names of a loop's variables, and of what its body makes of them: `step = step_class()`."""
    for statement in loop.body if isinstance(loop, For) else ():
        if isinstance(statement, Assign) and isinstance(statement.value, Call):
            value = statement.value.function
            if isinstance(value, Name) and value.id in names:
                names = names.union(*map(_names, statement.targets))
    return names


def _is_of(called: Expression, names: set[str], iterable: Expression) -> bool:
    """Whether it is `step`, `step.run`, or `steps[name]` in a loop over `steps`."""
    while isinstance(called, Attribute):
        called = called.value
    if isinstance(called, Index):
        is_key = isinstance(called.key, Name) and called.key.id in names
        return is_key and written(called.value) != "" and written(called.value) == _holder(iterable)
    return isinstance(called, Name) and called.id in names


def _holder(iterable: Expression) -> str:
    """What a loop goes over, as it is written, also by way of its keys."""
    if isinstance(iterable, Call) and isinstance(iterable.function, Attribute) and not iterable.arguments:
        return written(iterable.function.value) if iterable.function.name in ("keys", "items") else ""
    return "" if isinstance(iterable, Call) else written(iterable)


def _targets(step: Step) -> Iterator[tuple[Expression, Expression]]:
    """The variables of a loop and what it goes over, where the place is what it runs for each."""
    if isinstance(step.node, For) and step.field == "body":
        yield step.node.target, step.node.iterable
    elif isinstance(step.node, Comprehension) and step.field in ("element", "value"):
        yield from ((clause.target, clause.iterable) for clause in step.node.clauses)
    elif isinstance(step.node, Clause) and step.field == "conditions":
        yield step.node.target, step.node.iterable


def _names(target: Expression) -> set[str]:
    return {node.id for node in walk(target) if isinstance(node, Name)}
