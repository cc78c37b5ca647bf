"""`asyncio.run()` and `loop.run_until_complete()` where a loop runs already: in coroutines, and in what they call."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import Attribute, Call, Name
from ssot_lint.facts.nested import walk

_RUNNING = frozenset(("asyncio.run", "asyncio.AbstractEventLoop.run_until_complete"))
# What asks whether a loop runs, and what lets one run inside of another.
_ASKING = frozenset(("get_running_loop", "is_running", "_get_running_loop", "current_task"))
_NESTING = "nest_asyncio"


def refused(start: Start) -> Iterator[tuple[Reached, CallRecord, str]]:
    """Each such call of what runs before the program serves, and why it is certain to raise."""
    if any(each.module == _NESTING for facts in start.context.library.loaded.values() for each in facts.imports):
        return
    for node in start.graph.nodes.values():
        for call in node.calls:
            place = Reached(node, call.at, call.half, call.certainty)
            if call.target not in _RUNNING or call.kind != "call" or not start.counts(place):
                continue
            spoken = start.context.surroundings.node(place.site)
            if isinstance(spoken, Call) and written(spoken.function) and _runs_in_loop(node, call.half):
                yield place, call, "an event loop runs already"


def _runs_in_loop(node: Node, half: int) -> bool:
    """Whether a coroutine runs the code, itself or by calls alone, and nothing asks for the loop on the way."""
    seen: set[Node] = set()
    while node not in seen:
        seen.add(node)
        scope = node.activation.code.scope
        if any(_asks(part) for part in walk(scope.body)):
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


def _asks(part: object) -> bool:
    name = part.id if isinstance(part, Name) else part.name if isinstance(part, Attribute) else ""
    return name in _ASKING
