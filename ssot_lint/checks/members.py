"""Members that an enumeration is asked for and does not have: `Status("ready")`, `Status["READY"]`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from ssot_lint.callgraph.values import Class
from ssot_lint.checks.keys import is_asked
from ssot_lint.checks.known import is_enumeration
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.facts.model import Call, Const, Expression, Index

_FLAGS = frozenset(("enum.Flag", "enum.IntFlag"))


def unknown(start: Start, way: Literal["value", "name"]) -> Iterator[tuple[Reached, str]]:
    """Each such question by value or by name that is written out, and what is wrong."""
    for place, each in start.missing("key"):
        if not isinstance(each.owner, Class) or not _is_told(each.owner):
            continue
        node = start.context.surroundings.node(place.site)
        asked, key = _question(node)
        is_meant = isinstance(node, Call) is (way == "value") and isinstance(key, Const) and not is_asked(place, key)
        if asked is not None and is_meant and is_known(start, place, asked):
            what = "member of the value" if way == "value" else "member"
            yield place, f"`{each.owner.info.code.scope.name}` has no {what} {each.name}"


def _question(node: object) -> tuple[Expression | None, Expression | None]:
    """The enumeration that is asked, and for what."""
    if isinstance(node, Call) and len(node.arguments) == 1 and not node.keywords:
        return node.function, node.arguments[0]
    return (node.value, node.key) if isinstance(node, Index) else (None, None)


def _is_told(asked: Class) -> bool:
    """Whether all members of an enumeration are written in it, and no hook finds others."""
    info = asked.info
    hooks = ("_missing_", "__call__", "__new__", "__getitem__")
    is_plain = is_enumeration(info) and not info.dynamic and not _FLAGS.intersection(info.outside)
    return is_plain and not any(hook in each.names for each in info.classes for hook in hooks)
