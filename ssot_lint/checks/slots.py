"""`__slots__`: which attributes instances can have where every class above says so."""

from __future__ import annotations

from ssot_lint.callgraph.classes import DATACLASS, ClassInfo
from ssot_lint.checks.known import definition_of
from ssot_lint.facts.model import AnnotatedAssign, Assign, Call, Const, Define, Display, Name
from ssot_lint.facts.nested import nested

_SLOTS = "__slots__"
# Bases that have slots themselves, and none that matter.
_SLOTTED = frozenset(("<builtin>.object", "abc.ABC", "typing.Generic", "typing.Protocol"))


def slots_of(info: ClassInfo) -> frozenset[str] | None:
    """The names that all classes of an instance have slots for; None where it may have others."""
    if info.unknown_base or not all(path in _SLOTTED for path in info.outside):
        return None
    found: set[str] = set()
    for each in info.classes:
        own = _own(each)
        if own is None or each.unknown_base or "__dict__" in own:
            return None
        found.update(own)
    return frozenset(found)


def clash(info: ClassInfo) -> str:
    """The name for which a class has both a slot and a value, which Python refuses; empty for none."""
    own = _written(info) or []
    valued = {
        target.id
        for each in info.code.scope.body
        if isinstance(each, (Assign, AnnotatedAssign)) and each.value is not None
        for target in (each.targets if isinstance(each, Assign) else [each.target])
        if isinstance(target, Name)
    }
    scopes = info.code.module.facts.scopes
    valued.update(scopes[each.scope].name for each in info.code.scope.body if isinstance(each, Define))
    return next((name for name in own if name in valued), "")


def _own(info: ClassInfo) -> list[str] | None:
    """The slots that a class itself has, written out or made of a dataclass's fields."""
    definition = definition_of(info)
    if definition is None or info.metaclasses:
        return None
    if not definition.decorators:
        return _written(info)
    decorator = definition.decorators[0][0]
    if len(definition.decorators) > 1 or DATACLASS not in info.decorators or not isinstance(decorator, Call):
        return None
    chosen = dict(decorator.keywords).get("slots")
    if not isinstance(chosen, Const) or not chosen.value or None in dict(decorator.keywords):
        return None
    return [name for name in info.fields if not name.startswith("__")]


def _written(info: ClassInfo) -> list[str] | None:
    """The texts that the body of a class gives `__slots__`."""
    bound = [
        each.value
        for each in nested(info.code.scope.body)
        if isinstance(each, Assign) and any(isinstance(target, Name) and target.id == _SLOTS for target in each.targets)
    ]
    if len(bound) != 1:
        return None
    items = bound[0].items if isinstance(bound[0], Display) else [bound[0]]
    texts = [each.value for each in items if isinstance(each, Const) and isinstance(each.value, str)]
    return texts if len(texts) == len(items) else None
