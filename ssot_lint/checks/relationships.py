"""What the mapped classes of SQLAlchemy say of each other by texts, and that is not there.

SQLAlchemy looks for it when it first makes or asks for an instance of any of them: a start that does neither goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from ssot_lint.callgraph.activation import Made
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.library_bases import MAPPED
from ssot_lint.checks import foreign_keys
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.table_statements import base_of, is_mapped, says_more, table_of
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import AnnotatedAssign, Assign, Call, Const, DefineClass, Expression, Index, Name
from ssot_lint.facts.nested import nested, walk

_CONTAINERS = frozenset(("Mapped", "List", "list", "Set", "set", "Sequence", "Optional", "Collection", "Union"))
# What looks for what is said, or needs it.
_CONFIGURING = frozenset((
    "sqlalchemy.orm.configure_mappers", "sqlalchemy.orm.registry.configure", "sqlalchemy.select", "sqlalchemy.insert",
    "sqlalchemy.update", "sqlalchemy.delete", "sqlalchemy.future.select", f"{MAPPED}.__init__",
))  # fmt: skip
# What gives tables that no class names.
_ELSEWHERE = ("autoload_with", "reflect", "automap_base", "import_table", "DeferredReflection")


def unfound(start: Start) -> Iterator[tuple[Reached, str, bool]]:
    """Each relationship to a class or attribute that no loaded code has, what is wrong, and whether the start asks."""
    mapped = list(_mapped(start))
    known: dict[str, list[ClassInfo]] = {}
    for _, made in mapped:
        known.setdefault(made.info.code.scope.name, []).append(made.info)
    lost = list(_wrong_keys(start, mapped))
    found = [(place, message) for place, _, message in lost]
    told = {info for _, info, _ in lost}
    found += [each for node, made in mapped for each in _wrong(start, node, made, known, told)]
    asks = bool(found) and _configures(start)
    yield from ((place, message, asks) for place, message in found)


def surplus(start: Start, made: Made) -> str:
    """Why the arguments that an instance of a mapped class is made with don't fit; empty where they may."""
    if not is_mapped(made.info) or any("__init__" in each.names for each in made.info.classes):
        return ""
    if made.positional:
        return "takes no positional arguments"
    lost = [name for name in sorted(made.keywords) if _lacks(start, made.info, name)]
    return f"gets an unexpected keyword argument `{lost[0]}`" if lost else ""


def _mapped(start: Start) -> Iterator[tuple[Node, Made]]:
    """The mapped classes that come into being, where that is written."""
    for node in start.graph.nodes.values():
        for made in sorted(node.activation.made, key=lambda made: (made.at, made.half, made.info.symbol)):
            place = Reached(node, made.at, made.half)
            is_statement = isinstance(start.context.surroundings.node(place.site), DefineClass)
            if is_statement and start.counts(place) and is_mapped(made.info):
                yield node, made


def _configures(start: Start) -> bool:
    return any(
        call.target in _CONFIGURING and start.counts(Reached(node, call.at, call.half))
        for node in start.graph.nodes.values()
        for call in node.calls
    )


def _wrong(
    start: Start, node: Node, made: Made, known: dict[str, list[ClassInfo]], told: AbstractSet[ClassInfo]
) -> Iterator[tuple[Reached, str]]:
    """What is wrong with the relationships of a class; of the keys of those that are told of, no more is said."""
    for statement in made.info.code.scope.body:
        value = statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else None
        if not isinstance(value, Call) or last_name(value.function) != "relationship":
            continue
        annotation = statement.annotation if isinstance(statement, AnnotatedAssign) else None
        name = _target(value, annotation)
        if not name.isidentifier():
            continue
        place = Reached(node, value.at, made.half)
        classes = known.get(name, [])
        if not classes:
            if not _defined_elsewhere(start, name):
                yield place, f"no class that is mapped has the name `{name}`"
            continue
        other = _back(value)
        if other and all(_lacks(start, each, other) for each in classes):
            yield place, f"`{name}` has no attribute `{other}`, which `back_populates` names"
        elif (
            len(classes) == 1
            and not told & {made.info, *classes}
            and (why := foreign_keys.undetermined(made.info, classes[0], value))
        ):
            yield place, why


def _wrong_keys(start: Start, mapped: list[tuple[Node, Made]]) -> Iterator[tuple[Reached, ClassInfo, str]]:
    """Foreign keys to tables and columns that no mapped class has, the class that has them, and what is wrong."""
    tables = {(base_of(made.info), table_of(made.info)): made.info for _, made in mapped}
    # Where the table of one is not told, it may be any.
    if not all(table for _, table in tables) or any(says_more(each) for each in tables.values()):
        return
    for node, made in mapped:
        for at, what in foreign_keys.wrong_keys(start, made.info, tables):
            yield Reached(node, at, made.half), made.info, what


def _back(relationship: Call) -> str:
    """The attribute on the other side, as `back_populates` names it."""
    named = [value for key, value in relationship.keywords if key == "back_populates"]
    return next((str(each.value) for each in named if isinstance(each, Const)), "")


def _target(relationship: Call, annotation: Expression | None) -> str:
    """The class that a relationship is to, as it is written: in a text, or in its annotation."""
    given = [*relationship.arguments[:1], *(value for key, value in relationship.keywords if key == "argument")]
    if given:
        return str(given[0].value) if isinstance(given[0], Const) else ""
    names = [_named(node) for node in walk(annotation)] if annotation is not None else []
    found = [name for name in names if name and name not in _CONTAINERS and name != "None"]
    return found[0] if len(found) == 1 and isinstance(annotation, Index) else ""


def _named(node: object) -> str:
    if isinstance(node, Name):
        return node.id
    return str(node.value) if isinstance(node, Const) and isinstance(node.value, str) else ""


def _defined_elsewhere(start: Start, name: str) -> bool:
    """Whether other loaded code may define or make such a class, or load what does."""
    if any(what == "import_module" for what, _ in start.graph.dynamics):
        return True
    return any(True for text in _ELSEWHERE for _ in start.bindings.scopes_with(text)) or any(
        isinstance(each, DefineClass) and facts.scopes[each.scope].name == name
        for facts in start.context.library.loaded.values()
        for scope in facts.scopes
        if scope.mentions(name)
        for each in nested(scope.read())
    )


def _lacks(start: Start, info: ClassInfo, name: str) -> bool:
    """Whether a mapped class has no such attribute, be it by a `backref` or by what others set on it."""
    if any(name in each.names or name in each.fields for each in (*info.classes, *info.all_subclasses())):
        return False
    is_set = name in start.bindings.writes.foreign or info.code.scope.name in start.bindings.writes.opened
    return not is_set and not _is_backref(start, name)


def _is_backref(start: Start, name: str) -> bool:
    return any(
        isinstance(value, Const) and value.value == name
        for _, _, scope in start.bindings.scopes_with(name)
        for node in walk(scope.read())
        if isinstance(node, Call)
        for value in [*node.arguments[:1], *(value for key, value in node.keywords if key in ("backref", "name"))]
        if last_name(node.function) in ("backref", "relationship") and not _is_target(node, value)
    )


def _is_target(node: Call, value: Expression) -> bool:
    return last_name(node.function) == "relationship" and value in node.arguments
