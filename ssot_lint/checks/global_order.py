"""Globals that no module body binds, only functions by `global`, and that are read before one of those has run."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.code import GLOBAL
from ssot_lint.checks.assignment_order import reads_before_binding
from ssot_lint.checks.bindings import Bindings, names_bound, runtime_names
from ssot_lint.checks.contracts import NO_CONTEXT_PHASES
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.scopes import BUILTINS, is_looped_over
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.facts.nested import nested


def is_never_bound(start: Start, place: Reached, name: str) -> bool:
    """Whether what a place reads is such a global, and none of the functions that bind it has surely run before."""
    code = place.node.activation.code
    facts = code.module.facts
    is_global = any(name in scope.global_names for scope in facts.scopes) and code.owner_of(name) in (GLOBAL, 0)
    if not is_global or (name in code.bound and name not in code.scope.global_names):
        return False
    if is_looped_over(start.context.surroundings, place.site, name):
        return False
    if place.phase not in NO_CONTEXT_PHASES or not _is_left_to_functions(start.bindings, code.module.name, facts, name):
        return False
    binding = set(_functions_that_bind(facts, name))
    if code.index in binding and place.at not in reads_before_binding(facts, code.index, name):
        return False
    return not any(_runs_before(start, code.module.name, each) for each in binding - {code.index})


def _is_left_to_functions(bindings: Bindings, module: str, facts: ModuleFacts, name: str) -> bool:
    names = bindings.of(module)
    if (
        names is None
        or names.dynamic
        or names.stars
        or name in names.asked
        or name in BUILTINS
        or bindings.writes.on(module, name)
    ):
        return False
    if name in runtime_names(facts, 0) or bindings.is_module(f"{module}.{name}"):
        return False
    return module.rpartition(".")[2] not in bindings.writes.opened


def _functions_that_bind(facts: ModuleFacts, name: str) -> Iterator[int]:
    for index, scope in enumerate(facts.scopes):
        if name in scope.global_names and any(name in names_bound(facts, each) for each in nested(scope.body)):
            yield index


def _runs_before(start: Start, module: str, scope: int) -> bool:
    """Whether the program may run a function before it serves."""
    return any(
        node.module == module and node.activation.code.index == scope and Reached(node, 0, 0).phase in NO_CONTEXT_PHASES
        for node in start.graph.nodes.values()
    )
