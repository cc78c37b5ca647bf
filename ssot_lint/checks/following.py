"""What surely runs after an assignment, while the variable holds what that gave it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.reached import Reached
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.checks.writes import targets
from ssot_lint.facts.model import AnnotatedAssign, Assign, Jump, Name, Raise, Return, Statement, Try, With
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
    """The names and sites that are come to whenever the assignment is, until something else binds the variable.

    What follows a `with` or a `try` in which it stands is come to as well, if nothing there leaves the function.
    """
    facts = place.node.activation.code.module.facts

    def keeps(statement: Statement) -> bool:
        return all(variable not in names_bound(facts, each) for each in nested([statement]))

    inner: Statement = assignment
    steps = list(surroundings.of(place.site))
    blocks: list[tuple[object, object]] = [(step.node, getattr(step.node, step.field, None)) for step in steps]
    for around, block in (*blocks, (None, place.node.activation.code.scope.body)):
        if not isinstance(block, list) or not any(each is inner for each in block):
            continue
        position = next(index for index, each in enumerate(block) if each is inner)
        following = block[position + 1 :]
        kept = list(takewhile(keeps, following))
        yield from surely_run(kept)
        if not isinstance(around, (With, Try)) or len(kept) < len(following) or not _is_left_at_its_end(around, block):
            return
        if isinstance(around, Try) and not all(map(keeps, _elsewhere(around))):
            return
        inner = around


def _is_left_at_its_end(around: With | Try, block: list[Statement]) -> bool:
    """Whether a block is the body of a `with` or a `try`, and what follows that runs when it has run to its end."""
    if block is not around.body:
        return False
    always = [*block, *around.orelse, *around.final] if isinstance(around, Try) else block
    return not any(isinstance(each, (Return, Raise, Jump)) for each in nested(always))


def _elsewhere(around: Try) -> list[Statement]:
    return [*(each for handler in around.handlers for each in handler.body), *around.orelse, *around.final]
