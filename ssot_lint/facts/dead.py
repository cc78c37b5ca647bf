"""Dead stores: local variables that get constants and that nothing reads.

A function does the same without them (Aho et al., Compilers, 2nd edition, section 9.1.6).
"""

from __future__ import annotations

from collections import Counter

from ssot_lint.facts.model import Assign, Const, Evaluate, Name, Opaque, Raise, Return, Scope, Statement
from ssot_lint.facts.nested import nested, walk

# What may look at the variables of whoever calls it.
_LOOKING = frozenset(("locals", "vars", "dir", "eval", "exec"))


def dead_names(scope: Scope) -> frozenset[str]:
    """The names of a function that only dead stores bind. None where something may look at all variables.

    Nor where the function does little else, as a stub: that it is short may mean something to a rule.
    """
    body = scope.read()
    stores = Counter(stored for each in nested(body) if (stored := _stored(each)))
    if not stores:
        return frozenset()
    named = Counter(each.id for each in walk(body) if isinstance(each, Name))
    own = set(scope.bound) - set(scope.captured) - {parameter.name for parameter in scope.parameters}
    dead = frozenset(name for name, times in stores.items() if name in own and named[name] == times)
    if _LOOKING.intersection(named) or all(_is_little(each) or is_dead(each, dead) for each in body):
        return frozenset()
    return dead


def is_dead(statement: object, names: frozenset[str]) -> bool:
    """Whether a statement is a dead store of one of these names."""
    return isinstance(statement, Assign) and _stored(statement) in names


def _is_little(statement: Statement) -> bool:
    """Whether a stub may have the statement: it raises, says something, or gives nothing back."""
    gives = isinstance(statement, Return) and statement.value is not None
    return isinstance(statement, (Raise, Evaluate, Return)) and not gives


def _stored(statement: Statement) -> str:
    """The name that gets a constant; empty for anything else."""
    if isinstance(statement, Assign) and isinstance(statement.value, (Const, Opaque)) and len(statement.targets) == 1:
        target = statement.targets[0]
        return target.id if isinstance(target, Name) else ""
    return ""
