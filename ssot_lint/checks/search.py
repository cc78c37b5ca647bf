"""What is reached from some functions along some calls only, with the shortest chain that leads there."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator
from itertools import count
from typing import TypeAlias

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import CallGraph, CallSite, Node, Reach, short
from ssot_lint.checks.contracts import matches
from ssot_lint.config.model import Contract
from ssot_lint.findings import CERTAINTIES, PHASES, Entry, Hop, Site

_ASYNC = "async:"

State: TypeAlias = tuple[Node, int]
"""A half of a node: before or after a first `yield`."""

Root: TypeAlias = tuple[Node, int, Reach]


class Search:
    """The states that roots reach along the calls that `passes` lets through (a call, and the node that it goes to).

    Callbacks that a library runs in a phase of their own are not followed: they are roots, if anything. Sure chains
    come before possible ones, then early phases before late ones, then short chains before long ones.
    """

    def __init__(self, graph: CallGraph, roots: Iterable[Root], passes: Callable[[CallRecord, Node], bool]) -> None:
        self._graph = graph
        self._reached: dict[State, Reach] = {}
        numbers = count()
        pending = [(_rank(reach), next(numbers), node, half, reach) for node, half, reach in roots]
        heapq.heapify(pending)
        while pending:
            _, _, node, half, reach = heapq.heappop(pending)
            if (node, half) in self._reached:
                continue
            self._reached[node, half] = reach
            for call in node.calls:
                callee = graph.nodes.get(call.callee) if call.callee is not None else None
                if call.half != half or callee is None or call.phase is not None or call.kind == "import":
                    continue
                if passes(call, callee):
                    certainty = max(reach.certainty, call.certainty, key=CERTAINTIES.index)
                    step = Reach(reach.phase, certainty, reach.length + 1, (node, half), call, None)
                    for other in (1,) if call.kind == "exit" else halves(graph, callee):
                        heapq.heappush(pending, (_rank(step), next(numbers), callee, other, step))

    def sites(self) -> Iterator[CallSite]:
        """The calls that are made in what is reached."""
        for (node, half), reach in self._reached.items():
            for call in node.calls:
                if call.half == half:
                    yield CallSite(node, call, reach)

    def chain(self, reach: Reach | None) -> tuple[Hop, ...]:
        """The chain of calls from the root on."""
        hops: list[Hop] = []
        while reach is not None and reach.parent is not None and reach.call is not None:
            call = reach.call
            hops.append(Hop(reach.parent[0].symbol, call.target, call.kind, call.certainty, Site(call.module, call.at)))
            reach = self._reached[reach.parent]
        return tuple(reversed(hops))

    def entry_of(self, reach: Reach | None) -> Entry | None:
        """What the chain starts with."""
        while reach is not None and reach.parent is not None:
            reach = self._reached[reach.parent]
        return reach.entry if reach is not None else None


def halves(graph: CallGraph, node: Node) -> tuple[int, ...]:
    """The halves of a node that a call runs: both, unless something else runs the part after the `yield`."""
    return (0,) if node.activation.code in graph.split else (0, 1)


def starting(graph: CallGraph, contract: Contract) -> Iterator[Root]:
    """Where a contract starts from: the functions that it names under `from`, else all that runs in its phases."""
    phases = contract.phases or PHASES[:-1]
    if not contract.from_:
        yield from (root for root in _roots(graph) if root[2].phase in phases)
        return
    for node in graph.nodes.values():
        for half, reach in enumerate(node.reach):
            if reach is not None and reach.phase in phases and _is_named(node, contract.from_):
                kind = "async function" if node.activation.code.scope.is_async else "function"
                entry = Entry(f"{kind} `{node.symbol}`", node.site)
                yield node, half, reach._replace(length=0, parent=None, call=None, entry=entry)


def _is_named(node: Node, globs: Iterable[str]) -> bool:
    is_async = node.activation.code.scope.is_async
    return any(
        matches(node.symbol, [glob.removeprefix(_ASYNC)]) and (is_async or not glob.startswith(_ASYNC))
        for glob in globs
    )


def _roots(graph: CallGraph) -> Iterator[Root]:
    """What entry points and libraries call, each in its phase."""
    yield from graph.starts()
    for site in graph.call_sites():
        call, reach = site.call, site.reach
        callee = graph.nodes.get(call.callee) if call.callee is not None else None
        if call.phase is None or reach is None or callee is None:
            continue
        phase = max(call.phase, reach.phase, key=PHASES.index)
        begun = Reach(phase, site.certainty, 0, None, None, Entry(short(call.via), callee.site))
        for half in (1,) if call.kind == "exit" else halves(graph, callee):
            yield callee, half, begun


def _rank(reach: Reach) -> tuple[bool, int, int, int]:
    certainty = CERTAINTIES.index(reach.certainty)
    return (reach.certainty == "possible", PHASES.index(reach.phase), certainty, reach.length)
