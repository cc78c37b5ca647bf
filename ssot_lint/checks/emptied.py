"""Attributes that are empty at first, and what gives them more: `self._engine = None`, set by `initialize()`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.checks.bindings import Bindings, names_bound
from ssot_lint.checks.coming_first import Write, last_site
from ssot_lint.checks.initialising import inside
from ssot_lint.checks.known import is_builtin_below, is_plain
from ssot_lint.checks.reached import Start
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import AnnotatedAssign, Assign, Attribute, Call, Const, Expression, Name, Scope, Statement
from ssot_lint.facts.nested import nested, walk

_INIT = "__init__"
_OPENING = ("setattr", "vars", "__setattr__", "update_wrapper", "locals")
_FIELDS = "__dict__"


class Setters(NamedTuple):
    """What gives an attribute that is empty at first something else, the methods that do so, and if it is None then."""

    writes: tuple[Write, ...]
    methods: tuple[str, ...]
    is_none: bool

    @property
    def who(self) -> str:
        """The methods, to be read."""
        return " and ".join(f"`{each}()`" for each in self.methods)


class Emptied:
    """Such attributes of a program's classes, each looked up once."""

    def __init__(self, start: Start) -> None:
        self._start = start
        self._setters: dict[tuple[ClassInfo, str], Setters | None] = {}
        self._is_open: dict[ClassInfo, bool] = {}

    def setters(self, owner: ClassInfo, name: str) -> Setters | None:
        """What sets an attribute that the class's own `__init__` leaves empty; None where that is not told."""
        key = (owner, name)
        if key not in self._setters:
            self._setters[key] = self._setters_of(owner, name)
        return self._setters[key]

    def _opens(self, info: ClassInfo) -> bool:
        if info not in self._is_open:
            self._is_open[info] = any(map(_opens, inside(info)))
        return self._is_open[info]

    def _setters_of(self, owner: ClassInfo, name: str) -> Setters | None:
        bindings = self._start.bindings
        classes = {base: None for each in (owner, *owner.all_subclasses()) for base in each.classes}
        if name in bindings.writes.foreign or not all(is_plain(each) or is_builtin_below(each) for each in classes):
            return None
        if any(each.decorators or each.dynamic or each.code.scope.name in bindings.writes.opened for each in classes):
            return None
        if any(map(self._opens, classes)):
            return None
        writes, methods, emptying = [], [], []
        for info in classes:
            facts = info.code.module.facts
            if any(not _empties(each) for each in nested(info.code.scope.body) if name in names_bound(facts, each)):
                return None
            indexes = {id(scope): index for index, scope in enumerate(facts.scopes)}
            for scope in inside(info):
                for statement in _setting(scope, name):
                    if _empties(statement):
                        emptying.append(statement)
                    elif scope.name == _INIT or scope.kind != "function":
                        return None
                    else:
                        writes.append(Write(info.code.module.name, indexes[id(scope)], last_site(statement)))
                        methods.append(scope.name)
        if not emptying or not writes or any(_may_make_ready(each, methods) for each in classes):
            return None
        is_none = all(map(_gives_none, emptying))
        return Setters(tuple(writes), tuple(dict.fromkeys(methods)), is_none)


def is_set_at_first_only(bindings: Bindings, info: ClassInfo, name: str) -> bool:
    """Whether an instance of just that class has in an attribute what its `__init__` puts there, and nothing else.

    That is None, or an argument of the `__init__`. What only the body of the class sets, is there to be set anew.
    """
    if name in bindings.writes.foreign or not is_plain(info) or info.code.scope.name in bindings.writes.opened:
        return False
    is_set = False
    for each in info.classes:
        facts = each.code.module.facts
        in_body = [statement for statement in nested(each.code.scope.body) if name in names_bound(facts, statement)]
        if each.decorators or each.dynamic or not all(map(_empties, in_body)):
            return False
        for scope in inside(each):
            setting = list(_setting(scope, name))
            is_set = is_set or bool(setting)
            if _opens(scope) or (setting and scope.name != _INIT):
                return False
            if not all(_empties(statement) or _gives_argument(scope, statement) for statement in setting):
                return False
    return is_set


def kept_argument(bindings: Bindings, info: ClassInfo, name: str) -> str:
    """The parameter of the `__init__` that an attribute keeps, as it is and for good; empty where there is none."""
    own = next((each for each in info.classes if _INIT in each.names), None)
    if own is None or not is_set_at_first_only(bindings, info, name):
        return ""
    setting = [
        statement
        for each in info.classes
        for scope in inside(each)
        for statement in _setting(scope, name)
        if not isinstance(statement, AnnotatedAssign) or statement.value is not None
    ]
    is_one = len(setting) == 1 and any(setting[0] is each for scope in inside(own) for each in _setting(scope, name))
    value = getattr(setting[0], "value", None) if is_one else None
    return value.id if isinstance(value, Name) else ""


def _gives_argument(scope: Scope, statement: Statement) -> bool:
    value = statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else None
    return isinstance(value, Name) and any(each.name == value.id for each in scope.parameters)


def _may_make_ready(info: ClassInfo, methods: list[str]) -> bool:
    """Whether an `__init__` names one of the methods that set the attribute."""
    own = [each for each in inside(info) if each.qualname == f"{info.code.scope.qualname}.{_INIT}"]
    return any(last_name(node) in methods for each in own for node in walk(each.body) if isinstance(node, Attribute))


def _setting(scope: Scope, name: str) -> Iterator[Statement]:
    """The statements that set the attribute of that name on something."""
    for statement in nested(scope.read()) if scope.has(name) else ():
        if any(isinstance(each, Attribute) and each.name == name for each in targets(statement)):
            yield statement


def _opens(scope: Scope) -> bool:
    """Whether code may set attributes by names that are not written there."""
    return scope.has(*_OPENING, _FIELDS) and any(
        (isinstance(node, Call) and last_name(node.function) in _OPENING)
        or (isinstance(node, Attribute) and node.name == _FIELDS)
        for node in walk(scope.read())
    )


def _empties(statement: Statement) -> bool:
    """Whether it gives its targets None, False or nothing, or only annotates them."""
    if isinstance(statement, AnnotatedAssign) and statement.value is None:
        return True
    return isinstance(statement, (Assign, AnnotatedAssign)) and _is_empty(statement.value)


def _gives_none(statement: Statement) -> bool:
    value = statement.value if isinstance(statement, (Assign, AnnotatedAssign)) else None
    return isinstance(value, Const) and value.value is None


def _is_empty(value: Expression | None) -> bool:
    return isinstance(value, Const) and not value.value
