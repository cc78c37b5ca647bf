"""Annotations that Python evaluates, and that name what a module or an enumeration of the project does not have.

Such as `body: schemas.Gone` and `kind: Literal[Kind.GONE]`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import names_bound, running
from ssot_lint.checks.definition_order import evaluated_annotations, is_postponed
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.target import evaluates_late
from ssot_lint.facts.model import Assign, Attribute, DefineClass, Import, ImportFrom, ModuleFacts, Name, Statement
from ssot_lint.facts.nested import nested, walk
from ssot_lint.project.imports import absolute_name

_ENUMERATIONS = frozenset(("Enum", "IntEnum", "StrEnum"))


def lacking(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such annotation of what module and class bodies define, and what is wrong."""
    if evaluates_late(start.context.project):
        return
    for body in start.bodies():
        facts = body.activation.code.module.facts
        reads = [] if is_postponed(facts) else list(_reads(facts, 0))
        if reads:
            yield from _wrong(start, body, facts, reads)


def _reads(facts: ModuleFacts, scope: int) -> Iterator[tuple[int, Attribute]]:
    """The attributes of globals in annotations, each with the site of its statement."""
    hidden = set(facts.scopes[scope].bound) if scope else set()
    for statement in running(facts.scopes[scope].body):
        for read in walk(list(evaluated_annotations(facts, statement, in_function=False))):
            if isinstance(read, Attribute) and _base(read) and _base(read) not in hidden:
                yield getattr(statement, "at", read.at), read
        if isinstance(statement, DefineClass):
            yield from _reads(facts, statement.scope)


def _wrong(
    start: Start, body: Node, facts: ModuleFacts, reads: list[tuple[int, Attribute]]
) -> Iterator[tuple[Reached, str]]:
    """Those of the reads that what an import binds surely lacks."""
    statements = list(running(facts.scopes[0].body))
    bound = Counter(name for each in statements for name in names_bound(facts, each))
    once = {name for name in {_base(read) for _, read in reads} if bound[name] == 1}
    modules = {name: module for each in statements for name, module in _modules(start, body, each) if name in once}
    members = {name: found for each in statements for name, found in _enumerations(start, body, each, once)}
    for at, read in reads:
        owner, message = _base(read), ""
        if owner in modules and not start.bindings.may_have(modules[owner], read.name):
            message = f"the module `{modules[owner]}` has no attribute `{read.name}`"
        elif owner in members and _lacks(start, members[owner], read.name):
            message = f"`{owner}` has no attribute `{read.name}`"
        if message and not start.is_guarded(body, at):
            yield Reached(body, read.at, 0), message


def _lacks(start: Start, members: frozenset[str], name: str) -> bool:
    return not name.startswith("_") and name not in members and name not in start.bindings.writes.foreign


def _base(read: Attribute) -> str:
    return read.value.id if isinstance(read.value, Name) else ""


def _modules(start: Start, body: Node, statement: Statement) -> Iterator[tuple[str, str]]:
    """The names that an import binds to modules of the project."""
    modules = start.context.project.modules
    if isinstance(statement, Import):
        names = ((alias or name, name) for name, alias, _ in statement.names if alias or "." not in name)
        yield from (each for each in names if each[1] in modules)
    elif isinstance(statement, ImportFrom):
        package = absolute_name(modules[body.module], statement.level, statement.module)
        has = start.bindings.of(package) if package else None
        for name, alias, _ in statement.names:
            module = f"{package}.{name}"
            if module in modules and has and name not in has.bound and not has.dynamic and not has.has_getter:
                yield alias or name, module


def _enumerations(
    start: Start, body: Node, statement: Statement, names: set[str]
) -> Iterator[tuple[str, frozenset[str]]]:
    """Those of the names that an import binds to plain enumerations of the project, and what each has."""
    if not isinstance(statement, ImportFrom):
        return
    module = absolute_name(start.context.project.modules[body.module], statement.level, statement.module)
    for name, alias, _ in statement.names if module is not None else ():
        local = alias or name
        members = _members(start, module or "", name) if local in names else None
        if members is not None and local not in start.bindings.writes.opened:
            yield local, members


def _members(start: Start, module: str, name: str) -> frozenset[str] | None:
    """What a class of a module has, if it is an enumeration by its bases alone; None for anything else."""
    facts = start.context.library.own(module)
    if facts is None or not any(scope.name == name for scope in facts.scopes):
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
