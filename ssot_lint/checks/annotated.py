"""Annotations that Python evaluates, and that name what a module of the project does not have: `body: schemas.Gone`."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.bindings import names_bound, running
from ssot_lint.checks.definition_order import evaluated_annotations, is_postponed
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.target import LAZY_ANNOTATIONS, runs_on
from ssot_lint.facts.model import Attribute, DefineClass, Import, ImportFrom, ModuleFacts, Name, Statement
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site
from ssot_lint.project.imports import absolute_name


def lacking(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such annotation of what module and class bodies define, and what is wrong."""
    version = runs_on(start.context.project)
    if version is not None and version >= LAZY_ANNOTATIONS:
        return
    for body in start.bodies():
        facts = body.activation.code.module.facts
        if not is_postponed(facts):
            modules = dict(_imported_modules(start, body, facts))
            yield from _of_body(start, body, facts, 0, modules) if modules else ()


def _of_body(
    start: Start, body: Node, facts: ModuleFacts, scope: int, modules: dict[str, str]
) -> Iterator[tuple[Reached, str]]:
    hidden = set(facts.scopes[scope].bound) if scope else set()
    for statement in running(facts.scopes[scope].body):
        for read in walk(list(evaluated_annotations(facts, statement, in_function=False))):
            if not isinstance(read, Attribute) or _base(read) in hidden or _base(read) not in modules:
                continue
            module = modules[_base(read)]
            site = Site(body.module, getattr(statement, "at", read.at))
            if not start.bindings.may_have(module, read.name) and not start.is_guarded(site):
                yield Reached(body, read.at, 0), f"the module `{module}` has no attribute `{read.name}`"
        if isinstance(statement, DefineClass):
            yield from _of_body(start, body, facts, statement.scope, modules)


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
