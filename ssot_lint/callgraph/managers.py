"""Context managers: what entering and leaving them calls, and whether the code behind them runs after a failure."""

from __future__ import annotations

from ssot_lint.callgraph import lookup, trying
from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.raising import ends_in_raise
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    ExternalInstance,
    Function,
    Generator,
    Instance,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model
from ssot_lint.facts.nested import nested, walk

# Managers of libraries that swallow what the block raises, or some of it.
SWALLOWING = frozenset((
    "contextlib.suppress", "pytest.raises", "unittest.TestCase.assertRaises", "unittest.TestCase.assertRaisesRegex",
    "anyio.move_on_after", "anyio.CancelScope", "trio.move_on_after", "trio.CancelScope",
))  # fmt: skip


def run_with(frame: Frame, node: model.With) -> None:
    """Runs a `with`: where a manager may swallow an exception, all goes on from before any statement that may fail."""
    entered: list[tuple[Values, int]] = []
    for expression, target, at in node.items:
        managers = frame.machine.evaluate(frame, expression)
        values = enter_context(frame, managers, at, node.is_async)
        entered.append((managers, at))
        if target is not None:
            frame.machine.assign(frame, target, values)
    if any(swallows(frame, each) for managers, _ in entered for each in managers):
        mark = frame.mark()
        frame.guarded += 1
        failed = trying.run_body(frame, node.body)
        frame.guarded -= 1
        frame.join([*failed, frame.environment] if frame.alive or not failed else failed)
        frame.resume(mark)
    else:
        frame.machine.run(frame, node.body)
    alive, frame.alive = frame.alive, True
    for managers, at in reversed(entered):
        exit_context(frame, managers, at, node.is_async)
    frame.alive = alive


def swallows(frame: Frame, manager: Value) -> bool:
    """Whether a block may end by an exception that its manager keeps to itself."""
    if isinstance(manager, ExternalInstance):
        return frame.machine.models.canonical(manager.path) in SWALLOWING
    if isinstance(manager, Generator):
        return _may_swallow(frame, manager.activation.code)
    if not isinstance(manager, Instance):
        return False
    methods = (lookup.special(frame, manager, name) for name in ("__exit__", "__aexit__"))
    functions = (each.function if isinstance(each, Bound) else each for each in NOTHING.union(*methods))
    return any(isinstance(each, Function) and _may_swallow(frame, each.code) for each in functions)


def _may_swallow(frame: Frame, code: Code) -> bool:
    """Whether an `__exit__` returns something true, or a generator handles what is raised where it yields."""
    known = frame.machine.swallowing
    if code not in known:
        statements = nested(frame.machine.body(code))
        is_generator = code.scope.is_generator
        known[code] = any(map(_handles_yield if is_generator else _returns_something, statements))
    return known[code]


def _returns_something(statement: model.Statement) -> bool:
    if not isinstance(statement, model.Return) or statement.value is None:
        return False
    return not isinstance(statement.value, model.Const) or bool(statement.value.value)


def _handles_yield(statement: model.Statement) -> bool:
    if not isinstance(statement, model.Try) or not any(isinstance(each, model.Yield) for each in walk(statement.body)):
        return False
    return any(not ends_in_raise(handler.body) for handler in statement.handlers)


def enter_context(frame: Frame, managers: Values, at: int, is_async: bool) -> Values:
    """What `with manager as x` binds."""
    machine = frame.machine
    found = NOTHING
    for value in ordered(managers):
        if isinstance(value, Generator):
            machine.enter(value.activation, frame.activation, value.activation.stage, postponed=frame.registers)
            found |= value.activation.yielded
        elif isinstance(value, Instance):
            names = ("__aenter__", "__enter__") if is_async else ("__enter__", "__aenter__")
            method = NOTHING
            for name in (names[0], names[0].replace("enter", "exit")) if len(managers) == 1 else ():
                if not lookup.special(frame, value, name):
                    frame.activation.missing[Missing("attribute", at, frame.half, value, name)] = None
            for name in names:
                method = method or lookup.special(frame, value, name)
            if not method and len(managers) > 1:
                frame.pass_over(at, "context", names)
            found |= machine.call(frame, method, Arguments(), at, "context") if method else frozenset((value,))
        else:
            if len(managers) > 1:
                frame.pass_over(at, "context", ("__aenter__", "__enter__"))
            found |= frozenset((value,))
    return found


def exit_context(frame: Frame, managers: Values, at: int, is_async: bool) -> None:
    """The end of a `with` block."""
    machine = frame.machine
    nothing = frozenset((machine.none, machine.unknown))
    name = "__aexit__" if is_async else "__exit__"
    for value in ordered(managers):
        if isinstance(value, Generator):
            code = value.activation.code
            frame.record(at, "exit", code.symbol, value.activation, "certain")
        elif isinstance(value, Instance):
            method = lookup.special(frame, value, name)
            if method:
                machine.call(frame, method, Arguments((nothing, nothing, nothing)), at, "context")
                continue
        if len(managers) > 1:
            frame.pass_over(at, "context", (name,))
