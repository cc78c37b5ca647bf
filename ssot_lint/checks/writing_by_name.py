"""Code of a class that may write attributes of its instances by names that are not written there."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec import Struct

from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Await,
    Call,
    Clause,
    Conditional,
    Const,
    DictDisplay,
    Expression,
    For,
    If,
    Name,
    Scope,
    Statement,
    With,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.facts.refilling import refilling

# `store_attr()` of fastcore sets the arguments of its caller on `self`.
_WRITING = frozenset(("setattr", "vars", "__setattr__", "update_wrapper", "exec", "locals", "store_attr"))
# Of these, built-in functions: a method of that name is something else, as `session.exec(statement)` is.
_BUILTIN = frozenset(("setattr", "vars", "exec", "locals"))
# Of these, those that are told the one name that they write.
_NAMING = frozenset(("setattr", "__setattr__"))
# What looks into the `__dict__` of something, and leaves it as it is.
_LOOKING = frozenset((
    "items", "keys", "values", "get", "copy", "__name__", "__qualname__", "__doc__", "__mro__", "__module__",
))  # fmt: skip
_PRINTING = frozenset((
    "dict", "repr", "str", "len", "sorted", "list", "print", "set", "type", "isinstance", "issubclass",
))  # fmt: skip
# A call of these, whatever they are called on, may give another instance of the same class.
_MAKING = frozenset((
    "copy", "deepcopy", "replace", "_replace", "clone", "new", "__new__", "type", "build", "make", "create",
))  # fmt: skip


def may_write(scope: Scope, name: str, classes: Collection[str]) -> bool:
    """Whether the code of a scope may write the attribute on an instance of the class, whose names these are."""
    foreign: frozenset[str] | None = None
    for node in _changing(scope.body):
        if _names(node, name):
            return True
        if _writes_any(node):
            subject = _subject(node)
            if subject is None:
                return True
            foreign = _of_others(scope, classes) if foreign is None else foreign
            if subject not in foreign:
                return True
    return False


def is_text(node: object, name: str) -> bool:
    """`__slots__ = ("name",)` and the like."""
    return isinstance(node, Const) and node.value == name


def _changing(body: list[Statement]) -> Iterator[Struct]:
    """The nodes of code, without those that only look into the `__dict__` of something, or write what is there."""
    looked_at: set[int] = set()
    refilled = refilling(body)
    for node in walk(body):
        if isinstance(node, Call) and node.at in refilled:
            continue
        if isinstance(node, Attribute) and node.name in _LOOKING:
            looked_at.add(id(node.value))
        elif isinstance(node, Call):
            looked_at.update(id(value) for name, value in node.keywords if name is None)
            looked_at.update(map(id, node.arguments if written(node.function) in _PRINTING else ()))
        elif isinstance(node, DictDisplay):
            looked_at.update(id(value) for key, value in node.items if key is None)
        elif isinstance(node, (Conditional, If)):
            looked_at.add(id(node.test))
        elif isinstance(node, (Clause, For)):
            looked_at.add(id(node.iterable))
        if id(node) not in looked_at:
            yield node


def _writes_any(node: object) -> bool:
    """Whether a node may write attributes by names that are not written there, on what may be an instance."""
    if isinstance(node, Call):
        owner, _, name = written(node.function).rpartition(".")
        if name not in _WRITING or (name in _BUILTIN and owner not in ("", "builtins")):
            return False
        if name in _NAMING and any(_is_string(each) for each in node.arguments[:2]):
            return False
        # `setattr(self.app.state, key, value)` writes on something else.
        return name != "setattr" or not isinstance(next(iter(node.arguments), None), Attribute)
    return isinstance(node, Attribute) and node.name in ("__dict__", "__class__")


def _subject(node: object) -> str | None:
    """The variable that `setattr` writes on; None for anything else."""
    if not isinstance(node, Call) or written(node.function) != "setattr" or not node.arguments:
        return None
    subject = node.arguments[0]
    return subject.id if isinstance(subject, Name) else None


def _of_others(scope: Scope, classes: Collection[str]) -> frozenset[str]:
    """The variables of a function that surely hold no instance of the class: what others gave, `row = db.get(key)`."""
    given: dict[str, list[Expression | None]] = {}
    for statement in nested(scope.body):
        if isinstance(statement, With):
            for item, target, _ in statement.items:
                if isinstance(target, Name):
                    given.setdefault(target.id, []).append(item)
        else:
            value = statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else None
            for each in targets(statement):
                if isinstance(each, Name):
                    given.setdefault(each.id, []).append(value)
    own = {*classes, *(parameter.name for parameter in scope.parameters)}
    return frozenset(
        name for name, values in given.items() if name not in own and all(_is_given(each, classes) for each in values)
    )


def _is_given(value: Expression | None, classes: Collection[str]) -> bool:
    """Whether it is a constant, or what a call gave that does not make, or copy, such an instance."""
    called = value.value if isinstance(value, Await) else value
    if not isinstance(called, Call):
        return isinstance(called, Const)
    return not any(_may_make(node, classes) for node in walk(called))


def _may_make(node: object, classes: Collection[str]) -> bool:
    if isinstance(node, Name) and (node.id in classes or node.id in ("cls", "super")):
        return True
    if isinstance(node, Call):
        is_own = isinstance(node.function, Attribute) and written(node.function.value) in ("self", "cls")
        return is_own or last_name(node.function) in _MAKING or "self" in map(written, node.arguments)
    return isinstance(node, Attribute) and node.name == "__class__"


def _names(node: object, name: str) -> bool:
    """`object.__setattr__(self, "name", value)`."""
    if not isinstance(node, Call) or written(node.function).rpartition(".")[2] not in _NAMING:
        return False
    return any(is_text(each, name) for each in node.arguments)


def _is_string(node: object) -> bool:
    return isinstance(node, Const) and isinstance(node.value, str)
