"""Statements: how each changes the running frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ssot_lint.callgraph import expressions, iteration, loops, managers, matching, merging, raising, trying, writes
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.definitions import define_class, define_function, run_annotation
from ssot_lint.callgraph.expressions import evaluate
from ssot_lint.callgraph.folding import fold
from ssot_lint.callgraph.frame import Environment, Frame
from ssot_lint.callgraph.narrowing import decides_type_checking, narrow
from ssot_lint.callgraph.nothing import note_none
from ssot_lint.callgraph.operators import operate, site_of, special_calls, truth
from ssot_lint.callgraph.values import (
    NOTHING,
    Class,
    Container,
    ExternalInstance,
    Values,
    ordered,
)
from ssot_lint.facts import model
from ssot_lint.project.entry_points.view import is_main_guard


def run(frame: Frame, body: list[model.Statement]) -> None:
    """Runs statements in order until one ends the flow."""
    is_changed = True
    for statement in body:
        if not frame.alive:
            return
        if frame.failing is not None and is_changed and trying.may_fail(frame, statement):
            frame.failing.append(frame.fork())
            is_changed = False
        EXECUTE[type(statement)](frame, statement)
        is_changed = is_changed or not isinstance(statement, model.Evaluate)


def assign(frame: Frame, target: model.Expression, values: Values) -> None:
    """Binds a target of any form."""
    if isinstance(target, model.Name):
        frame.store(target.id, values)
    elif isinstance(target, model.Attribute):
        writes.set_attribute(frame, evaluate(frame, target.value), target.name, values, target.at)
    elif isinstance(target, model.Index):
        holders = evaluate(frame, target.value)
        note_none(frame, target.value, holders, target.at, "__setitem__")
        if isinstance(target.key, model.Slice):
            bounds = expressions.slice_bounds(frame, target.key)
            iteration.set_slice(frame, holders, target.key, bounds, values, target.at)
        else:
            iteration.set_subscript(frame, holders, evaluate(frame, target.key), values, target.at)
    elif isinstance(target, model.Display):
        iteration.unpack(frame, target, values, target.at, lambda each, part: assign(frame, each, part))
    elif isinstance(target, model.Star):
        assign(frame, target.value, values)


def _evaluate(frame: Frame, node: model.Evaluate) -> None:
    evaluate(frame, node.value)
    if raising.ends_flow(frame, node.value):
        frame.publish()
        frame.alive = False


def _assign(frame: Frame, node: model.Assign) -> None:
    values = evaluate(frame, node.value)
    if raising.ends_flow(frame, node.value):
        frame.publish()
        frame.alive = False
        return
    for target in node.targets:
        assign(frame, target, values)


def _annotated_assign(frame: Frame, node: model.AnnotatedAssign) -> None:
    machine = frame.machine
    machine.annotate(frame, node.target, node.annotation)
    if frame.code.scope.kind in ("module", "class"):
        run_annotation(frame, node.annotation)
    if node.value is None:
        return
    values = evaluate(frame, node.value)
    if not values or all(value is machine.unknown or isinstance(value, ExternalInstance) for value in values):
        values |= machine.annotated(frame, node.annotation)
    assign(frame, node.target, values)


def _augmented_assign(frame: Frame, node: model.AugmentedAssign) -> None:
    current = evaluate(frame, node.target)
    right = evaluate(frame, node.value)
    found = plain = NOTHING
    for value, inplace in special_calls(frame, current, (f"__i{node.method[2:]}",), Arguments((right,)), node.at):
        if inplace is not None:
            found |= inplace
        elif isinstance(value, Container) and value.type in ("list", "dict", "set"):
            for other in ordered(right):
                if isinstance(other, Container):
                    merging.merge(frame, value, other)
                else:
                    value.may_hold_more = True
            found |= frozenset((value,))
        else:
            plain |= frozenset((value,))
    found |= operate(frame, plain, node.method, right, node.at)
    known = fold(frame, model.Operation(node.target, [(node.method, node.value, node.at)]))
    assign(frame, node.target, found if known is None else frozenset((known,)))


def _return(frame: Frame, node: model.Return) -> None:
    if node.value is None:
        frame.activation.result |= {frame.machine.none}
    else:
        _give_back(frame, node.value)
    frame.activation.returns = True
    frame.publish()
    frame.alive = False


def _give_back(frame: Frame, value: model.Expression) -> None:
    """What a function returns: of a parameter that it gives back, each caller gets its own argument."""
    chosen = _as_choice(value)
    if chosen is not None:
        for way in expressions.ways(frame, chosen):
            _give_back(frame, way)
        return
    values = evaluate(frame, value)
    name = _returned_name(value)
    withheld = frame.withheld(name) if name else None
    if withheld is None:
        frame.activation.result |= values
    else:
        frame.passes[name, withheld] = None


def _as_choice(value: model.Expression) -> model.Conditional | None:
    """`a if test else b`, and `a or b` as `a if a else b`, where asking for the variable's truth again is harmless."""
    if isinstance(value, model.BoolOp) and value.operator == "or" and isinstance(value.values[0], model.Name):
        first, *others = value.values
        return model.Conditional(first, first, others[0] if len(others) == 1 else model.BoolOp("or", others))
    return value if isinstance(value, model.Conditional) else None


def _returned_name(value: model.Expression | None) -> str:
    """The variable that a `return` gives back as it is, also through `typing.cast`; empty for anything else."""
    if isinstance(value, model.Call) and len(value.arguments) == 2 and _last_name(value.function) == "cast":
        value = value.arguments[1]
    return value.id if isinstance(value, model.Name) else ""


def _last_name(value: model.Expression) -> str:
    return value.name if isinstance(value, model.Attribute) else value.id if isinstance(value, model.Name) else ""


def _raise(frame: Frame, node: model.Raise) -> None:
    raised = NOTHING
    for value in ordered(evaluate(frame, node.exception) if node.exception is not None else NOTHING):
        is_class = isinstance(value, Class)
        made = frame.machine.call(frame, frozenset((value,)), Arguments(), node.at, "raise") if is_class else NOTHING
        raised |= made or frozenset((value,))
    if node.cause is not None:
        writes.set_attribute(frame, raised, "__cause__", evaluate(frame, node.cause), node.at)
    if not frame.guarded:
        frame.activation.raises[node.at] = None
    frame.publish()
    frame.alive = False


def _if(frame: Frame, node: model.If) -> None:
    truth(frame, evaluate(frame, node.test), site_of(node.test))
    start, half, mark = frame.environment, frame.half, frame.mark()
    ends: list[Environment] = []
    halves: list[int] = []
    for outcome, body in ((True, node.body), (False, node.orelse)):
        narrowed = narrow(frame, dict(start), node.test, outcome)
        if narrowed is None:
            if frame.code.scope.kind == "module" and decides_type_checking(node.test) is outcome:
                frame.machine.imports.note_typing_only(frame, body)
            continue
        frame.environment, frame.half, frame.alive = narrowed, half, True
        frame.resume(mark)
        frame.branching += 1
        if outcome and frame.code.scope.kind == "module" and is_main_guard(node):
            _script(frame, body)
        else:
            run(frame, body)
        frame.branching -= 1
        if frame.alive:
            ends.append(frame.environment)
            halves.append(frame.half)
    frame.join(ends)
    frame.resume(mark)
    frame.half = min(halves, default=frame.half)


def _script(frame: Frame, body: list[model.Statement]) -> None:
    """What stands under a `__main__` guard."""
    frame.machine.split.add(frame.code)
    before, frame.half = frame.half, 1
    run(frame, body)
    frame.half = before


def _match(frame: Frame, node: model.Match) -> None:
    subject = evaluate(frame, node.subject)
    start, mark = frame.fork(), frame.mark()
    ends: list[Environment] = []
    exhausted = False
    for case in node.cases:
        frame.environment, frame.alive = dict(start), True
        frame.resume(mark)
        if not matching.match(frame, case.pattern, subject, assign):
            continue
        if isinstance(node.subject, model.Name) and frame.is_exact(node.subject.id) and subject:
            frame.environment[node.subject.id] = matching.fitting(frame, case.pattern, subject)
        if case.guard is not None:
            evaluate(frame, case.guard)
            narrowed = narrow(frame, frame.environment, case.guard, True)
            frame.environment = narrowed if narrowed is not None else frame.environment
        run(frame, case.body)
        if frame.alive:
            ends.append(frame.environment)
        if case.guard is None:
            if matching.is_irrefutable(case.pattern):
                exhausted = True
                break
            left = matching.left_over(frame, node.subject, case.pattern, subject)
            if subject and not left:
                exhausted = True
                break
            subject = left
    frame.join(ends if exhausted else [*ends, start])
    frame.resume(mark)


def _import(frame: Frame, node: model.Import) -> None:
    for name, alias, at in node.names:
        frame.machine.imports.import_module(frame, name, alias, at)


def _import_from(frame: Frame, node: model.ImportFrom) -> None:
    frame.machine.imports.import_from(frame, node)


def _delete(frame: Frame, node: model.Delete) -> None:
    for target in node.targets:
        if isinstance(target, model.Name):
            frame.delete(target.id)
        elif isinstance(target, model.Index):
            key = NOTHING if isinstance(target.key, model.Slice) else evaluate(frame, target.key)
            iteration.delete_subscript(frame, evaluate(frame, target.value), key, target.at)
        elif isinstance(target, model.Attribute):
            writes.delete_attribute(frame, evaluate(frame, target.value), target.name, target.at)
        elif isinstance(target, model.Display):
            _delete(frame, model.Delete(target.items))


def _assert(frame: Frame, node: model.Assert) -> None:
    truth(frame, evaluate(frame, node.test), site_of(node.test))
    narrowed = narrow(frame, frame.fork(), node.test, True)
    if node.message is not None:
        evaluate(frame, node.message)
    if narrowed is not None:
        frame.environment = narrowed


def _type_alias(frame: Frame, node: model.TypeAliasStatement) -> None:
    frame.store(node.name, frame.machine.annotation_classes(frame, node.value))


EXECUTE: dict[type, Callable[[Frame, Any], None]] = {
    model.Evaluate: _evaluate,
    model.Assign: _assign,
    model.AnnotatedAssign: _annotated_assign,
    model.AugmentedAssign: _augmented_assign,
    model.Return: _return,
    model.Raise: _raise,
    model.If: _if,
    model.While: loops.run_while,
    model.For: loops.run_for,
    model.Try: trying.run_try,
    model.With: managers.run_with,
    model.Match: _match,
    model.Import: _import,
    model.ImportFrom: _import_from,
    model.Define: define_function,
    model.DefineClass: define_class,
    model.Delete: _delete,
    model.Assert: _assert,
    model.Jump: loops.jump,
    model.TypeAliasStatement: _type_alias,
}
