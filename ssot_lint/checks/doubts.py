"""Code that a start may not come to, or only when it fails anyway: the error there is real, but may end no start."""

from __future__ import annotations

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.kept import APPLICATIONS
from ssot_lint.callgraph.values import Constant, External, ExternalInstance, Unknown
from ssot_lint.checks.guards import leaves
from ssot_lint.checks.surroundings import Step, Surroundings
from ssot_lint.facts.model import (
    Attribute,
    Compare,
    Conditional,
    Expression,
    For,
    If,
    Jump,
    Name,
    Not,
    Raise,
    Return,
    Try,
    While,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_RECEIVERS = ("self", "cls")


def is_doubtful(surroundings: Surroundings, node: Node, at: int) -> bool:
    """Whether a place of a function runs only if something raised, or raises anyway, or if an argument is so.

    What a test says of the configuration, of globals or of `self` may be so wherever the program starts, and so what it
    says of the application's state (`app.state.cache is not None`); what it says of an argument is known of each call,
    and where the analysis could not tell, it is as likely not to be so.
    """
    steps = list(surroundings.of(Site(node.module, at)))
    return any(_is_doubtful(step, node) for step in steps) or _is_behind_a_last_loop(node, steps, at)


def _is_behind_a_last_loop(node: Node, steps: list[Step], at: int) -> bool:
    """Whether it stands behind a loop that ends the function whenever it has something to go over."""
    inside = [step.node for step in steps]
    blocks = [getattr(step.node, step.field, None) for step in steps]
    return any(
        isinstance(each, For) and each.at < at and _ends_the_function(each) and all(each is not step for step in inside)
        for block in (*blocks, node.activation.code.scope.body)
        if isinstance(block, list)
        for each in block
    )


def _ends_the_function(loop: For) -> bool:
    is_broken_off = any(isinstance(each, Jump) for each in nested(loop.body))
    return leaves(loop.body, (Return, Raise)) and not is_broken_off


def _is_doubtful(step: Step, node: Node) -> bool:
    around = step.node
    if isinstance(around, Try):
        return step.field == "handlers"
    if isinstance(around, (If, While, Conditional)) and step.field in ("body", "orelse"):
        branch = getattr(around, step.field)
        fails = isinstance(branch, list) and leaves(branch, (Raise,))
        owners = _owners(around.test)
        return fails or any(
            not (_is_known(each, around.test, node) or (id(each) in owners and _is_the_application(each, node)))
            for each in walk(around.test)
        )
    return False


def _owners(test: Expression) -> set[int]:
    """What a test asks for attributes, by `id`.

    Not for what they hold: that there may be an entry says that there need not be one, as of an option that is going.
    """
    parts = list(walk(test))
    asked = [
        value
        for each in parts
        if isinstance(each, Compare)
        for operator, value in each.rest
        if operator in {"in", "not in"}
    ]
    within = {id(each) for value in asked for each in walk(value)}
    return {id(each.value) for each in parts if isinstance(each, Attribute)} - within


def _is_the_application(part: object, node: Node) -> bool:
    """Whether a name is that of a parameter which gets the application."""
    holder = _holder(node.activation, part.id) if isinstance(part, Name) else None
    if holder is None or not isinstance(part, Name) or len(holder.binding[part.id]) != 1:
        return False
    (value,) = holder.binding[part.id]
    return isinstance(value, ExternalInstance) and value.path in APPLICATIONS


def _holder(activation: Activation, name: str) -> Activation | None:
    """The function, this or one around it, of which a name is a parameter."""
    around: Activation | None = activation
    while around is not None:
        if name in around.code.bound:
            return around if name in around.binding else None
        around = around.closure
    return None


def _is_known(part: object, test: Expression, node: Node) -> bool:
    """Whether a part of a test is no parameter of the function, or one of which this call decides the test."""
    if not isinstance(part, Name) or part.id in _RECEIVERS:
        return True
    holder = _holder(node.activation, part.id)
    if holder is None:
        return True
    values = holder.binding[part.id]
    if len(values) != 1:
        return False
    (value,) = values
    subject = test.value if isinstance(test, Not) else test.first if isinstance(test, Compare) else test
    return isinstance(value, Constant) or (
        subject is part and not isinstance(value, (Unknown, External, ExternalInstance))
    )
