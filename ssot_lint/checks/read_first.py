"""Attributes that nothing can have set: whatever method of the class sets one reads it first.

So it is where an `__init__` no longer sets what a method makes when it is first asked: `if self._task is None: …`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.initialising import inside
from ssot_lint.checks.known import is_plain
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.straight import head, surely_run
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.writes import attributes_written, targets
from ssot_lint.checks.writing_by_name import is_text, may_write
from ssot_lint.facts.model import Attribute, Define, Expression, Name, Scope, Statement, Try
from ssot_lint.facts.nested import nested, walk


def never_set(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such first read of a method that the start runs, and what is wrong."""
    nodes: defaultdict[ClassInfo, list[Node]] = defaultdict(list)
    for node in start.graph.nodes.values():
        function = node.activation.function
        if function is not None and function.owner is not None and start.counts(Reached(node, 0, 0)):
            nodes[function.owner].append(node)
    for info, methods in nodes.items():
        if not all(_is_own(info, node) for node in methods) or not _is_told(start, info):
            continue
        run = {node.activation.code.scope.qualname: node.activation.code.scope for node in methods}
        names = {name for scope in run.values() for name in attributes_written(scope) if _read_first(scope, name)}
        for name in sorted(names):
            scopes = [scope for scope in inside(info) if scope.mentions(name)]  # others are not parsed for this
            reads = _reads(scopes, name)
            if reads is not None and not _may_be_set(start, info, name, scopes):
                yield from _of_methods(methods, name, reads)


def _reads(scopes: list[Scope], name: str) -> dict[str, frozenset[int]] | None:
    """The reads that come first in each method that sets the attribute; None where one may set it before."""
    reads: dict[str, frozenset[int]] = {}
    for scope in scopes:
        if name in attributes_written(scope):
            first = _read_first(scope, name)
            if first is None:
                return None
            reads[scope.qualname] = first
    return reads


def _of_methods(methods: list[Node], name: str, reads: Mapping[str, frozenset[int]]) -> Iterator[tuple[Reached, str]]:
    for node in methods:
        for at in sorted(reads.get(node.activation.code.scope.qualname, ())):
            yield Reached(node, at, 0), f"whatever sets `self.{name}` reads it first, so nothing ever has"


def _is_own(info: ClassInfo, node: Node) -> bool:
    """Whether `self` is an instance that the program makes of that very class."""
    receivers = next(iter(node.activation.binding.values()), frozenset())
    return all(isinstance(each, Instance) and each.info is info and not each.open for each in receivers)


def _is_told(start: Start, info: ClassInfo) -> bool:
    """Whether all that its instances have is written in the class."""
    above = [each for each in info.classes if each is not info]
    if above or any(info.all_subclasses()) or info.code.scope.name in start.bindings.writes.opened:
        return False
    methods = [each for each in nested(info.code.scope.body) if isinstance(each, Define)]
    if not all(_is_kept(written(decorator)) for each in methods for decorator, _ in each.decorators):
        return False  # it may set what it likes on `self`
    return is_plain(info) and not (info.decorators or info.dynamic or "__getattr__" in info.names)


def _is_kept(decorator: str) -> bool:
    return decorator in ("property", "staticmethod", "classmethod") or decorator.endswith((".setter", "contextmanager"))


def _may_be_set(start: Start, info: ClassInfo, name: str, scopes: list[Scope]) -> bool:
    """Whether the body of the class, code elsewhere, or code that does not write the name, may set the attribute."""
    facts = info.code.module.facts
    if name in start.bindings.writes.foreign or name in info.names:
        return True
    if any(name in names_bound(facts, statement) for statement in nested(info.code.scope.body)):
        return True
    classes = (info.code.scope.name,)
    return any(may_write(scope, name, classes) for scope in inside(info)) or any(
        is_text(node, name) for scope in scopes for node in walk(scope.body)
    )


def _read_first(scope: Scope, name: str) -> frozenset[int] | None:
    """The reads of `self.name` of which one comes before each write of it in a method; None where a write has none."""
    if [each.name for each in scope.parameters[:1]] != ["self"] or scope.kind != "function":
        return None
    set_there = {id(target) for statement in nested(scope.body) for target in targets(statement)}
    reads = frozenset(
        node.at
        for node in walk(scope.body)
        if isinstance(node, Attribute) and node.name == name and _is_self(node.value) and id(node) not in set_there
    )
    return _before_writes(scope.body, name, reads, None)


def _before_writes(
    block: list[Statement], name: str, reads: frozenset[int], known: int | None
) -> frozenset[int] | None:
    """See `_read_first`; `known` is a read that comes before the block."""
    found: set[int] = set()
    for statement in block:
        first = known if known is not None else _first(head(statement), reads)
        if any(isinstance(each, Attribute) and each.name == name for each in targets(statement)):
            if first is None:
                return None
            found.add(first)
        for inner in _blocks(statement):
            before = _before_writes(inner, name, reads, known if isinstance(statement, Try) else first)
            if before is None:
                return None
            found |= before
        known = known if known is not None else _first(surely_run([statement]), reads)
    return frozenset(found)


def _first(evaluated: Iterable[object], reads: frozenset[int]) -> int | None:
    return next((each for each in evaluated if isinstance(each, int) and each in reads), None)


def _blocks(statement: Statement) -> list[list[Statement]]:
    """The blocks of a statement that belong to the same function."""
    blocks = [getattr(statement, field, None) for field in ("body", "orelse", "final")]
    parts = [*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())]
    return [block for block in (*blocks, *(part.body for part in parts)) if isinstance(block, list)]


def _is_self(expression: Expression) -> bool:
    return isinstance(expression, Name) and expression.id == "self"
