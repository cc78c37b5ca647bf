"""What is called, or entered by `with`, and lacks the special method that this takes."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord, Missing
from ssot_lint.callgraph.classes import DATACLASS, ClassInfo
from ssot_lint.callgraph.code import GLOBAL, Code
from ssot_lint.callgraph.values import Constant, ExternalInstance, Instance, Module, Pattern, Value
from ssot_lint.checks.bindings import Bindings, names_bound
from ssot_lint.checks.entering import entering
from ssot_lint.checks.giving import gives_nothing
from ssot_lint.checks.known import is_closed_model, is_plain, names_of_base
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import has_one_meaning, is_known, is_made_here, is_the_same_below, own_class
from ssot_lint.checks.surroundings import Surroundings, written
from ssot_lint.facts.model import (
    Attribute,
    Call,
    Compare,
    Const,
    DictDisplay,
    Display,
    Expression,
    Format,
    Import,
    ImportFrom,
    Name,
    Not,
    Return,
    With,
)
from ssot_lint.facts.nested import nested
from ssot_lint.findings import Site
from ssot_lint.project.imports import absolute_name

_CALL = "__call__"
_ENTERING = ("__enter__", "__exit__", "__aenter__", "__aexit__")
_GIVING_PLAIN = frozenset((
    "len", "int", "str", "float", "bool", "sum", "sorted", "list", "dict", "set", "tuple", "frozenset", "any", "all",
    "repr", "round",
))  # fmt: skip
_PROPERTIES = (["property"], ["cached_property"])
_OF_DATA = frozenset(f"<builtin>.{each}" for each in ("str", "int", "float", "bool"))
_NOT_CALLABLE = (Const, Not, Compare, Format, Display, DictDisplay)


def uncallable(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each call of something that surely can't be called, and what is wrong."""
    for place, each in start.missing("attribute"):
        call = start.context.surroundings.node(place.site)
        if each.name != _CALL or not isinstance(call, Call) or _is_called(place):
            continue
        if isinstance(each.owner, Module) and _is_module(start, place, call.function, each.owner.name):
            yield place, f"the module `{each.owner.name}` is called"
        elif isinstance(each.owner, Instance) and surely_lacks(start, place, each, call.function):
            yield place, f"an instance of `{each.owner.info.code.scope.name}` is called, which has no `{_CALL}`"
    yield from _called_properties(start)
    yield from _called_modules(start)


def unenterable(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each `with` of something that surely is no context manager, and what is wrong."""
    for place, each in start.missing("attribute"):
        if each.name not in _ENTERING or not isinstance(each.owner, Instance):
            continue
        entered, name = _entered(start.context.surroundings, place, each.name)
        if (
            entered is not None
            and not is_given_from_outside(place, entered)
            and surely_lacks(start, place, each._replace(name=name), entered)
        ):
            yield place, f"`{each.owner.info.code.scope.name}` has no attribute `{name}`"


def _entered(surroundings: Surroundings, place: Reached, name: str) -> tuple[Expression | None, str]:
    """What is entered at a place, by `with` or by an `ExitStack`, and the method that this takes."""
    node = surroundings.node(place.site)
    if isinstance(node, Call):
        how = entering(node)
        argument = node.arguments[0] if how is not None else None
        return argument, name if how else name.replace("__a", "__")
    step = next(surroundings.of(place.site), None)
    items = step.node.items if step is not None and isinstance(step.node, With) else []
    return next((expression for expression, _, at in items if at == place.at), None), name


def is_given_from_outside(place: Reached, expression: Expression) -> bool:
    """Whether it is what a library's call gives, which may well be more than what went in: `closing(client)`."""
    return isinstance(expression, Call) and any(
        call.at == expression.at and call.kind == "call" and call.callee is None for call in place.node.calls
    )


def surely_lacks(start: Start, place: Reached, missing: Missing, expression: Expression) -> bool:
    """Whether the instance that an expression gives is surely of a class without such a special method."""
    owner = missing.owner
    if not isinstance(owner, Instance) or owner.open or not _class_lacks(start.bindings, owner.info, missing.name):
        return False
    if _may_be_set_anew(place, expression):
        return False
    return is_made_here(place, owner) or is_known(start, place, expression)


def _may_be_set_anew(place: Reached, expression: Expression) -> bool:
    """Whether it is an attribute of `self`, whose attributes are set by names that are not known."""
    own = own_class(place, expression.value) if isinstance(expression, Attribute) else None
    return own is not None and any(each.dynamic for each in own.classes)


def _class_lacks(bindings: Bindings, info: ClassInfo, name: str) -> bool:
    """Whether a class has no such special method: those of instances do not count."""
    if not (is_plain(info) or is_closed_model(info)) or name in bindings.writes.foreign:
        return False
    decorators = {path for each in info.classes for path in each.decorators}
    if decorators - {DATACLASS} or any(each.dynamic or name in each.code.scope.bound for each in info.classes):
        return False
    return info.code.scope.name not in bindings.writes.opened and not any(
        name in names_of_base(path) for path in info.outside if path != "abc.ABC" and not path.startswith("pydantic")
    )


def _is_called(place: Reached) -> bool:
    """Whether the analysis knows something else that is called there."""
    return any(call.at == place.at and call.kind == "call" for call in place.node.calls)


def _is_module(start: Start, place: Reached, function: Expression, module: str) -> bool:
    """Whether a name surely stands for a module: one import binds it, and its package nothing of that name."""
    facts = place.node.activation.code.module.facts
    source = start.context.project.modules[place.node.module]
    name = written(function)
    imports = [
        absolute_name(source, each.level, f"{each.module}.{imported}" if each.module else imported)
        for each in nested(facts.scopes[0].body)
        if isinstance(each, ImportFrom)
        for imported, alias, _ in each.names
        if name == (alias or imported)
    ]
    package, _, last = module.rpartition(".")
    names = start.bindings.of(package) if package else None
    is_plain_name = names is not None and last not in names.bound and not names.dynamic and not names.has_getter
    binding = [each for each in nested(facts.scopes[0].body) if name in names_bound(facts, each)]
    return imports == [module] and len(binding) == 1 and is_plain_name and not start.bindings.writes.modules


def _called_modules(start: Start) -> Iterator[tuple[Reached, str]]:
    """Calls of modules of Python's own: `time()` after `import time`."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.kind != "call" or call.target not in sys.stdlib_module_names or call.certainty != "certain":
                continue
            place = Reached(node, call.at, call.half)
            written = start.context.surroundings.node(place.site)
            function = written.function if isinstance(written, Call) else None
            if isinstance(function, Name) and start.counts(place) and _is_imported(place, function.id, call.target):
                yield place, f"the module `{call.target}` is called"


def _is_imported(place: Reached, name: str, module: str) -> bool:
    """Whether a global name stands for a module alone: `import module` binds it, and nothing else."""
    code = place.node.activation.code
    if (name in code.bound and code.index) or code.owner_of(name) not in (GLOBAL, 0):
        return False
    facts = code.module.facts
    binding = [each for each in nested(facts.scopes[0].body) if name in names_bound(facts, each)]
    imported = [each.names for each in binding if isinstance(each, Import)]
    by_function = any(name in scope.global_names for scope in facts.scopes)
    stands_for = {
        each if alias else each.partition(".")[0]
        for names in imported
        for each, alias, _ in names
        if (alias or each.partition(".")[0]) == name
    }
    return len(imported) == len(binding) and stands_for == {module} and not by_function


def _called_properties(start: Start) -> Iterator[tuple[Reached, str]]:
    """Calls of what a property gives: `settings.is_production()`."""
    surroundings = start.context.surroundings
    for node in start.graph.nodes.values():
        for read in node.calls:
            if read.kind != "property":
                continue
            step = next(surroundings.of(Site(node.module, read.at)), None)
            attribute = surroundings.node(Site(node.module, read.at))
            if step is None or not isinstance(step.node, Call) or step.field != "function":
                continue
            place = Reached(node, step.node.at, read.half)
            if not isinstance(attribute, Attribute) or _is_called(place) or not start.counts(place):
                continue
            here = [each for each in node.calls if each.at == read.at]
            if not all(each.target == read.target and _is_told(each) for each in here):
                continue
            if not all(_gives_plain_values(surroundings, each) for each in here):
                continue
            if has_one_meaning(place, attribute) or is_known(start, place, attribute):
                yield place, f"`{attribute.name}` is a property, and what it gives is called"


def _is_told(read: CallRecord) -> bool:
    """Whether a property is surely the one that is read: an annotation is believed where all classes below share it."""
    receivers = next(iter((read.binding or {}).values()), frozenset())
    instances = [each for each in receivers if isinstance(each, Instance)]
    if not any(each.open for each in instances):
        return read.certainty == "certain"
    name = read.target.rpartition(".")[2]
    return read.certainty == "likely" and all(is_the_same_below(each.info, name) for each in instances)


def _gives_plain_values(surroundings: Surroundings, read: CallRecord) -> bool:
    """Whether a property surely gives what can't be called."""
    function = read.callee.function if read.callee is not None else None
    definition = surroundings.definition(function.code.module.name, function.code.index) if function else None
    if read.callee is None or function is None or definition is None:
        return False
    if [written(each).rpartition(".")[2] for each, _ in definition.decorators] not in _PROPERTIES:
        return False
    if gives_nothing(function.code.scope):
        return not (function.code.scope.is_generator or function.code.scope.is_async)
    returned = [each.value for each in nested(function.code.scope.body) if isinstance(each, Return)]
    if returned and all(isinstance(each, _NOT_CALLABLE) or _is_plain_call(function.code, each) for each in returned):
        return True
    result = read.callee.result
    return bool(result) and not read.callee.unsettled and all(map(_is_data, result))


def _is_data(value: Value) -> bool:
    """Whether it is a text, a number, a list or the like, whatever stands in it."""
    if isinstance(value, ExternalInstance):
        return value.path in _OF_DATA
    return isinstance(value, (Constant, Pattern)) and not (isinstance(value, Constant) and value.value is None)


def _is_plain_call(code: Code, value: Expression | None) -> bool:
    """Whether it is a call of something builtin that gives a number, a text or a container."""
    name = value.function.id if isinstance(value, Call) and isinstance(value.function, Name) else ""
    return name in _GIVING_PLAIN and name not in code.bound and name not in code.module.facts.scopes[0].bound
