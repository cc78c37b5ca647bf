"""Loops that bring one thing after another to a call, also to one in a function that they call with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Constant
from ssot_lint.checks.bindings import Bindings, names_bound
from ssot_lint.checks.guards import leaves
from ssot_lint.checks.loops import BRANCHING, is_filtered, runs_all
from ssot_lint.checks.reached import Start
from ssot_lint.checks.surroundings import Step, Surroundings
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Await,
    Call,
    Clause,
    Comprehension,
    Const,
    Expression,
    For,
    If,
    Jump,
    Lambda,
    Name,
    Return,
    Try,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_RECEIVERS = ("self", "cls")


def calls_in_turn(surroundings: Surroundings, node: Node, half: int, site: Site) -> bool:
    """Whether a loop, there or on the way there, goes over what a call goes to, or over what that is found by."""
    call = surroundings.node(site)
    return isinstance(call, Call) and comes_in_turn(surroundings, node, half, site, call.function)


def comes_in_turn(surroundings: Surroundings, node: Node, half: int, site: Site, expression: Expression) -> bool:
    """Whether a loop, there or on the way there, goes over what an expression is made of."""
    sought: Expression | None = expression
    seen: set[Node] = set()
    while sought is not None and node not in seen:
        seen.add(node)
        code = node.activation.code
        names = _sources(code, sought, _names)
        if any(names & _variables(step) for step in surroundings.of(site)):
            return True
        reach = node.reach[half]
        if reach is None or reach.parent is None or reach.call is None:
            return False
        site = Site(reach.call.module, reach.call.at)
        sought = _handed(surroundings.node(site), code, names)
        node, half = reach.parent
    return False


def run_all(start: Start, node: Node, call: CallRecord) -> bool:
    """Whether a loop, there or on the way there, calls each thing that a call may go to, whatever it is."""
    site = Site(call.module, call.at)
    return runs_all(start.context.surroundings, node, call) or is_run_for_each(start, node, call.half, site)


def is_run_for_each(start: Start, node: Node, half: int, site: Site) -> bool:
    """Whether a loop up the chain has a call run for each thing that it goes over, and no test stands between.

    What the loop goes over may be a part of what is there, chosen so that the call fits: where such a thing is called
    by an attribute, all calls of it by that name must be alike. Where the function finds it by a key, all keys are
    known.
    """
    surroundings = start.context.surroundings
    call = surroundings.node(site)
    if not isinstance(call, Call) or not start.context.shapes.are_alike(node, site, call):
        return False
    keys = _keys(node, call.function)
    called: Expression | None = call.function
    while called is not None:
        code = node.activation.code
        names = keys or _sources(code, called, _root)
        for step in surroundings.of(site):
            if names & _variables(step) and not keys:
                return not is_filtered(step, site)
            if isinstance(step.node, BRANCHING) or (isinstance(step.node, Try) and step.field != "body"):
                return False
            if _turns_back(getattr(step.node, step.field, None), names, site.at):
                return False
        reach = node.reach[half]
        if reach is None or reach.parent is None or reach.call is None or reach.call.kind != "call":
            return False
        if _turns_back(code.scope.body, names, site.at):
            return False
        site = Site(reach.call.module, reach.call.at)
        called = _handed(surroundings.node(site), code, names)
        node, half = reach.parent
        keys = set()
    return False


def _keys(node: Node, called: Expression) -> set[str]:
    """The parameter by which a function finds what it calls, if that is one of several texts."""
    code = node.activation.code
    names = (_sources(code, called, _names) - _sources(code, called, _root)).intersection(code.parameters)
    found = {name for name in names if name not in _RECEIVERS}
    values = [value for name in found for value in node.activation.binding.get(name, ())]
    are_texts = all(isinstance(each, Constant) and isinstance(each.value, str) for each in values)
    return found if len(found) == 1 and len(values) > 1 and are_texts else set()


def _turns_back(block: object, names: set[str], at: int) -> bool:
    """Whether one of the statements before a site leaves, where a test says something of the variables."""
    return any(
        isinstance(each, If)
        and leaves(each.body, (Return, Jump))
        and any(isinstance(part, Name) and part.id in names for part in walk(each.test))
        and any(getattr(part, "at", at) < at for part in walk(each.test))
        for each in (block if isinstance(block, list) else ())
    )


def is_listed(bindings: Bindings, name: str) -> bool:
    """Whether a text of the loaded code is that name, alone or with what is sought in a module of that name."""
    return any(
        isinstance(each, Const)
        and isinstance(each.value, str)
        and (each.value == name or each.value.startswith((f"{name}.", f"{name}:")))
        for _, _, scope in bindings.scopes_with(name)
        for each in walk(scope.read())
    )


def argument_of(call: Call, parameters: Sequence[str], name: str) -> Expression | None:
    """What a call gives for a parameter, as it is written."""
    for keyword, value in call.keywords:
        if keyword == name:
            return value
    position = parameters.index(name) - (parameters[0] in _RECEIVERS) if name in parameters else -1
    return call.arguments[position] if 0 <= position < len(call.arguments) else None


def _sources(code: Code, expression: Expression, names_in: Callable[[object], Iterable[str]]) -> set[str]:
    """The variables that a value is made of, also by way of those that are bound once."""
    found: set[str] = set()
    pending = list(names_in(expression))
    while pending:
        name = pending.pop()
        if name in found:
            continue
        found.add(name)
        binding = [each for each in nested(code.scope.body) if name in names_bound(code.module.facts, each)]
        if len(binding) == 1 and isinstance(binding[0], (Assign, AnnotatedAssign)):
            pending.extend(names_in(binding[0].value))
    return found


def _handed(call: object, code: Code, names: set[str]) -> Expression | None:
    """What a call gives for the one parameter of those names; what `self` is, a method's own class decides too."""
    given = [name for name in code.parameters if name in names and name not in _RECEIVERS]
    if not isinstance(call, Call) or len(given) != 1:
        return None
    return argument_of(call, code.parameters, given[0])


def _variables(step: Step) -> set[str]:
    """The variables of a loop of whose body a step is part."""
    node = step.node
    if isinstance(node, For) and step.field == "body":
        return set(_names(node.target))
    if isinstance(node, Comprehension) and step.field in ("element", "value"):
        return {name for clause in node.clauses for name in _names(clause.target)}
    if isinstance(node, Clause) and step.field == "conditions":
        return set(_names(node.target))
    return set()


def _root(part: object) -> Iterator[str]:
    """The variable that holds a value, or that of which it is an attribute, or what that gives when it is called."""
    while isinstance(part, (Attribute, Call, Await)):
        part = part.function if isinstance(part, Call) else part.value
    if isinstance(part, Name):
        yield part.id


def _names(part: object) -> Iterator[str]:
    return (node.id for node in walk(part) if isinstance(node, Name) and not isinstance(part, Lambda))
