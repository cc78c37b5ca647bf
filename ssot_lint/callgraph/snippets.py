"""Code that a program keeps as text and gives to `eval` or `exec`, in the small language of the facts.

Only what needs no scope of its own: expressions without lambdas and comprehensions, assignments, calls, branches, loops
and imports. All of it stands at the site of the call that runs it.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import Any

from ssot_lint.facts import model
from ssot_lint.facts.model import Expression, Statement

OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "__add__", ast.Sub: "__sub__", ast.Mult: "__mul__", ast.MatMult: "__matmul__", ast.Div: "__truediv__",
    ast.FloorDiv: "__floordiv__", ast.Mod: "__mod__", ast.Pow: "__pow__", ast.LShift: "__lshift__",
    ast.RShift: "__rshift__", ast.BitAnd: "__and__", ast.BitOr: "__or__", ast.BitXor: "__xor__",
}  # fmt: skip
COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.In: "in",
    ast.NotIn: "not in", ast.Is: "is", ast.IsNot: "is not",
}  # fmt: skip


class _TooMuchError(Exception):
    """The text holds what is not read here."""


def statements(text: str, at: int) -> list[Statement] | None:
    """The statements of a text, at that site; None for what is no such code, or has more in it than is read here."""
    try:
        return _Reader(at).body(ast.parse(text.strip()).body)
    except (SyntaxError, ValueError, RecursionError, MemoryError, _TooMuchError):
        return None


class _Reader:
    """Reads a syntax tree; every node gets the one site."""

    def __init__(self, at: int) -> None:
        self._at = at

    def body(self, nodes: Iterable[ast.stmt]) -> list[Statement]:
        return [self._statement(node) for node in nodes]

    def _statement(self, node: ast.stmt) -> Statement:
        if isinstance(node, ast.Expr):
            return model.Evaluate(self._read(node.value))
        if isinstance(node, ast.Assign):
            return model.Assign([self._read(target) for target in node.targets], self._read(node.value))
        if isinstance(node, ast.If):
            return model.If(self._read(node.test), self.body(node.body), self.body(node.orelse))
        if isinstance(node, ast.For):
            target, items = self._read(node.target), self._read(node.iter)
            return model.For(target, items, self.body(node.body), self.body(node.orelse), False, self._at)
        if isinstance(node, ast.Import):
            return model.Import([(each.name, each.asname, self._at) for each in node.names])
        if isinstance(node, ast.ImportFrom):
            names = [(each.name, each.asname, self._at) for each in node.names]
            return model.ImportFrom(node.level, node.module or "", names, self._at)
        raise _TooMuchError

    def _read(self, node: ast.expr) -> Expression:
        reader: Callable[[_Reader, Any], Expression] | None = _READERS.get(type(node))
        if reader is None:
            raise _TooMuchError
        return reader(self, node)

    def _all(self, nodes: Iterable[ast.expr]) -> list[Expression]:
        return [self._read(node) for node in nodes]

    def _name(self, node: ast.Name) -> Expression:
        return model.Name(node.id, self._at)

    def _constant(self, node: ast.Constant) -> Expression:
        if node.value is None or isinstance(node.value, (bool, int, float, str)):
            return model.Const(node.value)
        return model.Opaque(type(node.value).__name__)

    def _attribute(self, node: ast.Attribute) -> Expression:
        return model.Attribute(self._read(node.value), node.attr, self._at)

    def _call(self, node: ast.Call) -> Expression:
        keywords = tuple((each.arg, self._read(each.value)) for each in node.keywords)
        return model.Call(self._read(node.func), tuple(self._all(node.args)), keywords, self._at)

    def _starred(self, node: ast.Starred) -> Expression:
        return model.Star(self._read(node.value))

    def _subscript(self, node: ast.Subscript) -> Expression:
        return model.Index(self._read(node.value), self._read(node.slice), self._at)

    def _list(self, node: ast.List) -> Expression:
        return model.Display("list", self._all(node.elts), self._at)

    def _tuple(self, node: ast.Tuple) -> Expression:
        return model.Display("tuple", self._all(node.elts), self._at)

    def _dict(self, node: ast.Dict) -> Expression:
        keys = [None if key is None else self._read(key) for key in node.keys]
        return model.DictDisplay(list(zip(keys, self._all(node.values), strict=True)), self._at)

    def _binary(self, node: ast.BinOp) -> Expression:
        rest = [(OPERATORS[type(node.op)], self._read(node.right), self._at)]
        return model.Operation(self._read(node.left), rest)

    def _boolean(self, node: ast.BoolOp) -> Expression:
        return model.BoolOp("and" if isinstance(node.op, ast.And) else "or", self._all(node.values))

    def _comparison(self, node: ast.Compare) -> Expression:
        operands = zip(node.ops, node.comparators, strict=True)
        rest = [(COMPARISONS[type(operator)], self._read(operand)) for operator, operand in operands]
        return model.Compare(self._read(node.left), rest, self._at)

    def _conditional(self, node: ast.IfExp) -> Expression:
        return model.Conditional(self._read(node.test), self._read(node.body), self._read(node.orelse))


_READERS: dict[type[ast.expr], Callable[[_Reader, Any], Expression]] = {
    ast.Name: _Reader._name,
    ast.Constant: _Reader._constant,
    ast.Attribute: _Reader._attribute,
    ast.Call: _Reader._call,
    ast.Starred: _Reader._starred,
    ast.Subscript: _Reader._subscript,
    ast.List: _Reader._list,
    ast.Tuple: _Reader._tuple,
    ast.Dict: _Reader._dict,
    ast.BinOp: _Reader._binary,
    ast.BoolOp: _Reader._boolean,
    ast.Compare: _Reader._comparison,
    ast.IfExp: _Reader._conditional,
}
