"""Annotations that libraries evaluate where Python itself does not: those of pydantic models, and `Mapped[…]`.

`from __future__ import annotations` does not help there: a name that is imported for type checkers only is not found.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.outside import MODELS
from ssot_lint.checks.definition_order import is_postponed, used_names
from ssot_lint.checks.known import PLAIN_BASES
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.scopes import Visible
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import AnnotatedAssign, Call, DefineClass, Expression, Index, Name, Statement

_MAPPED = "sqlalchemy.orm.DeclarativeBase"
# What gives a model names that its module does not have.
_REBUILDING = ("model_rebuild", "update_forward_refs", "defer_build")


def unbound(start: Start, visible: Visible) -> Iterator[tuple[Reached, ClassInfo, Name]]:
    """Each name in such an annotation that nothing binds, where it stands, and the class that can't be used."""
    bodies = {node.module: node for node in start.bodies()}
    seen: set[ClassInfo] = set()
    for info, is_model in _evaluated(start):
        for each in info.classes:
            body = bodies.get(each.code.module.name)
            if each in seen or body is None or each.code.scope.parent != 0 or not is_postponed(each.code.module.facts):
                continue
            seen.add(each)
            yield from ((Reached(body, name.at, 0), info, name) for name in _names(visible, body, each, is_model))


def _evaluated(start: Start) -> Iterator[tuple[ClassInfo, bool]]:
    """The classes whose annotations the start has evaluated, and whether these are models: of which it makes instances.

    Those that are mapped to tables it evaluates when they come into being.
    """
    is_rebuilt: bool | None = None
    for node in start.graph.nodes.values():
        for made in sorted(node.activation.made, key=lambda made: (made.at, made.half, made.info.symbol)):
            if not start.counts(place := Reached(node, made.at, made.half)):
                continue
            outside = set(made.info.outside)
            is_statement = isinstance(start.context.surroundings.node(place.site), DefineClass)
            if is_statement and _MAPPED in outside and "__abstract__" not in made.info.names:
                yield made.info, False
            elif not is_statement and MODELS & outside and outside <= MODELS | PLAIN_BASES:
                if is_rebuilt is None:
                    is_rebuilt = any(True for text in _REBUILDING for _ in start.bindings.scopes_with(text))
                if not is_rebuilt and not start.is_guarded(node, made.at):
                    yield made.info, True


def _names(visible: Visible, body: Node, info: ClassInfo, is_model: bool) -> Iterator[Name]:
    facts = info.code.module.facts
    for statement in info.code.scope.body:
        annotation = _annotation(statement, is_model)
        for name in used_names(annotation) if annotation is not None else ():
            if not visible.in_scope(body.module, facts, info.code.index, name.id):
                yield name


def _annotation(statement: Statement, is_model: bool) -> Expression | None:
    """The annotation that is evaluated: of a model's field, or of a column."""
    if not isinstance(statement, AnnotatedAssign) or not isinstance(statement.target, Name):
        return None
    annotation = statement.annotation
    named = last_name(annotation.value) if isinstance(annotation, Index) else last_name(annotation)
    if is_model:
        return None if named == "ClassVar" or statement.target.id.startswith("_") else annotation
    # What a relationship is to may be told to type checkers only.
    value = statement.value
    is_column = value is None or (isinstance(value, Call) and last_name(value.function) == "mapped_column")
    return annotation if named == "Mapped" and is_column else None
