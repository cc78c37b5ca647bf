"""Lowering of names, numbers, operators and displays."""

from __future__ import annotations

from typing import Literal, cast

import libcst as cst

from ssot_lint.facts.lowering import Lowerings, bound_names, lower, lower_bound, lower_target, text_of
from ssot_lint.facts.model import (
    Await,
    BoolOp,
    Compare,
    Conditional,
    Const,
    DictDisplay,
    Display,
    Expression,
    Name,
    Not,
    Opaque,
    Operation,
    Star,
    Unary,
    Walrus,
    Yield,
    YieldFrom,
)
from ssot_lint.facts.scopes import Walk
from ssot_lint.facts.strings import looks_secret

OPERATORS: dict[type[cst.CSTNode], str] = {
    cst.Add: "__add__", cst.Subtract: "__sub__", cst.Multiply: "__mul__", cst.MatrixMultiply: "__matmul__",
    cst.Divide: "__truediv__", cst.FloorDivide: "__floordiv__", cst.Modulo: "__mod__", cst.Power: "__pow__",
    cst.LeftShift: "__lshift__", cst.RightShift: "__rshift__", cst.BitAnd: "__and__", cst.BitOr: "__or__",
    cst.BitXor: "__xor__", cst.Plus: "__pos__", cst.Minus: "__neg__", cst.BitInvert: "__invert__",
}  # fmt: skip
_COMPARISONS: dict[type[cst.CSTNode], str] = {
    cst.Equal: "==", cst.NotEqual: "!=", cst.LessThan: "<", cst.LessThanEqual: "<=", cst.GreaterThan: ">",
    cst.GreaterThanEqual: ">=", cst.In: "in", cst.NotIn: "not in", cst.Is: "is", cst.IsNot: "is not",
}  # fmt: skip
_SINGLETONS: dict[str, Const] = {"None": Const(None), "True": Const(True), "False": Const(False)}
_DISPLAYS: dict[type[cst.CSTNode], Literal["tuple", "list", "set"]] = {
    cst.Tuple: "tuple",
    cst.List: "list",
    cst.Set: "set",
}
_LARGEST_INT = 2**63 - 1


def _name(walk: Walk, node: cst.Name) -> Expression:
    value = node.value
    if value in _SINGLETONS:
        return _SINGLETONS[value]
    walk.used.add(value)
    return Name(value, walk.site(node))


def _integer(_walk: Walk, node: cst.Integer) -> Expression:
    # msgpack holds 64 bits, and int() refuses very long texts.
    value = int(node.value, 0) if len(node.value) < 24 else _LARGEST_INT + 1
    return Const(value) if value <= _LARGEST_INT else Opaque("int")


def _binary(walk: Walk, node: cst.BinaryOperation) -> Expression:
    spine: list[tuple[cst.BinaryOperation, int]] = []
    left: cst.CSTNode = node
    while isinstance(left, cst.BinaryOperation):
        spine.append((left, walk.site(left)))
        left = left.left
    first = lower(walk, left)
    rest = [(OPERATORS[type(link.operator)], lower(walk, link.right), at) for link, at in reversed(spine)]
    return Operation(first, rest)


def _boolean(walk: Walk, node: cst.BooleanOperation) -> Expression:
    operator = type(node.operator)
    operands: list[cst.CSTNode] = []
    left: cst.CSTNode = node
    while isinstance(left, cst.BooleanOperation) and type(left.operator) is operator:
        operands.append(left.right)
        left = left.left
    values = [lower(walk, left)]
    values.extend(lower(walk, operand) for operand in reversed(operands))
    return BoolOp("and" if operator is cst.And else "or", values)


def _unary(walk: Walk, node: cst.UnaryOperation) -> Expression:
    at = walk.site(node)
    value = lower(walk, node.expression)
    operator = type(node.operator)
    return Not(value, at) if operator is cst.Not else Unary(OPERATORS[operator], value, at)


def _comparison(walk: Walk, node: cst.Comparison) -> Expression:
    """A comparison; a text that is compared with a secret is one."""
    at = walk.site(node)
    names = [*bound_names(node.left), *(name for item in node.comparisons for name in bound_names(item.comparator))]
    first = lower_bound(walk, node.left, *names)
    rest = [
        (_COMPARISONS[type(item.operator)], lower_bound(walk, item.comparator, *names)) for item in node.comparisons
    ]
    return Compare(first, rest, at)


def _conditional(walk: Walk, node: cst.IfExp) -> Expression:
    body = lower(walk, node.body)
    test = lower(walk, node.test)
    return Conditional(test, body, lower(walk, node.orelse))


def _walrus(walk: Walk, node: cst.NamedExpr) -> Expression:
    target = cast("Name", lower_target(walk, node.target))
    return Walrus(target, lower_bound(walk, node.value, target.id))


def _await(walk: Walk, node: cst.Await) -> Expression:
    at = walk.site(node)
    walk.needs_async("`await`", node)
    return Await(lower(walk, node.expression), at)


def _yield(walk: Walk, node: cst.Yield) -> Expression:
    at = walk.site(node)
    walk.needs_function("`yield`", node)
    walk.scope.is_generator = True
    if isinstance(node.value, cst.From):
        return YieldFrom(lower(walk, node.value.item), at)
    return Yield(None if node.value is None else lower(walk, node.value), at)


def _display(walk: Walk, node: cst.Tuple | cst.List | cst.Set) -> Expression:
    """A display. Of a pair with a key that looks secret, the second is: `("password", "…")`."""
    at = walk.site(node)
    secret = walk.secret
    items: list[Expression] = []
    for element in node.elements:
        value = lower(walk, element.value)
        items.append(Star(value) if type(element) is cst.StarredElement else value)
        walk.secret = secret or (len(node.elements) == 2 and looks_secret(text_of(value)))
    walk.secret = secret
    return Display(_DISPLAYS[type(node)], items, at)


def _dict(walk: Walk, node: cst.Dict) -> Expression:
    at = walk.site(node)
    items: list[tuple[Expression | None, Expression]] = []
    secret = walk.secret
    for element in node.elements:
        if isinstance(element, cst.DictElement):
            walk.secret = False
            key = lower(walk, element.key)
            walk.secret = secret
            items.append((key, lower_bound(walk, element.value, text_of(key))))
        else:
            items.append((None, lower(walk, element.value)))
    return DictDisplay(items, at)


EXPRESSIONS: Lowerings = {
    cst.Name: _name,
    cst.Integer: _integer,
    cst.Float: lambda _walk, node: Const(float(node.value)),
    cst.Imaginary: lambda _walk, _node: Opaque("complex"),
    cst.Ellipsis: lambda _walk, _node: Opaque("ellipsis"),
    cst.BinaryOperation: _binary,
    cst.BooleanOperation: _boolean,
    cst.UnaryOperation: _unary,
    cst.Comparison: _comparison,
    cst.IfExp: _conditional,
    cst.NamedExpr: _walrus,
    cst.Await: _await,
    cst.Yield: _yield,
    cst.Tuple: _display,
    cst.List: _display,
    cst.Set: _display,
    cst.Dict: _dict,
    cst.StarredElement: lambda walk, node: Star(lower(walk, node.value)),
}
