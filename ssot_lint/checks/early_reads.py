"""Attributes that are read before the `__init__` that alone sets them has come to that.

Making an instance is followed as it is written: `__init__`, what it calls by `super().__init__()`, and the methods that
these call on `self`, as the class of the instance has them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.initialising import inside
from ssot_lint.checks.known import is_builtin_below, is_plain, names_of_base
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.writes import attributes_written, last_name, targets
from ssot_lint.checks.writing_by_name import may_write
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Call,
    Define,
    Expression,
    Name,
    Raise,
    Return,
    Scope,
    Statement,
    Try,
    With,
)
from ssot_lint.facts.nested import nested, walk

_INIT = "__init__"
_DEEPEST = 4


class _Read(NamedTuple):
    """A read of an attribute that nothing has set then: in which scope of which class, and where.

    It `is_alone` where nothing else was given the instance until then, so that others can't have set it either.
    """

    owner: ClassInfo
    scope: Scope
    at: int
    name: str
    is_alone: bool


class _Running(NamedTuple):
    """A method that runs: whose it is, what of it surely runs, and how many calls away from making the instance."""

    owner: ClassInfo
    scope: Scope
    sure: set[int]
    depth: int


def early(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such read, and what is wrong."""
    nodes: defaultdict[tuple[str, str], list[Node]] = defaultdict(list)
    for node in _counting(start):
        nodes[node.module, node.activation.code.scope.qualname].append(node)
    seen: set[ClassInfo] = set()
    for node in [each for alike in nodes.values() for each in alike]:
        for info in _made(node):
            if info in seen or not _is_told(start, info):
                continue
            seen.add(info)
            for read in _Making(start, info).reads():
                holders = nodes.get((read.owner.code.module.name, read.scope.qualname), [])
                if holders and _is_set_by_init(start, info, read):
                    message = f"`self.{read.name}` is read before `{_INIT}` sets it"
                    yield from ((Reached(each, read.at, 0), message) for each in holders if info in _receivers(each))


def _counting(start: Start) -> Iterator[Node]:
    for node in start.graph.nodes.values():
        if node.activation.code.scope.kind == "function" and start.counts(Reached(node, 0, 0)):
            yield node


def _made(node: Node) -> Iterator[ClassInfo]:
    """The classes of which a node's `__init__` makes instances, if it is the first of theirs."""
    function = node.activation.function
    if function is None or function.owner is None or node.activation.code.scope.name != _INIT:
        return
    for info in _receivers(node):
        if next((each for each in info.classes if _INIT in each.names), None) is function.owner:
            yield info


def _receivers(node: Node) -> list[ClassInfo]:
    """The classes of which `self` surely is in a method."""
    values = next(iter(node.activation.binding.values()), frozenset())
    return [value.info for value in values if isinstance(value, Instance) and not value.open]


def _is_told(start: Start, info: ClassInfo) -> bool:
    """Whether all that its instances have is written in the project."""
    if not (is_plain(info) or is_builtin_below(info)) or info.code.scope.name in start.bindings.writes.opened:
        return False
    return not any(each.decorators or each.dynamic or "__getattr__" in each.names for each in info.classes)


def _is_set_by_init(start: Start, info: ClassInfo, read: _Read) -> bool:
    """Whether nothing but `__init__`s gives the attribute to instances of the class."""
    name = read.name
    if (name in start.bindings.writes.foreign and not read.is_alone) or any(
        _binds(each, name) for each in info.classes
    ):
        return False
    if any(name in names_of_base(path) for path in info.outside):
        return False
    scopes = [scope for each in info.classes for scope in inside(each)]
    writers = {scope.qualname for scope in scopes if name in attributes_written(scope)}
    if not writers or not all(each.endswith(f".{_INIT}") for each in writers):
        return False
    classes = [each.code.scope.name for each in info.classes]
    return not any(may_write(scope, name, classes) for scope in scopes)


def _binds(info: ClassInfo, name: str) -> bool:
    """Whether the body of a class gives it the attribute, and does not just say of what type it is."""
    return any(
        name in _names(info, each)
        for each in nested(info.code.scope.body)
        if not (isinstance(each, AnnotatedAssign) and each.value is None)
    )


def _names(info: ClassInfo, statement: Statement) -> Iterator[str]:
    return names_bound(info.code.module.facts, statement)


class _Making:
    """Goes through what making an instance of a class runs."""

    def __init__(self, start: Start, info: ClassInfo) -> None:
        self._start = start
        self._classes = list(info.classes)
        self._written: set[str] = set()
        self._found: list[_Read] = []
        self._is_alone = True

    def reads(self) -> list[_Read]:
        """The reads of attributes that nothing has written until then."""
        self._run(_INIT, self._classes, 0, is_sure=True)
        return self._found

    def _run(self, name: str, classes: list[ClassInfo], depth: int, *, is_sure: bool) -> None:
        """Runs the first method of that name that the classes have."""
        owner = next((each for each in classes if name in each.names), None)
        scope = self._scope(owner, name) if owner is not None and depth < _DEEPEST else None
        if owner is not None and scope is not None and is_sure:
            sure = {each for each in surely_run(scope.body) if isinstance(each, int)}
            self._body(_Running(owner, scope, sure, depth), scope.body)
        elif owner is not None and name == _INIT:
            scopes = [each for info in classes for each in inside(info) if each.name == _INIT]
            self._written.update(*map(attributes_written, scopes))

    def _scope(self, owner: ClassInfo, name: str) -> Scope | None:
        """The code of a method that a call runs at once; None where that is not told."""
        facts = owner.code.module.facts
        found = [
            each
            for each in nested(owner.code.scope.body)
            if isinstance(each, Define) and facts.scopes[each.scope].name == name
        ]
        if len(found) != 1 or found[0].decorators:
            return None
        scope = facts.scopes[found[0].scope]
        is_method = [each.name for each in scope.parameters[:1]] == ["self"]
        return scope if is_method and not (scope.is_async or scope.is_generator) else None

    def _body(self, running: _Running, body: list[Statement]) -> None:
        for statement in body:
            nodes = list(walk(_in_order(statement)))
            for node in nodes:
                if isinstance(node, Attribute) and _is_self(node.value):
                    if node.name not in self._written and node.at in running.sure:
                        read = _Read(running.owner, running.scope, node.at, node.name, self._is_alone)
                        self._found.append(read)
                elif isinstance(node, Call):
                    self._call(running, node)
            self._is_alone = self._is_alone and not _hands_out(nodes)
            if isinstance(statement, (With, Try)):
                self._note(statement)
                self._body(running, statement.body)
            for each in nested([statement]):
                self._note(each)
            if isinstance(statement, (Return, Raise)):
                return

    def _note(self, statement: Statement) -> None:
        """Notes what a statement itself writes."""
        attributes = (target for target in targets(statement) if isinstance(target, Attribute))
        self._written.update(target.name for target in attributes if _is_self(target.value))

    def _call(self, running: _Running, call: Call) -> None:
        if not isinstance(call.function, Attribute):
            return
        method, receiver = call.function.name, call.function.value
        classes: list[ClassInfo] = []
        if _is_self(receiver):
            classes = self._classes
        elif _is_super(receiver):
            classes = self._classes[self._classes.index(running.owner) + 1 :]
        elif method == _INIT and isinstance(receiver, Name):
            classes = [each for each in self._classes if each.code.scope.name == receiver.id]
        self._run(method, classes, running.depth + 1, is_sure=call.at in running.sure)


def _hands_out(nodes: Sequence[object]) -> bool:
    """Whether `self` stands anywhere but before a dot, and as what an `__init__` above is given."""
    held = {id(node.value) for node in nodes if isinstance(node, Attribute)}
    for node in nodes:
        if isinstance(node, Call) and last_name(node.function) == _INIT:
            held.update(map(id, node.arguments))
    return any(isinstance(node, Name) and node.id == "self" and id(node) not in held for node in nodes)


def _in_order(statement: Statement) -> list[object]:
    """The parts of a statement that read, without the statements that a `with` or a `try` holds first."""
    if isinstance(statement, (Assign, AnnotatedAssign)):
        return [statement.value]
    if isinstance(statement, Try):
        return [*(handler.body for handler in statement.handlers), statement.orelse, statement.final]
    return [manager for manager, _, _ in statement.items] if isinstance(statement, With) else [statement]


def _is_self(expression: Expression) -> bool:
    return isinstance(expression, Name) and expression.id == "self"


def _is_super(expression: Expression) -> bool:
    return isinstance(expression, Call) and isinstance(expression.function, Name) and expression.function.id == "super"
