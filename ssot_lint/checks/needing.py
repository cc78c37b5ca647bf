"""Functions that fail where a name is None: they use it so, or raise since it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.graph import CallGraph, Node
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.raising import ends_in_raise
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.sureness import rebound
from ssot_lint.checks.surroundings import Step, Surroundings
from ssot_lint.facts.model import (
    Assert,
    Assign,
    Attribute,
    Await,
    BoolOp,
    Call,
    Compare,
    Conditional,
    Const,
    Expression,
    For,
    If,
    Index,
    Name,
    Not,
    Star,
    While,
    With,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_DEEPEST = 3


def needs(surroundings: Surroundings, code: Code, name: str, within: frozenset[int] | None = None) -> bool:
    """Whether a function uses a name so that None fails, and does not do something else where it is None."""
    return needs_at(surroundings, code, name, within) is not None


def needs_at(surroundings: Surroundings, code: Code, name: str, within: frozenset[int] | None = None) -> int | None:
    """Where it does so first; with sites, what stands at these counts."""
    needed = None
    for node in walk(code.scope.body):
        if isinstance(node, Name) and node.id == name and (within is None or node.at in within):
            steps = list(surroundings.of(Site(code.module.name, node.at)))
            if _refuses(steps, name):
                return node.at
            if not steps:
                continue
            step = steps[0]
            if isinstance(step.node, (If, While, Conditional, BoolOp, Compare, Not)) and step.field != "body":
                return None
            alias = _alias(code, step) if within is None else ""
            if _fails_on_none(step.node, step.field) or (alias and needs(surroundings, code, alias)):
                needed = min(node.at, needed or node.at)
    return needed


def _alias(code: Code, step: Step) -> str:
    """The variable of the function that is bound to nothing but what stands in the step; empty where there is none."""
    if not isinstance(step.node, Assign) or step.field != "value" or len(step.node.targets) != 1:
        return ""
    (target,) = step.node.targets
    if not isinstance(target, Name) or target.id not in code.bound or target.id in code.captured:
        return ""
    binding = [each for each in nested(code.scope.body) if target.id in names_bound(code.module.facts, each)]
    return target.id if len(binding) == 1 and target.id not in code.parameters else ""


def hands_on(
    surroundings: Surroundings, graph: CallGraph, node: Node, name: str, depth: int = _DEEPEST
) -> Iterator[int]:
    """The calls by which a function surely gives what a name holds to one of the project that needs it, first thing."""
    for call in sorted(node.calls, key=lambda call: call.at):
        callee = graph.nodes.get(call.callee) if call.callee is not None else None
        written = surroundings.node(Site(node.module, call.at))
        if call.kind != "call" or call.certainty != "certain" or callee is None or not isinstance(written, Call):
            continue
        code = callee.activation.code
        for parameter in given(written, partial(_is, name=name), code):
            if parameter not in rebound(code) and _takes_more(surroundings, graph, callee, parameter, depth):
                yield call.at


def _takes_more(surroundings: Surroundings, graph: CallGraph, node: Node, parameter: str, depth: int) -> bool:
    """Whether a function needs a parameter to be more than None in what it surely runs."""
    sure = list(surely_run(node.activation.code.scope.body))
    within = frozenset(each.at for each in sure if isinstance(each, Name))
    if needs(surroundings, node.activation.code, parameter, within):
        return True
    return depth > 0 and any(at in sure for at in hands_on(surroundings, graph, node, parameter, depth - 1))


def given(call: Call, is_meant: Callable[[Expression], bool], callee: Code) -> Iterator[str]:
    """The parameters to which a call gives what is meant."""
    positional = [each.name for each in callee.scope.parameters if each.kind == "positional"]
    if positional[:1] in (["self"], ["cls"]):
        del positional[0]
    for parameter, argument in zip(positional, call.arguments, strict=False):
        if isinstance(argument, Star):
            return
        if is_meant(argument):
            yield parameter
    yield from (parameter for parameter, value in call.keywords if parameter is not None and is_meant(value))


def _refuses(steps: list[Step], name: str) -> bool:
    """Whether a test raises where the name is None: `if name is None: raise …`, `assert name`."""
    for step in steps:
        if isinstance(step.node, If):
            is_none = step.field == "test" and _asks(step.node.test, name, is_none=True)
            return is_none and ends_in_raise(step.node.body)
        if isinstance(step.node, Assert):
            return step.field == "test" and _asks(step.node.test, name, is_none=False)
    return False


def _asks(test: Expression, name: str, *, is_none: bool) -> bool:
    """Whether a test is nothing but the question whether the name is None, or is not."""
    if isinstance(test, Not):
        return _asks(test.value, name, is_none=not is_none)
    if isinstance(test, Compare):
        ((operator, other),) = test.rest if len(test.rest) == 1 else ((None, None),)
        asks_none = isinstance(other, Const) and other.value is None and _is(test.first, name)
        return asks_none and operator == ("is" if is_none else "is not")
    return not is_none and _is(test, name)


def asks_for_none(test: Expression, name: str) -> bool:
    """Whether a test is nothing but the question whether the name is None, or empty."""
    return _asks(test, name, is_none=True)


def _is(expression: Expression, name: str) -> bool:
    return isinstance(expression, Name) and expression.id == name


def _fails_on_none(node: object, field: str) -> bool:
    if isinstance(node, Call):
        return field == "function"
    if isinstance(node, (Attribute, Index, Await)):
        return field == "value"
    return (isinstance(node, With) and field == "items") or (isinstance(node, For) and field == "iterable")
