"""In which environments code is come to, or refuses, by its tests of where it runs: `if stage == "production":`."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ssot_lint.facts.model import (
    Attribute,
    BoolOp,
    Call,
    Compare,
    Const,
    Display,
    Expression,
    If,
    Jump,
    Name,
    Not,
    Raise,
    Return,
)  # fmt: skip
from ssot_lint.facts.nested import walk
from ssot_lint.settings.environments import ENVIRONMENTS, is_deployed, is_environment, normalize
from ssot_lint.settings.reads.index import last_name

_TELLING = re.compile(r"(?:^|_)(?:env|environment|stage|tier)(?:_|$)", re.IGNORECASE)
_ASKING = re.compile(r"_*(?:is|running)_(?:(?:in|on|running_in|running_on)_)?(\w+)")
_OF_HOSTS = frozenset({"deployed", "deployment", "cloud", "the_cloud", "cloud_run", "hosted", "remote", "gcp", "aws"})
"""Of what is said where services run for others: `if not is_deployed(): return`."""
_LEAVING = (Return, Raise, Jump)


def environments_left(statement: If) -> frozenset[str]:
    """The environments in which what follows an `if` is not come to."""
    leaves = not statement.orelse and bool(statement.body) and isinstance(statement.body[-1], _LEAVING)
    return _surely(statement.test) if leaves else frozenset()


def _surely(test: Expression) -> frozenset[str]:
    """The environments in which a condition is sure to hold, be it that it may hold elsewhere too."""
    parts = test.values if isinstance(test, BoolOp) and test.operator == "or" else [test]
    return frozenset().union(*(environments_of(part) or () for part in parts))


def without_environments(test: Expression) -> tuple[Expression, frozenset[str]]:
    """What a condition asks beside where it runs, and the environments in which it is sure not to hold.

    `not key and stage == "production"` is `not key`, nowhere but in production.
    """
    values = test.values if isinstance(test, BoolOp) and test.operator == "and" else [test]
    told = [environments_of(each) for each in values]
    others = [each for each, where in zip(values, told, strict=True) if where is None]
    if len(others) != 1:
        return test, frozenset()
    return others[0], frozenset().union(*(ENVIRONMENTS - where for where in told if where is not None))


def environments_of(test: Expression) -> frozenset[str] | None:
    """The environments in which a condition holds, and no other; None where it is none of environments alone."""
    match test:
        case Not(value=value) if not isinstance(value, BoolOp):
            inner = environments_of(value)
            return ENVIRONMENTS - inner if inner is not None else None
        case BoolOp(operator="or", values=values):
            told = [where for each in values if (where := environments_of(each)) is not None]
            return frozenset().union(*told) if len(told) == len(values) else None
        case Compare(first=first, rest=[(operator, value)]) if _tells(first):
            items = value.items if operator.endswith("in") and isinstance(value, Display) else [value]
            named = _named(items)
            return ENVIRONMENTS - named if named and operator in {"!=", "is not", "not in"} else named
        case Call(function=function, arguments=[], keywords=[]):
            return environments_of(function)
        case Name() | Attribute() if asked := _ASKING.match(last_name(test)):
            if asked[1] in _OF_HOSTS:
                return frozenset(filter(is_deployed, ENVIRONMENTS))
            return frozenset({normalize(asked[1])}) if is_environment(asked[1]) else None
        case _:
            return None


def _tells(expression: Expression) -> bool:
    """Whether it is about the environment: `settings.stage`, `os.environ["APP_ENV"]`, `current_env().lower()`."""
    for node in walk(expression):
        word = node.value if isinstance(node, Const) else last_name(node) if isinstance(node, Name | Attribute) else ""
        if isinstance(word, str) and _TELLING.search(word):
            return True
    return False


def _named(values: Iterable[Expression]) -> frozenset[str] | None:
    """The environments that constants, or members of an enumeration, name; None where one names no environment."""
    words = [each.value if isinstance(each, Const) else last_name(each) for each in values]
    if not words or not all(isinstance(word, str) and is_environment(word) for word in words):
        return None
    return frozenset(normalize(str(word)) for word in words)
