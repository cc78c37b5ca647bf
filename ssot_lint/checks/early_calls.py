"""What a module's body uses too early by way of its functions: it calls them before it binds what they use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.code import GLOBAL, Code
from ssot_lint.callgraph.graph import CallGraph, Node
from ssot_lint.checks.bindings import names_bound, running
from ssot_lint.checks.definition_order import DefinitionOrder
from ssot_lint.checks.straight import surely_run
from ssot_lint.facts.model import DefineClass, ModuleFacts, Name, Statement, Try, With
from ssot_lint.facts.model import Site as At
from ssot_lint.findings import Hop, Site


class EarlyUse(NamedTuple):
    """A function of a module that uses a global before the module binds it, and the calls that lead there."""

    node: Node
    name: Name
    chain: tuple[Hop, ...]


def early_uses(graph: CallGraph, body: Node, order: DefinitionOrder) -> list[EarlyUse]:
    """The globals of a module that its functions surely use when its body calls them, and that it binds only later."""
    return [use for use in _EarlyCalls(graph, body).uses(order) if not order.may_be_bound(use.name.id)]


class _EarlyCalls:
    """Follows the calls that the body of a module makes, as far as they are sure and stay in the module."""

    def __init__(self, graph: CallGraph, body: Node) -> None:
        self._graph = graph
        self._body = body
        self._facts: ModuleFacts = body.activation.code.module.facts
        self._calls: dict[Node, dict[At, list[CallRecord]]] = {}

    def uses(self, order: DefinitionOrder) -> Iterator[EarlyUse]:
        """As `early_uses`, for a module whose body shows all that it binds."""
        if not any(self._may_follow(call) for call in self._body.calls):
            return
        for statement, unbound in order.steps():
            own = _bound_inside(self._facts, statement) if unbound else set()
            for use in self._reached(list(_run_by(self._facts, statement)) if unbound else []):
                if use.name.id in unbound and use.name.id not in own:
                    yield use

    def _reached(self, run: list[Name | At]) -> Iterator[EarlyUse]:
        """The globals that are used in the functions that are called at some sites of the body."""
        seen = {self._body}
        pending: list[tuple[Node, list[Name | At], tuple[Hop, ...]]] = [(self._body, run, ())]
        while pending:
            caller, run, chain = pending.pop()
            for node, hop in self._called(caller, run):
                if node in seen:
                    continue
                seen.add(node)
                code = node.activation.code
                inside = list(surely_run(code.scope.body))
                way = (*chain, hop)
                names = (each for each in inside if isinstance(each, Name))
                yield from (EarlyUse(node, name, way) for name in names if _is_global(code, name.id))
                pending.append((node, inside, way))

    def _called(self, caller: Node, run: list[Name | At]) -> Iterator[tuple[Node, Hop]]:
        calls = self._by_site(caller)
        for at in run if calls else ():
            found = calls.get(at, []) if isinstance(at, int) else []
            node = self._graph.nodes.get(found[0].callee) if len(found) == 1 and found[0].callee else None
            if node is not None and self._may_follow(found[0]):
                call = found[0]
                yield node, Hop(caller.symbol, call.target, call.kind, call.certainty, Site(call.module, call.at))

    def _by_site(self, node: Node) -> dict[At, list[CallRecord]]:
        if node not in self._calls:
            found = self._calls[node] = {}
            for call in node.calls:
                if call.callee is not None and call.kind != "import":
                    found.setdefault(call.at, []).append(call)
        return self._calls[node]

    def _may_follow(self, call: CallRecord) -> bool:
        if call.callee is None or call.certainty != "certain" or call.phase is not None:
            return False
        code = call.callee.code
        runs = code.scope.kind == "function" and not (code.scope.is_generator or code.scope.is_async)
        return runs and code.module.name == self._body.module


def _run_by(facts: ModuleFacts, statement: Statement) -> Iterator[Name | At]:
    """What a statement of the module, or of a class body, surely runs."""
    yield from surely_run([statement])
    if isinstance(statement, DefineClass):
        for inner in facts.scopes[statement.scope].body:
            yield from _run_by(facts, inner)


def _bound_inside(facts: ModuleFacts, statement: Statement) -> set[str]:
    """The names that a compound statement binds itself: perhaps before the call."""
    if not isinstance(statement, (With, Try)):
        return set()
    return {name for each in running([statement]) for name in names_bound(facts, each)}


def _is_global(code: Code, name: str) -> bool:
    return name not in code.bound and code.owner_of(name) == GLOBAL
