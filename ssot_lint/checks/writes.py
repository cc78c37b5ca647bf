"""What code writes by way of other things: attributes of modules, classes, instances, and `sys.modules`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    AugmentedAssign,
    Call,
    Const,
    Display,
    Evaluate,
    Expression,
    For,
    Index,
    ModuleFacts,
    Name,
    Star,
    Statement,
    With,
)
from ssot_lint.facts.nested import nested


class Writes:
    """The names of all attributes that modules write: `own` on `self` and `cls`, `foreign` on anything else.

    `modules` are the names under which they put modules into `sys.modules`.
    """

    def __init__(self, modules: Iterable[ModuleFacts]) -> None:
        self.own: set[str] = set()
        self.foreign: set[str] = set()
        self.modules: set[str] = set()
        for facts in modules:
            for scope in facts.scopes:
                for statement in nested(scope.body):
                    self.modules.update(_placed_modules(statement))
                    for receiver, name in _writes(statement):
                        (self.own if receiver in ("self", "cls") else self.foreign).add(name)


def _placed_modules(statement: Statement) -> Iterator[str]:
    """The modules that a statement puts into `sys.modules` by name."""
    for target in targets(statement):
        if isinstance(target, Index) and is_modules(target) and isinstance(target.key, Const):
            yield str(target.key.value)


def _writes(statement: Statement) -> Iterator[tuple[str, str]]:
    """The attributes that a statement writes, with the name of what it writes them on (empty where that is none)."""
    if isinstance(statement, Evaluate):
        call = statement.value
        if isinstance(call, Call) and last_name(call.function) == "setattr" and len(call.arguments) > 1:
            name = call.arguments[1]
            if isinstance(name, Const) and isinstance(name.value, str):
                yield "", name.value
        return
    for target in targets(statement):
        if isinstance(target, Attribute):
            yield target.value.id if isinstance(target.value, Name) else "", target.name


def last_name(expression: Expression) -> str:
    """The name of a name or attribute, empty for anything else."""
    if isinstance(expression, Attribute):
        return expression.name
    return expression.id if isinstance(expression, Name) else ""


def is_modules(node: Index) -> bool:
    """Whether it is an entry of `sys.modules`."""
    return last_name(node.value) == "modules"


def targets(statement: Statement) -> Iterator[Expression]:
    """The simple targets that a statement assigns to: names, attributes, subscripts."""
    pending: list[Expression] = []
    if isinstance(statement, Assign):
        pending += statement.targets
    elif isinstance(statement, (AnnotatedAssign, AugmentedAssign, For)):
        pending.append(statement.target)
    elif isinstance(statement, With):
        pending += [target for _, target, _ in statement.items if target is not None]
    while pending:
        target = pending.pop(0)
        if isinstance(target, Display):
            pending = [*target.items, *pending]
        elif isinstance(target, Star):
            pending.insert(0, target.value)
        else:
            yield target
