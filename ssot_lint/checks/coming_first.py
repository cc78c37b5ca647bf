"""Whether the start surely comes to a place before anything that writes what is read there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.contracts import NO_CONTEXT_PHASES
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.straight import surely_run
from ssot_lint.facts.model import Statement
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site

_DEEPEST = 12
# What calls back when its `with` ends, whatever comes there before.
_AT_THE_END = "contextlib.ExitStack."


class Write(NamedTuple):
    """Where something is written: a scope of a module, and the last site of the statement that does so."""

    module: str
    scope: int
    at: int


class _Later(NamedTuple):
    """What comes after a place: calls, by who makes them and where, and the functions that write there themselves."""

    calls: frozenset[tuple[Node, int]]
    writing: frozenset[Node]


_NOTHING = _Later(frozenset(), frozenset())


def last_site(statement: Statement) -> int:
    """The last site of what a statement evaluates: what it writes, it writes then."""
    sites = (getattr(node, "at", 0) for node in (statement, *walk(statement)))
    return max(at for at in sites if isinstance(at, int))


class Order:
    """The calls of a start, as far as they follow one another surely."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._sure: dict[Activation, frozenset[int]] = {}
        self._leading: dict[frozenset[Node], set[Node]] = {}

    def comes_first(self, place: Reached, writes: Iterable[Write]) -> bool:
        """Whether what leads to the place runs it before each of the writes, on some chain of calls.

        All writes have to come later on that chain, or only when the program serves: one that nothing was seen to come
        to may come first.
        """
        writing: dict[Node, int] = {}
        for write in writes:
            nodes = [node for node in self._nodes(write) if any(node.reach)]
            if not nodes:
                return False
            for node in nodes:
                if any(self._is_of_start(node, half) for half in (0, 1)):
                    writing[node] = min(write.at, writing.get(node, write.at))
        if not writing or not self.is_sure(place.node, place.at):
            return False
        leading = self._leading_to(frozenset(writing))
        later = self._climb(place.node, place.at, None, writing, leading, _DEEPEST, _NOTHING)
        return later is not None and not self._may_come_otherwise(writing, later)

    def is_run(self, writes: Iterable[Write]) -> bool:
        """Whether anything was seen to come to one of the writes, whenever."""
        return any(any(node.reach) for write in writes for node in self._nodes(write))

    def is_sure(self, node: Node, at: int) -> bool:
        """Whether a function surely comes to a site of its own."""
        activation = node.activation
        if activation not in self._sure:
            known = surely_run(activation.code.scope.body, activation.raises)
            self._sure[activation] = frozenset(each if isinstance(each, int) else each.at for each in known)
        return at in self._sure[activation]

    def _may_come_otherwise(self, writing: dict[Node, int], later: _Later) -> bool:
        """Whether the start comes to one of the writes by other calls than those that come later."""
        pending = [node for node in writing if node not in later.writing]
        entries = {node for _, node in self._start.graph.entries}
        seen: set[Node] = set()
        while pending:
            node = pending.pop()
            if node in entries:
                return True
            for caller, call in self._start.callers_of(node):
                if (caller, call.at) in later.calls:
                    continue
                if call.phase is not None:
                    return True
                if caller not in seen:
                    seen.add(caller)
                    pending.append(caller)
        return False

    def _climb(
        self,
        node: Node,
        at: int,
        below: Node | None,
        writing: dict[Node, int],
        leading: set[Node],
        depth: int,
        later: _Later,
    ) -> _Later | None:
        """What comes after a site in what a function does, or in what calls it does, if all writes are among that."""
        if node in writing and writing[node] <= at:
            return None
        after = {node} & writing.keys()
        calls: set[tuple[Node, int]] = set()
        pending: list[Node] = []
        for call in node.calls:
            callee = self._start.graph.nodes.get(call.callee) if call.callee is not None else None
            if callee is None or callee not in leading or (call.at == at and callee is below):
                continue
            if call.phase is None and (call.at <= at or self._is_inside(call, at)):
                return None  # but what a library calls back, it calls when it is told all
            pending.append(callee)
            calls.add((node, call.at))
        if below is not None:
            pending.append(below)
        later = _Later(later.calls | calls, later.writing | after)
        if writing.keys() <= after | self._reached_from(pending, leading):
            return later
        for caller, call in self._start.callers_of(node) if depth > 0 else ():
            if call.kind == "import" and node.activation.first not in (None, caller.activation):
                continue  # another import has run it
            is_there = call.certainty == "certain" and call.phase is None and not call.via.startswith(_AT_THE_END)
            is_sure = is_there and self.is_sure(caller, call.at)
            found = (
                self._climb(caller, call.at, node, writing, leading, depth - 1, later)
                if is_sure and caller is not node
                else None
            )
            if found is not None:
                return found
        return None

    def _is_inside(self, call: CallRecord, at: int) -> bool:
        """Whether a call stands inside of what has its place at a site, and so is made before: `made().ready`."""
        steps = self._start.context.surroundings.of(Site(call.module, call.at))
        return any(getattr(step.node, "at", None) == at for step in steps)

    def _reached_from(self, pending: list[Node], leading: set[Node]) -> set[Node]:
        """What nodes lead to, among those that lead to a write."""
        found: set[Node] = set()
        while pending:
            node = pending.pop()
            if node not in found:
                found.add(node)
                callees = (self._start.graph.nodes.get(call.callee) for call in node.calls if call.callee is not None)
                pending += [callee for callee in callees if callee is not None and callee in leading]
        return found

    def _leading_to(self, writing: frozenset[Node]) -> set[Node]:
        """The nodes from which calls of whatever kind lead to one of these, and these."""
        if writing not in self._leading:
            found = set(writing)
            pending = list(writing)
            while pending:
                for caller, _ in self._start.callers_of(pending.pop()):
                    if caller not in found:
                        found.add(caller)
                        pending.append(caller)
            self._leading[writing] = found
        return self._leading[writing]

    def _nodes(self, write: Write) -> Iterable[Node]:
        return (
            node
            for node in self._start.graph.nodes.values()
            if node.module == write.module and node.activation.code.index == write.scope
        )

    def _is_of_start(self, node: Node, half: int) -> bool:
        reach = node.reach[half]
        return reach is not None and reach.phase in NO_CONTEXT_PHASES
