"""Globals that hold a coroutine, since the function that makes them is `async`: `app = create_app()`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.checks.awaiting import ASSIGNING, KEEPING, PlainCall, is_by_name
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.callee import is_sure_of
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import Step, written
from ssot_lint.checks.using import use_of
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import Attribute, Call, ImportFrom, ModuleFacts, Name, Statement
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site
from ssot_lint.project.imports import absolute_name

# Under these names a server looks for what it is to serve, and calls it.
_SERVED = frozenset(("app", "application", "asgi", "api"))
_SERVING = frozenset(("uvicorn.run", "hypercorn.run"))


def unawaited(start: Start, plain_calls: Iterable[PlainCall]) -> Iterator[tuple[Reached, str, str]]:
    """Each call that gives such a coroutine, which nothing can await, what is called, and what is wrong."""
    for plain in plain_calls:
        place, call, code, definition = plain
        if place.node.activation.function is not None or not code.scope.is_async or code.scope.is_generator:
            continue
        step = next(start.context.surroundings.of(place.site), None)
        name = _variable(step) if step is not None else ""
        if not name or not all(written(each).rpartition(".")[2] in KEEPING for each, _ in definition.decorators):
            continue
        if _is_lost(start, place, name) and is_by_name(start, plain) and is_sure_of(start, place, call):
            yield place, call.target, f"`{name}` is the coroutine of {code.scope.name}(), which nothing awaits"


def _variable(step: Step) -> str:
    """The one name that gets what stands in a step."""
    bound = targets(step.node) if isinstance(step.node, ASSIGNING) and step.field == "value" else []
    return bound[0].id if len(bound) == 1 and isinstance(bound[0], Name) else ""


def _is_lost(start: Start, place: Reached, name: str) -> bool:
    """Whether a global is used as what no coroutine is, or served, and for nothing else, in its own module alone."""
    facts = place.node.activation.code.module.facts
    if sum(name in names_bound(facts, each) for each in nested(facts.scopes[0].body)) != 1:
        return False
    if any(name in scope.global_names for scope in facts.scopes) or _is_imported(start, place, name):
        return False
    uses = [_is_misuse(start, place, read) for read in _reads(facts, name)]
    return all(uses) and (bool(uses) or name in _SERVED)


def _reads(facts: ModuleFacts, name: str) -> Iterator[Name]:
    for index, scope in enumerate(facts.scopes):
        if index and name in scope.bound:
            continue
        bound = {id(each) for statement in nested(scope.read()) for each in targets(statement)}
        yield from (
            node for node in walk(scope.read()) if isinstance(node, Name) and node.id == name and id(node) not in bound
        )


def _is_misuse(start: Start, place: Reached, read: Name) -> bool:
    step = next(start.context.surroundings.of(Site(place.node.module, read.at)), None)
    if step is None:
        return False
    if isinstance(step.node, Call):
        return step.field == "function" or (step.field == "arguments" and written(step.node.function) in _SERVING)
    return use_of(step) != ""


def _is_imported(start: Start, place: Reached, name: str) -> bool:
    """Whether other loaded code imports the name from there, or reads it from what may be the module."""
    module = place.node.module
    return any(
        _imports(start, other, statement, module, name)
        for other, _, scope in start.bindings.scopes_with(name)
        if other != module
        for statement in nested(scope.read())
    )


def _imports(start: Start, other: str, statement: Statement, module: str, name: str) -> bool:
    if isinstance(statement, ImportFrom):
        source = start.context.project.modules[other]
        is_named = any(each in (name, "*") for each, _, _ in statement.names)
        return is_named and absolute_name(source, statement.level, statement.module) == module
    reads = (node for node in walk(statement) if isinstance(node, Attribute) and node.name == name)
    return any(last_name(node.value) == module.rpartition(".")[2] for node in reads)
