"""Globals and attributes that hold None when something is read from them: no code sets them, or none that has run.

What the analysis saw is not enough to say so, for it does not see all: no line of the loaded code may give the name
anything else, but in functions that nothing that the start runs names, nor anything that names those.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import GLOBAL
from ssot_lint.callgraph.values import Class, ExternalInstance, Instance, Module
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.giving import gives_nothing
from ssot_lint.checks.known import is_plain, is_used
from ssot_lint.checks.none_uses import Use, fails, how, is_asked, read_from, use_of
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.scopes import is_looped_over
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Await,
    Call,
    Const,
    Define,
    DefineClass,
    Expression,
    Import,
    ImportFrom,
    Index,
    Name,
    Scope,
    Statement,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site
from ssot_lint.project.imports import absolute_name

# More functions that lead to one that sets a name than these are not looked through.
_MOST = 40


class _Writer(NamedTuple):
    """A scope of a module that gives a name something that may not be None."""

    module: str
    scope: int


def unset(start: Start, use: Use) -> Iterator[tuple[Reached, str]]:
    """Each such use of what is certain to be None, and why it is."""
    found = [
        (place, each) for place, each in start.missing("none") if use_of(each) == use and _is_of(start, each.owner)
    ]
    if not found:
        return
    code = Setters(start)
    for place, each in found:
        value = read_from(start.context.surroundings, place.site, each)
        if value is None or not fails(each) or is_asked(place, value):
            continue
        name = last_name(value)
        if isinstance(value, Name) and not _is_global(start, place, name):
            continue
        if isinstance(each.owner, (Instance, Class)) and (
            (place.reach is None and not is_used(each.owner.info))
            or start.bindings.writes.foreign.computes(name)
            or _is_defined(each.owner, name)
        ):
            continue
        setters = code.of(name, _related(each.owner), module=_holder(start, place, value, each.owner))
        if setters is not None:
            who = " and ".join(sorted({f"`{setter}()`" for setter in setters}))
            why = f"only {who} sets it, which has not run" if who else "nothing sets it to anything else"
            yield place, f"`{written(value)}` is None when {how(each)}: {why}"


def _is_of(start: Start, owner: object) -> bool:
    """Whether what is written on the owner is seen: a module, the state of an application, a plain class."""
    if isinstance(owner, (Instance, Class)):
        info = owner.info
        is_open = info.dynamic or info.code.scope.name in start.bindings.writes.opened
        # A base from outside that stands beside it, in a class below, may set what it only declares.
        below = info.all_subclasses() if isinstance(owner, Class) or owner.open else ()
        is_told = not is_open and all(map(is_plain, (info, *below)))
        return is_told and not any(each.decorators or each.dynamic for each in info.classes)
    if isinstance(owner, Module):
        names = start.bindings.of(owner.name)
        return names is not None and not names.dynamic
    return owner is None or isinstance(owner, ExternalInstance)


def _holder(start: Start, place: Reached, value: Expression, owner: object) -> str | None:
    """The module whose global is read, if it is its own; None for what an import brings there, and for the rest."""
    module = place.node.module if owner is None and isinstance(value, Name) else ""
    if isinstance(owner, Module):
        module = owner.name
    facts = start.context.library.loaded.get(module)
    names = start.bindings.of(module) if facts is not None else None
    if facts is None or names is None or names.dynamic or names.stars:
        return None
    name = last_name(value)
    is_imported = any(
        isinstance(each, (Import, ImportFrom)) and name in names_bound(facts, each)
        for scope in facts.scopes
        for each in nested(scope.read())
    )
    return None if is_imported else module


def _is_defined(owner: Instance | Class, name: str) -> bool:
    """Whether a class has a definition of that name, as a property is, which gives what it makes."""
    return any(
        isinstance(each, Define) and info.code.module.facts.scopes[each.scope].name == name
        for info in owner.info.classes
        for each in nested(info.code.scope.body)
    )


def _related(owner: object) -> frozenset[str]:
    """The classes that the owner is of, those above and those below."""
    return related(owner.info) if isinstance(owner, (Instance, Class)) else frozenset()


def related(info: ClassInfo) -> frozenset[str]:
    """A class, those above and those below."""
    return frozenset(each.symbol for base in (info, *info.all_subclasses()) for each in base.classes)


def _is_global(start: Start, place: Reached, name: str) -> bool:
    code = place.node.activation.code
    if is_looped_over(start.context.surroundings, place.site, name):
        return False
    return not (name in code.bound and code.index) and code.owner_of(name) in (GLOBAL, 0)


def is_apart(run: Activation, receiver: Instance) -> bool:
    """Whether a method was run on other instances than one of which it is known where it was made."""
    values = next(iter(run.binding.values()), frozenset())
    return bool(values) and all(
        isinstance(value, Instance) and _maker(value) not in (None, _maker(receiver)) for value in values
    )


def _maker(value: Instance) -> object:
    """Where an instance is made; None where that is not known."""
    key = value.key
    is_told = isinstance(key, tuple) and isinstance(key[-1], Activation) and not value.open
    return (value.info, *key[:-1]) if isinstance(key, tuple) and is_told else None


class Setters:
    """What the loaded code writes and names."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._modules = start.context.library.loaded
        self._run: dict[_Writer, list[Activation]] = {}
        for node in start.graph.nodes.values():
            if any(start.counts(Reached(node, 0, half)) for half in (0, 1) if node.reach[half] is not None):
                writer = _Writer(node.module, node.activation.code.index)
                self._run.setdefault(writer, []).append(node.activation)

    @cached_property
    def _calls(self) -> dict[tuple[str, int, str], list[CallRecord]]:
        """All calls by module, site and kind."""
        found: dict[tuple[str, int, str], list[CallRecord]] = {}
        for node in self._start.graph.nodes.values():
            for call in node.calls:
                found.setdefault((node.module, call.at, call.kind), []).append(call)
        return found

    def of(
        self, name: str, related: frozenset[str], receiver: Instance | None = None, module: str | None = None
    ) -> list[str] | None:
        """The functions that set the name, none of which has run; None where one may have, or where that is not told.

        What methods set on `self` counts for the related classes; with a receiver, only where they may run on that.
        With a module it is about its global: variables of that name elsewhere are others.
        """
        writers = [
            writer
            for writer, scope in self._holding(name)
            if any(
                self._sets(writer, each, name, related, is_other=module not in (None, writer.module))
                for each in nested(scope.read())
            )
        ]
        found: dict[str, None] = {}
        pending = list(writers)
        while pending:
            writer = pending.pop()
            function = self._function(writer, receiver)
            if function is None or len(found) > _MOST:
                return None
            if function not in found:
                found[function] = None
                pending += self._naming(function, writer, receiver)
        return list(dict.fromkeys(str(self._function(each, receiver)) for each in writers))

    def _function(self, writer: _Writer, receiver: Instance | None) -> str | None:
        """The name of a function that has not run, None for what has, or what runs without anybody naming it."""
        facts = self._modules[writer.module]
        scope = facts.scopes[writer.scope]
        is_named = scope.kind == "function" and not scope.name.startswith("__")
        has_run = writer in self._run and (
            receiver is None or not all(is_apart(each, receiver) for each in self._run[writer])
        )
        return scope.name if is_named and not has_run else None

    def _naming(self, function: str, named: _Writer, receiver: Instance | None) -> Iterator[_Writer]:
        """The scopes that name a function, or say its name in a text or define it under a decorator.

        A call by that name that surely goes to something else does not name it.
        """
        for writer, scope in self._holding(function):
            nodes = list(walk(scope.read()))
            calls = [each for each in nodes if isinstance(each, Call)]
            other = {id(each.function) for each in calls if self._goes_elsewhere(writer, each, named, receiver)}
            naming = (node for node in nodes if _names(node, function) and id(node) not in other)
            if any(not self._is_of_library(writer, node) for node in naming):
                yield writer

    def _is_of_library(self, writer: _Writer, node: object) -> bool:
        """Whether it is an attribute of what is imported from outside the project: `worker_process_init.connect`."""
        root = node
        while isinstance(root, Attribute):
            root = root.value
        if not isinstance(root, Name) or root is node:
            return False
        facts, name, module = self._modules[writer.module], root.id, writer.module
        binding = [each for each in nested(facts.scopes[0].body) if name in names_bound(facts, each)]
        if any(name in scope.bound for scope in facts.scopes[1:]) or len(binding) != 1:
            return False
        (imported,) = binding
        if isinstance(imported, Import):
            return not any(
                taken.partition(".")[0] in self._packages
                for taken, alias, _ in imported.names
                if name == (alias or taken.partition(".")[0])
            )
        base = (
            absolute_name(self._start.context.project.modules[module], imported.level, imported.module) or ""
            if isinstance(imported, ImportFrom)
            else ""
        )
        return base != "" and base.partition(".")[0] not in self._packages

    @cached_property
    def _packages(self) -> set[str]:
        """The names before the first dot of the project's modules."""
        return {module.partition(".")[0] for module in self._start.context.project.modules}

    def _goes_elsewhere(self, writer: _Writer, call: Call, named: _Writer, receiver: Instance | None) -> bool:
        """Whether a call surely goes to other functions of the project, or to the named one of another instance."""
        if not isinstance(call.function, Attribute):
            return False
        calls = self._calls.get((writer.module, call.at, "call"), [])
        if not calls or Site(writer.module, call.at) in self._opaque:
            return False
        return all(
            each.certainty == "certain"
            and each.callee is not None
            and (
                (each.callee.code.module.name, each.callee.code.index) != (named.module, named.scope)
                or (receiver is not None and is_apart(each.callee, receiver))
            )
            for each in calls
        )

    @cached_property
    def _opaque(self) -> set[Site]:
        """Where something is called that is not known."""
        return {Site(node.module, at) for node in self._start.graph.nodes.values() for at in node.activation.opaque}

    def _holding(self, name: str) -> Iterator[tuple[_Writer, Scope]]:
        for module, index, scope in self._start.bindings.scopes_with(name):
            yield _Writer(module, index), scope

    def _sets(
        self, writer: _Writer, statement: Statement, name: str, related: frozenset[str], *, is_other: bool
    ) -> bool:
        """Whether a statement gives it something that may not be None; a variable of an `other` module is not it."""
        facts = self._modules[writer.module]
        scope = facts.scopes[writer.scope]
        owner = facts.scopes[scope.parent] if scope.parent > 0 else None
        by_self = owner is None or owner.kind != "class" or f"{writer.module}.{owner.qualname}" in related
        is_local = is_other or (
            scope.kind in ("function", "lambda") and name not in (*scope.global_names, *scope.nonlocal_names)
        )
        if isinstance(statement, (Assign, AnnotatedAssign)) and self._is_none(writer, statement.value):
            return False
        if isinstance(statement, (Define, DefineClass)) and statement.decorators:
            (_, at), *_ = statement.decorators
            if self._gives_nothing(writer, at, "decorator", is_awaited=False):
                return False
        if any(_is_named(target, name, by_self=by_self) for target in targets(statement)):
            return True
        if any(_is_told(node, name) for node in walk(statement)):
            return True
        if isinstance(statement, ImportFrom) and not any(alias == name for _, alias, _ in statement.names):
            return False
        return not is_local and name in names_bound(facts, statement)

    def _is_none(self, writer: _Writer, value: Expression | None) -> bool:
        """Whether that is None: it is written so, or a function without `return` gives it."""
        if value is None or (isinstance(value, Const) and value.value is None):
            return True
        called = value.value if isinstance(value, Await) else value
        return isinstance(called, Call) and self._gives_nothing(
            writer, called.at, "call", is_awaited=isinstance(value, Await)
        )

    def _gives_nothing(self, writer: _Writer, at: int, kind: str, *, is_awaited: bool) -> bool:
        """Whether what is called there is a function of the project without `return`."""
        calls = self._calls.get((writer.module, at, kind), ())
        scopes = [call.callee.code.scope if call.callee is not None else None for call in calls]
        return bool(scopes) and all(
            scope is not None
            and scope.name != "__init__"
            and not scope.is_generator
            and scope.is_async is is_awaited
            and gives_nothing(scope)
            for scope in scopes
        )


def _is_named(target: Expression, name: str, *, by_self: bool) -> bool:
    """`x.name = …`, `x["name"] = …`; `self.name = …` if that counts."""
    if isinstance(target, Index):
        return isinstance(target.key, Const) and target.key.value == name
    if not isinstance(target, Attribute) or target.name != name:
        return False
    return by_self or not (isinstance(target.value, Name) and target.value.id in ("self", "cls"))


def _is_told(node: object, name: str) -> bool:
    """`setattr(x, "name", …)`."""
    if not isinstance(node, Call) or last_name(node.function) not in ("setattr", "__setattr__"):
        return False
    return any(isinstance(each, Const) and each.value == name for each in node.arguments[:2])


def _names(node: object, function: str) -> bool:
    if isinstance(node, Const):
        return node.value == function
    return last_name(node) == function if isinstance(node, (Name, Attribute)) else False
