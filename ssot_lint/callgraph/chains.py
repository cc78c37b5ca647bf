"""The ways to call sites: from each entry point and hook the shortest, and where callers that nothing reaches end."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import CallGraph, CallSite, Node, distance, hooked
from ssot_lint.callgraph.imported import Imported
from ssot_lint.findings import CERTAINTIES, PHASES, Certainty, Entry, Hop, Phase, Site


class Way(NamedTuple):
    """How a call site is reached: the shortest chain from one entry point or hook; empty where that holds the site."""

    phase: Phase
    certainty: Certainty
    entry: Entry
    chain: tuple[Hop, ...]


class End(NamedTuple):
    """A function or module body that nothing calls or imports, and the shortest chain from there to a call site.

    Where `left`, its callers were not looked for.
    """

    symbol: str
    is_module: bool
    left: bool
    chain: tuple[Hop, ...]


class _Trail(NamedTuple):
    """A chain, by its first call."""

    caller: Node
    call: CallRecord
    rest: _Trail | None


_State: TypeAlias = tuple[Node, int]
_Start: TypeAlias = tuple[Phase, Entry]


class Callers:
    """A graph read backwards."""

    def __init__(self, graph: CallGraph) -> None:
        self._graph = graph
        self._imported = Imported(graph)
        self._entries: dict[_State, list[_Start]] = {}
        self._callers: dict[_State, list[tuple[Node, CallRecord]]] = {}
        for node, half, reach in graph.starts():
            if reach.entry is not None:
                self._entries.setdefault((node, half), []).append((reach.phase, reach.entry))
        for node in graph.nodes.values():
            for half in (0, 1):
                for call, callee, halves in graph.steps(node, half):
                    for each in halves:
                        self._callers.setdefault((callee, each), []).append((node, call))

    def ways(self, sites: Sequence[CallSite]) -> list[Way]:
        """The ways to one call site, given as every context makes it: earliest, surest and shortest first."""
        found: dict[_Start, Way] = {}
        for site in sites:
            call = site.call
            if site.reach is not None and call.phase is not None and call.callee in self._graph.nodes:
                entry = hooked(call, self._graph.nodes[call.callee])
                found.setdefault((site.called_in, entry), Way(site.called_in, site.certainty, entry, ()))
        own = [site for site in sites if site.call.phase is None]
        for (phase, entry), rank, trail in self._starts(own):
            found.setdefault((phase, entry), Way(phase, CERTAINTIES[rank], entry, _hops(trail)))
        return sorted(found.values(), key=_order)

    def _starts(self, sites: Sequence[CallSite]) -> Iterator[tuple[_Start, int, _Trail | None]]:
        """What starts chains to a site, that of the surest and shortest first (Dijkstra's algorithm, backwards)."""
        pending: list[tuple[int, int, int, _State, _Trail | None]] = []

        def offer(node: Node, call: CallRecord, rank: int, length: int, trail: _Trail | None) -> None:
            rank = max(rank, CERTAINTIES.index(call.certainty))
            if node.reach[call.half] is not None:
                heapq.heappush(pending, (rank, length, next(order), (node, call.half), trail))

        order = iter(range(1 << 62))
        for site in sites:
            offer(site.node, site.call, 0, 0, None)
        done: set[_State] = set()
        while pending:
            rank, length, _, state, trail = heapq.heappop(pending)
            if state in done:
                continue
            done.add(state)
            for start in self._entries.get(state, ()):
                yield start, rank, trail
            for caller, call in self._callers.get(state, ()):
                if self._imported.has_run(caller, call):
                    continue
                if call.phase is None:
                    offer(caller, call, rank, length + distance(caller, call, state[0]), _Trail(caller, call, trail))
                    continue
                site = CallSite(caller, call, caller.reach[call.half])
                if site.reach is not None:
                    surest = max(rank, CERTAINTIES.index(site.certainty))
                    yield (site.called_in, hooked(call, state[0])), surest, trail

    # -- what nothing reaches

    def ends(self, sites: Sequence[CallSite], left: Collection[str] = ()) -> list[End]:
        """Where the callers of call sites end that nothing reaches, by name; none where they only call each other.

        `left` are the functions of which not all callers are in the graph.
        """
        trails = self._behind(sites)
        return [
            End(symbol, symbol in self._modules, symbol in left, _hops(trail))
            for symbol, trail in sorted(trails.items(), key=lambda item: item[0])
            if not any(caller.symbol != symbol for caller, _ in self._unreached.get(symbol, ()))
        ]

    def behind(self, sites: Sequence[CallSite]) -> frozenset[str]:
        """All functions from which calls lead to call sites that nothing reaches, by name."""
        return frozenset(self._behind(sites))

    def _behind(self, sites: Sequence[CallSite]) -> dict[str, _Trail | None]:
        trails: dict[str, _Trail | None] = {site.node.symbol: None for site in sites if site.reach is None}
        pending = deque(trails)
        while pending:
            symbol = pending.popleft()
            for caller, call in self._unreached.get(symbol, ()):
                if caller.symbol not in trails:
                    trails[caller.symbol] = _Trail(caller, call, trails[symbol])
                    pending.append(caller.symbol)
        return trails

    @cached_property
    def _unreached(self) -> dict[str, list[tuple[Node, CallRecord]]]:
        """The callers of each function that nothing reaches themselves."""
        found: dict[str, list[tuple[Node, CallRecord]]] = {}
        for (callee, _), callers in self._callers.items():
            for caller, call in callers:
                if caller.reach[call.half] is None:
                    found.setdefault(callee.symbol, []).append((caller, call))
        return found

    @cached_property
    def _modules(self) -> frozenset[str]:
        return frozenset(node.symbol for node in self._graph.nodes.values() if node.activation.function is None)


def _order(way: Way) -> tuple[int, int, int, str]:
    return (PHASES.index(way.phase), CERTAINTIES.index(way.certainty), len(way.chain), way.entry.words)


def _hops(trail: _Trail | None) -> tuple[Hop, ...]:
    hops = []
    while trail is not None:
        caller, call, trail = trail
        hops.append(Hop(caller.symbol, call.target, call.kind, call.certainty, Site(call.module, call.at)))
    return tuple(hops)
