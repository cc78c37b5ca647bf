"""What a module's body uses as soon as it runs, statement by statement: names that it binds only later."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.checks.bindings import Bindings, names_bound, running
from ssot_lint.checks.scopes import BUILTINS
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    AugmentedAssign,
    Comprehension,
    Define,
    DefineClass,
    Delete,
    Evaluate,
    Expression,
    ImportFrom,
    ModuleFacts,
    Name,
    Statement,
    Walrus,
)
from ssot_lint.facts.nested import walk


def evaluated_annotations(facts: ModuleFacts, statement: Statement, *, in_function: bool) -> Iterator[Expression]:
    """The annotations that Python up to 3.13 evaluates when the statement runs (PEP 563 and PEP 649 change that)."""
    if isinstance(statement, Define):
        scope = facts.scopes[statement.scope]
        yield from (each.annotation for each in scope.parameters if each.annotation is not None)
        if scope.returns is not None:
            yield scope.returns
    elif isinstance(statement, AnnotatedAssign) and not in_function:
        yield statement.annotation


def is_postponed(facts: ModuleFacts) -> bool:
    """Whether the module has `from __future__ import annotations`."""
    return any(
        isinstance(statement, ImportFrom)
        and statement.module == "__future__"
        and any(name == "annotations" for name, _, _ in statement.names)
        for statement in facts.scopes[0].body
    )


def used_names(expression: object) -> Iterator[Name]:
    """The names that evaluating an expression reads there and then; those of lambdas and comprehensions left out."""
    hidden: set[int] = set()
    for node in walk(expression):
        if type(node) is Name:
            if id(node) not in hidden:
                yield node
        elif type(node) is Comprehension:
            hidden.update(map(id, walk(node)))
        elif type(node) is Walrus:
            hidden.add(id(node.target))


class DefinitionOrder:
    """Goes through a module's body in order."""

    def __init__(self, bindings: Bindings, module: str, facts: ModuleFacts) -> None:
        self._bindings = bindings
        self._module = module
        self._facts = facts
        self._annotations = False
        self._by_function = {name for scope in facts.scopes[1:] for name in scope.global_names}
        self._bound = [self._bound_by(statement) for statement in facts.scopes[0].body]

    def early(self, *, annotations: bool) -> list[Name]:
        """The names that straight-line code uses before the module binds them, where nothing else can have.

        Names in annotations are among them if they are evaluated.
        """
        self._annotations = annotations and not is_postponed(self._facts)
        steps = ((statement, unbound) for statement, unbound in self.steps() if unbound)
        used = (name for statement, unbound in steps for name in self._uses(statement) if name.id in unbound)
        return [name for name in used if not self.may_be_bound(name.id)]

    def may_be_bound(self, name: str) -> bool:
        """Whether other code may bind a name, or the module's own in a way that is not written there."""
        names = self._bindings.of(self._module)
        return names is None or names.dynamic or name in names.asked or self._bindings.writes.on(self._module, name)

    def steps(self) -> Iterator[tuple[Statement, set[str]]]:
        """Each statement with the names that the body binds only by it or after it: one set, which shrinks."""
        names = self._bindings.of(self._module)
        named = {name for name in names.bound if not name.startswith("__")} if names is not None else set()
        later = named - self._by_function - BUILTINS
        unbound = {name for name in later if not self._bindings.is_module(f"{self._module}.{name}")}
        for statement, (first, then) in zip(self._facts.scopes[0].body, self._bound, strict=True):
            if isinstance(statement, ImportFrom) and statement.names[0][0] == "*":
                return
            unbound.difference_update(first)
            yield statement, unbound
            unbound.difference_update(then)
            if isinstance(statement, Delete):
                deleted = {target.id for target in statement.targets if isinstance(target, Name)}
                unbound.update(deleted & later)

    def _bound_by(self, statement: Statement) -> tuple[list[str], list[str]]:
        """The names that a statement binds in its expressions, and those that it binds when it is done."""
        first = [each.target.id for each in walk(statement) if isinstance(each, Walrus)]
        return first, [name for each in running([statement]) for name in names_bound(self._facts, each)]

    def _uses(self, statement: Statement, local: frozenset[str] = frozenset()) -> Iterator[Name]:
        """The names that a statement reads as soon as it runs, in the module or in a class body with these names."""
        parts: list[object] = []
        if isinstance(statement, (Evaluate, Assign, AugmentedAssign, AnnotatedAssign)):
            parts.append(statement.value)
        elif isinstance(statement, Define):
            parts += [each for each, _ in statement.decorators]
            parts += [each.default for each in self._facts.scopes[statement.scope].parameters]
        elif isinstance(statement, DefineClass):
            parts += [statement.bases, [value for _, value in statement.keywords]]
            parts += [each for each, _ in statement.decorators]
        hidden = local
        if isinstance(statement, (Define, DefineClass)):
            hidden |= frozenset(self._facts.scopes[statement.scope].bound)  # type parameters among them
        for name in used_names(parts):
            if name.id not in local:
                yield name
        if self._annotations:
            annotations = list(evaluated_annotations(self._facts, statement, in_function=False))
            yield from (name for name in used_names(annotations) if name.id not in hidden)
        if isinstance(statement, DefineClass):
            scope = self._facts.scopes[statement.scope]
            inside = local | frozenset(scope.bound)
            for each in scope.body:
                if isinstance(each, (Evaluate, Assign, AugmentedAssign, AnnotatedAssign, Define, DefineClass)):
                    yield from self._uses(each, inside)
