"""Which globals and attributes a function fills itself: `if _pool is None: _pool = make_pool()`."""

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


def _filled(code: Code) -> Iterator[str]:
    for statement in nested(code.scope.body):
        for target in _targets(statement):
            if isinstance(target, Attribute):
                yield target.name
            elif isinstance(target, Name) and target.id in code.globals:
                yield target.id


def _targets(statement: Statement) -> list[Expression]:
    if not isinstance(statement, (Assign, AnnotatedAssign)) or isinstance(statement.value, Const):
        return []
    return statement.targets if isinstance(statement, Assign) else [statement.target]
