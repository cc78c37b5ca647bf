"""Definitions that are only there where something could not be imported, which they stand for."""

from __future__ import annotations

from ssot_lint.callgraph.code import Code
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.facts.model import Define, DefineClass, ModuleFacts, Try
from ssot_lint.facts.nested import nested
from ssot_lint.findings import Site


def stands_in(surroundings: Surroundings, code: Code) -> bool:
    """Whether code, or what it is defined in, stands in a handler of a module or a class: `except ImportError: …`."""
    facts = code.module.facts
    index = code.index
    while index > 0:
        at = _statement(facts, index)
        steps = surroundings.of(Site(code.module.name, at)) if at is not None else ()
        if any(isinstance(step.node, Try) and step.field == "handlers" for step in steps):
            return True
        index = facts.scopes[index].parent
    return False


def _statement(facts: ModuleFacts, index: int) -> int | None:
    """The site of the statement that defines a function or class; None for a lambda."""
    for statement in nested(facts.scopes[facts.scopes[index].parent].body):
        if isinstance(statement, (Define, DefineClass)) and statement.scope == index:
            return statement.at
    return None
