"""The calls of a start in the order in which they run: what is imported, then what runs at startup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import CallGraph, Node, named, short
from ssot_lint.findings import CERTAINTIES, Certainty, Entry, Hop, Phase, Site
from ssot_lint.project.model import EntryPoint


class Step(NamedTuple):
    """A call as the start comes to it, with the chain of calls that leads there and what starts that."""

    node: Node
    call: CallRecord
    phase: Phase
    certainty: Certainty
    chain: tuple[Hop, ...]
    entry: Entry | None

    @property
    def site(self) -> Site:
        """Where the call stands."""
        return Site(self.call.module, self.call.at)


class _Running(NamedTuple):
    """A function that runs: the calls that it has yet to make, and how it was reached."""

    node: Node
    calls: Iterator[CallRecord]
    certainty: Certainty
    chain: tuple[Hop, ...]


def starts(graph: CallGraph) -> Iterator[list[tuple[EntryPoint, Node]]]:
    """The entry points of one start: the import of packages and of a module, and one function that is then called."""
    imports: dict[str, list[tuple[EntryPoint, Node]]] = {}
    for entry, node in graph.entries:
        if entry.phase == "import":
            imports.setdefault(entry.module, []).append((entry, node))
    yield from imports.values()
    for entry, node in graph.entries:
        if entry.phase == "startup":
            yield [*imports.get(entry.module, ()), (entry, node)]


def walk(graph: CallGraph, start: list[tuple[EntryPoint, Node]]) -> Iterator[Step]:
    """The calls of one start in order, each function entered once.

    The calls of all branches count as made, one after the other as they stand. What a library calls at startup is
    called when everything is imported, in the order in which it was told.
    """
    return _Walk(graph).run(start)


class _Walk:
    def __init__(self, graph: CallGraph) -> None:
        self._graph = graph
        self._entered: set[tuple[Node, int]] = set()
        self._later: list[tuple[Phase, Node, int, Entry]] = []

    def run(self, start: list[tuple[EntryPoint, Node]]) -> Iterator[Step]:
        for entry, node in start:
            for half, phase in enumerate(self._phases(entry, node)):
                self._later.append((phase, node, half, named(entry)))
        for later in self._later:  # grows meanwhile
            yield from self._run_from(*later)

    def _phases(self, entry: EntryPoint, node: Node) -> Sequence[Phase]:
        """When the halves of an entry point run: a script's body is its startup, or what stands under its guard."""
        if not entry.as_main or entry.symbol:
            return (entry.phase,)
        return ("import", "startup") if node.activation.code in self._graph.split else ("startup",)

    def _run_from(self, phase: Phase, node: Node, half: int, begins: Entry) -> Iterator[Step]:
        stack = [self._enter(node, half, "certain", ())]
        while stack:
            running = stack[-1]
            call = next(running.calls, None)
            if call is None:
                stack.pop()
                continue
            callee = self._graph.nodes.get(call.callee) if call.callee is not None else None
            if call.phase not in (None, phase):
                if call.phase == "startup" and callee is not None:
                    self._later.append(("startup", callee, 0, Entry(short(call.via), callee.site)))
                continue
            certainty = max(running.certainty, call.certainty, key=CERTAINTIES.index)
            yield Step(running.node, call, phase, certainty, running.chain, begins)
            half = 1 if call.kind == "exit" else 0
            if callee is not None and (callee, half) not in self._entered:
                hop = Hop(running.node.symbol, call.target, call.kind, call.certainty, Site(call.module, call.at))
                stack.append(self._enter(callee, half, certainty, (*running.chain, hop)))

    def _enter(self, node: Node, half: int, certainty: Certainty, chain: tuple[Hop, ...]) -> _Running:
        self._entered.add((node, half))
        whole = node.activation.code not in self._graph.split
        return _Running(node, iter([call for call in node.calls if whole or call.half == half]), certainty, chain)
