"""`asyncio.run()` and `loop.run_until_complete()` where a loop runs already: in coroutines, and in what they call.

And `asyncio.create_task()` and what else needs a loop while the program is being imported, when none runs yet. Servers
of ASGI applications import these in their loop; so nothing is said of a program that has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.doubts import is_doubtful
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Attribute, Call, Name, Try
from ssot_lint.facts.nested import walk

_RUNNING = frozenset(("asyncio.run", "asyncio.AbstractEventLoop.run_until_complete"))
# What asks whether a loop runs, what raises if none does, and what lets one run inside of another.
_ASKING = frozenset(("is_running", "_get_running_loop"))
_RAISING = frozenset(("get_running_loop", "current_task"))
_NESTING = "nest_asyncio"
_NEEDING = frozenset(("asyncio.create_task", "asyncio.get_running_loop"))
# Programs that a loop may import.
_SERVED = frozenset(("asgi", "lifespan", "event", "module", "configured"))


def refused(start: Start) -> Iterator[tuple[Reached, CallRecord, str]]:
    """Each such call of what runs before the program serves, and why it is certain to raise."""
    if not any(each.module == _NESTING for facts in start.context.library.loaded.values() for each in facts.imports):
        for place, call in _calls_of(start, _RUNNING):
            spoken = start.context.surroundings.node(place.site)
            if isinstance(spoken, Call) and written(spoken.function) and _runs_in_loop(place.node, place.half):
                yield place, call, "an event loop runs already"
    if not any(entry.kind in _SERVED for entry, _ in start.graph.entries):
        for place, call in _calls_of(start, _NEEDING):
            if _runs_at_import(start, place.node, place.half):
                yield place, call, "no event loop runs yet"


def _calls_of(start: Start, targets: frozenset[str]) -> Iterator[tuple[Reached, CallRecord]]:
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.target in targets and call.kind == "call":
                place = Reached(node, call.at, call.half, call.certainty)
                if start.counts(place):
                    yield place, call


def _runs_in_loop(node: Node, half: int) -> bool:
    """Whether a coroutine runs the code, itself or by calls alone, and nothing asks for the loop on the way."""
    seen: set[Node] = set()
    while node not in seen:
        seen.add(node)
        scope = node.activation.code.scope
        if _asks(scope.body):
            return False
        if scope.is_async:
            return True
        reach = node.reach[half]
        if reach is None or reach.parent is None or reach.call is None or reach.call.certainty != "certain":
            return False
        if reach.call.kind != "call" or reach.call.via or reach.call.phase is not None:
            return False
        node, half = reach.parent
    return False


def _runs_at_import(start: Start, node: Node, half: int) -> bool:
    """Whether code surely runs while modules are imported, itself or by calls alone of plain functions."""
    seen: set[Node] = set()
    while node not in seen:
        seen.add(node)
        scope, reach = node.activation.code.scope, node.reach[half]
        if scope.is_async or scope.is_generator or reach is None or _asks(scope.body):
            return False
        if reach.parent is None or reach.call is None:
            return scope.kind == "module"
        caller, half = reach.parent
        if reach.call.via or reach.call.phase is not None or reach.call.certainty != "certain":
            return False
        if start.is_guarded(caller, reach.call.at, node.activation):
            return False
        if is_doubtful(start.context.surroundings, caller, reach.call.at):
            return False
        node = caller
    return False


def _asks(body: Sequence[object]) -> bool:
    """Whether code asks if a loop runs: by name, or as a `try` around what raises where none does."""
    if any(last_name(part) in _ASKING for part in walk(body) if isinstance(part, (Name, Attribute))):
        return True
    tried = [each.body for each in walk(body) if isinstance(each, Try)]
    return any(last_name(part) in _RAISING for part in walk(tried) if isinstance(part, (Name, Attribute)))
