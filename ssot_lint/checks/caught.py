"""Where an exception that a call raises is caught, as far as the code says so by name."""

from __future__ import annotations

import builtins
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.graph import CallGraph, CallSite, Node
from ssot_lint.checks.guards import SUPPRESSING, raises_in
from ssot_lint.checks.raising import ends_in_raise
from ssot_lint.checks.surroundings import Step, Surroundings, written
from ssot_lint.facts.model import Call, Display, Expression, Handler, Raise, Try, With
from ssot_lint.facts.nested import nested
from ssot_lint.findings import Related, Site, Violation

_ANYTHING = frozenset(("",))
_ALL = ("Exception", "BaseException")


def raised_names(activation: Activation) -> frozenset[str]:
    """The last names of the exceptions that an activation was seen to raise; empty for one that has no name."""
    found = set()
    for statement in nested(activation.code.scope.body):
        if isinstance(statement, Raise) and statement.at in activation.raises:
            name = written(statement.exception) if statement.exception is not None else ""
            found.add(name.rpartition(".")[2])
    return frozenset(found)


def with_handler(graph: CallGraph, surroundings: Surroundings, site: CallSite, violation: Violation) -> Violation:
    """The violation at a call, with the place where what the call raises is caught, if it raises and that is known."""
    callee = site.call.callee
    if callee is not None and not callee.raises:
        return violation
    handler = caught(graph, surroundings, site, raised_names(callee) if callee is not None else frozenset())
    return replace(violation, related=(*violation.related, handler)) if handler is not None else violation


def caught(graph: CallGraph, surroundings: Surroundings, site: CallSite, raised: frozenset[str]) -> Related | None:
    """The nearest handler on the chain to the call that surely catches all that is raised; no names: anything.

    One that raises again does not count, but what it raises may be caught further out.
    """
    raised = raised or _ANYTHING
    callee = site.call.callee
    for node, place in _places(graph, site):
        ended = node.activation.ended_after(callee)
        callee = node.activation
        for step in surroundings.of(place):
            found = _catcher(step, raised)
            if found is not None and (ends_in_raise(found.body) or raises_in(found.body, ended)):
                raised = _ANYTHING
            elif found is not None:
                at = getattr(found.type, "at", None)
                message = "caught here" if at is not None else "caught by the `except` around this"
                return Related(Site(place.module, place.at if at is None else at), message)
    return None


def _places(graph: CallGraph, site: CallSite) -> Iterator[tuple[Node, Site]]:
    """The places of the calls that lead to a call, that itself first, but for those that a library makes."""
    yield site.node, site.site
    for hop, (node, at) in zip(reversed(graph.chain(site.reach)), graph.way(site.reach), strict=True):
        if hop.kind != "callback" and isinstance(hop.place, Site):
            yield node, Site(hop.place.module, at)


def is_expected(surroundings: Surroundings, place: Site, raised: frozenset[str]) -> bool:
    """Whether around a call something waits for just the exceptions of the program's own that it raises."""
    own = {name for name in raised if name and not hasattr(builtins, name)}
    return bool(own) and own == raised and any(raised <= _named(step) for step in surroundings.of(place))


def _named(step: Step) -> set[str]:
    """The last names of the exceptions that are caught in a step by these names."""
    node = step.node
    types: list[Expression | None] = []
    if step.field == "body" and isinstance(node, Try):
        types = [part for each in node.handlers for part in _parts(each.type)]
    elif step.field == "body" and isinstance(node, With):
        calls = [item for item, _, _ in node.items if written(item).rpartition(".")[2] in SUPPRESSING]
        types = [part for each in calls if isinstance(each, Call) for part in each.arguments]
    return {written(each).rpartition(".")[2] for each in types if each is not None}


def _parts(type_: Expression | None) -> Sequence[Expression | None]:
    return type_.items if isinstance(type_, Display) else [type_]


def _catcher(step: Step, raised: frozenset[str]) -> Handler | None:
    """What catches there; a suppressing context counts as a handler."""
    node = step.node
    if isinstance(node, Try) and step.field == "body":
        return next((handler for handler in node.handlers if _handles(handler, raised)), None)
    if isinstance(node, With) and step.field == "body":
        for item, _, _ in node.items:
            if written(item).rpartition(".")[2] in SUPPRESSING:
                return Handler(item, None, [])
    return None


def _handles(handler: Handler, raised: frozenset[str]) -> bool:
    if handler.type is None:
        return True
    names = [written(each).rpartition(".")[2] for each in _parts(handler.type) if each is not None]
    return all(any(_is_a(one, name) for name in names) for one in raised)


def _is_a(raised: str, handled: str) -> bool:
    if handled == raised != "":
        return True
    known, base = getattr(builtins, raised, None), getattr(builtins, handled, None)
    if isinstance(known, type) and isinstance(base, type):
        return issubclass(known, base)
    return handled in _ALL
