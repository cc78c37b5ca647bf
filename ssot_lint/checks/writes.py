"""What code writes by way of other things: attributes of modules, classes, instances, and `sys.modules`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from ssot_lint.checks.computed_names import Names, Pattern, pattern
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
# Of an ASGI application, what is written there is no attribute of a class of the project.
_STATES = (".app.state", ".application.state", ".request.state", ".websocket.state")
_ASGI = frozenset(("fastapi", "starlette"))


class Writes:
    """The names of all attributes that modules write on anything but the `self` and `cls` of a class: `foreign`.

    What is written on the state of an ASGI application is `on_state`, and not among them where there is one.
    Those that may be written `on` a module hang on no `self` or `cls`, as `self.app.state` does, and are written on a
    name or on what bears the module's: `app.state.flags = …` writes on nothing but a module named `state`.
    Both hold the patterns of names, too, that are put together for `setattr`. `modules` are the names under which they
    put modules into `sys.modules`, `by_variable` those of all on which they write attributes whose names are not known,
    and `opened` those of the modules and classes among them.
    """

    def __init__(self, modules: Collection[ModuleFacts]) -> None:
        self.foreign = Names()
        self.on_state: set[str] = set()
        self._has_own_states = False
        self._far = Names()
        self._far_on: dict[str, set[str]] = {}
        self.modules: set[str] = set()
        self.opened: set[str] = set()
        self.by_variable: set[str] = set()
        for facts in modules:
            opened: set[str] = set()
            defined: set[str] = set()
            for scope in facts.scopes:
                if scope.is_unread:  # it writes nothing of the kind
                    continue
                in_class = _is_in_class(facts, scope)
                for statement in nested(scope.read()):
                    if isinstance(statement, (Import, ImportFrom, DefineClass)):
                        defined.update(_modules_and_classes(facts, statement))
                    elif isinstance(statement, Evaluate):
                        opened.update(_opened_by_call(statement))
                        self._note(_writes_by_call(statement), in_class)
                        self._note(_computed_by_call(statement), in_class)
                    elif holders := [each for each in targets(statement) if not isinstance(each, Name)]:
                        self.modules.update(_placed_modules(holders))
                        opened.update(_opened(holders))
                        self._note(_writes(holders), in_class)
            self.opened |= opened & defined
            self.by_variable |= opened
        if self._has_own_states or not any(map(_imports_asgi, modules)):
            for name in self.on_state:
                self.foreign.add(name)

    def _note(self, writes: Iterable[tuple[str, str | Pattern]], in_class: bool) -> None:
        for receiver, name in writes:
            if not in_class or receiver not in _OWN:
                # A state that the project puts there may be of a class of its own.
                if name == "state" and f".{receiver}.state".endswith(_STATES):
                    self._has_own_states = True
                if isinstance(name, str) and f".{receiver}".endswith(_STATES):
                    self.on_state.add(name)
                else:
                    self.foreign.add(name)
                if not in_class or receiver.partition(".")[0] not in _OWN:
                    self._note_far(receiver, name)

    def _note_far(self, receiver: str, name: str | Pattern) -> None:
        if "." in receiver and not receiver.endswith("()") and isinstance(name, str):
            self._far_on.setdefault(receiver.rpartition(".")[2], set()).add(name)
        else:
            self._far.add(name)

    def on(self, module: str, name: str) -> bool:
        """Whether an attribute of that name may be written on a module."""
        return name in self._far or name in self._far_on.get(module.rpartition(".")[2], ())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Writes) and self._parts() == other._parts()

    def __hash__(self) -> int:
        return hash(self._parts())

    def _parts(self) -> tuple[object, ...]:
        far_on = frozenset((last, frozenset(names)) for last, names in self._far_on.items())
        names = (self.on_state, self.modules, self.opened, self.by_variable)
        return self.foreign, self._far, far_on, self._has_own_states, *map(frozenset, names)


def _imports_asgi(facts: ModuleFacts) -> bool:
    """Whether a module imports what makes such applications."""
    return any(each.module.partition(".")[0] in _ASGI for each in facts.imports if not each.level)


def attributes_written(scope: Scope) -> frozenset[str]:
    """The names of the attributes that the code of a scope writes, on whatever."""
    writes = (
        _writes_by_call(each) if isinstance(each, Evaluate) else _writes(targets(each)) for each in nested(scope.body)
    )
    return frozenset(name for each in writes for _, name in each)


def _is_in_class(facts: ModuleFacts, scope: Scope) -> bool:
    while scope.parent >= 0:
        scope = facts.scopes[scope.parent]
        if scope.kind == "class":
            return True
    return False


def _placed_modules(holders: Iterable[Expression]) -> Iterator[str]:
    """The modules that are put into `sys.modules` by name, of what is assigned to these targets."""
    for target in holders:
        if isinstance(target, Index) and is_modules(target) and isinstance(target.key, Const):
            yield str(target.key.value)


def _modules_and_classes(facts: ModuleFacts, statement: Import | ImportFrom | DefineClass) -> Iterator[str]:
    """The names that a statement imports, or that of the class that it defines."""
    if isinstance(statement, DefineClass):
        yield facts.scopes[statement.scope].name
    else:
        yield from ((alias or name).rpartition(".")[2] for name, alias, _ in statement.names)


def _opened_by_call(statement: Evaluate) -> Iterator[str]:
    """What a call may write any attribute on: `setattr(here, name, …)`, `vars(here).update(…)`."""
    if isinstance(call := statement.value, Call):
        if last_name(call.function) == "setattr" and not any(isinstance(each, Const) for each in call.arguments[1:2]):
            yield from (last_name(each) for each in call.arguments[:1])
        elif isinstance(call.function, Attribute):
            yield _owner_of_names(call.function.value)


def _opened(holders: Iterable[Expression]) -> Iterator[str]:
    """What may get any attribute by an assignment to these targets: `here.__dict__[name] = …`, or to `vars(here)`."""
    for target in holders:
        if isinstance(target, Index) and not isinstance(target.key, Const):
            yield _owner_of_names(target.value)


def _owner_of_names(expression: Expression) -> str:
    """What `here.__dict__` or `vars(here)` holds the attributes of."""
    if isinstance(expression, Attribute) and expression.name == "__dict__":
        return last_name(expression.value)
    if isinstance(expression, Call) and last_name(expression.function) == "vars" and expression.arguments:
        return last_name(expression.arguments[0])
    return ""


def _writes_by_call(statement: Evaluate) -> Iterator[tuple[str, str]]:
    """The attribute that a call of `setattr` writes, on what has no name that matters."""
    call = statement.value
    if isinstance(call, Call) and last_name(call.function) == "setattr" and len(call.arguments) > 1:
        name = call.arguments[1]
        if isinstance(name, Const) and isinstance(name.value, str):
            yield "", name.value


def _computed_by_call(statement: Evaluate) -> Iterator[tuple[str, Pattern]]:
    """What is known of a name that such a call puts together, with the dotted name of what it is written on."""
    call = statement.value
    if isinstance(call, Call) and last_name(call.function) == "setattr" and len(call.arguments) > 1:
        found = pattern(call.arguments[1])
        if found is not None:
            yield written(call.arguments[0]), found


def _writes(holders: Iterable[Expression]) -> Iterator[tuple[str, str]]:
    """The attributes that are assigned to, with the dotted name of what they are written on (empty for none).

    One that ends in `()` is what a call gives.
    """
    for target in holders:
        if isinstance(target, Attribute):
            is_called = isinstance(target.value, Call)
            yield written(target.value) + "()" * is_called, target.name


def last_name(expression: Expression) -> str:
    """The name of a name or attribute, empty for anything else."""
    if isinstance(expression, Attribute):
        return expression.name
    return expression.id if isinstance(expression, Name) else ""


def is_modules(node: Index) -> bool:
    """Whether it is an entry of `sys.modules`."""
    return last_name(node.value) == "modules"


def targets(statement: Statement) -> list[Expression]:
    """The simple targets that a statement assigns to: names, attributes, subscripts."""
    if isinstance(statement, Assign):
        found = statement.targets
    elif isinstance(statement, (AnnotatedAssign, AugmentedAssign, For)):
        found = [statement.target]
    elif isinstance(statement, With):
        found = [target for _, target, _ in statement.items if target is not None]
    else:
        return []
    while any(isinstance(each, (Display, Star)) for each in found):
        found = [inner for each in found for inner in _unpacked(each)]
    return found


def _unpacked(target: Expression) -> list[Expression]:
    """What a target is made of, one level down."""
    if isinstance(target, Display):
        return target.items
    return [target.value] if isinstance(target, Star) else [target]
