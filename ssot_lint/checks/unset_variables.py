"""Context variables without a default that a start asks for, where nothing has set them: `current_user.get()`."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.library_calls import is_alone
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import AnnotatedAssign, Assign, Attribute, Call, Expression, ImportFrom, Name
from ssot_lint.facts.nested import nested
from ssot_lint.project.imports import absolute_name

_VARIABLE = "contextvars.ContextVar"
# From so many modules on, what a variable is imported from is not followed.
_FARTHEST = 4


def refused(start: Start) -> Iterator[tuple[Reached, CallRecord, str]]:
    """Each call that surely asks such a variable, and why it raises; what only requests set is not set yet."""
    asked = [(place, call, written) for place, call, written in _calls(start, "get") if not written.arguments]
    told = set().union(*(_names(start, place, written) for place, _, written in _calls(start, "set"))) if asked else ()
    for place, call, written in asked:
        if written.keywords or "" in told or not is_alone(place.node, place.at):
            continue
        names = _names(start, place, written)
        if "" not in names and names.isdisjoint(told):
            yield place, call, "nothing has set the context variable, and it has no default"


def _calls(start: Start, method: str) -> Iterator[tuple[Reached, CallRecord, Call]]:
    """The calls of a method of context variables that a start makes."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.target == f"{_VARIABLE}.{method}" and call.kind == "call":
                place = Reached(node, call.at, call.half, call.certainty)
                written = start.context.surroundings.node(place.site) if start.counts(place) else None
                if isinstance(written, Call):
                    yield place, call, written


def _names(start: Start, place: Reached, call: Call) -> set[str]:
    """The variable that a method is called on, `module.NAME`; the empty name for one that is not known."""
    owner = call.function.value if isinstance(call.function, Attribute) else None
    code = place.node.activation.code
    name = owner.id if isinstance(owner, Name) else ""
    is_own = code.index and (name in code.bound or code.owner_of(name) > 0)
    return {"" if not name or is_own else _defined(start, place.node.module, name, _FARTHEST)}


def _defined(start: Start, module: str, name: str, depth: int) -> str:
    """The one statement that binds a global to a context variable without a default, as `module.NAME`."""
    facts = start.context.library.own(module)
    if facts is None or not depth or any(name in scope.global_names for scope in facts.scopes):
        return ""
    binding = [each for each in nested(facts.scopes[0].read()) if name in names_bound(facts, each)]
    first = binding[0] if len(binding) == 1 else None
    if isinstance(first, ImportFrom):
        base = absolute_name(start.context.project.modules[module], first.level, first.module)
        taken = next((each for each, alias, _ in first.names if name == (alias or each)), "")
        return _defined(start, base, taken, depth - 1) if base and taken else ""
    made = first.value if isinstance(first, (Assign, AnnotatedAssign)) else None
    return f"{module}.{name}" if _lacks_default(made) else ""


def _lacks_default(made: Expression | None) -> bool:
    is_made = isinstance(made, Call) and last_name(made.function) == "ContextVar"
    return is_made and isinstance(made, Call) and len(made.arguments) == 1 and not made.keywords
