"""Functions that only ask for the class of an argument: `def is_leaf(node): return isinstance(node, Leaf)`."""

from __future__ import annotations

from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import NOTHING, Function, Values
from ssot_lint.facts.model import Call, Const, Display, Evaluate, Expression, Name, Return, Statement


def classes_asked_by(frame: Frame, test: Call) -> Values | None:
    """The classes of which a call tells whether its one argument is an instance; None for any other call."""
    if len(test.arguments) != 1 or test.keywords or not isinstance(test.function, Name):
        return None
    called = frame.load(test.function.id) if frame.namespace is None else NOTHING
    function = next(iter(called)) if len(called) == 1 else None
    if not isinstance(function, Function) or function.closure is not None:
        return None
    names = _names(frame, function.code)
    module = function.code.module.name
    values = NOTHING
    for name in names or ():
        found = frame.machine.heap.read(("global", module, name), frame.activation)
        values |= frame.machine.global_values(frame, name, found, module)
    return values if names else None


def _names(frame: Frame, code: Code) -> list[str] | None:
    """The names of the classes that a function asks for."""
    known = frame.machine.predicates
    if code not in known:
        known[code] = _asked(frame.machine.body(code), list(code.parameters[:1]))
    return known[code]


def _asked(body: list[Statement], parameters: list[str]) -> list[str] | None:
    told = [each for each in body if not (isinstance(each, Evaluate) and isinstance(each.value, Const))]
    only = told[0] if len(told) == 1 else None
    test = only.value if isinstance(only, Return) else None
    if not isinstance(test, Call) or not isinstance(test.function, Name) or test.function.id != "isinstance":
        return None
    subject: Expression | None = test.arguments[0] if len(test.arguments) == 2 else None
    if not isinstance(subject, Name) or [subject.id] != parameters:
        return None
    classes = test.arguments[1]
    asked = classes.items if isinstance(classes, Display) and classes.type == "tuple" else [classes]
    names = [each.id for each in asked if isinstance(each, Name)]
    return names if len(names) == len(asked) else None
