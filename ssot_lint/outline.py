"""The call graph as `ssot-lint graph` draws it: one node a function, whatever its contexts, cut to what is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from ssot_lint.callgraph.activation import Activation, CallKind
from ssot_lint.callgraph.graph import SILENT_KINDS, CallGraph, CallSite, Node
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import CERTAINTIES, PHASES, Certainty, Phase, Site

# A site with more targets than these, in one context, dispatches by data that is not known here: of such edges,
# recorded test runs took one in ten, of all others eight. `json` has them too.
WIDEST = 32
# A function that is handed to code outside at more sites than these stands in data that is handed about: recorded test
# runs took one in two hundred of such edges. `json` has them too.
MOST_HANDED_OUT = 8

NodeKind: TypeAlias = Literal["module", "function", "method", "lambda", "external"]


class OutlineNode(NamedTuple):
    """A function or module body by its qualified name, with the earliest phase in which it runs.

    What lies outside the project has neither site nor phase.
    """

    name: str
    kind: NodeKind
    phase: Phase | None = None
    site: Site | None = None


class OutlineEdge(NamedTuple):
    """What one function calls at one site; `phase` is the earliest in which it is called from there.

    `choices` is how many functions of the project the site may call, in the context of the caller where it is fewest.
    """

    caller: str
    callee: str
    kind: CallKind
    phase: Phase
    certainty: Certainty
    site: Site
    choices: int = 0


@dataclass(frozen=True)
class Outline:
    """Nodes sorted by name; edges sorted by caller, callee and site, whose ends are nodes."""

    nodes: tuple[OutlineNode, ...]
    edges: tuple[OutlineEdge, ...]
    nameless: frozenset[str] = frozenset()

    def sites(self) -> Iterator[Site]:
        """Where nodes and edges stand."""
        yield from (node.site for node in self.nodes if node.site is not None)
        yield from (edge.site for edge in self.edges)

    def pairs(self) -> dict[tuple[str, str], Certainty]:
        """Who calls whom, and how sure the surest of these calls is."""
        found: dict[tuple[str, str], Certainty] = {}
        for edge in self.edges:
            pair = (edge.caller, edge.callee)
            found[pair] = min(found.get(pair, edge.certainty), edge.certainty, key=CERTAINTIES.index)
        return found


def outline(graph: CallGraph, modules: Mapping[str, ModuleFacts], *, whole: bool) -> Outline:
    """The outline of a graph of these modules.

    `whole` takes functions that are not in the graph too, such as those whose definition never runs.
    """
    phases = _phases(graph.nodes.values())
    nodes = {
        node.name: node
        for name, facts in modules.items()
        for node in _functions(name, facts, phases)
        if whole or node.name in phases
    }
    edges = _edges(list(graph.call_sites()), _sure_contexts(graph.nodes))
    for edge in edges:
        if edge.callee not in nodes:
            nodes[edge.callee] = OutlineNode(edge.callee, "external")
    return Outline(tuple(sorted(nodes.values())), edges, graph.nameless)


def _is_nameless(callee: str) -> bool:
    """Whether published benchmarks have no name for it: methods of builtin types, what a call of the outside gave."""
    return callee.endswith("()") or (callee.startswith("<builtin>.") and callee.count(".") > 1)


def calls(drawn: Outline) -> Outline:
    """The outline as published benchmarks draw one: calls that have a name, but for what rests on data alone.

    Such are sites with a choice among more than `WIDEST`, escapes of what is `MOST_HANDED_OUT`, and operators of which
    it is no more than possible that they call a method (of these recorded test runs took one in thirty).
    """
    handed_out = Counter(edge.callee for edge in drawn.edges if edge.kind == "escape")
    own = {node.name for node in drawn.nodes if node.site}
    edges = [
        edge
        for edge in drawn.edges
        if edge.kind not in SILENT_KINDS
        and not _is_nameless(edge.callee)
        and edge.callee not in drawn.nameless
        and edge.choices <= WIDEST
        and not (edge.kind == "operator" and edge.certainty == "possible")
        and not (edge.kind == "escape" and handed_out[edge.callee] > MOST_HANDED_OUT)
    ]
    return _part(drawn, own, edges)


def below(drawn: Outline, modules: Collection[str]) -> Outline:
    """The functions of some modules, and what they call."""
    own = {node.name for node in drawn.nodes if node.site and node.site.module in modules}
    return _part(drawn, own, [edge for edge in drawn.edges if edge.caller in own])


def cut(drawn: Outline, sources: Collection[str], targets: Collection[str], depth: int | None) -> Outline:
    """What lies on the ways from sources to targets (by name; none: from or to anywhere) of at most `depth` edges."""
    import networkx as nx

    network: nx.DiGraph[str] = nx.DiGraph()
    network.add_nodes_from(node.name for node in drawn.nodes)
    network.add_edges_from((edge.caller, edge.callee) for edge in drawn.edges)
    steps: dict[str, float] = dict.fromkeys(network, 0)
    for ends, way in ((sources, network), (targets, network.reverse(copy=False))):
        if ends:
            far = nx.multi_source_dijkstra_path_length(way, set(ends), cutoff=depth)
            steps = {name: steps[name] + far[name] for name in steps if name in far}
    kept = {name for name, length in steps.items() if depth is None or length <= depth}
    return _part(drawn, kept, [edge for edge in drawn.edges if edge.caller in kept and edge.callee in kept])


def _part(drawn: Outline, names: Collection[str], edges: Sequence[OutlineEdge]) -> Outline:
    """The nodes of these names, and these edges with their ends."""
    ends = {end for edge in edges for end in (edge.caller, edge.callee)}
    nodes = tuple(node for node in drawn.nodes if node.name in names or node.name in ends)
    return Outline(nodes, tuple(edges), drawn.nameless)


def _phases(nodes: Iterable[Node]) -> dict[str, Phase]:
    """The earliest phase of each function."""
    found: dict[str, Phase] = {}
    for node in nodes:
        for reach in node.reach:
            phase = reach.phase if reach is not None else "unreached"
            found[node.symbol] = min(found.get(node.symbol, phase), phase, key=PHASES.index)
    return found


def _functions(module: str, facts: ModuleFacts, phases: Mapping[str, Phase]) -> Iterator[OutlineNode]:
    for scope in facts.scopes:
        if scope.kind == "class":
            continue
        name = f"{module}.{scope.qualname}" if scope.qualname else module
        is_method = scope.kind == "function" and facts.scopes[scope.parent].kind == "class"
        kind: NodeKind = "method" if is_method else scope.kind
        yield OutlineNode(name, kind, phases.get(name, "unreached"), Site(module, scope.at))


def _sure_contexts(nodes: Mapping[Activation, Node]) -> set[Activation]:
    """The functions in the contexts to which chains of certain calls lead, from what nothing calls."""
    pending = [each for each in nodes if each.first is None or each.function is None]
    found: set[Activation] = set()
    while pending:
        activation = pending.pop()
        if activation not in found and activation in nodes:
            found.add(activation)
            calls = nodes[activation].calls
            pending += [call.callee for call in calls if call.certainty == "certain" and call.callee is not None]
    return found


def _edges(sites: Sequence[CallSite], sure: Collection[Activation]) -> tuple[OutlineEdge, ...]:
    """One edge for each site, target and kind of call: the earliest and surest of all contexts.

    Where a site goes elsewhere in another context, it is certain in contexts only that are.
    """
    own = {(site.node, site.site, site.call.kind, site.call.target) for site in sites if site.call.callee is not None}
    choices = Counter(site[:3] for site in own)
    targets: dict[tuple[str, Site, CallKind], set[str]] = {}
    for site in sites:
        targets.setdefault((site.node.symbol, site.site, site.call.kind), set()).add(site.call.target)
    found: dict[tuple[str, str, Site, CallKind], tuple[Phase, Certainty, int]] = {}
    for site in sites:
        call = site.call
        key = (site.node.symbol, call.target, site.site, call.kind)
        among = choices[site.node, site.site, call.kind]
        certainty = call.certainty
        depends = len(targets[site.node.symbol, site.site, call.kind]) > 1
        if depends and certainty == "certain" and site.node.activation not in sure:
            certainty = "likely"
        phase, surest, fewest = found.get(key, ("unreached", "possible", among))
        found[key] = (
            min(phase, site.called_in, key=PHASES.index),
            min(surest, certainty, key=CERTAINTIES.index),
            min(fewest, among),
        )
    return tuple(
        OutlineEdge(caller, callee, kind, phase, certainty, site, fewest)
        for (caller, callee, site, kind), (phase, certainty, fewest) in sorted(found.items())
    )
