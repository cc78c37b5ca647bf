"""Dicts in which classes and modules keep what is registered with them: what adds to them, and what asks them.

A registry is a dict that a class keeps to itself, or a module: one of its functions puts things in under the names that
they are given, another gives them back and raises for a name that is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.equality import member_name
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Constant, Value
from ssot_lint.checks.bindings import names_bound
from ssot_lint.checks.known import is_plain
from ssot_lint.checks.raising import ends_in_raise
from ssot_lint.checks.reached import Start
from ssot_lint.checks.straight import surely_run
from ssot_lint.checks.sureness import rebound
from ssot_lint.checks.surroundings import Step
from ssot_lint.checks.turns import argument_of
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    BoolOp,
    Call,
    Clause,
    Compare,
    Const,
    Delete,
    DictDisplay,
    Expression,
    For,
    If,
    ImportFrom,
    Index,
    Name,
    Not,
    Parameter,
    Scope,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site

_ASKING = frozenset(("get", "items", "values", "keys", "copy", "__contains__"))
_GOING_OVER = frozenset(("len", "list", "sorted", "set", "tuple", "iter", "bool", "dict", "any", "all", "max", "min"))


class Dict(NamedTuple):
    """A dict: the module and the class that keep it (an empty name for the module itself), and its name."""

    module: str
    owner: int
    name: str


class Asked(NamedTuple):
    """A question of a function to a dict: by which parameter, and which others keep it from raising if they are given.

    Whether it raises where that is not there, or where it is.
    """

    dict: Dict
    parameter: str
    options: frozenset[str] = frozenset()
    raises_without: bool = True


class Store(NamedTuple):
    """What is known of a dict: its first keys, and the functions that add to it, with the parameter for the key."""

    keys: frozenset[object]
    adding: tuple[tuple[int, str], ...]


class Registries:
    """The registries of a program, each looked up once."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._getters: dict[Code, Asked | None] = {}
        self._refusing: dict[Code, Asked | None] = {}
        self._keys: dict[Dict, frozenset[object] | None] = {}

    def getter(self, code: Code) -> Asked | None:
        """How a function looks for something in a dict, if it surely raises where that is not there."""
        if code not in self._getters:
            self._getters[code] = self._getter_of(code)
        return self._getters[code]

    def refusing(self, code: Code) -> Asked | None:
        """How a function asks first of all whether a dict has a key, raises if it does, and else adds it."""
        if code not in self._refusing:
            self._refusing[code] = self._refusing_of(code)
        return self._refusing[code]

    def keys(self, store: Dict) -> frozenset[object] | None:
        """All keys that anything may put into a dict; None where that is not told."""
        if store not in self._keys:
            known = self._store(store)
            self._keys[store] = self._keys_of(store, known) if known is not None else None
        return self._keys[store]

    def _getter_of(self, code: Code) -> Asked | None:
        if code.scope.kind != "function" or code.scope.is_generator or code.scope.is_async:
            return None
        if (guarded := _sure_guard(code)) is not None and guarded.raises_without:
            return guarded
        names = set(code.parameters)
        reads = [node for node in walk(code.scope.body) if isinstance(node, Index) and _parameter(node.key) in names]
        if not reads:
            return None
        taken = names.difference(rebound(code))
        reads = [read for read in reads if _parameter(read.key) in taken]
        sure = {each for each in surely_run(code.scope.body) if isinstance(each, int)}
        if any(isinstance(node, Compare) for node in walk(code.scope.body)):
            return None  # it may look before whether that is there
        for read in reads:
            step = next(self._start.context.surroundings.of(Site(code.module.name, read.at)), None)
            store = _dict_of(code, read.value)
            if store is None or read.at not in sure or step is None or not _is_read(step, read):
                continue
            return Asked(store, _parameter(read.key)) if not _is_tried(self._start, code, read) else None
        return None

    def _refusing_of(self, code: Code) -> Asked | None:
        if code.scope.kind != "function" or code.scope.is_generator or code.scope.is_async:
            return None
        guarded = _sure_guard(code)
        if guarded is None or guarded.raises_without:
            return None
        known = self._store(guarded.dict)
        return guarded if known is not None and (code.index, guarded.parameter) in known.adding else None

    def _store(self, store: Dict) -> Store | None:
        """What is put into a dict, if it never leaves what keeps it."""
        if store.owner and not self._is_as_written(store):
            return None
        keys: set[object] = set()
        adding: list[tuple[int, str]] = []
        made = False
        for index, node in self._mentions(store):
            step = next(self._start.context.surroundings.of(Site(store.module, node.at)), None) if node else None
            if node is None or step is None:
                return None
            first, added = _first_keys(step, node), _added(step, node)
            if first is not None and not self._is_made_there(store, index):
                return None  # it is emptied, too
            if first is not None:
                made, keys = True, keys | first
            elif added:
                adding.append((index, added))
            elif added is not None or not _only_asks(step, node):
                return None
        return Store(frozenset(keys), tuple(adding)) if made and adding else None

    def _is_made_there(self, store: Dict, index: int) -> bool:
        """Whether a scope runs once, when what keeps the dict comes into being."""
        scope = self._start.context.library.loaded[store.module].scopes[index]
        return index == store.owner or (scope.parent == store.owner and scope.name == "__init__" and store.owner > 0)

    def _mentions(self, store: Dict) -> Iterator[tuple[int, Attribute | Name | None]]:
        """Where the code speaks of a dict, by scope; None where it does so from outside, or by a text."""
        for module, index, scope in self._start.bindings.scopes_with(store.name):
            is_imported = any(
                name in (store.name, "*")
                for each in nested(scope.read())
                if isinstance(each, ImportFrom) and not store.owner
                for name, _, _ in each.names
            )
            if is_imported:
                yield index, None
            for node in walk(scope.read()):
                if isinstance(node, Const) and node.value == store.name:
                    yield index, None
                elif isinstance(node, (Attribute, Name)) and last_name(node) == store.name:
                    if module == store.module and self._is_kept_by(store, scope, node):
                        yield index, node
                    elif isinstance(node, Attribute) and not (store.owner and _is_own(scope, node)):
                        yield index, None

    def _is_kept_by(self, store: Dict, scope: Scope, node: Attribute | Name) -> bool:
        """Whether a name stands for the dict itself: `self.name` in the class that keeps it, or the global."""
        scopes = self._start.context.library.loaded[store.module].scopes
        if not store.owner:
            return isinstance(node, Name) and (scope is scopes[0] or store.name not in scope.bound)
        if isinstance(node, Name):
            return scope is scopes[store.owner]
        is_own = isinstance(node.value, Name) and node.value.id in ("self", "cls")
        return is_own and scope.qualname.startswith(f"{scopes[store.owner].qualname}.")

    def _is_as_written(self, store: Dict) -> bool:
        """Whether the class that keeps a dict is surely no more than what is written there."""
        for node in self._start.graph.nodes.values():
            function = node.activation.function
            owner = function.owner if function is not None else None
            if owner is not None and owner.code.module.name == store.module and owner.code.index == store.owner:
                is_open = owner.dynamic or owner.code.scope.name in self._start.bindings.writes.opened
                return not is_open and is_plain(owner) and not owner.subclasses and len(list(owner.classes)) == 1
        return False

    def _keys_of(self, store: Dict, known: Store) -> frozenset[object] | None:
        found = set(known.keys)
        graph = self._start.graph
        if graph.is_cut or any(what == "import_module" for what, _ in graph.dynamics):
            return None
        for index, parameter in known.adding:
            code = next((n.activation.code for n in graph.nodes.values() if _is_of(n, store.module, index)), None)
            if code is None:
                continue
            while parameter not in code.parameters and code.scope.parent > 0:
                code = code.module.code(code.scope.parent)  # what a decorator is told, its wrapper gets from around it
            given = self._given(code, parameter) if not self._may_be_called_elsewhere(code) else None
            if given is None:
                return None
            found |= given
        return frozenset(found)

    def _given(self, code: Code, parameter: str) -> set[object] | None:
        """What the calls of a function give for a parameter; None where that is not told of all."""
        found: set[object] = set()
        for node in self._start.graph.nodes.values():
            for call in node.calls:
                if call.callee is not None and call.callee.code is code:
                    key = self.key(call, parameter)
                    if key is None or call.kind not in ("call", "decorator"):
                        return None
                    found.add(key)
        return found

    def key(self, call: CallRecord, parameter: str) -> object:
        """The one text, number or member of an enumeration that a call gives for a parameter; None for anything else.

        As it is written: of many calls of one function the analysis does not keep all texts apart.
        """
        written = self._start.context.surroundings.node(Site(call.module, call.at))
        if isinstance(written, Call) and call.callee is not None and call.spread == ():
            argument = argument_of(written, call.callee.code.parameters, parameter)
            if isinstance(argument, Const):
                return argument.value
        return _key((call.binding or {}).get(parameter, frozenset()))

    def _may_be_called_elsewhere(self, code: Code) -> bool:
        """Whether a call that goes nowhere known may be one of the function, or something gets it to call it."""
        surroundings = self._start.context.surroundings
        sites = (Site(node.module, at) for node in self._start.graph.nodes.values() for at in node.activation.opaque)
        calls = (each for each in map(surroundings.node, sites) if isinstance(each, Call))
        name = code.scope.name
        return any(last_name(each.function) == name for each in calls) or any(
            _is_handed(walk(scope.read()), name) for _, _, scope in self._start.bindings.scopes_with(name)
        )


def _is_handed(nodes: Iterable[object], name: str) -> bool:
    """Whether code speaks of a function of that name in another way than to call it."""
    known = list(nodes)
    called = {id(each.function) for each in known if isinstance(each, Call)}
    mentions = (each for each in known if isinstance(each, (Attribute, Name)) and last_name(each) == name)
    return any(id(each) not in called for each in mentions)


def _is_own(scope: Scope, node: Attribute) -> bool:
    """Whether it is an attribute of `self` in a method, which is then one of another class."""
    return isinstance(node.value, Name) and node.value.id in ("self", "cls") and "." in scope.qualname


def _is_of(node: Node, module: str, index: int) -> bool:
    return node.module == module and node.activation.code.index == index


def _first_keys(step: Step, node: object) -> set[object] | None:
    """The keys with which a statement makes the dict; None where it does not make it."""
    statement = step.node
    if not isinstance(statement, (Assign, AnnotatedAssign)):
        return None
    if not any(_is_same(each, node) for each in targets(statement)):
        return None
    value = statement.value
    if value is None and isinstance(statement, AnnotatedAssign):
        return set()
    if isinstance(value, DictDisplay):
        keys = [key.value for key, _ in value.items if isinstance(key, Const)]
        return set(keys) if len(keys) == len(value.items) else None
    if isinstance(value, Call) and last_name(value.function) == "dict":
        return set() if not value.arguments and not value.keywords else None
    return None


def _added(step: Step, node: object) -> str | None:
    """The parameter under which a statement puts something into the dict; None where it puts nothing in."""
    index = step.node
    if not isinstance(index, Index) or not _is_same(index.value, node) or step.outer is None:
        return None
    statement = step.outer.node
    if isinstance(statement, (Assign, AnnotatedAssign)) and any(_is_same(each, index) for each in targets(statement)):
        return _parameter(index.key)
    return None


def _only_asks(step: Step, node: object) -> bool:
    """Whether what stands in a step is only read: an entry, whether there is one, all of them."""
    around = step.node
    if isinstance(around, Index):
        return _is_same(around.value, node) and not (step.outer is not None and isinstance(step.outer.node, Delete))
    if isinstance(around, Compare):
        return all(operator in ("in", "not in") for operator, _ in around.rest)
    if isinstance(around, Attribute):
        return around.name in _ASKING
    if isinstance(around, Call):
        return step.field == "arguments" and last_name(around.function) in _GOING_OVER
    return isinstance(around, (For, Clause)) and step.field == "iterable"


def _is_same(one: object, other: object) -> bool:
    """Whether both are the same place of a module: what waits to be read may be read more than once."""
    return type(one) is type(other) and getattr(one, "at", None) == getattr(other, "at", -1)


def _parameter(key: Expression) -> str:
    return key.id if isinstance(key, Name) else ""


def _sure_guard(code: Code) -> Asked | None:
    """The guard of a function by a parameter that is what it was given."""
    found = _guard(code, set(code.parameters))
    return _guard(code, set(code.parameters).difference(rebound(code))) if found is not None else None


def _guard(code: Code, taken: set[str]) -> Asked | None:
    """What a function asks a dict first of all, and raises for: `if name not in self._known: raise …`."""
    statements = [each for each in code.scope.body if not isinstance(getattr(each, "value", None), Const)]
    first = statements[0] if statements else None
    if not isinstance(first, If) or not ends_in_raise(first.body):
        return None
    test, is_turned = first.test, False
    options = [test.values[1:]] if isinstance(test, BoolOp) and test.operator == "and" else []
    if isinstance(test, BoolOp) and options:  # `if name in self._known and not replace`
        test = test.values[0]
    if isinstance(test, Not):
        test, is_turned = test.value, True
    if not isinstance(test, Compare) or len(test.rest) != 1 or _parameter(test.first) not in taken:
        return None
    ((operator, holder),) = test.rest
    store = _dict_of(code, holder) if operator in ("in", "not in") else None
    names = {_parameter(each.value) if isinstance(each, Not) else "" for part in options for each in part}
    if store is None or not names <= {each.name for each in code.scope.parameters if _is_off(each)}:
        return None
    return Asked(store, _parameter(test.first), frozenset(names), is_turned is not (operator == "not in"))


def _is_off(parameter: Parameter) -> bool:
    return isinstance(parameter.default, Const) and not parameter.default.value


def _dict_of(code: Code, holder: Expression) -> Dict | None:
    """The dict that an expression stands for in a function: `self.name` of its class, or a global of its module."""
    module = code.module
    if isinstance(holder, Attribute) and isinstance(holder.value, Name) and holder.value.id in ("self", "cls"):
        parent = code.scope.parent
        is_method = parent > 0 and module.facts.scopes[parent].kind == "class"
        is_own = is_method and code.parameters[:1] == (holder.value.id,)
        return Dict(module.name, parent, holder.name) if is_own else None
    if isinstance(holder, Name) and holder.id not in code.bound and holder.id in module.facts.scopes[0].bound:
        binding = [each for each in nested(module.facts.scopes[0].body) if holder.id in names_bound(module.facts, each)]
        return Dict(module.name, 0, holder.id) if len(binding) == 1 else None
    return None


def _is_read(step: Step, read: Index) -> bool:
    written = targets(step.node) if isinstance(step.node, (Assign, AnnotatedAssign)) else []
    return not any(_is_same(each, read) for each in written) and not isinstance(step.node, Delete)


def _is_tried(start: Start, code: Code, read: Index) -> bool:
    return start.context.guards.hold(Site(code.module.name, read.at), KeyError)


def _key(values: frozenset[Value]) -> object:
    """The one text, number or member of an enumeration that values are; None where that is not told."""
    (value,) = values if len(values) == 1 else (None,)
    if isinstance(value, Constant):
        return value.value
    return value if value is not None and member_name(value) is not None else None
