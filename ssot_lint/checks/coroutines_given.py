"""Coroutines that are given to functions of the project which use them as what awaiting them would give."""

from __future__ import annotations

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.needing import given
from ssot_lint.checks.reached import Start
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.sureness import rebound
from ssot_lint.checks.surroundings import Step
from ssot_lint.checks.using import may_ask, use_of
from ssot_lint.facts.model import Call, Name
from ssot_lint.findings import Site

_DEEPEST = 3


def fails_in(start: Start, node: Node, step: Step, at: int) -> str:
    """The function that what stands at a site, in a step, is given to, if that surely fails with a coroutine."""
    if not isinstance(step.node, Call) or step.field not in ("arguments", "keywords"):
        return ""
    calls = [call for call in node.calls if call.at == step.node.at and call.kind == "call"]
    if len(calls) != 1 or calls[0].at in node.activation.opaque:
        return ""
    return _failing(start, step.node, calls[0], at, _DEEPEST)


def _failing(start: Start, call: Call, record: CallRecord, at: int, depth: int) -> str:
    callee = start.graph.nodes.get(record.callee) if record.callee is not None else None
    if callee is None or record.certainty != "certain":
        return ""
    code = callee.activation.code
    found = given(call, lambda argument: getattr(argument, "at", None) == at, code)
    parameters = [each for each in found if each not in rebound(code)]
    is_needed = any(_is_used(start, callee, each, depth) for each in parameters)
    return record.target.removesuffix(".__init__").rpartition(".")[2] if is_needed else ""


def _is_used(start: Start, node: Node, parameter: str, depth: int) -> bool:
    """Whether a function surely uses a parameter in a way in which no coroutine can be used."""
    body = node.activation.code.scope.body
    if may_ask(body, parameter):
        return False
    for read in surely_run(body):
        if isinstance(read, Name) and read.id == parameter:
            step = next(start.context.surroundings.of(Site(node.module, read.at)), None)
            if step is not None and (use_of(step) or (depth and _hands_on(start, node, step, read.at, depth - 1))):
                return True
    return False


def _hands_on(start: Start, node: Node, step: Step, at: int, depth: int) -> bool:
    if not isinstance(step.node, Call):
        return False
    calls = [call for call in node.calls if call.at == step.node.at and call.kind == "call"]
    return len(calls) == 1 and _failing(start, step.node, calls[0], at, depth) != ""
