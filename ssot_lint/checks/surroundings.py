"""What stands around a place in the code: the statements and expressions that it is part of, up to its function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import msgspec

from ssot_lint.facts.library import Library
from ssot_lint.facts.model import (
    BODY_SITES,
    Attribute,
    Call,
    Define,
    DefineClass,
    Expression,
    Lambda,
    ModuleFacts,
    Name,
)
from ssot_lint.facts.nested import FIELDS
from ssot_lint.facts.order import outermost
from ssot_lint.findings import Site

_Holder: TypeAlias = Define | DefineClass | Lambda


class Step(NamedTuple):
    """One node around a place, the field of it that the place is in, and the next step outwards.

    The outermost step is the `Define` or `Lambda` whose body holds the place; there is none in a module's body.
    """

    node: msgspec.Struct
    field: str
    outer: Step | None


class _Module:
    """The node of each site of a module with the steps around it, and its `def` statements by scope.

    A scope is opened when it is asked for, after those around it: most of a large module nobody asks about.
    """

    def __init__(self, facts: ModuleFacts) -> None:
        self._steps: dict[int, Step | None] = {}
        self._nodes: dict[int, msgspec.Struct] = {}
        self._scopes = facts.scopes
        self._outermost = outermost(facts)
        self._holders: dict[int, tuple[_Holder, Step | None]] = {}
        self._opened: set[int] = set()
        self._headers: set[int] = set()

    def step(self, at: int) -> Step | None:
        """The innermost step around a site."""
        self._open_around(at)
        return self._steps.get(at)

    def node(self, at: int) -> msgspec.Struct | None:
        """The node whose own site it is."""
        self._open_around(at)
        return self._nodes.get(at)

    def definition(self, scope: int) -> Define | None:
        """The `def` statement of a scope."""
        self._open(self._scopes[scope].parent)
        holder, _ = self._holders.get(scope, (None, None))
        return holder if isinstance(holder, Define) else None

    def _open_around(self, at: int) -> None:
        """Opens scopes until the site is known: the module's body, then those that begin nearest before the site.

        Of functions whose body has other sites only the header is looked into.
        """
        self._open(0)
        if at in self._steps:
            return
        body = at // BODY_SITES
        if body:
            self._open(self._outermost[body - 1])
        within = (index for index, scope in enumerate(self._scopes) if scope.at // BODY_SITES == body)
        begun = [index for index in within if self._scopes[index].at <= at]
        for index in sorted(begun, key=lambda index: -self._scopes[index].at):
            if at in self._steps:
                return
            if body or self._scopes[index].kind != "function":
                self._open(index)
            else:
                self._open_header(index)

    def _open_header(self, index: int) -> Step | None:
        """Notes what the parameters of a scope hold; what stands around its body, None if it is not known."""
        self._open(self._scopes[index].parent)
        if index not in self._holders:
            return None
        node, outer = self._holders[index]
        if index not in self._headers:
            self._headers.add(index)
            self._note_all(self._scopes[index].parameters, Step(node, "parameters", outer))
        return Step(node, "body", outer if isinstance(node, DefineClass) else None)

    def _open(self, index: int) -> None:
        """Notes what the scope holds, and where the scopes in it begin."""
        if index in self._opened:
            return
        self._opened.add(index)
        around = self._open_header(index) if index else None
        if index == 0 or around is not None:
            self._note_all(self._scopes[index].body, around)

    def _note_all(self, part: object, outer: Step | None) -> None:
        pending: list[tuple[object, Step | None]] = [(part, outer)]
        while pending:
            part, outer = pending.pop()
            kind = type(part)
            if kind is list or kind is tuple:
                self._note_site(part, outer)
                pending.extend([(each, outer) for each in part])  # type: ignore[attr-defined]
            elif isinstance(part, msgspec.Struct):
                self._note(part, outer)
                for field in FIELDS[kind]:
                    inner = getattr(part, field)
                    if inner:
                        pending.append((inner, Step(part, field, outer)))

    def _note_site(self, part: object, outer: Step | None) -> None:
        """Notes the site that stands in a tuple."""
        if type(part) is tuple and part and type(part[-1]) is int:
            self._steps.setdefault(part[-1], outer)

    def _note(self, node: msgspec.Struct, outer: Step | None) -> None:
        """Notes the node of a site, and where a scope begins."""
        at = getattr(node, "at", None)
        if at is not None:
            self._steps.setdefault(at, outer)
            self._nodes[at] = node
            if isinstance(node, (Define, DefineClass, Lambda)):
                self._holders[node.scope] = (node, outer)


class Surroundings:
    """The surroundings of any place of a project's readable modules."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._modules: dict[str, _Module | None] = {}

    def forget(self) -> None:
        """Lets go what it has looked into until it is asked for again."""
        self._modules.clear()

    def of(self, site: Site) -> Iterator[Step]:
        """The steps from a place outwards, ending at the function that holds it."""
        module = self._module(site.module)
        step = module.step(site.at) if module is not None else None
        while step is not None:
            yield step
            step = step.outer

    def node(self, site: Site) -> msgspec.Struct | None:
        """The statement or expression whose own place it is."""
        module = self._module(site.module)
        return module.node(site.at) if module is not None else None

    def definition(self, module: str, scope: int) -> Define | None:
        """The `def` statement of a scope, None for what is none."""
        found = self._module(module)
        return found.definition(scope) if found is not None else None

    def _module(self, name: str) -> _Module | None:
        if name not in self._modules:
            facts = self._library.get(name)
            self._modules[name] = _Module(facts) if isinstance(facts, ModuleFacts) else None
        return self._modules[name]


def decorator_at(surroundings: Surroundings, site: Site) -> Expression | None:
    """The decorator of a site."""
    step = next(surroundings.of(site), None)
    decorators = step.node.decorators if step is not None and isinstance(step.node, (Define, DefineClass)) else []
    return next((expression for expression, at in decorators if at == site.at), None)


def written(expression: Expression) -> str:
    """The dotted name that an expression is written as, that of what it calls for a call; empty for anything else."""
    parts = []
    while isinstance(expression, (Attribute, Call)):
        if isinstance(expression, Attribute):
            parts.append(expression.name)
            expression = expression.value
        else:
            expression = expression.function
    if not isinstance(expression, Name):
        return ""
    return ".".join((expression.id, *reversed(parts)))
