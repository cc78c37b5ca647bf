"""Functions that are given to what takes coroutines, without a call: `create_task(worker)`."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.code import GLOBAL
from ssot_lint.checks.awaiting import KEEPING
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.forwarded import is_spread
from ssot_lint.checks.library_calls import is_alone
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import has_one_meaning, own_class
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Attribute, Call, Define, Expression, ImportFrom, ModuleFacts, Name, Statement
from ssot_lint.facts.nested import nested
from ssot_lint.project.imports import absolute_name

_LOOP = "asyncio.AbstractEventLoop"
# What takes a coroutine as its first argument, or in all of them, and raises a TypeError for a function.
_TAKING = frozenset((
    "asyncio.create_task", "asyncio.ensure_future", "asyncio.gather", "asyncio.run", "asyncio.run_coroutine_threadsafe",
    "asyncio.shield", "asyncio.wait_for", "asyncio.TaskGroup.create_task", f"{_LOOP}.create_task",
    f"{_LOOP}.run_until_complete",
))  # fmt: skip
_OTHERWISE = {"asyncio.run": ValueError}


def uncalled(start: Start) -> Iterator[tuple[Reached, str, str, type[Exception]]]:
    """Each call that gets such a function, the target, what is wrong, and what that raises."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.target not in _TAKING or call.kind != "call" or call.certainty != "certain":
                continue
            place = Reached(node, call.at, call.half)
            written_there = start.context.surroundings.node(place.site) if start.counts(place) else None
            if not isinstance(written_there, Call) or is_spread(written_there) or not is_alone(node, call.at):
                continue
            count = None if call.target == "asyncio.gather" else 1
            for argument in written_there.arguments[:count]:
                if _is_function(start, place, argument):
                    what = (
                        f"{call.target.rpartition('.')[2]}() gets the function `{written(argument)}`, not its coroutine"
                    )
                    yield place, call.target, what, _OTHERWISE.get(call.target, TypeError)


def _is_function(start: Start, place: Reached, expression: Expression) -> bool:
    """Whether an expression surely is a function of the project as it is defined."""
    if isinstance(expression, Name):
        code = place.node.activation.code
        index = code.index if expression.id in code.bound else code.owner_of(expression.id)
        holder = 0 if index == GLOBAL else index
        if expression.id in code.module.code(holder).parameters:
            return False
        return _defines(start, code.module.facts, holder, code.module.name, expression.id)
    own = own_class(place, expression.value) if isinstance(expression, Attribute) else None
    if own is None or not isinstance(expression, Attribute) or not has_one_meaning(place, expression):
        return False
    owner = next((each for each in own.classes if expression.name in each.names), None)
    is_written_over = expression.name in start.bindings.writes.foreign
    return (
        owner is not None
        and not is_written_over
        and _is_plain_definition(owner.code.module.facts, owner.code.scope.body, expression.name)
    )


def _defines(start: Start, facts: ModuleFacts, scope: int, module: str, name: str) -> bool:
    """Whether a scope binds a name once, to a function that stands there or in a module from which it is imported."""
    body = facts.scopes[scope].read()
    if _is_plain_definition(facts, body, name):
        return not any(name in each.global_names for each in facts.scopes)
    binding = [each for each in nested(body) if name in names_bound(facts, each)]
    if len(binding) != 1 or not isinstance(binding[0], ImportFrom):
        return False
    imported = binding[0]
    source = start.context.project.modules[module]
    base = absolute_name(source, imported.level, imported.module)
    original = next(given for given, alias, _ in imported.names if (alias or given) == name)
    other = start.context.library.loaded.get(base or "")
    return other is not None and _is_plain_definition(other, other.scopes[0].body, original)


def _is_plain_definition(facts: ModuleFacts, body: list[Statement], name: str) -> bool:
    """Whether one `def` in a body, and nothing else, binds a name, and no decorator makes something else of it."""
    binding = [each for each in nested(body) if name in names_bound(facts, each)]
    if len(binding) != 1 or not isinstance(binding[0], Define):
        return False
    return all(last_name(each) in KEEPING for each, _ in binding[0].decorators)
