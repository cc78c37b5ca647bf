"""Columns and tables that SQLAlchemy's mapped classes name by texts, and that are not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.checks.reached import Start
from ssot_lint.checks.table_statements import base_of, has_all_columns, refused, table_of
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import AnnotatedAssign, Assign, Call, Const, Define, Display, Index, Name
from ssot_lint.facts.nested import nested, walk

_COLUMNS = frozenset(("mapped_column", "Column"))
# What may make columns and keys in a way of its own.
_OTHER_WAYS = frozenset(("ForeignKeyConstraint", "declared_attr", "deferred", "composite", "column_property"))
_JOINING = frozenset(("foreign_keys", "primaryjoin", "secondary", "secondaryjoin", "remote_side", None))


class Key(NamedTuple):
    """A foreign key of a class: where it stands, and the table and column that it names."""

    at: int
    table: str
    column: str


def columns_of(info: ClassInfo) -> set[str] | None:
    """The names of the columns of a class's own table; None where they are not all told."""
    if not has_all_columns(info):
        return None
    found: set[str] = set()
    for each in info.classes:
        body = each.code.scope.body
        if any(isinstance(node, Name) and node.id in _OTHER_WAYS for node in walk(body)):
            return None
        if any(isinstance(statement, Define) and statement.decorators for statement in body):
            return None
        for statement in body:
            if isinstance(statement, (Assign, AnnotatedAssign)):
                found.update(_columns_in(statement))
    return found


def keys_of(info: ClassInfo) -> list[Key]:
    """The foreign keys that stand in the columns of a class and of those above it."""
    found = []
    for each in info.classes:
        for node in walk(each.code.scope.body):
            if isinstance(node, Call) and last_name(node.function) == "ForeignKey" and node.arguments:
                named = node.arguments[0]
                parts = named.value.split(".") if isinstance(named, Const) and isinstance(named.value, str) else []
                if len(parts) == 2:
                    found.append(Key(node.at, *parts))
    return found


def unknown_columns(info: ClassInfo) -> str:
    """Which column an index or a constraint of a class is for, if its table has none of that name."""
    for statement in info.code.scope.body:
        value = statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else None
        if value is None or not any(last_name(each) == "__table_args__" for each in targets(statement)):
            continue
        if isinstance(value, Call) and last_name(value.function) in ("Index", "UniqueConstraint", "CheckConstraint"):
            return "`__table_args__` must be a tuple: a comma is missing"
        columns = columns_of(info)
        if columns is None or not isinstance(value, Display):
            continue
        for each in value.items:
            lost = [name for name in _named_by(each) if name not in columns] if isinstance(each, Call) else []
            if lost and isinstance(each, Call):
                return f"its table has no column `{lost[0]}`, which `{last_name(each.function)}` names"
    return ""


def wrong_keys(
    start: Start, info: ClassInfo, tables: dict[tuple[ClassInfo | None, str], ClassInfo]
) -> Iterator[tuple[int, str]]:
    """Each foreign key to a table or column that no mapped class has, where it stands, and what is wrong."""
    for key in keys_of(info):
        target = tables.get((base_of(info), key.table))
        if target is None:
            if not _is_made_elsewhere(start, key.table):
                yield key.at, f"no mapped class has the table `{key.table}`, which a foreign key names"
            continue
        columns = columns_of(target) if not target.subclasses else None  # one below may have columns in its table
        if columns is not None and key.column not in columns and not any(refused(start, target)):
            yield key.at, f"`{target.code.scope.name}` has no column `{key.column}`, which a foreign key names"


def undetermined(info: ClassInfo, other: ClassInfo, relationship: Call) -> str:
    """Why SQLAlchemy can't tell how a relationship joins two classes; empty where it may."""
    own, far = table_of(info), table_of(other)
    if info is other or not own or not far or _JOINING.intersection(name for name, _ in relationship.keywords):
        return ""
    if not (_names_all_keys(info) and _names_all_keys(other)):
        return ""
    if columns_of(info) is None or columns_of(other) is None or _has_several_tables(info) or _has_several_tables(other):
        return ""
    here = [key for key in keys_of(info) if key.table == far]
    there = [key for key in keys_of(other) if key.table == own]
    if not here and not there:
        return f"no foreign key joins `{own}` and `{far}`"
    if len(here) + len(there) > 1 and not (here and there):
        return f"several foreign keys join `{own}` and `{far}`, and no `foreign_keys` says which is meant"
    return ""


def _names_all_keys(info: ClassInfo) -> bool:
    """Whether all foreign keys of a class name a table and a column by a text."""
    keys = [node for each in info.classes for node in walk(each.code.scope.body) if _is_key(node)]
    return len(keys) == len(keys_of(info))


def _is_key(node: object) -> bool:
    return isinstance(node, Call) and last_name(node.function) == "ForeignKey"


def _has_several_tables(info: ClassInfo) -> bool:
    return sum(bool(table_of(each)) for each in info.classes) > 1 or bool(info.subclasses)


def _columns_in(statement: Assign | AnnotatedAssign) -> Iterator[str]:
    """The column that a statement of a class makes: by the name that the call gives, else by that of its target."""
    value = statement.value
    names = [each.id for each in targets(statement) if isinstance(each, Name) and not each.id.startswith("__")]
    if isinstance(value, Call) and last_name(value.function) in _COLUMNS:
        given = [*value.arguments[:1], *(each for key, each in value.keywords if key == "name")]
        told = [each.value for each in given if isinstance(each, Const) and isinstance(each.value, str)]
        yield from told or names
    elif isinstance(value, Call) or isinstance(getattr(statement, "annotation", None), Index):
        yield from names


def _named_by(constraint: Call) -> list[str]:
    """The columns that an index or a constraint names by texts."""
    name = last_name(constraint.function)
    given = constraint.arguments[1:] if name == "Index" else constraint.arguments if name == "UniqueConstraint" else []
    return [each.value for each in given if isinstance(each, Const) and isinstance(each.value, str)]


def _is_made_elsewhere(start: Start, table: str) -> bool:
    """Whether loaded code may make such a table in another way, or give a class's table a name that is put together."""
    if any(what == "import_module" for what, _ in start.graph.dynamics):
        return True
    texts = ("Table", "autoload_with", "reflect", "automap_base", "declared_attr", "metadata_obj", "SQLModel")
    return any(True for text in texts for _ in start.bindings.scopes_with(text)) or any(
        isinstance(node, Const) and node.value == table
        for _, _, scope in start.bindings.scopes_with(table)
        for statement in nested(scope.read())
        if isinstance(statement, (Assign, AnnotatedAssign))
        and any(last_name(each) in ("__tablename__", "name") for each in targets(statement))
        for node in walk(statement)
    )
