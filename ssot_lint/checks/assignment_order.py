"""Where a function reads a variable of its own that nothing before can have bound, on any path."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from ssot_lint.checks.bindings import names_bound
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assert,
    BoolOp,
    Comprehension,
    Conditional,
    Define,
    DefineClass,
    Delete,
    For,
    If,
    Jump,
    Lambda,
    Match,
    ModuleFacts,
    Name,
    Raise,
    Return,
    Statement,
    Try,
    Walrus,
    While,
    With,
)
from ssot_lint.facts.nested import children, nested, walk


def reads_of_unbound(facts: ModuleFacts, scope: int, name: str) -> frozenset[int]:
    """The sites at which a function reads a variable of its own before anything can have bound it.

    None where other code binds it too: a caller, who gives a parameter, or a function inside, by `nonlocal`.
    """
    function = facts.scopes[scope].complete()
    is_own = function.kind == "function" and name in function.bound and name not in function.global_names
    given = any(parameter.name == name for parameter in function.parameters) or name in function.nonlocal_names
    if not is_own or given or any(name in each.nonlocal_names for each in facts.scopes):
        return frozenset()
    return reads_before_binding(facts, scope, name)


def reads_before_binding(facts: ModuleFacts, scope: int, name: str) -> frozenset[int]:
    """The sites at which a function reads a variable that only its own body binds, before it can have bound it."""
    body = facts.scopes[scope].body
    order = _Order(facts, body, name)
    if not order.binds(body):
        return frozenset()  # a type parameter
    order.run(body, may_be_bound=False)
    return frozenset(order.unbound)


class _End(NamedTuple):
    """How a block ends: whether the variable may be bound then, and whether the end is come to at all."""

    may_be_bound: bool
    is_reached: bool = True


class _Order:
    """Goes through a function's body with one variable. In loops and in what may raise, all bindings count as made."""

    def __init__(self, facts: ModuleFacts, body: list[Statement], name: str) -> None:
        self.unbound: set[int] = set()
        self._facts = facts
        self._name = name
        self._is_in_expression = self._has_walrus_in(body)

    def binds(self, part: Iterable[Statement]) -> bool:
        """Whether some statement in a block binds the variable."""
        return any(self._binds(statement) or self._has_walrus(statement) for statement in nested(part))

    def run(self, body: list[Statement], may_be_bound: bool) -> _End:
        """Goes through a block."""
        for statement in body:
            may_be_bound, is_reached = self._statement(statement, may_be_bound or self._has_walrus(statement))
            if not is_reached:
                return _End(may_be_bound, False)
        return _End(may_be_bound)

    def _statement(self, statement: Statement, before: bool) -> _End:
        if isinstance(statement, (For, While)):
            return self._loop(statement, before)
        if isinstance(statement, Try):
            return self._try(statement, before)
        self._read(_evaluated(statement), before)
        if isinstance(statement, If):
            return _joined([self.run(statement.body, before), self.run(statement.orelse, before)])
        if isinstance(statement, Match):
            bound = before or self._binds(statement)
            cases = [self.run(case.body, bound) for case in statement.cases]
            return _joined([*cases, _End(bound)])
        if isinstance(statement, With):
            self.run(statement.body, before or self._binds(statement))
            return _End(before or self._binds(statement) or self.binds(statement.body))
        if isinstance(statement, Delete) and any(self._is_it(target) for target in statement.targets):
            return _End(False)
        return _End(before or self._binds(statement), not isinstance(statement, (Return, Raise, Jump)))

    def _loop(self, statement: For | While, before: bool) -> _End:
        inside = before or self.binds([statement])
        self._read([statement.iterable if isinstance(statement, For) else statement.test], inside)
        self.run(statement.body, inside)
        self.run(statement.orelse, inside)
        return _End(inside)

    def _try(self, statement: Try, before: bool) -> _End:
        body = self.run(statement.body, before)
        raised = before or self.binds(statement.body)
        ends = [self.run(statement.orelse, body.may_be_bound) if body.is_reached else body]
        for handler in statement.handlers:
            is_it = handler.name == self._name
            end = self.run(handler.body, raised or is_it)
            ends.append(end._replace(may_be_bound=False) if is_it else end)  # Python deletes the name
        joined = _joined(ends)
        if not statement.final:
            return joined
        end = self.run(statement.final, before or self.binds([statement]))
        return _End(joined.may_be_bound or self.binds(statement.final), joined.is_reached and end.is_reached)

    def _binds(self, statement: Statement) -> bool:
        if isinstance(statement, AnnotatedAssign) and statement.value is None:
            return False
        return self._name in names_bound(self._facts, statement)

    def _has_walrus(self, statement: Statement) -> bool:
        return self._is_in_expression and self._has_walrus_in(statement)

    def _has_walrus_in(self, part: object) -> bool:
        return any(isinstance(node, Walrus) and self._is_it(node.target) for node in walk(part))

    def _is_it(self, node: object) -> bool:
        return isinstance(node, Name) and node.id == self._name

    def _read(self, parts: Iterable[object], may_be_bound: bool) -> None:
        """Notes the reads in what a statement surely evaluates."""
        pending = [] if may_be_bound else list(parts)
        while pending:
            node = pending.pop()
            if isinstance(node, Name) and self._is_it(node):
                self.unbound.add(node.at)
            elif isinstance(node, BoolOp):
                pending.append(node.values[0])
            elif isinstance(node, Conditional):
                pending.append(node.test)
            elif isinstance(node, Comprehension):
                pending.append(node.clauses[0].iterable)
            elif isinstance(node, msgspec.Struct) and not isinstance(node, Lambda):
                pending += children(node)


def _joined(ends: list[_End]) -> _End:
    reached = [end.may_be_bound for end in ends if end.is_reached]
    return _End(any(reached), bool(reached))


def _evaluated(statement: Statement) -> Iterator[object]:
    """What running a statement evaluates before it binds anything, the blocks in it left out."""
    if isinstance(statement, If):
        yield statement.test
    elif isinstance(statement, Match):
        yield statement.subject
    elif isinstance(statement, With):
        yield statement.items[0][0]
    elif isinstance(statement, Define):
        yield from (decorator for decorator, _ in statement.decorators)
    elif isinstance(statement, DefineClass):
        yield from statement.bases
    elif isinstance(statement, AnnotatedAssign):
        yield statement.value
    elif isinstance(statement, Assert):
        yield statement.test
    else:
        yield from children(statement)
