"""What the rules about a failing start share: what the start reaches, and whether a failure there ends it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from ssot_lint.callgraph.activation import Activation, CallRecord, Missing
from ssot_lint.callgraph.graph import Node, Reach, hooked, named
from ssot_lint.checks.bindings import Bindings
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.contracts import NO_CONTEXT_PHASES
from ssot_lint.checks.doubts import is_doubtful
from ssot_lint.checks.guards import Guards
from ssot_lint.checks.standing_in import stands_in
from ssot_lint.facts.model import Try
from ssot_lint.findings import CERTAINTIES, PHASES, Certainty, Entry, Hop, Level, Phase, Site, Violation
from ssot_lint.project.model import EntryKind

# What is imported when somebody runs it, and not when the service starts.
ASIDE: frozenset[EntryKind] = frozenset(("command",))


class Reached(NamedTuple):
    """A place that fails when it runs: the function and half that hold it, and how that is reached."""

    node: Node
    at: int
    half: int
    certainty: Certainty = "certain"

    @property
    def reach(self) -> Reach | None:
        """How it is reached; None where nothing reaches it."""
        return self.node.reach[self.half]

    @property
    def phase(self) -> Phase:
        """When it runs."""
        return self.reach.phase if self.reach is not None else "unreached"

    @property
    def site(self) -> Site:
        """Where it stands."""
        return Site(self.node.module, self.at)

    @property
    def sure(self) -> Certainty:
        """How sure the failure is: the chain and the place itself."""
        reached: Certainty = self.reach.certainty if self.reach is not None else "certain"
        return max(reached, self.certainty, key=CERTAINTIES.index)

    @property
    def rank(self) -> tuple[int, int, int]:
        """Lowest for the earliest and surest."""
        length = self.reach.length if self.reach is not None else 0
        return (PHASES.index(self.phase), CERTAINTIES.index(self.sure), length)


class Way(NamedTuple):
    """How a place is reached: what starts the chain, and the calls."""

    entry: Entry
    chain: tuple[Hop, ...]


def _hops(node: Node, following: Mapping[Node, tuple[Hop, Node] | None]) -> tuple[Hop, ...]:
    """The calls from a node on."""
    hops: list[Hop] = []
    step = following[node]
    while step is not None:
        hops.append(step[0])
        step = following[step[1]]
    return tuple(hops)


def _refuses(getter: Activation | None) -> bool:
    """Whether a `__getattr__` surely raises for the name that it was asked for."""
    return getter is not None and getter.is_exact and bool(getter.raises) and not (getter.returns or getter.unsettled)


class Start:
    """What the program runs until it serves, for a rule about one kind of error."""

    def __init__(self, context: CheckContext, code: str, error: type[Exception]) -> None:
        self.context = context
        self.graph = context.graph
        self.bindings: Bindings = context.bindings
        self._code = code
        self._error = error
        self._guards: Guards = context.guards
        self._callers: dict[Node, list[tuple[Node, CallRecord]]] | None = None

    def missing(self, *kinds: str) -> Iterator[tuple[Reached, Missing]]:
        """The reads that found nothing, of these kinds, in every context that counts."""
        for node in self.graph.nodes.values():
            for each in sorted(node.activation.missing, key=lambda each: (each.at, each.half, each.name)):
                # Patterns have no place: what they ask for and do not find only does not fit.
                if each.kind in kinds and each.at >= 0 and self.counts(place := Reached(node, each.at, each.half)):
                    yield place, each

    def may_have(self, place: Reached, module: str, name: str) -> bool:
        """Whether a module may have the attribute that is read from it, be it by its own `__getattr__`."""
        names = self.bindings.of(module)
        if names is not None and module == place.node.module and name in names.from_itself:
            return self.bindings.may_get(module, name)
        if names is None or not names.has_getter or self.bindings.may_bind(module, name):
            return self.bindings.may_have(module, name)
        asked = [call for call in place.node.calls if call.at == place.at and call.target == f"{module}.__getattr__"]
        return not asked or not all(call.certainty == "certain" and _refuses(call.callee) for call in asked)

    def counts(self, place: Reached) -> bool:
        """Whether the rules speak of a place: it runs before the program serves, or they are asked about all phases."""
        return place.phase in NO_CONTEXT_PHASES or self.context.all_phases

    def bodies(self) -> Iterator[Node]:
        """The module bodies that count, each once."""
        for node in self.graph.nodes.values():
            if node.activation.function is None and self.counts(Reached(node, 0, 0)):
                yield node

    def earliest(self, places: Iterable[tuple[Reached, str]]) -> Iterator[tuple[Reached, str]]:
        """One place and its message a site: the earliest and surest, if no guard keeps it from failing there."""
        best: dict[Site, tuple[Reached, str]] = {}
        for place, message in places:
            known = best.get(place.site)
            if known is None or place.rank < known[0].rank:
                best[place.site] = (place, message)
        for place, message in best.values():
            if not self.is_guarded(place.node, place.at) and not self._stands_in(place.node):
                yield place, message

    def is_guarded(self, node: Node, at: int, callee: Activation | None = None) -> bool:
        """Whether a failure at a site of the function, or of what that calls, is swallowed there, or may not happen."""
        return self._guards.hold(Site(node.module, at), self._error, node.activation.ended_after(callee))

    def _stands_in(self, node: Node) -> bool:
        return stands_in(self.context.surroundings, node.activation.code)

    def ends_it(self, place: Reached) -> bool:
        """Whether some chain leads to the place on which nothing swallows the error."""
        return self._comes_to(place, self._is_guarded_call)

    def _is_guarded_call(self, caller: Node, call: CallRecord) -> bool:
        return self.is_guarded(caller, call.at, call.callee)

    def is_doubtful(self, place: Reached) -> bool:
        """Whether the start may not come by, or fails there anyway."""

        def stops(caller: Node, call: CallRecord) -> bool:
            return self._may_miss(caller, call.at)

        return self._may_miss(place.node, place.at) or not self._comes_to(place, stops)

    def is_fallback(self, place: Reached) -> bool:
        """Whether only handlers of exceptions lead to the place: it is for where something else is not there."""

        def stops(caller: Node, call: CallRecord) -> bool:
            return self._is_handler(caller, call.at)

        return self._is_handler(place.node, place.at) or not self._comes_to(place, stops)

    def _is_handler(self, caller: Node, at: int) -> bool:
        steps = self.context.surroundings.of(Site(caller.module, at))
        return any(isinstance(step.node, Try) and step.field == "handlers" for step in steps)

    def _surely_ends_it(self, place: Reached) -> bool:
        """Whether there is such a way, or nothing leads to the place."""
        return not self._may_miss(place.node, place.at) and (place.reach is None or self.sure_way(place) is not None)

    def sure_way(self, place: Reached) -> Way | None:
        """A chain to the place on which nothing swallows the error, and that the start does not miss."""

        def stops(caller: Node, call: CallRecord) -> bool:
            return self._is_guarded_call(caller, call) or self._may_miss(caller, call.at)

        return self._way_to(place, stops, ASIDE)

    def _may_miss(self, caller: Node, at: int) -> bool:
        return is_doubtful(self.context.surroundings, caller, at)

    def _comes_to(self, place: Reached, stops: Callable[[Node, CallRecord], bool]) -> bool:
        """Whether nothing leads there, or a chain past the calls that `stops` names."""
        return place.reach is None or self._way_to(place, stops) is not None

    def _way_to(
        self, place: Reached, stops: Callable[[Node, CallRecord], bool], aside: frozenset[EntryKind] = frozenset()
    ) -> Way | None:
        """A chain there from an entry point that is not `aside`, past the calls that `stops` names."""
        following: dict[Node, tuple[Hop, Node] | None] = {place.node: None}
        pending = deque((place.node,))
        entries = {node: named(entry) for entry, node in reversed(self.graph.entries) if entry.kind not in aside}
        while pending:
            node = pending.popleft()
            if node in entries:
                return Way(entries[node], _hops(node, following))
            for caller, call in self.callers_of(node):
                if call.phase is not None:
                    return Way(hooked(call, node), _hops(node, following))
                if caller not in following and not stops(caller, call):
                    site = Site(call.module, call.at)
                    following[caller] = (Hop(caller.symbol, call.target, call.kind, call.certainty, site), node)
                    pending.append(caller)
        return None

    def callers_of(self, node: Node) -> list[tuple[Node, CallRecord]]:
        """Who calls it where that counts, and how."""
        if self._callers is None:
            self._callers = {}
            for caller in self.graph.nodes.values():
                for call in caller.calls:
                    callee = self.graph.nodes.get(call.callee) if call.callee is not None else None
                    if callee is not None and self.counts(Reached(caller, call.at, call.half)):
                        self._callers.setdefault(callee, []).append((caller, call))
        return self._callers.get(node, [])

    def violations(self, found: Iterable[tuple[Reached, str]]) -> Iterator[Violation]:
        """What a rule says of these places: of each site once."""
        for place, message in self.earliest(found):
            yield self.violation(place, message)

    def violations_of(self, found: Iterable[tuple[Reached, str, str]]) -> Iterator[Violation]:
        """The same of places with what is called there, and the messages."""
        last = {place.site: (place, target, message) for place, target, message in found}
        for place, message in self.earliest((place, message) for place, _, message in last.values()):
            yield self.violation(place, message, target=last[place.site][1])

    def violation(
        self, place: Reached, message: str, level: Level = "error", *, note: str = "", target: str = ""
    ) -> Violation:
        """What a rule says of a place, with the chain that leads there.

        It is at most a warning after the start, where a handler on every chain to it swallows the error, where the
        start may not come by, and in what only a management command imports.
        """
        if level == "error" and (place.phase not in NO_CONTEXT_PHASES or not self._surely_ends_it(place)):
            level = "warning"
        return Violation(
            self._code,
            level,
            message,
            place.site,
            certainty=place.sure,
            phase=place.phase,
            function=place.node.symbol,
            target=target,
            chain=self.graph.chain(place.reach),
            note=note,
            entry=self.graph.entry_of(place.reach),
        )
