"""What surely runs after an assignment, while the variable holds what that gave it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile, takewhile

from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.reached import Reached
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.checks.writes import targets
from ssot_lint.facts.model import AnnotatedAssign, Assign, Name, Statement
from ssot_lint.facts.nested import nested


def variable_of(place: Reached, assignment: Assign | AnnotatedAssign) -> str:
    """The variable of the function that gets what is assigned, and that none inside of it sees; empty for none."""
    code = place.node.activation.code
    bound = targets(assignment)
    names = [target.id for target in bound if isinstance(target, Name)]
    if code.scope.kind != "function" or len(names) != 1 or len(bound) != 1:
        return ""
    (variable,) = names
    return variable if variable in code.bound and variable not in code.captured else ""


def after(
    surroundings: Surroundings, place: Reached, assignment: Assign | AnnotatedAssign, variable: str
) -> Iterator[Name | int]:
    """The names and sites that are come to whenever the assignment is, until something else binds the variable."""
    facts = place.node.activation.code.module.facts
    blocks = [getattr(step.node, step.field, None) for step in surroundings.of(place.site)]
    for block in (*blocks, place.node.activation.code.scope.body):
        if isinstance(block, list) and any(each is assignment for each in block):
            following = list(dropwhile(lambda each: each is not assignment, block))[1:]

            def keeps(statement: Statement) -> bool:
                return all(variable not in names_bound(facts, each) for each in nested([statement]))

            yield from surely_run(list(takewhile(keeps, following)))
            return
