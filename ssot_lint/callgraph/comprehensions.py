"""Comprehensions and generator expressions, whose targets are bound in a scope of their own."""

from __future__ import annotations

from ssot_lint.callgraph import containers, hashing, iteration
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.narrowing import narrow
from ssot_lint.callgraph.operators import site_of, truth
from ssot_lint.callgraph.values import NOTHING, Values
from ssot_lint.facts import model

# What one turn gives: an element, or a key and its value.
Turn = tuple[Values, Values]


def comprehend(frame: Frame, node: model.Comprehension) -> Values:
    """Runs it once for each of a few items, or once for all."""
    outer, targets = frame.environment, frame.targets
    frame.environment = dict(outer)
    hidden: list[str] = []
    first = frame.machine.evaluate(frame, node.clauses[0].iterable)
    items = iteration.in_turn(frame, first, plain=node.type == "dict") if len(node.clauses) == 1 else None
    found = _at_once(frame, node, first, hidden) if items is None else _in_turn(frame, node, items, hidden)
    frame.targets = targets
    for name in hidden:
        frame.environment.pop(name, None)
        if name in outer:
            frame.environment[name] = outer[name]
    return found


def _at_once(frame: Frame, node: model.Comprehension, first: Values, hidden: list[str]) -> Values:
    for place, clause in enumerate(node.clauses):
        values = frame.machine.evaluate(frame, clause.iterable) if place else first
        _bind(frame, clause.target, iteration.iterate(frame, values, clause.at, is_async=clause.is_async), hidden)
        _meet(frame, clause.conditions)
    element, value = _turn(frame, node)
    if node.type in ("dict", "set"):
        hashing.add(frame, element, NOTHING, node.at)
    if node.type != "dict":
        return frozenset((containers.make(frame, _type_of(node), node.at, (), element),))
    made = containers.make(frame, "dict", node.at, (), value)
    frame.machine.heap.write(("keys", made), element, frame.activation)
    return frozenset((made,))


def _in_turn(frame: Frame, node: model.Comprehension, items: list[Values], hidden: list[str]) -> Values:
    clause = node.clauses[0]
    turns: list[Turn] = []
    is_sure = True
    for item in items:
        _bind(frame, clause.target, item, hidden)
        met = _meet(frame, clause.conditions)
        if met is not False:
            is_sure = is_sure and met is True
            turns.append(_turn(frame, node))
    if node.type == "dict":
        made = containers.make(frame, "dict", node.at, ())
        for key, value in turns:
            hashing.seek(frame, made, key, node.at)
            containers.set_item(frame, made, key, value, strong=is_sure)
        return frozenset((made,))
    elements = [element for element, _ in turns]
    if node.type == "list" and is_sure:
        return frozenset((containers.make(frame, "list", node.at, list(enumerate(elements))),))
    if node.type == "set":
        hashing.add(frame, NOTHING.union(*elements), NOTHING, node.at)
    return frozenset((containers.make(frame, _type_of(node), node.at, (), NOTHING.union(*elements)),))


def _type_of(node: model.Comprehension) -> str:
    return "list" if node.type == "generator" else node.type


def _meet(frame: Frame, conditions: list[model.Expression]) -> bool | None:
    """Goes on as if the conditions were true; whether they are, None where that is not known."""
    met: bool | None = True
    for condition in conditions:
        truth(frame, frame.machine.evaluate(frame, condition), site_of(condition))
        narrowed = narrow(frame, dict(frame.environment), condition, True)
        if narrowed is None:
            return False
        if narrow(frame, dict(frame.environment), condition, False) is not None:
            met = None
        frame.environment = narrowed
    return met


def _turn(frame: Frame, node: model.Comprehension) -> Turn:
    element = frame.machine.evaluate(frame, node.element)
    return element, frame.machine.evaluate(frame, node.value) if node.value is not None else NOTHING


def _bind(frame: Frame, target: model.Expression, values: Values, hidden: list[str]) -> None:
    if isinstance(target, model.Name):
        frame.environment[target.id] = values
        hidden.append(target.id)
        frame.targets |= {target.id}
    elif isinstance(target, model.Display):
        iteration.unpack(frame, target, values, target.at, lambda each, part: _bind(frame, each, part, hidden))
    elif isinstance(target, model.Star):
        _bind(frame, target.value, values, hidden)
    else:
        frame.machine.assign(frame, target, values)
