"""Methods that run on instances of several classes, of which some lack what the method reads from `self`."""

from __future__ import annotations

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.values import Instance, Value
from ssot_lint.checks.loops import BRANCHING
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import rests_on_a_choice
from ssot_lint.checks.surroundings import Step
from ssot_lint.checks.writes import targets
from ssot_lint.facts.model import Assign, Attribute, Const, Expression, If, Jump, Name, Raise, Return
from ssot_lint.facts.nested import nested


def is_this_very(start: Start, place: Reached, expression: Expression, owner: Value | str | None) -> bool:
    """Whether `self` is one instance in this run of a method, that the start surely makes.

    Whether it comes to the place may be up to what the class says (`if self.topic:`), and to nothing else.
    """
    activation = place.node.activation
    if not isinstance(owner, Instance) or owner.open or not isinstance(expression, Name) or place.reach is None:
        return False
    if not activation.is_exact or activation.binding.get(expression.id) != frozenset((owner,)):
        return False
    surroundings = start.context.surroundings
    if rests_on_a_choice(place.reach, surroundings) or start.is_doubtful(place):
        return False
    leaving = (each for each in nested(activation.code.scope.body) if isinstance(each, (Return, Raise, Jump)))
    steps = list(surroundings.of(place.site))
    return not any(leaving) and all(_is_taken(step, expression.id, owner.info) for step in steps)


def _is_taken(step: Step, receiver: str, info: ClassInfo) -> bool:
    if not isinstance(step.node, BRANCHING) or step.field == "test":
        return True
    test = step.node.test if isinstance(step.node, If) and step.field == "body" else None
    is_own = isinstance(test, Attribute) and isinstance(test.value, Name) and test.value.id == receiver
    return is_own and isinstance(test, Attribute) and _is_true(info, test.name)


def _is_true(info: ClassInfo, name: str) -> bool:
    """Whether a class says that an attribute of its instances is a value that is not empty."""
    said = next((each for each in info.classes if name in each.names), None)
    values = [
        each.value
        for each in (said.code.scope.body if said is not None else ())
        if isinstance(each, Assign) and any(isinstance(x, Name) and x.id == name for x in targets(each))
    ]
    return len(values) == 1 and isinstance(values[0], Const) and bool(values[0].value)
