"""Which globals and attributes a function fills itself: `if _pool is None: _pool = make_pool()`, or always sets."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.frame import Frame
from ssot_lint.facts.model import AnnotatedAssign, Assign, Attribute, Const, Expression, Name, Statement
from ssot_lint.facts.nested import nested


def fills(frame: Frame, name: str) -> bool:
    """Whether the running function binds a global or an attribute of that name to something that is not None."""
    known = frame.machine.filled.get(frame.code)
    if known is None:
        known = frame.machine.filled[frame.code] = frozenset(_filled(frame.code))
    return name in known


def always_sets(frame: Frame, code: Code) -> frozenset[str]:
    """The attributes of its first argument that a function sets whatever its tests say."""
    known = frame.machine.always_set.get(code)
    if known is None:
        own = next(iter(code.parameters), "")
        targets = (each for statement in frame.machine.body(code) for each in _targets(statement, constants=True))
        attributes = [each for each in targets if isinstance(each, Attribute) and isinstance(each.value, Name)]
        known = frozenset(each.name for each in attributes if isinstance(each.value, Name) and each.value.id == own)
        frame.machine.always_set[code] = known
    return known


def _filled(code: Code) -> Iterator[str]:
    for statement in nested(code.scope.body):
        for target in _targets(statement):
            if isinstance(target, Attribute):
                yield target.name
            elif isinstance(target, Name) and target.id in code.globals:
                yield target.id


def _targets(statement: Statement, *, constants: bool = False) -> list[Expression]:
    if not isinstance(statement, (Assign, AnnotatedAssign)) or statement.value is None:
        return []
    if isinstance(statement.value, Const) and not constants:
        return []
    return statement.targets if isinstance(statement, Assign) else [statement.target]
