"""What code writes by way of other things: attributes of modules, classes, instances, and `sys.modules`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    AugmentedAssign,
    Call,
    Const,
    DefineClass,
    Display,
    Evaluate,
    Expression,
    For,
    Import,
    ImportFrom,
    Index,
    ModuleFacts,
    Name,
    Scope,
    Star,
    Statement,
    With,
)
from ssot_lint.facts.nested import nested

_OWN = ("self", "cls")


class Writes:
    """The names of all attributes that modules write on anything but the `self` and `cls` of a class: `foreign`.

    `far` are those of them that are written on nothing that hangs on a `self` or `cls`, as `self.app.state` does.
    `modules` are the names under which they put modules into `sys.modules`, `by_variable` those of all on which they
    write attributes whose names are not known, and `opened` those of the modules and classes among them.
    """

    def __init__(self, modules: Iterable[ModuleFacts]) -> None:
        self.foreign: set[str] = set()
        self.far: set[str] = set()
        self.modules: set[str] = set()
        self.opened: set[str] = set()
        self.by_variable: set[str] = set()
        for facts in modules:
            opened: set[str] = set()
            defined: set[str] = set()
            for scope in facts.scopes:
                in_class = _is_in_class(facts, scope)
                for statement in nested(scope.read()):
                    self.modules.update(_placed_modules(statement))
                    opened.update(_opened(statement))
                    defined.update(_modules_and_classes(facts, statement))
                    for receiver, name in _writes(statement):
                        if not in_class or receiver not in _OWN:
                            self.foreign.add(name)
                            if not in_class or receiver.partition(".")[0] not in _OWN:
                                self.far.add(name)
            self.opened |= opened & defined
            self.by_variable |= opened

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Writes) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[frozenset[str], ...]:
        return tuple(map(frozenset, (self.foreign, self.far, self.modules, self.opened, self.by_variable)))


def attributes_written(scope: Scope) -> frozenset[str]:
    """The names of the attributes that the code of a scope writes, on whatever."""
    return frozenset(name for statement in nested(scope.body) for _, name in _writes(statement))


def _is_in_class(facts: ModuleFacts, scope: Scope) -> bool:
    while scope.parent >= 0:
        scope = facts.scopes[scope.parent]
        if scope.kind == "class":
            return True
    return False


def _placed_modules(statement: Statement) -> Iterator[str]:
    """The modules that a statement puts into `sys.modules` by name."""
    for target in targets(statement):
        if isinstance(target, Index) and is_modules(target) and isinstance(target.key, Const):
            yield str(target.key.value)


def _modules_and_classes(facts: ModuleFacts, statement: Statement) -> Iterator[str]:
    """The names that a statement imports, or that of the class that it defines."""
    if isinstance(statement, (Import, ImportFrom)):
        yield from ((alias or name).rpartition(".")[2] for name, alias, _ in statement.names)
    elif isinstance(statement, DefineClass):
        yield facts.scopes[statement.scope].name


def _opened(statement: Statement) -> Iterator[str]:
    """What a statement may write any attribute on: `setattr(here, name, …)`, `here.__dict__[name] = …`, or `vars`."""
    if isinstance(statement, Evaluate) and isinstance(call := statement.value, Call):
        if last_name(call.function) == "setattr" and not any(isinstance(each, Const) for each in call.arguments[1:2]):
            yield from (last_name(each) for each in call.arguments[:1])
        elif isinstance(call.function, Attribute):
            yield _owner_of_names(call.function.value)
    for target in targets(statement):
        if isinstance(target, Index) and not isinstance(target.key, Const):
            yield _owner_of_names(target.value)


def _owner_of_names(expression: Expression) -> str:
    """What `here.__dict__` or `vars(here)` holds the attributes of."""
    if isinstance(expression, Attribute) and expression.name == "__dict__":
        return last_name(expression.value)
    if isinstance(expression, Call) and last_name(expression.function) == "vars" and expression.arguments:
        return last_name(expression.arguments[0])
    return ""


def _writes(statement: Statement) -> Iterator[tuple[str, str]]:
    """The attributes that a statement writes, with the dotted name of what it writes them on (empty for none)."""
    if isinstance(statement, Evaluate):
        call = statement.value
        if isinstance(call, Call) and last_name(call.function) == "setattr" and len(call.arguments) > 1:
            name = call.arguments[1]
            if isinstance(name, Const) and isinstance(name.value, str):
                yield "", name.value
        return
    for target in targets(statement):
        if isinstance(target, Attribute):
            yield written(target.value), target.name


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
