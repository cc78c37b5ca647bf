"""Calls that a loop makes of one thing after another: several are called there, and none of them perhaps."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks.guards import walk
from ssot_lint.checks.surroundings import Step, Surroundings
from ssot_lint.facts.model import (
    BoolOp,
    Call,
    Comprehension,
    Conditional,
    Expression,
    For,
    If,
    Match,
    Name,
    Try,
    While,
)
from ssot_lint.findings import Site

BRANCHING = (If, While, Match, Conditional, BoolOp)


def is_each_in_turn(surroundings: Surroundings, site: Site) -> bool:
    """Whether what a call goes to is named by the variable of a loop around it: `for step in steps: step()`."""
    return _loop(surroundings, site) is not None


def runs_all(surroundings: Surroundings, call: CallRecord) -> bool:
    """Whether the loop calls each of them, whatever they are: no test stands between, and no class below is meant."""
    site = Site(call.module, call.at)
    if any(isinstance(value, Instance) and value.open for value in next(iter((call.binding or {}).values()), ())):
        return False
    loop = _loop(surroundings, site)
    if loop is None:
        return False
    for step in surroundings.of(site):
        if step is loop:
            return not (isinstance(loop.node, Comprehension) and any(each.conditions for each in loop.node.clauses))
        if isinstance(step.node, BRANCHING) or (isinstance(step.node, Try) and step.field != "body"):
            return False
    return False


def _loop(surroundings: Surroundings, site: Site) -> Step | None:
    """The loop whose variable the called expression is made of."""
    call = surroundings.node(site)
    if not isinstance(call, Call):
        return None
    names = {node.id for node in walk(call.function) if isinstance(node, Name)}
    for step in surroundings.of(site):
        if any(names & _names(target) for target in _targets(step)):
            return step
    return None


def _targets(step: Step) -> Iterator[Expression]:
    """The variables of a loop, where the place is what it runs for each."""
    if isinstance(step.node, For) and step.field == "body":
        yield step.node.target
    elif isinstance(step.node, Comprehension) and step.field in ("element", "value"):
        yield from (clause.target for clause in step.node.clauses)


def _names(target: Expression) -> set[str]:
    return {node.id for node in walk(target) if isinstance(node, Name)}
