"""What stands around a place in the code: the statements and expressions that it is part of, up to its function."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ssot_lint.facts.library import Library
from ssot_lint.facts.model import Attribute, Call, Define, DefineClass, Expression, Lambda, ModuleFacts, Name, Scope
from ssot_lint.findings import Site


class Step(NamedTuple):
    """One node around a place, the field of it that the place is in, and the next step outwards.

    The outermost step is the `Define` or `Lambda` whose body holds the place; there is none in a module's body.
    """

    node: msgspec.Struct
    field: str
    outer: Step | None


class _Module:
    """The node of each site of a module with the steps around it, and its `def` statements by scope."""

    def __init__(self, facts: ModuleFacts) -> None:
        self.steps: dict[int, Step | None] = {}
        self.nodes: dict[int, msgspec.Struct] = {}
        self.definitions: dict[int, Define] = {}
        self._scopes = facts.scopes
        pending: list[tuple[object, Step | None]] = [(facts.scopes[0].body, None)]
        while pending:
            part, outer = pending.pop()
            pending.extend(self._open(part, outer))

    def _open(self, part: object, outer: Step | None) -> Iterator[tuple[object, Step | None]]:
        """The parts of a node with the step that leads to each; places are noted on the way."""
        if isinstance(part, (list, tuple)):
            if isinstance(part, tuple) and part and type(part[-1]) is int:
                self.steps.setdefault(part[-1], outer)
            for each in part:
                yield each, outer
        elif isinstance(part, msgspec.Struct):
            at = getattr(part, "at", None)
            if at is not None:
                self.steps.setdefault(at, outer)
                self.nodes[at] = part
            if isinstance(part, (Define, DefineClass, Lambda)):
                yield from self._open_scope(part, self._scopes[part.scope], outer)
            for field in part.__struct_fields__:
                yield getattr(part, field), Step(part, field, outer)

    def _open_scope(
        self, node: Define | DefineClass | Lambda, scope: Scope, outer: Step | None
    ) -> Iterator[tuple[object, Step | None]]:
        if isinstance(node, Define):
            self.definitions[node.scope] = node
        yield scope.parameters, Step(node, "parameters", outer)
        yield scope.body, Step(node, "body", outer if isinstance(node, DefineClass) else None)


class Surroundings:
    """The surroundings of any place of a project's readable modules."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._modules: dict[str, _Module | None] = {}

    def of(self, site: Site) -> Iterator[Step]:
        """The steps from a place outwards, ending at the function that holds it."""
        module = self._module(site.module)
        step = module.steps.get(site.at) if module is not None else None
        while step is not None:
            yield step
            step = step.outer

    def node(self, site: Site) -> msgspec.Struct | None:
        """The statement or expression whose own place it is."""
        module = self._module(site.module)
        return module.nodes.get(site.at) if module is not None else None

    def definition(self, module: str, scope: int) -> Define | None:
        """The `def` statement of a scope, None for what is none."""
        found = self._module(module)
        return found.definitions.get(scope) if found is not None else None

    def _module(self, name: str) -> _Module | None:
        if name not in self._modules:
            facts = self._library.get(name)
            self._modules[name] = _Module(facts) if isinstance(facts, ModuleFacts) else None
        return self._modules[name]


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
