"""Annotations that Python evaluates, and that name what a module or an enumeration of the project does not have.

Such as `body: schemas.Gone` and `kind: Literal[Kind.GONE]`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import names_bound, running
from ssot_lint.checks.definition_order import evaluated_annotations, is_postponed
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.target import evaluates_late
from ssot_lint.facts.model import Assign, Attribute, DefineClass, Import, ImportFrom, ModuleFacts, Name, Statement
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site
from ssot_lint.project.imports import absolute_name

_ENUMERATIONS = frozenset(("Enum", "IntEnum", "StrEnum"))


def lacking(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such annotation of what module and class bodies define, and what is wrong."""
    if evaluates_late(start.context.project):
        return
    for body in start.bodies():
        facts = body.activation.code.module.facts
        if not is_postponed(facts):
            modules = dict(_imported_modules(start, body, facts))
            members = dict(_enumerations(start, body, facts))
            yield from _of_body(start, body, facts, 0, modules, members) if modules or members else ()


def _of_body(
    start: Start,
    body: Node,
    facts: ModuleFacts,
    scope: int,
    modules: dict[str, str],
    members: dict[str, frozenset[str]],
) -> Iterator[tuple[Reached, str]]:
    hidden = set(facts.scopes[scope].bound) if scope else set()
    for statement in running(facts.scopes[scope].body):
        for read in walk(list(evaluated_annotations(facts, statement, in_function=False))):
            if not isinstance(read, Attribute) or _base(read) in hidden:
                continue
            owner, message = _base(read), ""
            if owner in modules and not start.bindings.may_have(modules[owner], read.name):
                message = f"the module `{modules[owner]}` has no attribute `{read.name}`"
            elif owner in members and _lacks(start, members[owner], read.name):
                message = f"`{owner}` has no attribute `{read.name}`"
            site = Site(body.module, getattr(statement, "at", read.at))
            if message and not start.is_guarded(site):
                yield Reached(body, read.at, 0), message
        if isinstance(statement, DefineClass):
            yield from _of_body(start, body, facts, statement.scope, modules, members)


def _lacks(start: Start, members: frozenset[str], name: str) -> bool:
    return not name.startswith("_") and name not in members and name not in start.bindings.writes.foreign


def _base(read: Attribute) -> str:
    return read.value.id if isinstance(read.value, Name) else ""


def _imported_modules(start: Start, body: Node, facts: ModuleFacts) -> Iterator[tuple[str, str]]:
    """The globals that surely stand for modules of the project: one import binds each, and nothing else."""
    statements = list(running(facts.scopes[0].body))
    bound = [name for each in statements for name in names_bound(facts, each)]
    for each in statements:
        for name, module in _imports(start, body, each):
            if bound.count(name) == 1 and module in start.context.project.modules:
                yield name, module


def _enumerations(start: Start, body: Node, facts: ModuleFacts) -> Iterator[tuple[str, frozenset[str]]]:
    """The globals that surely stand for plain enumerations of the project, and what each has."""
    statements = list(running(facts.scopes[0].body))
    bound = [name for each in statements for name in names_bound(facts, each)]
    source = start.context.project.modules[body.module]
    for each in statements:
        if not isinstance(each, ImportFrom):
            continue
        module = absolute_name(source, each.level, each.module)
        for name, alias, _ in each.names if module is not None else ():
            local = alias or name
            members = _members(start, module or "", name) if bound.count(local) == 1 else None
            if members is not None and local not in start.bindings.writes.opened:
                yield local, members


def _members(start: Start, module: str, name: str) -> frozenset[str] | None:
    """What a class of a module has, if it is an enumeration by its bases alone; None for anything else."""
    facts = start.context.library.get(module) if module in start.context.project.modules else None
    if not isinstance(facts, ModuleFacts):
        return None
    binding = [each for each in nested(facts.scopes[0].body) if name in names_bound(facts, each)]
    if len(binding) != 1 or not isinstance(statement := binding[0], DefineClass):
        return None
    bases = [each.id if isinstance(each, Name) else getattr(each, "name", "") for each in statement.bases]
    is_plain = not statement.keywords and not statement.decorators and _ENUMERATIONS.intersection(bases)
    if not is_plain or not all(each in _ENUMERATIONS or each in ("str", "int") for each in bases):
        return None
    scope = facts.scopes[statement.scope]
    has_more = any(isinstance(each, Assign) and not isinstance(each.targets[0], Name) for each in nested(scope.body))
    return None if has_more else frozenset((*scope.bound, *dir(str), *dir(int), "mro", "name", "value"))


def _imports(start: Start, body: Node, statement: Statement) -> Iterator[tuple[str, str]]:
    source = start.context.project.modules[body.module]
    if isinstance(statement, Import):
        yield from ((alias or name, name) for name, alias, _ in statement.names if alias or "." not in name)
    elif isinstance(statement, ImportFrom):
        package = absolute_name(source, statement.level, statement.module)
        names = start.bindings.of(package) if package else None
        for name, alias, _ in statement.names:
            if names is not None and name not in names.bound and not names.dynamic and not names.has_getter:
                yield alias or name, f"{package}.{name}"
