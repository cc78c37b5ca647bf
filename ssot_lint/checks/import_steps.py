"""What a module's body does that matters to the order of imports: it imports, binds names, and reads other modules'."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias

from ssot_lint.checks.bindings import names_bound, typing_branch
from ssot_lint.checks.definition_order import evaluated_annotations, is_postponed
from ssot_lint.facts.model import (
    Attribute,
    Call,
    Comprehension,
    Conditional,
    Define,
    DefineClass,
    Display,
    Expression,
    For,
    If,
    Import,
    ImportFrom,
    Match,
    ModuleFacts,
    Name,
    Site,
    Statement,
    Try,
    While,
    With,
)
from ssot_lint.facts.nested import FIELDS, walk
from ssot_lint.project.imports import absolute_name
from ssot_lint.project.model import Source


class Load(NamedTuple):
    """`import module as alias`; `sure` where nothing can keep it from running or failing."""

    module: str
    alias: str | None
    at: Site
    sure: bool


class Take(NamedTuple):
    """`from module import name as alias`, one name."""

    module: str
    name: str
    alias: str
    at: Site
    sure: bool


class Bind(NamedTuple):
    """A name is bound to something that is no module."""

    name: str


class Read(NamedTuple):
    """`a.b.c` is read: the names from the left, and the site of each attribute."""

    names: tuple[str, ...]
    sites: tuple[Site, ...]
    sure: bool


class Run(NamedTuple):
    """Calls are made: their sites."""

    sites: tuple[Site, ...]


Step: TypeAlias = Load | Take | Bind | Read | Run

_BODIES = frozenset(("body", "orelse", "final", "handlers", "cases", "annotation"))
_READ = {kind: tuple(field for field in fields if field not in _BODIES) for kind, fields in FIELDS.items()}
_TELLING = frozenset((Conditional, Comprehension, Call, Attribute))


def import_steps(source: Source, facts: ModuleFacts) -> list[Step]:
    """The steps of a module's body, in order."""
    return list(_Steps(source, facts).of(facts.scopes[0].body, sure=True))


class _Steps:
    def __init__(self, source: Source, facts: ModuleFacts) -> None:
        self._source = source
        self._facts = facts
        self._annotations = not is_postponed(facts)

    def of(self, body: Iterable[Statement], *, sure: bool, binds: bool = True) -> Iterator[Step]:
        """The steps of statements; `binds` is false in a class body, whose names are not the module's."""
        for statement in body:
            if isinstance(statement, Import):
                yield from self._import(statement, sure)
            elif isinstance(statement, ImportFrom):
                yield from self._import_from(statement, sure)
            elif isinstance(statement, If):
                yield from self._if(statement, sure, binds)
            else:
                yield from self._reads(statement, sure)
                yield from self._inside(statement, sure, binds)
            if binds and not isinstance(statement, (Import, ImportFrom)):
                yield from (Bind(name) for name in names_bound(self._facts, statement))

    def _import(self, statement: Import, sure: bool) -> Iterator[Step]:
        for name, alias, at in statement.names:
            module = absolute_name(self._source, 0, name)
            if module is not None:
                yield Load(module, alias, at, sure)

    def _import_from(self, statement: ImportFrom, sure: bool) -> Iterator[Step]:
        module = absolute_name(self._source, statement.level, statement.module)
        if module is not None:
            for name, alias, at in statement.names:
                yield Take(module, name, alias or name, at, sure)

    def _if(self, statement: If, sure: bool, binds: bool) -> Iterator[Step]:
        yield from self._expression(statement.test, sure)
        only = typing_branch(statement.test)
        if only is not True:
            yield from self.of(statement.body, sure=sure and only is False, binds=binds)
        if only is not False:
            yield from self.of(statement.orelse, sure=sure and only is True, binds=binds)

    def _inside(self, statement: Statement, sure: bool, binds: bool) -> Iterator[Step]:
        """The steps of what stands inside a statement."""
        if isinstance(statement, DefineClass):
            yield from self.of(self._facts.scopes[statement.scope].body, sure=sure, binds=False)
        elif isinstance(statement, With):
            yield from self.of(statement.body, sure=False, binds=binds)
        elif isinstance(statement, Try):
            yield from self.of(statement.body, sure=sure and not statement.handlers, binds=binds)
            for handler in statement.handlers:
                yield from self.of(handler.body, sure=False, binds=binds)
            yield from self.of(statement.orelse, sure=False, binds=binds)
            yield from self.of(statement.final, sure=False, binds=binds)
        elif isinstance(statement, (For, While, Match)):
            yield from self.of(_outermost(statement), sure=False, binds=binds)

    def _reads(self, statement: Statement, sure: bool) -> Iterator[Step]:
        """What a statement's own expressions read and call as soon as it runs."""
        if isinstance(statement, Define):
            scope = self._facts.scopes[statement.scope]
            yield from self._expression([each for each, _ in statement.decorators], sure)
            yield from self._expression([each.default for each in scope.parameters], sure)
        else:
            yield from self._expression([getattr(statement, field) for field in _READ[type(statement)]], sure)
        if self._annotations:
            yield from self._expression(list(evaluated_annotations(self._facts, statement, in_function=False)), sure)

    def _expression(self, part: object, sure: bool) -> Iterator[Step]:
        """The reads of an expression first, then its calls: an import that a call makes comes too late for them."""
        unsure: set[int] = set()
        seen: set[int] = set()
        calls: list[Site] = []
        for node in walk(part):
            if type(node) not in _TELLING:
                continue
            if isinstance(node, Conditional) or (isinstance(node, Comprehension) and not _surely_runs(node)):
                unsure.update(id(each) for each in walk(node))
            elif isinstance(node, Comprehension):
                targets = [
                    each.id for each in walk([clause.target for clause in node.clauses]) if isinstance(each, Name)
                ]
                unsure.update(id(each) for each in walk(node) if isinstance(each, Attribute) and _root(each) in targets)
            elif isinstance(node, Call):
                calls.append(node.at)
            elif isinstance(node, Attribute) and id(node) not in seen:
                chain = _chain(node)
                seen.update(id(each) for each in chain)
                base = chain[-1].value
                if isinstance(base, Name):
                    names = (base.id, *(each.name for each in reversed(chain)))
                    yield Read(names, tuple(each.at for each in reversed(chain)), sure and id(node) not in unsure)
        if calls:
            yield Run(tuple(calls))


def _surely_runs(node: Comprehension) -> bool:
    """Whether the element of a comprehension is surely evaluated, over a display that is not empty."""
    return node.type != "generator" and all(
        isinstance(clause.iterable, Display) and clause.iterable.items and not clause.conditions
        for clause in node.clauses
    )


def _root(node: Attribute) -> str:
    """The name that an attribute is read from, empty where that is none."""
    base = _chain(node)[-1].value
    return base.id if isinstance(base, Name) else ""


def _chain(node: Attribute) -> list[Attribute]:
    """The attributes that `a.b.c` is made of, the whole first."""
    found = [node]
    value: Expression = node.value
    while isinstance(value, Attribute):
        found.append(value)
        value = value.value
    return found


def _outermost(statement: For | While | Match) -> list[Statement]:
    """The statements right inside a loop or `match`."""
    if isinstance(statement, Match):
        return [each for case in statement.cases for each in case.body]
    return [*statement.body, *statement.orelse]
