"""Functions that what starts a program calls: commands and factories with nothing, Django's middleware with one."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.arguments import Arguments, bind
from ssot_lint.callgraph.values import NOTHING
from ssot_lint.checks.bindings import is_bound_anew
from ssot_lint.checks.known import is_made_by_init
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.project.model import EntryPoint


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such function that can't be called so, or that is a coroutine function which nothing awaits."""
    called = [(entry, node) for entry, node in start.graph.entries if _given(entry) is not None]
    specs = [entry.spec for entry, _ in called]
    for entry, node in called:
        activation = node.activation
        function, given = activation.function, _given(entry)
        if function is None or given is None or specs.count(entry.spec) > 1 or not _is_as_written(start, activation):
            continue
        receivers = (NOTHING,) if function.owner is not None else ()
        problem = bind(function.code.signature, Arguments((*receivers, *(NOTHING,) * given))).problem
        what = ": what starts it gives the next handler" if given else ": what starts it gives no arguments"
        scope = function.code.scope
        if not problem and scope.is_async and not scope.is_generator and not given:
            problem, what = "is a coroutine function, and nothing awaits it", ""
        definition = start.context.surroundings.definition(node.module, function.code.index)
        if problem and definition is not None:
            name = scope.name if function.owner is None else function.owner.code.scope.name
            yield Reached(node, definition.at, 0), f"{name}() {problem}{what}"


def _given(entry: EntryPoint) -> int | None:
    """How many arguments an entry point's function gets, by position; None where that is not known."""
    is_middleware = entry.kind == "middleware" and entry.phase == "startup"
    return 1 if is_middleware else 0 if entry.is_bare else None


def _is_as_written(start: Start, activation: Activation) -> bool:
    """Whether a function is called as it stands there: nothing decorates it or its class, or makes instances itself."""
    function = activation.function
    if function is None or is_bound_anew(function.code):
        return False
    definition = start.context.surroundings.definition(function.code.module.name, function.code.index)
    if definition is None or definition.decorators:
        return False
    owner = function.owner
    return owner is None or (function.code.scope.name == "__init__" and is_made_by_init(owner))
