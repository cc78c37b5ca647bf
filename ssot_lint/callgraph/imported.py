"""Which imports run nothing any more: those of modules that have run before.

Whatever imports a module first runs it. A function that runs in a later phase than the body of its module finds all
imported that the body imports, and so does what the program of an entry point runs later than its imports. Only what
gets there otherwise is led into a module by an import statement in a request's handler.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import TypeAlias

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import CallGraph, Node
from ssot_lint.facts.model import Import, ImportFrom, Statement, Try, With
from ssot_lint.findings import PHASES, Phase

_State: TypeAlias = tuple[Node, int]
# A set of programs, each the module of an entry point: one bit of a number.
_Programs: TypeAlias = int


class Imported:
    """The imports of one graph, and the programs that run them."""

    def __init__(self, graph: CallGraph) -> None:
        self._graph = graph
        self._brought: dict[Node, dict[_State, _Programs]] = {}

    def has_run(self, caller: Node, call: CallRecord) -> bool:
        """Whether a call is an import of a module that has run already, however the program got there."""
        if call.kind != "import" or call.callee is None or _phase(caller, call.half) in (None, PHASES[0]):
            return False
        imported = (self._graph.nodes[call.callee], 0)
        if imported in self._brought_by(self._bodies.get(caller.module)):
            return True
        return self._reaching.get((caller, call.half), 0) & ~self._importing.get(imported, 0) == 0

    def _brought_by(self, body: Node | None) -> dict[_State, _Programs]:
        """The modules that a module has imported that ran at import."""
        if body is None or _phase(body, 0) != PHASES[0]:
            return {}
        if body not in self._brought:
            self._brought[body] = _spread([((body, 0), 1)], self._sure_imports)
        return self._brought[body]

    @cached_property
    def _bodies(self) -> dict[str, Node]:
        return {node.module: node for node in self._graph.nodes.values() if node.activation.function is None}

    @cached_property
    def _importing(self) -> dict[_State, _Programs]:
        """The programs that import each module with their own: no condition stands before any of the imports."""
        return _spread(self._starts(), self._sure_imports)

    @cached_property
    def _reaching(self) -> dict[_State, _Programs]:
        """The programs that may get to each half of a node."""
        return _spread(self._starts(), self._steps)

    def _starts(self) -> Iterator[tuple[_State, _Programs]]:
        bits: dict[str, _Programs] = {}
        for entry, node in self._graph.entries:
            bit = bits.setdefault(entry.module, 1 << len(bits))
            for started, half, _ in self._graph.started(entry, node):
                yield (started, half), bit

    def _steps(self, state: _State) -> Iterator[_State]:
        for _, callee, halves in self._graph.steps(*state):
            yield from ((callee, half) for half in halves)

    def _sure_imports(self, state: _State) -> Iterator[_State]:
        body, half = state
        if half == 0 and body.activation.function is None:
            sites = frozenset(_sites(body.activation.code.scope.read()))
            for call in body.calls:
                if call.kind == "import" and call.at in sites and call.callee in self._graph.nodes:
                    yield self._graph.nodes[call.callee], 0


def _phase(node: Node, half: int) -> Phase | None:
    reach = node.reach[half]
    return reach.phase if reach is not None else None


def _spread(
    starts: Iterable[tuple[_State, _Programs]], steps: Callable[[_State], Iterable[_State]]
) -> dict[_State, _Programs]:
    """The programs that get to each half of a node by these steps."""
    found: dict[_State, _Programs] = {}
    pending: deque[_State] = deque()

    def reach(state: _State, programs: _Programs) -> None:
        known = found.get(state, 0)
        if programs & ~known:
            found[state] = known | programs
            pending.append(state)

    for start, programs in starts:
        reach(start, programs)
    while pending:
        state = pending.popleft()
        for step in steps(state):
            reach(step, found[state])
    return found


def _sites(body: list[Statement]) -> Iterator[int]:
    """The sites of the imports that run whenever the body does."""
    for statement in body:
        if isinstance(statement, ImportFrom):
            yield statement.at
        if isinstance(statement, (Import, ImportFrom)):
            yield from (at for _, _, at in statement.names)
        elif isinstance(statement, (Try, With)):
            yield from _sites(statement.body)
