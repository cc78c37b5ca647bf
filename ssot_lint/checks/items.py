"""What is gone over, unpacked, measured or subscripted, and has no items: it lacks the method, or is not called."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.values import Bound, Class, Function, Generator, Instance, Value
from ssot_lint.checks.bindings import is_bound_anew, names_bound
from ssot_lint.checks.builtin_values import asks
from ssot_lint.checks.known import is_closed_model, is_plain
from ssot_lint.checks.protocols import is_given_from_outside, surely_lacks
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Assign, Call, Clause, Compare, Display, Expression, For, Index, Name, Star
from ssot_lint.facts.nested import nested

_ITER, _AITER, _LENGTH, _ENTRY, _HAS = "__iter__", "__aiter__", "__len__", "__getitem__", "__contains__"
_OVER = "gone over or unpacked"
_TYPED = "__class_getitem__"
_DONE = {
    _ITER: _OVER, _AITER: _OVER, _LENGTH: "measured by `len`", _ENTRY: "subscripted", _HAS: "searched by `in`",
    _TYPED: "subscripted",
}  # fmt: skip
_HINTS = ("annotation", "returns")
_NOT_GENERIC = frozenset(("abc.ABC", "<builtin>.object", "pydantic.BaseModel"))
# Builtin functions that go over what they get first, and over that alone.
_GOING_OVER = frozenset((
    "list", "tuple", "set", "frozenset", "sorted", "sum", "any", "all", "enumerate", "min", "max",
))  # fmt: skip


def itemless(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such thing, and what is wrong."""
    for place, each in start.missing("attribute"):
        if each.name not in _DONE:
            continue
        subject = _subject(start, place, each.name)
        if subject is not None and not is_given_from_outside(place, subject):
            wrong = _wrong(start, place, each, subject)
            if wrong:
                yield place, f"{wrong} {_DONE[each.name]}"


def _subject(start: Start, place: Reached, name: str) -> Expression | None:
    """What is asked for its items there."""
    node = start.context.surroundings.node(place.site)
    if name == _TYPED and any(step.field in _HINTS for step in start.context.surroundings.of(place.site)):
        return None
    if name in (_ENTRY, _TYPED):
        return node.value if isinstance(node, Index) else None
    if name == _HAS:
        return node.rest[0][1] if isinstance(node, Compare) and len(node.rest) == 1 else None
    if isinstance(node, Call):
        return _argument(place, node, name)
    if name == _LENGTH:
        return None
    if isinstance(node, (For, Clause)):
        return node.iterable
    step = next(start.context.surroundings.of(place.site), None)
    return step.node.value if isinstance(node, Display) and step is not None and isinstance(step.node, Assign) else None


def _argument(place: Reached, call: Call, name: str) -> Expression | None:
    """What a builtin function is given that asks it for its items or its length."""
    function = call.function.id if isinstance(call.function, Name) else ""
    code = place.node.activation.code
    is_own = function in code.bound or function in code.module.facts.scopes[0].bound
    if is_own or len(call.arguments) != 1 or isinstance(call.arguments[0], Star):
        return None
    is_meant = function == "len" if name == _LENGTH else function in _GOING_OVER and name == _ITER
    return call.arguments[0] if is_meant else None


def _wrong(start: Start, place: Reached, missing: Missing, subject: Expression) -> str:
    """What is wrong with the subject, if that is sure."""
    owner = missing.owner
    if isinstance(owner, Instance):
        names = {missing.name, _ENTRY} if missing.name == _ITER else {missing.name}
        is_open = missing.name in (_ITER, _AITER) and not is_plain(owner.info)  # a model gives its fields
        if is_open or not all(surely_lacks(start, place, missing._replace(name=name), subject) for name in names):
            return ""
        return f"`{owner.info.code.scope.name}` has no `{missing.name}`, and so can't be"
    if isinstance(owner, Class):
        is_sure = _takes_no_types(owner.info) and is_known(start, place, subject)
        return f"`{owner.info.code.scope.name}` is not generic, and so can't be" if is_sure else ""
    code = _code(owner)
    if code is None or not _is_as_defined(start, code) or not is_known(start, place, subject):
        return ""
    name = last_name(subject)
    if name and asks(place.node.activation.code.scope.body, name):
        return ""
    if isinstance(owner, Generator):
        return f"what {code.scope.name}() gives is a generator, which can't be" if missing.name != _ITER else ""
    return f"`{code.scope.name}` is a function, which is not called before it is"


def _takes_no_types(info: ClassInfo) -> bool:
    """Whether nothing makes a class generic: no base, no type parameters, and no method of its own."""
    is_told = is_plain(info) or is_closed_model(info)
    if not is_told or not set(info.outside) <= _NOT_GENERIC or info.dynamic:
        return False
    return not any(_TYPED in each.names or _type_parameters(each) for each in info.classes)


def _type_parameters(info: ClassInfo) -> set[str]:
    """What a class binds that no statement of its body does."""
    scope, facts = info.code.scope, info.code.module.facts
    return set(scope.bound) - {name for each in nested(scope.body) for name in names_bound(facts, each)}


def _code(owner: Value | str | None) -> Code | None:
    """The function that a value is, or runs."""
    function = owner.function if isinstance(owner, Bound) else owner
    if isinstance(function, Generator):
        return function.activation.code
    return function.code if isinstance(function, Function) else None


def _is_as_defined(start: Start, code: Code) -> bool:
    """Whether no decorator, and nothing that binds its name anew, makes anything else of a function."""
    definition = start.context.surroundings.definition(code.module.name, code.index)
    return definition is not None and not definition.decorators and not is_bound_anew(code)
