"""What SQLAlchemy may give the classes that it maps, beside what they say themselves."""

from __future__ import annotations

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.library_bases import MAPPED
from ssot_lint.checks.bindings import Bindings
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Call, Const
from ssot_lint.facts.nested import walk

# What gives classes attributes that bear the name of a text.
_NAMING = frozenset((
    "relationship", "backref", "relation", "dynamic_loader", "add_property", "mapper", "map_imperatively", "setattr",
    "automap_base", "prepare",
))  # fmt: skip


def may_have(bindings: Bindings, info: ClassInfo, name: str) -> bool:
    """Whether a class is mapped, and another says the attribute's name (`backref`), or its table is read elsewhere."""
    if MAPPED not in info.outside:
        return False
    constants = [node for node in walk([each.code.scope.body for each in info.classes]) if isinstance(node, Const)]
    if any("__table__" in each.names for each in info.classes) or any(map(_asks_for_columns, constants)):
        return True
    return any(
        isinstance(each, Const) and each.value == name
        for _, _, scope in bindings.scopes_with(name)
        for node in walk(scope.read())
        if isinstance(node, Call) and last_name(node.function) in _NAMING
        for each in walk(node)
    )


def _asks_for_columns(constant: Const) -> bool:
    """`{"autoload_with": engine}`."""
    return isinstance(constant.value, str) and constant.value.startswith("autoload")
