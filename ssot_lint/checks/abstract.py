"""Classes that can't be made, since they lack what an abstract base asks for."""

from __future__ import annotations

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.library_bases import ABSTRACT
from ssot_lint.checks.bindings import Bindings
from ssot_lint.checks.known import definition_of, is_plain
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import Define
from ssot_lint.facts.nested import nested

_MARKS = frozenset(("abstractmethod", "abstractproperty", "abstractclassmethod", "abstractstaticmethod"))


def lacking(bindings: Bindings, info: ClassInfo) -> str:
    """The first abstract method that nothing in the class or above it implements; empty where it may be made."""
    if not is_plain(info) or not any(_is_abstract(each) for each in info.classes):
        return ""
    for each in info.classes:
        for name in _abstract_names(each):
            first = next(other for other in info.classes if name in other.names)
            if first is each:
                return "" if _may_be_updated(bindings, name) else name
    return ""


def _may_be_updated(bindings: Bindings, name: str) -> bool:
    """Whether code binds the name to a class that is there already, and has Python look at it anew."""
    if "__abstractmethods__" in bindings.writes.foreign:
        return True
    return name in bindings.writes.foreign and any(bindings.scopes_with("update_abstractmethods"))


def _is_abstract(info: ClassInfo) -> bool:
    """Whether Python asks, when it makes an instance, what the class still lacks."""
    statement = definition_of(info)
    metaclasses = [value for name, value in statement.keywords if name == "metaclass"] if statement is not None else []
    return not ABSTRACT.isdisjoint(info.outside) or any(
        written(each).rpartition(".")[2] == "ABCMeta" for each in metaclasses
    )


def _abstract_names(info: ClassInfo) -> list[str]:
    """The names that the body of a class binds to abstract methods, and to nothing else."""
    scopes = info.code.module.facts.scopes
    definitions = [each for each in nested(info.code.scope.body) if isinstance(each, Define)]
    marked = {scopes[each.scope].name for each in definitions if _is_marked(each)}
    others = {scopes[each.scope].name for each in definitions if not _is_marked(each)}
    return [name for name in info.names if name in marked - others]


def _is_marked(definition: Define) -> bool:
    return any(written(each).rpartition(".")[2] in _MARKS for each, _ in definition.decorators)
