"""Calls that Python makes by itself, with arguments of its own: of properties, of `__exit__`, of the key of a sort."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.checks.callee import is_sure_getter
from ssot_lint.checks.forwarded import is_settled, is_spread
from ssot_lint.checks.known import keeps_attributes, keeps_signature
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import Call, Const, Expression, Name, Return, Scope, With
from ssot_lint.facts.nested import nested

_PROPERTIES = (["property"], ["cached_property"])
_EXITS = ("__enter__", "__exit__", "__aenter__", "__aexit__")
_AWAITED = ("__aenter__", "__aexit__")
# Builtin functions, and which argument they call: by its name, or by its position.
_CALLING: dict[str, str | int] = {"sorted": "key", "min": "key", "max": "key", "map": 0, "filter": 0}


def misfits(start: Start) -> Iterator[tuple[Reached, CallRecord]]:
    """Each such call of a definition that takes something else."""
    ways = {"property": _is_property, "context": _is_manager, "callback": _is_called_back}
    for node in start.graph.nodes.values():
        for call in node.calls:
            if not call.problem or call.certainty != "certain" or call.kind not in ways:
                continue
            place = Reached(node, call.at, call.half)
            if start.counts(place) and ways[call.kind](start, place, call):
                yield place, call


def unawaitable(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """Each `async with` of what enters or leaves by a plain function, which gives nothing to await; what, and why."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            scope = call.callee.code.scope if call.callee is not None else None
            if scope is None or scope.name not in _AWAITED or call.certainty != "certain" or call.kind != "context":
                continue
            if scope.is_async or call.problem or not _gives_itself(scope):
                continue
            place = Reached(node, call.at, call.half)
            if start.counts(place) and _is_manager(start, place, call):
                yield (
                    place,
                    call.target,
                    f"`{scope.name}` is no coroutine function, and `async with` awaits what it gives",
                )


def _gives_itself(scope: Scope) -> bool:
    """Whether every `return` of a method gives its instance, or a constant."""
    returned = [each.value for each in nested(scope.body) if isinstance(each, Return) and each.value is not None]
    receivers = {each.name for each in scope.parameters[:1]}
    return not scope.is_generator and all(
        isinstance(each, Const) or (isinstance(each, Name) and each.id in receivers) for each in returned
    )


def _is_property(start: Start, place: Reached, call: CallRecord) -> bool:
    return _decorators(start, call) in _PROPERTIES and is_sure_getter(start, place, call)


def _is_manager(start: Start, place: Reached, call: CallRecord) -> bool:
    step = next(start.context.surroundings.of(place.site), None)
    items = step.node.items if step is not None and isinstance(step.node, With) else []
    entered = next((expression for expression, _, at in items if at == place.at), None)
    function = call.callee.function if call.callee is not None else None
    if entered is None or function is None or function.owner is None or function.code.scope.name not in _EXITS:
        return False
    others = (each for each in place.node.calls if each.at == call.at and each.kind == "context")
    alone = sum(each.target == call.target for each in others) == 1
    is_plain = _decorators(start, call) == [] and is_settled(call) and keeps_attributes(function.owner)
    return alone and is_plain and is_known(start, place, entered)


def _is_called_back(start: Start, place: Reached, call: CallRecord) -> bool:
    """Whether a builtin function calls what it surely is given, with one argument for each item."""
    node = start.context.surroundings.node(place.site)
    if not isinstance(node, Call) or not isinstance(node.function, Name) or call.via or is_spread(node):
        return False
    name, code = node.function.id, place.node.activation.code
    is_builtin = name in _CALLING and name not in code.bound and name not in code.module.facts.scopes[0].bound
    given = _argument(node, _CALLING[name]) if is_builtin else None
    if given is None or (name == "map" and len(node.arguments) != len(("function", "items"))):
        return False
    here = [each for each in place.node.calls if each.at == call.at and each.kind == "callback"]
    function = call.callee.function if call.callee is not None else None
    definition = (
        start.context.surroundings.definition(function.code.module.name, function.code.index) if function else None
    )
    is_plain = definition is None or keeps_signature(definition)
    return len(here) == 1 and is_plain and is_settled(call) and is_known(start, place, given)


def _argument(call: Call, where: str | int) -> Expression | None:
    if isinstance(where, str):
        return next((value for name, value in call.keywords if name == where), None)
    return call.arguments[where] if len(call.arguments) > where else None


def _decorators(start: Start, call: CallRecord) -> list[str] | None:
    """The last names of the decorators of what is called; None where its definition is not told."""
    function = call.callee.function if call.callee is not None else None
    definition = (
        start.context.surroundings.definition(function.code.module.name, function.code.index) if function else None
    )
    return [written(each).rpartition(".")[2] for each, _ in definition.decorators] if definition is not None else None
