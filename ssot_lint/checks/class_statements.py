"""Class statements that fail when they run: fields that `@dataclass` refuses, keywords that no base takes."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.activation import Made
from ssot_lint.callgraph.classes import DATACLASS, ClassInfo
from ssot_lint.checks import foreign_keys, model_statements, table_statements
from ssot_lint.checks.known import is_enumeration, is_plain, keeps_signature
from ssot_lint.checks.metaclasses import conflict
from ssot_lint.checks.named_classes import NamedClasses
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.slots import clash
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.written_init import dataclass_fields, is_frozen, named_fields
from ssot_lint.facts.model import (
    Assign,
    Call,
    Comprehension,
    Const,
    Define,
    DefineClass,
    DictDisplay,
    Display,
    Expression,
    Name,
    Opaque,
)
from ssot_lint.facts.nested import walk

_HOOK = "__init_subclass__"
_UNHASHABLE = frozenset(("list", "dict", "set"))
_PLAIN_VALUES = (Const, Opaque, Display)


def refused(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """Each such place, the class or hook, and what is wrong."""
    is_second = model_statements.has_pydantic_2(start)
    classes = NamedClasses(start)
    defined = list(_defined(start))
    repeated = dict(table_statements.repeats([made.info for _, made in defined]))
    for place, made in defined:
        faults = (
            *_faults(made),
            *model_statements.refused(start, place, made.info, classes, is_second=is_second),
            *table_statements.refused(start, made.info),
            foreign_keys.unknown_columns(made.info) if table_statements.is_mapped(made.info) else "",
            repeated.get(made.info, ""),
        )
        what = next(filter(None, faults), "")
        if what:
            yield place, made.info.symbol, what
    yield from _misfits(start)


def _faults(made: Made) -> Iterator[str]:
    yield made.info.refusal
    yield conflict(made.info)
    yield _slots(made.info)
    yield _extends(made.info)
    yield _lacks_hook(made)
    yield refused_field(made.info)
    yield _thaws(made.info)
    yield _repeats(made.info)


def _thaws(info: ClassInfo) -> str:
    """Whether a dataclass is frozen below one that is not, or the other way round."""
    own = is_frozen(info)
    above = [(each, is_frozen(each)) for each in list(info.classes)[1:] if DATACLASS in each.decorators]
    if own is None or not above or any(frozen is not (not own) for _, frozen in above):
        return ""
    name = above[0][0].code.scope.name
    return f"it is frozen, and `{name}` is not" if own else f"it is not frozen, and `{name}` is"


def _repeats(info: ClassInfo) -> str:
    """Whether an enumeration has a member twice."""
    names = [
        target.id
        for statement in (info.code.scope.body if is_enumeration(info) else ())
        if isinstance(statement, Assign) and _is_value(statement.value)
        for target in statement.targets
        if isinstance(target, Name) and not target.id.startswith("_")
    ]
    twice = next((name for at, name in enumerate(names) if name in names[:at]), "")
    return f"the enumeration has the member `{twice}` twice" if twice else ""


def _is_value(value: Expression) -> bool:
    return isinstance(value, _PLAIN_VALUES) or (isinstance(value, Call) and written(value).rpartition(".")[2] == "auto")


def _slots(info: ClassInfo) -> str:
    name = clash(info)
    return f"`{name}` has a slot and a value in the class" if name else ""


def refused_field(info: ClassInfo) -> str:
    """Why `@dataclass` or a `NamedTuple` refuses a field."""
    before = ""
    for field in (named_fields(info) or dataclass_fields(info)) or ():
        if field.value is not None and DATACLASS in info.decorators and _is_mutable(info, field.value):
            return f"the default of `{field.name}` would be one for all instances: @dataclass asks for a factory"
        if field.by_name:
            continue
        if before and not field.has_default:
            return f"`{field.name}` has no default and follows `{before}`, which has one"
        before = field.name if field.has_default else before
    return ""


def _extends(info: ClassInfo) -> str:
    """Whether the class derives from an enumeration that has members."""
    for each in list(info.classes)[1:]:
        if is_enumeration(each) and _has_members(each):
            return f"nothing can derive from `{each.code.scope.name}`, an enumeration that has members"
    return ""


def _lacks_hook(made: Made) -> str:
    """Which keyword nothing above the class takes."""
    left = set(made.keywords)
    if not left or not is_plain(made.info):
        return ""
    for each in list(made.info.classes)[1:]:
        taken = _taken_by_hook(each) if _HOOK in each.names else frozenset()
        if taken is None:
            return ""
        left -= taken
    return f"no base of `{made.info.code.scope.name}` takes `{min(left)}`" if left else ""


def _taken_by_hook(info: ClassInfo) -> frozenset[str] | None:
    """The keywords that an `__init_subclass__` takes itself, if it only passes on the others; None if it does more."""
    scopes = info.code.module.facts.scopes
    hooks = [scopes[each.scope] for each in info.code.scope.body if isinstance(each, Define)]
    hooks = [each for each in hooks if each.name == _HOOK]
    rest = [each.name for hook in hooks for each in hook.parameters if each.kind == "var-keyword"]
    if len(hooks) != 1 or not rest:
        return None
    passed = [
        value
        for node in walk(hooks[0].body)
        if isinstance(node, Call) and written(node.function) == f"super.{_HOOK}"
        for name, value in node.keywords
        if name is None
    ]
    used = [node for node in walk(hooks[0].body) if isinstance(node, Name) and node.id == rest[0]]
    if not used or any(not any(each is value for value in passed) for each in used):
        return None
    return frozenset(each.name for each in hooks[0].parameters if each.name != rest[0])


def _misfits(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """What classes give an `__init_subclass__` above them that does not fit it."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            place = Reached(node, call.at, call.half, call.certainty)
            function = call.callee.function if call.callee is not None else None
            if call.kind != "class" or not call.problem or function is None or function.code.scope.name != _HOOK:
                continue
            definition = start.context.surroundings.definition(function.code.module.name, function.code.index)
            statement = start.context.surroundings.node(place.site)
            if not (start.counts(place) and call.certainty == "certain" and isinstance(statement, DefineClass)):
                continue
            if definition is not None and keeps_signature(definition) and all(name for name, _ in statement.keywords):
                yield place, call.target, f"{_HOOK}() {call.problem}"


def _defined(start: Start) -> Iterator[tuple[Reached, Made]]:
    """The classes that come into being, each where it is written."""
    for node in start.graph.nodes.values():
        for made in sorted(node.activation.made, key=lambda made: (made.at, made.half, made.info.symbol)):
            place = Reached(node, made.at, made.half)
            if start.counts(place) and isinstance(start.context.surroundings.node(place.site), DefineClass):
                yield place, made


def _is_mutable(info: ClassInfo, value: Expression) -> bool:
    """Whether a default is a list, a set or a dict, as far as that is written."""
    if isinstance(value, (Display, Comprehension)):
        return value.type in _UNHASHABLE
    if isinstance(value, Call) and isinstance(value.function, Name):
        name = value.function.id
        return name in _UNHASHABLE and name not in info.names and name not in info.code.module.facts.scopes[0].bound
    return isinstance(value, DictDisplay)


def _has_members(info: ClassInfo) -> bool:
    return any(
        isinstance(target, Name) and not target.id.startswith("_") and isinstance(statement.value, _PLAIN_VALUES)
        for statement in info.code.scope.body
        if isinstance(statement, Assign)
        for target in statement.targets
    )
