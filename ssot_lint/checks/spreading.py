"""Calls that spread dicts and tuples: whether all that these bring to the call is told: `Client(**settings())`."""

from __future__ import annotations

from ssot_lint.callgraph.values import Container
from ssot_lint.checks.forwarded import is_spread
from ssot_lint.checks.keys import is_filtered, is_removed, is_supplied, written_keys
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.facts.model import Call, Star

_MISSES = "misses"


def may_bring_else(
    start: Start, place: Reached, call: Call, spread: tuple[Container, ...] | None, problem: str
) -> bool:
    """Whether a call that is said to have a problem may get something else, for it spreads what is not all told.

    What is spread must be written out, and no loaded code may put a missing name into any dict, or take a name out.
    """
    if not is_spread(call):
        return False
    expressions = [each.value for each in call.arguments if isinstance(each, Star)]
    expressions += [value for name, value in call.keywords if name is None]
    if spread is None or len(spread) != len(expressions) or any(_may_change(start, each) for each in spread):
        return True
    if not all(is_known(start, place, each) for each in expressions):
        return True
    _, _, rest = problem.partition("`")
    name = rest.partition("`")[0]
    if problem.startswith(_MISSES):
        return is_supplied(start, name)
    return any(is_removed(start, str(key)) for each in spread for key in each.listed or () if name in ("", key))


def _may_change(start: Start, container: Container) -> bool:
    """Whether a container may hold something else than what it was made with, or less."""
    if container.may_hold_more or container.type != "dict":
        return container.may_hold_more
    if is_filtered(start, container):
        return True
    made_with = container.born_with or frozenset(written_keys(start, container))
    return not made_with or made_with != frozenset(container.listed or ())
