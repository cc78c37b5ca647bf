"""Texts, numbers, lists, dicts and the like: whether what stands at a place is surely such a value.

What the analysis saw is not enough to say so: a test that it can't decide may have kept the value from coming there. So
only what is written out counts, as the value itself or as all that a variable or an attribute of `self` ever gets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import GLOBAL
from ssot_lint.callgraph.values import Constant, Container
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.known import is_plain
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known, own_class
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Await,
    Call,
    Comprehension,
    Const,
    DictDisplay,
    Display,
    Expression,
    Format,
    ImportFrom,
    ModuleFacts,
    Name,
    Statement,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.project.imports import absolute_name

BUILTIN = (Constant, Container)
# From so many modules on, what a global is imported from is not followed.
_FARTHEST = 4
_WRITTEN = (Const, Format, Display, DictDisplay, Comprehension)
_MAKING = frozenset(("list", "dict", "set", "tuple", "str", "int", "float", "bool", "sorted"))
_ASKING = frozenset(("isinstance", "issubclass", "hasattr", "type", "callable"))


def type_name(value: Constant | Container) -> str:
    """The builtin type of a value."""
    return value.type if isinstance(value, Container) else type(value.value).__name__


def is_it(start: Start, place: Reached, read_of: Expression) -> bool:
    """Whether what is read at a place is surely a value that is written out, and nobody asks what it is."""
    if isinstance(read_of, Name):
        is_told = _is_told_by_name(start, place, read_of.id)
    elif isinstance(read_of, Attribute):
        own = own_class(place, read_of.value)
        is_told = own is not None and _is_told_by_class(start, own, read_of.name)
    elif isinstance(read_of, Call):
        is_told = _is_made(read_of) or _gives_it(place, read_of)
    else:
        is_told = isinstance(read_of, _WRITTEN)
    name, body = last_name(read_of), place.node.activation.code.scope.body
    is_asked = bool(name) and asks(body, name)
    return is_told and not is_asked and is_known(start, place, read_of)


def asks(body: Iterable[object], name: str = "") -> bool:
    """Whether code asks what anything is, or what bears a name."""
    asked = (node for node in walk(body) if isinstance(node, Call) and last_name(node.function) in _ASKING)
    return any(not name or any(last_name(each) == name for each in call.arguments[:1]) for call in asked)


def _is_made(value: Expression | None) -> bool:
    is_call = isinstance(value, Call) and isinstance(value.function, Name) and value.function.id in _MAKING
    return is_call or isinstance(value, _WRITTEN)


def _gives_it(place: Reached, call: Call) -> bool:
    """Whether a call surely goes to functions of the project that don't ask what they get."""
    activation = place.node.activation
    calls = [each for each in activation.calls if each.at == call.at and each.kind == "call"]
    if not calls or call.at in activation.opaque or any(each.certainty != "certain" for each in calls):
        return False
    bodies = [each.callee.code.scope.body if each.callee is not None else None for each in calls]
    return all(body is not None and not asks(body) for body in bodies)


def _is_told_by_name(start: Start, place: Reached, name: str) -> bool:
    """Whether a variable of the function, or of its module, only ever gets what is written out."""
    code = place.node.activation.code
    index = code.index if name in code.bound else code.owner_of(name)
    if name in code.parameters or (index not in (code.index, 0, GLOBAL)):
        return False
    facts = code.module.facts
    if index in (0, GLOBAL) and (
        name in start.bindings.writes.foreign or any(name in scope.global_names for scope in facts.scopes)
    ):
        return False
    holder = facts.scopes[0 if index == GLOBAL else index]
    binding = [each for each in nested(holder.read()) if name in names_bound(facts, each)]
    if len(binding) == 1 and isinstance(binding[0], ImportFrom):
        return _is_told_elsewhere(start, place.node.module, binding[0], name, _FARTHEST)
    given = _assigned(binding[0]) if len(binding) == 1 and index == code.index else None
    call = given.value if isinstance(given, Await) else given
    return _all_written(facts, binding, name) or (isinstance(call, Call) and _gives_it(place, call))


def _is_told_elsewhere(start: Start, module: str, imported: ImportFrom, name: str, depth: int) -> bool:
    """The same of a global that is imported from another module of the project."""
    source = start.context.project.modules[module]
    base = absolute_name(source, imported.level, imported.module) or ""
    taken = next((each for each, alias, _ in imported.names if name == (alias or each)), "")
    facts = start.context.library.own(base)
    if facts is None or not taken or not depth or taken in start.bindings.writes.foreign:
        return False
    if any(taken in scope.global_names for scope in facts.scopes):
        return False
    binding = [each for each in nested(facts.scopes[0].body) if taken in names_bound(facts, each)]
    if len(binding) == 1 and isinstance(binding[0], ImportFrom):
        return _is_told_elsewhere(start, base, binding[0], taken, depth - 1)
    return _all_written(facts, binding, taken)


def _all_written(facts: ModuleFacts, statements: Iterable[Statement], name: str) -> bool:
    binding = [each for each in statements if name in names_bound(facts, each)]
    return bool(binding) and all(_is_made(_assigned(each)) for each in binding)


def _assigned(statement: Statement) -> Expression | None:
    """What a statement gives its one target; None for any other."""
    if isinstance(statement, (Assign, AnnotatedAssign)) and len(targets(statement)) == 1:
        return statement.value
    return None


def _is_told_by_class(start: Start, own: ClassInfo, name: str) -> bool:
    """Whether an attribute of a class, and of those below, only ever gets what is written out in them."""
    classes = {base for each in (own, *own.all_subclasses()) for base in each.classes}
    opened = start.bindings.writes.opened
    if name in start.bindings.writes.foreign or not all(map(is_plain, classes)):
        return False
    if any(each.code.scope.name in opened for each in classes):
        return False
    values = [value for each in classes for value in _values(each, name)]
    return bool(values) and all(_is_made(value) for value in values)


def _values(info: ClassInfo, name: str) -> Iterator[Expression | None]:
    """All that a class gives an attribute, in its body and in its methods."""
    facts = info.code.module.facts
    for statement in nested(info.code.scope.body):
        if name in names_bound(facts, statement):
            yield _assigned(statement)
    for scope in facts.scopes:
        if scope.parent == info.code.index:
            for statement in nested(scope.read()):
                if any(isinstance(each, Attribute) and each.name == name for each in targets(statement)):
                    yield _assigned(statement)
