"""Calls of functions that raise while a global is None, where the start comes to them before what sets it.

So does `get_engine()` before `initialize()`: `if engine is None: raise RuntimeError("not initialised")`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.code import GLOBAL, Code
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.coming_first import Order, Write, last_site
from ssot_lint.checks.known import keeps_signature
from ssot_lint.checks.needing import asks_for_none
from ssot_lint.checks.raising import ends_in_raise
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.unset import Setters
from ssot_lint.facts.model import AnnotatedAssign, Assign, Await, Const, Evaluate, Expression, If, Name, Statement
from ssot_lint.facts.nested import nested, walk


class _Guarded(NamedTuple):
    """A global that a function asks for before all else, and what sets it."""

    name: str
    writes: tuple[Write, ...]
    setters: tuple[str, ...]


def early(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """Each such call, what is called, and why it raises."""
    order, unrun = Order(start), Setters(start)
    known: dict[Code, _Guarded | None] = {}
    for node in start.graph.nodes.values():
        for call in node.calls:
            function = call.callee.function if call.callee is not None else None
            if function is None or call.callee is None or not call.callee.raises:
                continue
            if call.kind != "call" or call.certainty != "certain":
                continue
            place = Reached(node, call.at, call.half)
            if function.code not in known:
                known[function.code] = _guarded(start, function.code)
            found = known[function.code]
            if found is None or not start.counts(place):
                continue
            step = next(start.context.surroundings.of(place.site), None)
            is_run = not function.code.scope.is_async or (step is not None and isinstance(step.node, Await))
            why = _why(order, unrun, place, found) if is_run else ""
            if why:
                yield place, call.target, why


def _why(order: Order, unrun: Setters, place: Reached, found: _Guarded) -> str:
    """Why the global is None when the start comes to the call; empty where it may not be."""
    if not found.writes:
        return f"nothing sets `{found.name}`" if order.is_sure(place.node, place.at) else ""
    who = " and ".join(f"`{each}()`" for each in found.setters)
    if order.comes_first(place, found.writes):
        return f"`{found.name}` is None until {who} has run, which comes later"
    if not order.is_run(found.writes) and order.is_sure(place.node, place.at) and unrun.of(found.name, frozenset()):
        return f"`{found.name}` is None: only {who} sets it, which has not run"
    return ""


def _guarded(start: Start, code: Code) -> _Guarded | None:
    """The global without which a function raises first thing; None where there is none, or who sets it is not told."""
    definition = start.context.surroundings.definition(code.module.name, code.index)
    if definition is None or not keeps_signature(definition) or code.scope.is_generator:
        return None
    for statement in code.scope.body:
        if isinstance(statement, If):
            names = [node.id for node in walk(statement.test) if isinstance(node, Name)]
            is_guard = len(names) == 1 and asks_for_none(statement.test, names[0]) and ends_in_raise(statement.body)
            is_global = is_guard and names[0] not in code.bound and code.owner_of(names[0]) in (GLOBAL, 0)
            return _setters(start, code, names[0]) if is_global else None
        if not (isinstance(statement, Evaluate) and isinstance(statement.value, Const)):
            return None
    return None


def _setters(start: Start, code: Code, name: str) -> _Guarded | None:
    facts = code.module.facts
    bodies = [each for each in nested(facts.scopes[0].body) if name in names_bound(facts, each)]
    if start.bindings.writes.on(code.module.name, name) or not bodies or not all(_is_none(each) for each in bodies):
        return None
    names = start.bindings.of(code.module.name)
    if names is None or names.dynamic:
        return None
    writes, setters = [], []
    for index, scope in enumerate(facts.scopes):
        if index and name in scope.global_names:
            for statement in nested(scope.read()):
                if name in names_bound(facts, statement) and not _is_none(statement):
                    writes.append(Write(code.module.name, index, last_site(statement)))
                    setters.append(scope.name)
    return _Guarded(name, tuple(writes), tuple(dict.fromkeys(setters)))


def _is_none(statement: Statement) -> bool:
    """Whether it gives its targets None, or only annotates them."""
    value: Expression | None = statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else Name("", 0)
    is_annotation = value is None and isinstance(statement, AnnotatedAssign)
    return is_annotation or (isinstance(value, Const) and value.value is None)
