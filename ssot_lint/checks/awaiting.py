"""Calls whose result is used as what the definition does not give: a coroutine, a plain value, a context manager."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_lint.callgraph.activation import Activation, CallRecord
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.graph import Node
from ssot_lint.callgraph.values import Constant, Function, Instance, Value
from ssot_lint.checks.bindings import is_bound_anew
from ssot_lint.checks.callee import is_sure_of
from ssot_lint.checks.coroutines_given import fails_in
from ssot_lint.checks.following import after, variable_of
from ssot_lint.checks.guards import leaves
from ssot_lint.checks.known import is_plain
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import has_one_meaning, own_class
from ssot_lint.checks.surroundings import Step, Surroundings, written
from ssot_lint.checks.turns import run_all
from ssot_lint.checks.using import is_dependency, is_entered, may_ask, use_of
from ssot_lint.checks.writes import last_name, targets
from ssot_lint.facts.model import (
    AnnotatedAssign,
    Assign,
    Attribute,
    Await,
    BoolOp,
    Call,
    Compare,
    Conditional,
    Const,
    Define,
    DictDisplay,
    Display,
    Evaluate,
    Expression,
    For,
    Format,
    If,
    ImportFrom,
    Index,
    Name,
    Not,
    Raise,
    Return,
    Statement,
    While,
    Yield,
)
from ssot_lint.facts.nested import nested, walk
from ssot_lint.findings import Site
from ssot_lint.project.entry_points.view import View

ASSIGNING = (Assign, AnnotatedAssign)
# Decorators that leave what a function gives as it is: `wraps` stands over the wrappers of others.
KEEPING = frozenset(("staticmethod", "classmethod", "override", "final", "wraps"))
_MANAGERS = {"contextlib.contextmanager": False, "contextlib.asynccontextmanager": True}
_PLAIN_BUILTINS = frozenset((
    "len", "str", "int", "float", "bool", "list", "dict", "set", "tuple", "sorted", "isinstance", "any", "all", "repr",
))  # fmt: skip
_NOT_AWAITABLE = (Const, Not, Compare, Format, Display, DictDisplay)
_DEEPEST = 4  # functions that return what the next one gives
_IN_VAIN = "is awaited, and is a plain function that gives nothing to await"
# What takes nothing but what can be awaited: all of it, or as the first argument.
_AWAITING = frozenset(
    f"asyncio.{name}" for name in ("gather", "wait_for", "create_task", "ensure_future", "shield", "run")
)


class PlainCall(NamedTuple):
    """A call that counts and goes to one function of the project, with its code and definition."""

    place: Reached
    call: CallRecord
    code: Code
    definition: Define


def misused(start: Start, plain_calls: Iterable[PlainCall]) -> Iterator[tuple[Reached, str, str]]:
    """Each place where such a use is certain to fail, what is called, and what is wrong."""
    for plain in plain_calls:
        place, call, _, definition = plain
        step = next(start.context.surroundings.of(place.site), None)
        found = (
            list(_uses(start, place, step, call.callee, definition))
            if step is not None and call.callee is not None
            else []
        )
        may_be_other = place.reach is None and _is_overridden(start, place)
        if found and not may_be_other and is_by_name(start, plain) and is_sure_of(start, place, call):
            yield from ((where, call.target, what) for where, what in found)
    yield from _awaited_in_turn(start)


def _is_overridden(start: Start, place: Reached) -> bool:
    """Whether the method of `self` that is called is another one in some class below, which may not come here."""
    call = start.context.surroundings.node(place.site)
    function = call.function if isinstance(call, Call) else None
    is_own = isinstance(function, Attribute) and own_class(place, function.value) is not None
    return function is not None and is_own and not has_one_meaning(place, function)


def _awaited_in_turn(start: Start) -> Iterator[tuple[Reached, str, str]]:
    """Plain functions among those that a loop calls and awaits one after another."""
    surroundings = start.context.surroundings
    for node in start.graph.nodes.values():
        for (at, half), calls in node.places().items():
            if len(calls) < 2 or at in node.activation.opaque or not any(map(_may_be_plain, calls)):
                continue
            place = Reached(node, at, half, max(call.certainty for call in calls))
            step = next(surroundings.of(place.site), None) if start.counts(place) else None
            if step is None or not (isinstance(step.node, Await) or _is_handed(place, step)):
                continue
            if all(run_all(start, node, call) for call in calls):
                yield from ((place, call.target, what) for call, what in _plain_ones(start, place, calls))


def _plain_ones(start: Start, place: Reached, calls: list[CallRecord]) -> Iterator[tuple[CallRecord, str]]:
    for call in filter(_may_be_plain, calls):
        function = call.callee.function if call.callee is not None else None
        if call.callee is None or function is None:
            continue
        definition = start.context.surroundings.definition(function.code.module.name, function.code.index)
        is_plain = definition is not None and all(written(each) in KEEPING for each, _ in definition.decorators)
        if is_plain and _gives_plain_values(call.callee) and is_sure_of(start, place, call, all_run=True):
            yield call, f"{function.code.scope.name}() {_IN_VAIN}"


def _may_be_plain(call: CallRecord) -> bool:
    """Whether it goes to a function of the project that is neither `async` nor a generator."""
    function = call.callee.function if call.callee is not None else None
    scope = function.code.scope if function is not None else None
    return scope is not None and not (scope.is_async or scope.is_generator or scope.name == "__init__")


def plain_calls(start: Start) -> Iterator[PlainCall]:
    """The calls that count and go each to one function, but for those that make an instance."""
    for node in start.graph.nodes.values():
        for (at, half), calls in node.places().items():
            call = calls[0]
            function = call.callee.function if call.callee is not None else None
            if function is None or call.kind != "call" or at in node.activation.opaque:
                continue
            if _is_hook(function.code.scope.name):
                continue  # what makes an instance gives it, and not what its `__init__` does
            if any(each.target != call.target for each in calls):
                continue
            place = Reached(node, at, half, max(call.certainty for call in calls))
            if not start.counts(place):
                continue
            definition = start.context.surroundings.definition(function.code.module.name, function.code.index)
            if definition is not None:
                yield PlainCall(place, call, function.code, definition)


def is_by_name(start: Start, plain: PlainCall) -> bool:
    """Whether what is called is written as the function's own name, or as that under which it is imported.

    By another name it may be what something else has made of it, as `sync_to_async(function)` does. A decorator's
    wrapper goes by the name of what it wraps.
    """
    place, _, code, definition = plain
    call = start.context.surroundings.node(place.site)
    said = last_name(call.function) if isinstance(call, Call) else ""
    if said == code.scope.name or any(written(each).rpartition(".")[2] == "wraps" for each, _ in definition.decorators):
        return True
    imports = (
        each for each in nested(place.node.activation.code.module.facts.scopes[0].body) if isinstance(each, ImportFrom)
    )
    return any((name, alias) == (code.scope.name, said) for each in imports for name, alias, _ in each.names)


def _is_hook(name: str) -> bool:
    """Whether Python or a library calls a method of that name beside what is asked for, and drops what it gives."""
    return (name.startswith("__") and name.endswith("__") and name != "__call__") or name == "model_post_init"


def _uses(
    start: Start, place: Reached, step: Step, callee: Activation, definition: Define
) -> Iterator[tuple[Reached, str]]:
    code = callee.code
    decorators = [written(each).rpartition(".")[2] for each, _ in definition.decorators]
    call, scope = start.context.surroundings.node(place.site), code.scope
    said = last_name(call.function) if "wraps" in decorators and isinstance(call, Call) else scope.name
    name = f"{said}()"
    is_async = is_entered(step)
    if len(decorators) == 1 and is_async is not None:
        decorator = View(code.module.source, code.module.facts, b"").origin(definition.decorators[0][0])
        needs_async = _MANAGERS.get(decorator, is_async)
        if is_async is not needs_async:
            how, needed = _keyword(not needs_async), _keyword(needs_async)
            yield place, f"{name} is entered by `{how}`, and `@{decorators[0]}` needs `{needed}`"
    elif scope.is_generator:
        use = "" if decorators or is_bound_anew(code) else _misuse_of_generator(step, is_async=scope.is_async)
        if use:
            yield place, f"{name} is a generator, and {use}"
    elif not KEEPING.issuperset(decorators):
        return
    elif not scope.is_async:
        if gives_coroutine(callee):
            yield from _uses_of_coroutine(start, place, step, name)
        elif isinstance(step.node, Await) and _gives_plain_values(callee):
            yield place, f"{name} {_IN_VAIN}"
        elif _is_handed(place, step) and _gives_plain_values(callee):
            yield place, f"{name} is given to what awaits it, and is a plain function that gives nothing to await"
    else:
        yield from _uses_of_coroutine(start, place, step, name)


def _uses_of_coroutine(start: Start, place: Reached, step: Step, name: str) -> Iterator[tuple[Reached, str]]:
    use = use_of(step)
    needing = "" if use else fails_in(start, place.node, step, place.at)
    if use or needing:
        use = use or f"it is given to {needing}()"
        yield place, f"{name} gives a coroutine, which is not awaited before {use}"
    elif is_tested(start.context.surroundings, place):
        yield place, f"{name} gives a coroutine, which is not awaited, and so always true"
    elif isinstance(step.node, Evaluate) or _is_never_awaited(start, step.node):
        yield place, f"{name} gives a coroutine that nothing awaits: it does not run"
    elif isinstance(step.node, ASSIGNING):
        yield from _later_uses(start, place, step.node, name)


def _misuse_of_generator(step: Step, *, is_async: bool) -> str:
    """How the generator that stands in a step is used, where none can be."""
    node, field = step.node, step.field
    entered = is_entered(step)
    if entered is not None:
        return f"`{_keyword(entered)}` needs a context manager"
    if is_dependency(step):
        return "what gives a dependency has to be called"
    if isinstance(node, Await):
        return "it is awaited"
    if isinstance(node, For) and field == "iterable" and node.is_async is not is_async:
        return "`for` goes over it, where it needs `async for`" if is_async else "`async for` goes over it"
    return ""


def is_tested(surroundings: Surroundings, place: Reached) -> bool:
    """Whether nothing but the truth of a value is asked for where it stands."""
    for step in surroundings.of(place.site):
        if isinstance(step.node, Not):
            return True
        if not isinstance(step.node, BoolOp):
            return isinstance(step.node, (If, While, Conditional)) and step.field == "test"
    return False


def _is_never_awaited(start: Start, assignment: object) -> bool:
    """Whether a coroutine is put into globals and attributes that the loaded code only reads attributes of, if at all.

    So nothing can await it, nor hand it to what does.
    """
    if not isinstance(assignment, ASSIGNING):
        return False
    bound = targets(assignment)
    names = {last_name(each) for each in bound if isinstance(each, Attribute)}
    return len(names) == len(bound) and not any(_may_be_awaited(start, name) for name in names)


def _may_be_awaited(start: Start, name: str) -> bool:
    """Whether loaded code says the name in a text, or reads what bears it for more than an attribute of that."""
    for _, _, scope in start.bindings.scopes_with(name):
        owners = {id(node.value) for node in walk(scope.read()) if isinstance(node, Attribute)}
        written_to = {id(each) for node in nested(scope.read()) for each in targets(node)}
        for node in walk(scope.read()):
            is_read = isinstance(node, (Attribute, Name)) and last_name(node) == name
            if (is_read and id(node) not in owners | written_to) or (isinstance(node, Const) and node.value == name):
                return True
    return False


def _is_handed(place: Reached, step: Step) -> bool:
    """Whether what stands in a step is the argument of `asyncio.wait_for` and the like, which await it."""
    if not isinstance(step.node, Call) or step.field != "arguments":
        return False
    called = {call.target for call in place.node.calls if call.at == step.node.at and call.kind == "call"}
    if len(called) != 1 or not called <= _AWAITING:
        return False
    return called == {"asyncio.gather"} or getattr(step.node.arguments[0], "at", None) == place.at


def _keyword(is_async: bool) -> str:
    return "async with" if is_async else "with"


def _gives_plain_values(callee: Activation) -> bool:
    """Whether a function surely gives what can't be awaited. One that does nothing, or raises, may be a stub."""
    scope = callee.code.scope
    returned = [statement.value for statement in nested(scope.body) if isinstance(statement, Return)]
    if any(isinstance(statement, Raise) for statement in scope.body) or all(map(says_only, scope.body)):
        return False
    builtin = _PLAIN_BUILTINS.difference(callee.code.bound, callee.code.module.facts.scopes[0].bound)
    if len(returned) == 1 and isinstance(returned[0], (Name, Attribute)) and callee.result and not callee.unsettled:
        # Others may be what a coroutine gives.
        return all(_is_made_by(callee, value) or _is_defined_in(callee, value) for value in callee.result)
    is_told = all(isinstance(value, Constant) or _is_made_by(callee, value) for value in callee.result)
    keys = [value.key for value in callee.result if is_told and isinstance(value, Instance)]
    made = {key[1] for key in keys if isinstance(key, tuple)}
    return all(
        value is None
        or isinstance(value, _NOT_AWAITABLE)
        or (isinstance(value, Call) and (value.at in made or _name(value.function) in builtin))
        for value in returned
    )


def _name(called: Expression) -> str:
    return called.id if isinstance(called, Name) else ""


def _is_made_by(callee: Activation, value: Value) -> bool:
    """Whether it is an instance that a function makes itself, of a class that surely has no `__await__`."""
    if not isinstance(value, Instance) or not isinstance(value.key, tuple) or value.key[-1] is not callee:
        return False
    is_told = is_plain(value.info) or set(value.info.outside) == {"typing.NamedTuple"}
    return is_told and not any("__await__" in each.names for each in value.info.classes)


def _is_defined_in(callee: Activation, value: Value) -> bool:
    """Whether it is a function that stands in the one that gives it, as a decorator's wrapper does."""
    if not isinstance(value, Function):
        return False
    return value.code.module is callee.code.module and value.code.scope.parent == callee.code.index


def says_only(statement: Statement) -> bool:
    """Whether it is a docstring or `...`."""
    return isinstance(statement, Evaluate) and isinstance(statement.value, Const)


def _later_uses(
    start: Start, place: Reached, assignment: Assign | AnnotatedAssign, name: str
) -> Iterator[tuple[Reached, str]]:
    """The first use of the variable that holds the coroutine, in what surely runs after it."""
    surroundings, body = start.context.surroundings, place.node.activation.code.scope.body
    variable = variable_of(place, assignment)
    if not variable or may_ask(body, variable):
        return
    following = after(surroundings, place, assignment, variable)
    for read in [each for each in following if isinstance(each, Name) and each.id == variable]:
        step = next(surroundings.of(Site(place.node.module, read.at)), None)
        use = use_of(step) if step is not None else ""
        needing = fails_in(start, place.node, step, read.at) if step is not None and not use else ""
        use = use or (f"it is given to {needing}()" if needing else "")
        if step is not None and use:
            at = step.node.at if isinstance(step.node, (Attribute, Index)) else read.at
            yield (
                Reached(place.node, at, half_of(place.node, at), place.certainty),
                (f"`{variable}` is the coroutine of {name}, which is not awaited before {use}"),
            )
            return


def gives_coroutine(callee: Activation, depth: int = _DEEPEST) -> bool:
    """Whether a function surely gives a coroutine: its own, or that of the one function that it calls and returns."""
    scope = callee.code.scope
    if scope.is_async or scope.is_generator:
        return scope.is_async and not scope.is_generator
    returned = [statement.value for statement in nested(scope.body) if isinstance(statement, Return)]
    if not depth or not returned or not leaves(scope.body, (Return, Raise)):
        return False
    for value in returned:
        calls = [each for each in callee.calls if isinstance(value, Call) and each.at == value.at]
        only = calls[0].callee if len(calls) == 1 and calls[0].certainty == "certain" else None
        if only is None or calls[0].at in callee.opaque or not gives_coroutine(only, depth - 1):
            return False
    return True


def half_of(node: Node, at: int) -> int:
    """The half of a generator that a place stands in."""
    return int(any(isinstance(each, Yield) and each.at < at for each in walk(node.activation.code.scope.body)))
