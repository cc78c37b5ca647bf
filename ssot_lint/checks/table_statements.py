"""Classes that SQLAlchemy refuses to map to a table when they come into being."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.library_bases import MAPPED
from ssot_lint.checks.known import PLAIN_BASES
from ssot_lint.checks.reached import Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import AnnotatedAssign, Assign, Call, Const, Expression, Index, Name, Statement
from ssot_lint.facts.nested import walk

# What a class has that is no declarative base, but below one that a call has made.
_BELOW = frozenset(("__tablename__", "__table__", "__abstract__"))
_TABLES = frozenset(("__tablename__", "__table__"))
_MAPPED_VALUES = frozenset(("mapped_column", "relationship", "column_property", "synonym", "composite"))
_COLUMNS = frozenset(("mapped_column", "Column"))
# What SQLAlchemy makes something else of than a column: `Mapped`, `WriteOnlyMapped`, `AssociationProxy`, `ClassVar`.
_OTHER_ANNOTATIONS = ("Mapped", "ClassVar", "Proxy", "Property", "Final", "Descriptor")
# What may give a class a table, columns or a key that are not written in it.
_GIVING = frozenset(("__init_subclass__", "__table_cls__", "__abstract__", "__mapper_args__"))


def refused(start: Start, info: ClassInfo) -> Iterator[str]:
    """What SQLAlchemy refuses of a class, if it maps that."""
    if not is_mapped(info) or any(_GIVING.intersection(each.names) for each in info.classes):
        return
    if not any(_TABLES.intersection(each.names) for each in info.classes):
        yield "it has no `__tablename__`, and SQLAlchemy maps no class without a table"
        return
    yield _unmapped(info)
    if table_of(info) and has_all_columns(info) and not _may_have_key(info) and not _has_keys_in_annotations(start):
        yield f"the table `{table_of(info)}` has no primary key, which SQLAlchemy needs to map it"


def is_mapped(info: ClassInfo) -> bool:
    """Whether a class is one below a declarative base, and nothing else is above it that says more of tables.

    Of `Base = declarative_base()` no class is told; so where one below it has others below, none of them counts.
    """
    outside, base = set(info.outside), base_of(info)
    is_below = base not in (None, info) and outside <= PLAIN_BASES | {MAPPED} and not _BELOW & set(base.names)
    return is_below and not any(each.unknown_base or each.decorators for each in info.classes)


def base_of(info: ClassInfo) -> ClassInfo | None:
    """The declarative base of a class: the class that derives from SQLAlchemy's itself."""
    below = [each for each in info.classes if MAPPED in set(each.outside)]
    return below[-1] if below else None


def table_of(info: ClassInfo) -> str:
    """The name of the table that a class itself names, where it is written out."""
    for statement in info.code.scope.body:
        value = statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else None
        if isinstance(value, Const) and any(last_name(each) == "__tablename__" for each in targets(statement)):
            return str(value.value)
    return ""


def repeats(infos: list[ClassInfo]) -> Iterator[tuple[ClassInfo, str]]:
    """Classes, in the order in which they come into being, whose table one before them has, and what is wrong."""
    seen: dict[tuple[ClassInfo | None, str], ClassInfo] = {}
    for info in infos:
        table = table_of(info) if is_mapped(info) and "__abstract__" not in info.names else ""
        if not table or any(says_more(each) for each in info.classes if each is not base_of(info)):
            continue
        other = seen.setdefault((base_of(info), table), info)
        if other is not info and other.code is not info.code:
            yield info, f"`{other.code.scope.name}` has the table `{table}` already"


def says_more(info: ClassInfo) -> bool:
    """Whether a table may be another of the same name, or be extended on purpose."""
    words = {node.value for node in walk(info.code.scope.body) if isinstance(node, Const)}
    keywords = {name for node in walk(info.code.scope.body) if isinstance(node, Call) for name, _ in node.keywords}
    return not {"extend_existing", "keep_existing", "schema"}.isdisjoint(words | keywords) or "metadata" in info.names


def _unmapped(info: ClassInfo) -> str:
    """Which column or relationship has an annotation that does not say `Mapped`."""
    if any("__allow_unmapped__" in each.names for each in info.classes):
        return ""
    for statement in info.code.scope.body:
        if not isinstance(statement, AnnotatedAssign) or not isinstance(statement.target, Name):
            continue
        value = statement.value
        is_attribute = isinstance(value, Call) and last_name(value.function) in _MAPPED_VALUES
        if is_attribute and _is_other_type(statement.annotation):
            return f"the annotation of `{statement.target.id}` does not say `Mapped[…]`"
    return ""


def _is_other_type(annotation: Expression) -> bool:
    named = annotation.value if isinstance(annotation, Index) else annotation
    name = written(named).rpartition(".")[2]
    return bool(name) and not name.endswith(_OTHER_ANNOTATIONS)


def has_all_columns(info: ClassInfo) -> bool:
    """Whether what a class and those above it have in their bodies is all that its table has."""
    return all("__table__" not in each.names and _is_told(each) for each in info.classes)


def _is_told(info: ClassInfo) -> bool:
    """Whether the columns of a class are all made by calls that are written there."""
    return all(
        isinstance(each.value, (Call, Const))
        or each.value is None
        or last_name(each.value) != ""
        or _says_of_table(each)
        for each in info.code.scope.body
        if isinstance(each, (Assign, AnnotatedAssign))
    )


def _says_of_table(statement: Assign | AnnotatedAssign) -> bool:
    """`__table_args__ = (…)`, without columns."""
    is_own = all(last_name(each).startswith("__") for each in targets(statement))
    return is_own and not any(
        isinstance(each, Call) and last_name(each.function) in _COLUMNS for each in walk(statement)
    )


def _may_have_key(info: ClassInfo) -> bool:
    """Whether anything in a class or above it speaks of a primary key, or makes columns in a way of its own."""
    return any(_speaks_of_key(statement) for each in info.classes for statement in each.code.scope.body) or any(
        scope.mentions("primary_key", "PrimaryKeyConstraint")
        for each in info.classes
        for scope in each.code.module.facts.scopes
        if scope.parent == each.code.index
    )


def _speaks_of_key(statement: Statement) -> bool:
    for node in walk(statement):
        if isinstance(node, Call):
            name = last_name(node.function)
            is_own = isinstance(statement, (Assign, AnnotatedAssign)) and node is statement.value
            if name == "PrimaryKeyConstraint" or any(key in ("primary_key", None) for key, _ in node.keywords):
                return True
            if is_own and name not in _COLUMNS | _MAPPED_VALUES and not name.startswith(("Index", "Unique", "Meta")):
                return True
    return False


def _has_keys_in_annotations(start: Start) -> bool:
    """Whether an `Annotated[…]` of the project may make a key of what it annotates."""
    return any(scope.mentions("Annotated") for _, _, scope in start.bindings.scopes_with("primary_key"))
