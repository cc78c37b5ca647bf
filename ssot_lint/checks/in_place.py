"""What changes something in place and gives None, where more is expected: `names = list(found).sort()`."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.awaiting import ASSIGNING
from ssot_lint.checks.giving import later_uses, use_of_none
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.facts.model import Attribute, Call

_METHODS = {
    "list": ("append", "clear", "extend", "insert", "remove", "reverse", "sort"),
    "dict": ("clear", "update"),
    "set": ("add", "clear", "difference_update", "discard", "intersection_update", "remove", "update"),
}
_GIVING_NONE = frozenset((
    *(f"<builtin>.{type_}.{name}" for type_, names in _METHODS.items() for name in names), "random.shuffle",
))  # fmt: skip


def misused(start: Start) -> Iterator[tuple[Reached, str, str, type[Exception]]]:
    """Each place where such a use is certain to fail, what is called, what is wrong, and what Python raises."""
    surroundings = start.context.surroundings
    for node in start.graph.nodes.values():
        for (at, half), calls in node.places().items():
            target = calls[0].target
            if target not in _GIVING_NONE or any(call.target != target for call in calls):
                continue
            place = Reached(node, at, half, max(call.certainty for call in calls))
            if not start.counts(place) or at in node.activation.opaque:
                continue
            written, step = surroundings.node(place.site), next(surroundings.of(place.site), None)
            if not isinstance(written, Call) or step is None or place.certainty != "certain":
                continue
            name = f"{target.rpartition('.')[2]}()"
            use, error = use_of_none(step)
            found: list[tuple[Reached, str, type[Exception]]] = []
            if use:
                found = [(place, f"{name} changes it in place and returns None, and {use}", error)]
            elif isinstance(step.node, ASSIGNING):
                found = list(later_uses(start, place, step.node, name))
            receiver = written.function.value if isinstance(written.function, Attribute) else written.function
            if found and (isinstance(receiver, Call) or is_known(start, place, receiver)):
                yield from ((where, target, what, raised) for where, what, raised in found)
