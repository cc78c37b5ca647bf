"""Expressions: what each may be, and the calls that evaluating it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from ssot_lint.callgraph import attributes, calls, containers, hashing, iteration, merging
from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.comparing import COMPARISONS, ROOTS, membership, rich_comparison
from ssot_lint.callgraph.comprehensions import comprehend
from ssot_lint.callgraph.folding import fold
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.narrowing import narrow
from ssot_lint.callgraph.nothing import note_argument, note_left, note_none, note_right
from ssot_lint.callgraph.operators import (
    joined_texts,
    operate,
    site_of,
    special_calls,
    text_like,
    truth,
)
from ssot_lint.callgraph.showing import FORMAT, REPR, show
from ssot_lint.callgraph.tasks import PENDING, note_task
from ssot_lint.callgraph.values import (
    NOTHING,
    Constant,
    Container,
    ExternalInstance,
    Generator,
    Instance,
    Value,
    Values,
    ordered,
)
from ssot_lint.facts import model


def evaluate(frame: Frame, expression: model.Expression) -> Values:
    """What the expression may be here."""
    return EVALUATE[type(expression)](frame, expression)


def _name(frame: Frame, node: model.Name) -> Values:
    values = frame.load(node.id)
    if not values:
        frame.activation.missing[Missing("variable", node.at, frame.half, None, node.id)] = None
    return values


def _const(frame: Frame, node: model.Const) -> Values:
    constants = frame.machine.constants
    key = (type(node.value), node.value)
    found = constants.get(key)
    if found is None:
        found = constants[key] = frame.machine.only(Constant, node.value)
    return found


def _opaque(frame: Frame, node: model.Opaque) -> Values:
    return frame.machine.only(ExternalInstance, f"<builtin>.{node.type}")


def _format(frame: Frame, node: model.Format) -> Values:
    texts: list[str] | None = [""]
    for place, part in enumerate(node.parts):
        values = evaluate(frame, part)
        show(frame, values, REPR if place in node.represented else FORMAT, node.at)
        texts = None if place in node.represented else joined_texts(texts, values)
    if texts is not None:
        return frozenset(frame.machine.make(Constant, text) for text in texts)
    return text_like(frame, _text(node.parts[:1]), _text(node.parts[-1:]))


def _text(parts: list[model.Expression]) -> str:
    return part.value if parts and isinstance(part := parts[0], model.Const) and isinstance(part.value, str) else ""


def _attribute(frame: Frame, node: model.Attribute) -> Values:
    values = evaluate(frame, node.value)
    note_none(frame, node.value, values, node.at, node.name)
    return attributes.attribute(frame, values, node.name, node.at)


def _call(frame: Frame, node: model.Call) -> Values:
    callees = evaluate(frame, node.function)
    note_none(frame, node.function, callees, node.at, "__call__")
    if not frame.machine.bounds.tasks:
        note_task(frame, callees, node)
    arguments = arguments_of(frame, node.arguments, node.keywords, node.at)
    note_argument(frame, node, callees, arguments)
    return calls.call(frame, callees, arguments, node.at, "call")


def arguments_of(
    frame: Frame,
    positional: Iterable[model.Expression],
    keywords: Iterable[tuple[str | None, model.Expression]],
    at: int,
) -> Arguments:
    """The arguments that a call's expressions pass; `*x` and `**x` are spread where their contents are known."""
    items: list[Values] = []
    rest: Values | None = None
    spread: list[Container | None] = []
    for each in positional:
        if not isinstance(each, model.Star):
            values = evaluate(frame, each)
            if rest is None:
                items.append(values)
            else:
                rest |= values
            continue
        for_star = evaluate(frame, each.value)
        spread.append(containers.told(frame, for_star, "tuple"))
        known, others = iteration.spread(frame, for_star, at)
        if rest is None:
            items.extend(known)
            rest = others
        else:
            rest = rest.union(*known, others or NOTHING)
    named, rest_keywords = _keywords(frame, keywords, spread)
    told = tuple(each for each in spread if each is not None)
    return Arguments(tuple(items), named, rest, rest_keywords, told if len(told) == len(spread) else None)


def _keywords(
    frame: Frame, keywords: Iterable[tuple[str | None, model.Expression]], spread: list[Container | None]
) -> tuple[dict[str, Values], Values | None]:
    """What stands under which names, and under names that are not known; notes the dicts that are spread."""
    named: dict[str, Values] = {}
    rest: Values | None = None
    for name, expression in keywords:
        values = evaluate(frame, expression)
        if name is not None:
            named[name] = values
            continue
        spread.append(containers.told(frame, values, "dict"))
        for value in ordered(values):
            if isinstance(value, Container) and not containers.rest(frame, value):
                for key in containers.keys(frame, value):
                    if isinstance(key, str):
                        named[key] = named.get(key, NOTHING) | containers.item(frame, value, key)
            elif isinstance(value, Container):
                rest = (rest or NOTHING) | containers.elements(frame, value)
            else:
                rest = (rest or NOTHING) | frozenset((frame.machine.unknown,))
    return named, rest


def _star(frame: Frame, node: model.Star) -> Values:
    return evaluate(frame, node.value)


def _await(frame: Frame, node: model.Await) -> Values:
    values = evaluate(frame, node.value)
    found = NOTHING
    for value, waited in special_calls(frame, values, ("__await__",), Arguments(), node.at):
        if isinstance(value, Container) and value.type in PENDING:
            found |= containers.elements(frame, value)
        else:
            found |= frozenset((value,)) if waited is None else frozenset((frame.machine.unknown,))
    return found


def _yield(frame: Frame, node: model.Yield) -> Values:
    activation = frame.activation
    values = evaluate(frame, node.value) if node.value is not None else frozenset((frame.machine.none,))
    activation.gives(node.at, values)
    if node.value is not None:
        activation.yielded |= values
    frame.publish()
    frame.half = 1
    return frame.machine.heap.read(("sent", activation), activation) | {frame.machine.unknown}


def _yield_from(frame: Frame, node: model.YieldFrom) -> Values:
    values = evaluate(frame, node.value)
    frame.activation.yielded |= iteration.iterate(frame, values, node.at)
    frame.half = 1
    returned = NOTHING
    for value in ordered(values):
        if isinstance(value, Generator):
            returned |= value.activation.result
    return returned


def _lambda(frame: Frame, node: model.Lambda) -> Values:
    return frozenset((frame.machine.define(frame, node.scope),))


def _display(frame: Frame, node: model.Display) -> Values:
    items: list[tuple[containers.Key, Values]] = []
    rest = NOTHING
    for each in node.items:
        values = evaluate(frame, each.value if isinstance(each, model.Star) else each)
        if not isinstance(each, model.Star):
            if node.type == "set":
                hashing.add(frame, values, rest, node.at)
                rest |= values
            elif rest or len(items) >= frame.machine.bounds.items:
                rest |= values
            else:
                items.append((len(items), values))
            continue
        known = iteration.known_items(frame, values)
        if known is not None and not rest:
            items.extend(enumerate(known, len(items)))
        else:
            rest |= iteration.iterate(frame, values, node.at)
    return frozenset((containers.make(frame, node.type, node.at, items, rest),))


def _dict_display(frame: Frame, node: model.DictDisplay) -> Values:
    made = containers.make(frame, "dict", node.at, ())
    is_long = len(node.items) > containers.PLAIN_ENTRIES
    for key, value in node.items:
        values = evaluate(frame, value)
        if key is not None and is_long and containers.is_plain(values):
            containers.add_data(frame, made, evaluate(frame, key), values)
            continue
        if key is not None:
            keys = evaluate(frame, key)
            hashing.seek(frame, made, keys, node.at)
            containers.set_item(frame, made, keys, values, strong=True)
            known = containers.identity(frame, *keys) if len(keys) == 1 else None
            containers.bear(frame, made, () if known is None else (containers.as_key(known),))
            continue
        merging.merge_any(frame, made, ordered(values))
        made.may_hold_more = made.may_hold_more or not all(isinstance(each, Container) for each in values)
    return frozenset((made,))


def _index(frame: Frame, node: model.Index) -> Values:
    values = evaluate(frame, node.value)
    note_none(frame, node.value, values, node.at, "__getitem__")
    if isinstance(node.key, model.Slice):
        return iteration.slice_of(frame, values, node.key, slice_bounds(frame, node.key), node.at)
    return iteration.subscript(frame, values, evaluate(frame, node.key), node.at)


def slice_bounds(frame: Frame, node: model.Slice) -> list[Values]:
    """The values of the three bounds of a slice, nothing for those left out."""
    return [evaluate(frame, each) if each is not None else NOTHING for each in (node.lower, node.upper, node.step)]


def _slice(frame: Frame, node: model.Slice) -> Values:
    slice_bounds(frame, node)
    return frame.machine.only(ExternalInstance, "<builtin>.slice")


def _operation(frame: Frame, node: model.Operation) -> Values:
    left = evaluate(frame, node.first)
    for place, (method, expression, at) in enumerate(node.rest):
        right = evaluate(frame, expression)
        if not place:
            note_left(frame, node.first, left, method, right, at)
        note_right(frame, expression, left, method, right, at)
        left = operate(frame, left, method, right, at)
    known = fold(frame, node)
    return frozenset((known,)) if known is not None else left


def _unary(frame: Frame, node: model.Unary) -> Values:
    found = NOTHING
    for value, result in special_calls(frame, evaluate(frame, node.value), (node.method,), Arguments(), node.at):
        if result is not None:
            found |= result
        elif isinstance(value, Constant) and isinstance(value.value, int) and node.method == "__neg__":
            found |= frame.machine.only(Constant, -value.value)
        else:
            found |= frozenset((frame.machine.unknown,))
    return found


def _not(frame: Frame, node: model.Not) -> Values:
    truth(frame, evaluate(frame, node.value), node.at)
    known = fold(frame, node)
    return frozenset((known,)) if known is not None else frame.machine.only(ExternalInstance, "<builtin>.bool")


def _compare(frame: Frame, node: model.Compare) -> Values:
    left = evaluate(frame, node.first)
    found = frame.machine.only(ExternalInstance, "<builtin>.bool")
    for operator, expression in node.rest:
        right = evaluate(frame, expression)
        if operator in ("in", "not in"):
            if len(node.rest) == 1:
                note_none(frame, expression, right, node.at, "__contains__")
            membership(frame, left, right, node.at)
        elif operator in COMPARISONS:
            if COMPARISONS[operator] in ROOTS and len(node.rest) == 1:
                note_left(frame, node.first, left, COMPARISONS[operator], right, node.at)
            rich_comparison(frame, left, COMPARISONS[operator], right, node.at)
        left = right
    known = fold(frame, node)
    return frozenset((known,)) if known is not None else found


def _bool_op(frame: Frame, node: model.BoolOp) -> Values:
    """Each operand runs only where the ones before it were all true (`and`) or all false (`or`)."""
    found = NOTHING
    before = frame.environment
    ends = []
    passes = node.operator == "and"
    for index, expression in enumerate(node.values):
        values = evaluate(frame, expression)
        last = index == len(node.values) - 1
        if last:
            found |= values
            break
        truth(frame, values, site_of(expression))
        found |= frozenset(value for value in values if _decides(value, passes))
        ends.append(frame.environment)
        narrowed = narrow(frame, dict(frame.environment), expression, passes)
        if narrowed is None:
            break
        frame.environment = narrowed
    frame.join([*ends, frame.environment] if ends else [before])
    return found


def _decides(value: Value, passes: bool) -> bool:
    """Whether a value may end an `and` (by being false) or an `or` (by being true)."""
    if isinstance(value, Constant):
        return bool(value.value) is not passes
    return True if not passes else not isinstance(value, (Instance,))


def _conditional(frame: Frame, node: model.Conditional) -> Values:
    found = NOTHING
    for way in ways(frame, node):
        found |= evaluate(frame, way)
    return found


def ways(frame: Frame, node: model.Conditional) -> Iterator[model.Expression]:
    """The expressions that a choice may come to, each to be evaluated while it is the one."""
    truth(frame, evaluate(frame, node.test), site_of(node.test))
    start = frame.environment
    ends = []
    for outcome, expression in ((True, node.body), (False, node.orelse)):
        narrowed = narrow(frame, dict(start), node.test, outcome)
        if narrowed is not None:
            frame.environment = narrowed
            yield expression
            ends.append(frame.environment)
    frame.join(ends or [start])


def _walrus(frame: Frame, node: model.Walrus) -> Values:
    values = evaluate(frame, node.value)
    frame.store(node.target.id, values)
    return values


EVALUATE: dict[type, Callable[[Frame, Any], Values]] = {
    model.Name: _name,
    model.Const: _const,
    model.Opaque: _opaque,
    model.Format: _format,
    model.Attribute: _attribute,
    model.Call: _call,
    model.Star: _star,
    model.Await: _await,
    model.Yield: _yield,
    model.YieldFrom: _yield_from,
    model.Lambda: _lambda,
    model.Display: _display,
    model.DictDisplay: _dict_display,
    model.Index: _index,
    model.Slice: _slice,
    model.Operation: _operation,
    model.Unary: _unary,
    model.Not: _not,
    model.Compare: _compare,
    model.BoolOp: _bool_op,
    model.Conditional: _conditional,
    model.Walrus: _walrus,
    model.Comprehension: comprehend,
}
