"""Calls that never come back: of functions that do nothing but raise in the end, and of `sys.exit` and the like.

Only what stands in the code counts, not what tests decide: what a function is given later may have it come back.
"""

from __future__ import annotations

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.frame import Frame
from ssot_lint.facts import model
from ssot_lint.facts.nested import nested, walk

NEVER_BACK = frozenset((
    "sys.exit", "os._exit", "os.abort", "<builtin>.exit", "<builtin>.quit", "typing.assert_never",
))  # fmt: skip


def ends_flow(frame: Frame, value: model.Expression) -> bool:
    """Whether the call that was just evaluated, as a statement or to bind a variable, never comes back.

    Where no test has led to a call of the project's own, all behind it is looked at still: it is meant to be reached.
    """
    called, is_awaited = (value.value, True) if isinstance(value, model.Await) else (value, False)
    ending, frame.ending = frame.ending, None
    if ending is None or not isinstance(called, model.Call):
        return False
    if not isinstance(ending, Code):
        return True
    return bool(frame.branching) and (is_awaited or not ending.scope.is_async) and always_raises(frame, ending)


def always_raises(frame: Frame, code: Code) -> bool:
    """Whether a function has no way out but its `raise`; one that subclasses are to override does not count."""
    known = frame.machine.raising
    if code not in known:
        body = frame.machine.body(code)
        known[code] = not code.scope.is_generator and ends_in_raise(body) and not _is_abstract(body)
    return known[code]


def ends_in_raise(body: list[model.Statement]) -> bool:
    """Whether statements can only end in a `raise`, whatever their tests say."""
    for statement in body:
        if isinstance(statement, model.Raise) or _exits(statement):
            return True
        if isinstance(statement, model.If) and all(map(ends_in_raise, (statement.body, statement.orelse))):
            return True
        if any(isinstance(each, (model.Return, model.Jump)) for each in nested([statement])):
            return False
    return False


def _exits(statement: model.Statement) -> bool:
    """Whether a statement is `sys.exit(…)`, as it is written everywhere."""
    called = statement.value if isinstance(statement, model.Evaluate) else None
    function = called.function if isinstance(called, model.Call) else None
    if not isinstance(function, model.Attribute) or not isinstance(function.value, model.Name):
        return False
    return f"{function.value.id}.{function.name}" in ("sys.exit", "os._exit", "os.abort")


def _is_abstract(body: list[model.Statement]) -> bool:
    raised = [each.exception for each in nested(body) if isinstance(each, model.Raise)]
    named = (each for each in walk(raised) if isinstance(each, (model.Name, model.Attribute)))
    return any("NotImplemented" in (each.id if isinstance(each, model.Name) else each.name) for each in named)
