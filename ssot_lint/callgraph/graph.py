"""The call graph: functions in their calling contexts, what each calls, and when it is reached.

`CallGraph` is what the rules and the outputs read; the analysis that fills it stands in `machine`.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.bounds import ROOMY
from ssot_lint.callgraph.kept import Kept
from ssot_lint.findings import CERTAINTIES, PHASES, Certainty, Entry, Hop, Phase, Site, Span
from ssot_lint.project.model import EntryPoint

if TYPE_CHECKING:
    import networkx as nx

# Not calls in themselves: an import runs a module, an exit leaves a context manager that a call entered.
SILENT_KINDS = frozenset(("import", "exit"))
# How many calls longer a chain may be for its imports to be those that run their modules.
_LATER_IMPORT = 1_000


class Reach(NamedTuple):
    """How a half of a node is reached: when, how surely, from where.

    `parent` and `call` are the last hop; both None at an entry point or hook, which `entry` then names.
    """

    phase: Phase
    certainty: Certainty
    length: int
    parent: tuple[Node, int] | None
    call: CallRecord | None
    entry: Entry | None


class Node:
    """A function (or module body) in one calling context. `reach` is by half: before and after a first `yield`."""

    __slots__ = ("activation", "calls", "reach")

    def __init__(self, activation: Activation) -> None:
        self.activation = activation
        self.calls: tuple[CallRecord, ...] = activation.calls
        self.reach: list[Reach | None] = [None, None]

    def places(self) -> dict[tuple[int, int], list[CallRecord]]:
        """The calls by site and half: worked out at each asking, since it takes as much room as the calls."""
        found: dict[tuple[int, int], list[CallRecord]] = {}
        for call in self.calls:
            found.setdefault((call.at, call.half), []).append(call)
        return found

    def calls_at(self, at: int, half: int) -> list[CallRecord]:
        """The calls of one site and half."""
        return [call for call in self.calls if call.at == at and call.half == half]

    @property
    def symbol(self) -> str:
        """The qualified name."""
        return self.activation.code.symbol

    @property
    def module(self) -> str:
        """The module's name."""
        return self.activation.code.module.name

    @property
    def site(self) -> Site:
        """Where it is defined."""
        return Site(self.module, self.activation.code.scope.at)


class CallSite(NamedTuple):
    """A call as one context makes it, and how that is reached (None: it is not)."""

    node: Node
    call: CallRecord
    reach: Reach | None

    @property
    def phase(self) -> Phase:
        """When the call runs."""
        return self.reach.phase if self.reach is not None else "unreached"

    @property
    def called_in(self) -> Phase:
        """When the callee runs: what a library calls back may wait for a later phase."""
        return self.phase if self.call.phase is None else max(self.phase, self.call.phase, key=PHASES.index)

    @property
    def site(self) -> Site:
        """Where it stands."""
        return Site(self.call.module, self.call.at)

    @property
    def certainty(self) -> Certainty:
        """That of the whole chain and of the call itself."""
        reached: Certainty = self.reach.certainty if self.reach is not None else "certain"
        return max(reached, self.call.certainty, key=CERTAINTIES.index)


class Hook(NamedTuple):
    """A function of the project that a library was told to call: where that was said, when it runs, who calls it."""

    module: str
    qualname: str
    phase: Phase
    via: str
    site: Site


@dataclass
class CallGraph:
    """The graph of one program. `entries` are its entry points with the nodes that they run.

    `split` holds the code of which a call runs the first half only: something else leaves the context manager, and what
    stands under a `__main__` guard is run by no import. `nameless` are the methods of what functions outside gave: of
    classes that the code does not name. `unbound` are names of modules that were asked for and that nothing binds,
    those of builtins left out; `listed` are the modules that were asked for all their names. It `is_cut` where not all
    was looked at that runs after the start: nothing there is certain to have what it was seen to have, and no more.
    """

    entries: list[tuple[EntryPoint, Node]]
    nodes: dict[Activation, Node]
    split: frozenset[object]
    stats: dict[str, int] = field(default_factory=dict)
    dynamics: tuple[tuple[str, Site], ...] = ()
    kept: tuple[Kept, ...] = ()
    nameless: frozenset[str] = frozenset()
    unbound: frozenset[tuple[str, str]] = frozenset()
    listed: frozenset[str] = frozenset()
    is_cut: bool = False
    _late: list[tuple[Node, int, Reach]] = field(default_factory=list)

    @property
    def is_large(self) -> bool:
        """Whether it is that of a program too large for all of its precision: what takes room matters then."""
        return len(self.nodes) > ROOMY

    def call_sites(self) -> Iterator[CallSite]:
        """Every call of every context, in the order of the analysis."""
        for node in self.nodes.values():
            for call in node.calls:
                yield CallSite(node, call, node.reach[call.half])

    def chain(self, reach: Reach | None) -> tuple[Hop, ...]:
        """The shortest chain of calls to a node, from the entry point or hook on."""
        hops: list[Hop] = []
        while reach is not None and reach.parent is not None and reach.call is not None:
            parent, half = reach.parent
            call = reach.call
            hops.append(Hop(parent.symbol, call.target, call.kind, call.certainty, Site(call.module, call.at)))
            reach = parent.reach[half]
        return tuple(reversed(hops))

    def way(self, reach: Reach | None) -> Iterator[tuple[Node, int]]:
        """The calls of that chain backwards: who makes each, and where."""
        while reach is not None and reach.parent is not None and reach.call is not None:
            parent, half = reach.parent
            yield parent, reach.call.at
            reach = parent.reach[half]

    def entry_of(self, reach: Reach | None) -> Entry | None:
        """What starts the chain."""
        while reach is not None and reach.parent is not None:
            parent, half = reach.parent
            reach = parent.reach[half]
        return reach.entry if reach is not None else None

    def hooks(self) -> list[Hook]:
        """Every function that a library calls in a phase of its own, once for each reached place that says so."""
        found: dict[Hook, None] = {}
        for site in self.call_sites():
            call = site.call
            if call.phase is not None and call.kind == "callback" and call.callee is not None and site.reach:
                code = call.callee.code
                found[Hook(code.module.name, code.qualname, site.called_in, call.via, site.site)] = None
        return list(found)

    def spread(self) -> None:
        """Works out how each node is reached: certain and likely calls first, earliest phase first, shortest chain.

        A command that makes an application runs later than that application's startup: what it hooks up for the start
        is known only when the command is reached, and then counts as a start of its own.
        """
        self._spread_phases()
        late = list(self._late_starts())
        if late:
            for node in self.nodes.values():
                node.reach = [None, None]
            self._late = late
            self._spread_phases()

    def _spread_phases(self) -> None:
        known = _Frontier()
        for start in self.starts():
            known.add(*start)
        for late in self._late:
            known.add(*late)
        for weakest in ("likely", "possible"):
            for phase in PHASES[:-1]:
                for node, half, reach in known.steps(phase, weakest):
                    node.reach[half] = reach
                    for step in self._steps(node, half, reach):
                        known.add(*step)

    def starts(self) -> Iterator[tuple[Node, int, Reach]]:
        """What the entry points run. What only a script does (see `CallRecord.half`) is its startup."""
        for entry, node in self.entries:
            yield from self.started(entry, node)

    def started(self, entry: EntryPoint, node: Node) -> Iterator[tuple[Node, int, Reach]]:
        """What one entry point runs of its node."""
        begun = Reach(entry.phase, "certain", 0, None, None, named(entry))
        is_script = entry.as_main and not entry.symbol
        for half in (0, 1) if is_script else self.halves(node):
            yield node, half, begun._replace(phase="startup") if is_script and half else begun

    def _late_starts(self) -> Iterator[tuple[Node, int, Reach]]:
        for node in self.nodes.values():
            for half, reach in enumerate(node.reach):
                if reach is not None and PHASES.index(reach.phase) > PHASES.index("startup"):
                    for callee, callee_half, step in self._steps(node, half, reach._replace(phase="startup")):
                        if step.parent is None and step.phase == "startup":
                            yield callee, callee_half, step

    def _steps(self, node: Node, half: int, reach: Reach) -> Iterator[tuple[Node, int, Reach]]:
        for call, callee, halves in self.steps(node, half):
            certainty = max(reach.certainty, call.certainty, key=CERTAINTIES.index)
            if call.phase is None:
                length = reach.length + distance(node, call, callee)
                step = Reach(reach.phase, certainty, length, (node, half), call, None)
            else:
                phase = max(call.phase, reach.phase, key=PHASES.index)
                step = Reach(phase, certainty, 0, None, None, hooked(call, callee))
            yield from ((callee, each, step) for each in halves)

    def steps(self, node: Node, half: int) -> Iterator[tuple[CallRecord, Node, Sequence[int]]]:
        """The calls that a half of a node makes to other nodes, and the halves of those that they run."""
        for call in node.calls:
            if call.half == half and call.callee is not None and call.callee in self.nodes:
                callee = self.nodes[call.callee]
                yield call, callee, (1,) if call.kind == "exit" else self.halves(callee)

    def halves(self, node: Node) -> Sequence[int]:
        """The halves of a node that a call of it runs: both, unless its code is split."""
        has_two = node.activation.code.scope.is_generator or any(call.half for call in node.calls)
        return (0, 1) if has_two and node.activation.code not in self.split else (0,)

    # -- by function, whatever the context

    def symbols(self) -> dict[str, list[Node]]:
        """The contexts of each function and module body."""
        found: dict[str, list[Node]] = {}
        for node in self.nodes.values():
            found.setdefault(node.symbol, []).append(node)
        return found

    def edges(self) -> dict[tuple[str, str], list[CallSite]]:
        """The calls between qualified names."""
        found: dict[tuple[str, str], list[CallSite]] = {}
        for site in self.call_sites():
            found.setdefault((site.node.symbol, site.call.target), []).append(site)
        return found

    def network(self) -> nx.DiGraph[str]:
        """The graph over qualified names; each edge has its call sites under `sites`."""
        import networkx as nx

        network: nx.DiGraph[str] = nx.DiGraph()
        network.add_nodes_from(self.symbols())
        for (caller, callee), sites in self.edges().items():
            network.add_edge(caller, callee, sites=sites)
        return network


class _Frontier:
    """The steps to nodes that are not reached yet, by phase: the surest first, then the shortest, then the oldest."""

    def __init__(self) -> None:
        self._pending: dict[Phase, list[tuple[int, int, int, Node, int, Reach]]] = {phase: [] for phase in PHASES}
        self._added = 0

    def add(self, node: Node, half: int, reach: Reach) -> None:
        """Notes a step."""
        if node.reach[half] is None:
            self._added += 1
            rank = CERTAINTIES.index(reach.certainty)
            heapq.heappush(self._pending[reach.phase], (rank, reach.length, self._added, node, half, reach))

    def steps(self, phase: Phase, weakest: Certainty) -> Iterator[tuple[Node, int, Reach]]:
        """Takes the steps of a phase that are sure enough, those that are added meanwhile too."""
        pending, limit = self._pending[phase], CERTAINTIES.index(weakest)
        while pending and pending[0][0] <= limit:
            _, _, _, node, half, reach = heapq.heappop(pending)
            if node.reach[half] is None:
                yield node, half, reach


def distance(caller: Node, call: CallRecord, callee: Node) -> int:
    """How much longer a call makes a chain: one, and far more if it imports a module that another import has run."""
    runs = call.kind != "import" or callee.activation.first in (None, caller.activation)
    return 1 if runs else _LATER_IMPORT


def named(entry: EntryPoint) -> Entry:
    """What an entry point is, and where it was found."""
    return Entry(entry.reason, Span(entry.path, entry.line, 1, entry.line, 1) if entry.line else None)


def hooked(call: CallRecord, callee: Node) -> Entry:
    """What calls back a function in a phase of its own, and where that stands."""
    return Entry(short(call.via), callee.site)


def short(via: str) -> str:
    """What calls back, without the packages of its class: `fastapi.FastAPI lifespan` is `FastAPI lifespan`.

    The argument that takes the callback is told for a class only: that of a method says no more than its name.
    """
    path, _, argument = via.partition(" ")
    parts = path.split(".")
    first = next((index for index, part in enumerate(parts) if part[:1].isupper()), len(parts) - 2)
    told = ".".join(parts[max(first, 0) :])
    return f"{told} {argument}" if argument and parts[-1][:1].isupper() else told


def collect(roots: Iterable[Activation]) -> dict[Activation, Node]:
    """The nodes that the roots reach, by calls of any certainty, breadth first."""
    nodes: dict[Activation, Node] = {}
    pending = list(roots)
    for activation in pending:
        if activation in nodes:
            continue
        node = nodes[activation] = Node(activation)
        pending.extend(call.callee for call in node.calls if call.callee is not None and call.callee not in nodes)
    return nodes
