"""Expressions over constants, worked out: `ROWS + 1`, `len(handlers) - 1`, `mode == "fast"`.

Nothing is worked out of what may be another value another time: in loops, and of variables that others rebind.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, Union

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.frame import Environment, Frame
from ssot_lint.callgraph.values import NOTHING, Constant, Container, External, Function, Values
from ssot_lint.facts import model
from ssot_lint.facts.model import Expression

Plain = Union[bool, int, float, str, None]

LARGEST = 1 << 31
NUMBERS: dict[str, Callable[[Any, Any], Any]] = {
    "__add__": operator.add, "__sub__": operator.sub, "__mul__": operator.mul, "__floordiv__": operator.floordiv,
    "__mod__": operator.mod, "__truediv__": operator.truediv, "__and__": operator.and_, "__or__": operator.or_,
}  # fmt: skip
COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_ASKING_FOR_COROUTINES = frozenset(("inspect.iscoroutinefunction", "asyncio.iscoroutinefunction"))
# What `sys.version_info` is compared with where the answer is the same for every Python 3 that is still in use.
OLD_VERSION = (3, 8)


def fold(frame: Frame, expression: Expression, environment: Environment | None = None) -> Constant | None:
    """The one constant that the expression is here; None where it is not known, or may be several."""
    if isinstance(expression, (model.Name, model.Const)):
        return None  # these are what they are
    found = _Folder(frame, frame.environment if environment is None else environment).value(expression)
    return None if found is _UNKNOWN else frame.machine.make(Constant, found)


class _Unknown:
    pass


_UNKNOWN = _Unknown()


class _Folder:
    def __init__(self, frame: Frame, environment: Environment) -> None:
        self._frame = frame
        self._environment = environment

    def value(self, expression: Expression) -> Any:  # noqa: ANN401 - a constant, or `_UNKNOWN`
        """The constant, `_UNKNOWN` where there is none."""
        reader = _READERS.get(type(expression))
        return reader(self, expression) if reader is not None else _UNKNOWN

    def _const(self, node: model.Const) -> Plain:
        return node.value

    def _name(self, node: model.Name) -> Any:  # noqa: ANN401
        only = self._only(node.id)
        return only.value if isinstance(only, Constant) else _UNKNOWN

    def _only(self, name: str) -> object:
        """The one value of a variable of this scope, which nothing else rebinds."""
        frame = self._frame
        if not frame.is_exact(name) or frame.around is not None:
            return None
        values: Values = self._environment.get(name, NOTHING)
        if frame.is_shared(name):
            values |= frame.machine.heap.read_foreign(frame.key_of(name), frame.activation)
        return next(iter(values)) if len(values) == 1 else None

    def _operation(self, node: model.Operation) -> Any:  # noqa: ANN401
        if self._frame.loop_exits:
            return _UNKNOWN
        left = self.value(node.first)
        for method, expression, _ in node.rest:
            right = self.value(expression)
            if not (_is_number(left) and _is_number(right)) or method not in NUMBERS:
                return _UNKNOWN
            try:
                left = NUMBERS[method](left, right)
            except (ArithmeticError, TypeError):
                return _UNKNOWN
            if not isinstance(left, (int, float)) or abs(left) > LARGEST:
                return _UNKNOWN
        return left

    def _unary(self, node: model.Unary) -> Any:  # noqa: ANN401
        value = self.value(node.value)
        return -value if node.method == "__neg__" and _is_number(value) else _UNKNOWN

    def _not(self, node: model.Not) -> Any:  # noqa: ANN401
        value = self.value(node.value)
        return _UNKNOWN if value is _UNKNOWN else not value

    def _comparison(self, node: model.Compare) -> Any:  # noqa: ANN401
        compared, right = node.rest[0]
        if len(node.rest) != 1:
            return _UNKNOWN
        if (version := self._version(node.first, compared, right)) is not None:
            return version
        if compared in ("in", "not in"):
            return self._membership(node.first, compared, right)
        left, other = self.value(node.first), self.value(right)
        if left is _UNKNOWN or other is _UNKNOWN or compared not in COMPARISONS:
            return _UNKNOWN
        try:
            return COMPARISONS[compared](left, other)
        except TypeError:
            return _UNKNOWN

    def _membership(self, left: Expression, compared: str, right: Expression) -> Any:  # noqa: ANN401
        """`name in options`, where that is the `**options` of the function, and nobody has put the name there."""
        wanted = self.value(left)
        only = self._only(right.id) if isinstance(right, model.Name) else None
        if (
            wanted is _UNKNOWN
            or not isinstance(only, Container)
            or not containers.is_packed(only)
            or only.may_hold_more
        ):
            return _UNKNOWN
        frame = self._frame
        is_there = containers.rest(frame, only) or wanted in containers.keys(frame, only)
        return _UNKNOWN if is_there else compared == "not in"

    def _version(self, left: Expression, compared: str, right: Expression) -> bool | None:
        """`sys.version_info[:2] >= (3, 6)`, `sys.version_info[0] == 2`: the same for every Python 3 of today."""
        is_major = isinstance(left, model.Index) and isinstance(left.key, model.Const) and left.key.value == 0
        place = left.value if isinstance(left, model.Index) and (is_major or _is_of_two(left.key)) else left
        if isinstance(place, model.Attribute) and place.name == "major":
            place, is_major = place.value, True
        if compared not in COMPARISONS or not self._is_version(place):
            return None
        if is_major and isinstance(right, model.Const) and isinstance(right.value, int):
            return COMPARISONS[compared](3, right.value)
        parts = [self.value(each) for each in right.items] if isinstance(right, model.Display) else []
        if parts and all(type(each) is int for each in parts) and tuple(parts) < OLD_VERSION:
            return COMPARISONS[compared](OLD_VERSION, tuple(parts))
        return None

    def _is_version(self, node: Expression) -> bool:
        """Whether it is `sys.version_info`, by whatever name."""
        path = "sys.version_info"
        if isinstance(node, model.Attribute) and node.name == "version_info":
            node, path = node.value, "sys"
        only = self._only(node.id) if isinstance(node, model.Name) else None
        return isinstance(only, External) and only.path == path

    def _call(self, node: model.Call) -> Any:  # noqa: ANN401
        """`len(xs)` of a list whose items are all known, `iscoroutinefunction(function)`."""
        if len(node.arguments) != 1 or node.keywords:
            return _UNKNOWN
        frame, argument = self._frame, node.arguments[0]
        if last_name(node.function) == "iscoroutinefunction":
            only = self._only(argument.id) if isinstance(argument, model.Name) else None
            asks = frame.machine.evaluate(frame, node.function) if isinstance(only, Function) else NOTHING
            is_known = asks and all(isinstance(each, External) and each.path in _ASKING_FOR_COROUTINES for each in asks)
            scope = only.code.scope if isinstance(only, Function) and is_known else None
            return _UNKNOWN if scope is None else scope.is_async and not scope.is_generator
        if not (isinstance(node.function, model.Name) and node.function.id == "len"):
            return _UNKNOWN
        if frame.loop_exits or frame.load("len") != frame.machine.only(External, "<builtin>.len"):
            return _UNKNOWN
        only = self._only(argument.id) if isinstance(argument, model.Name) else None
        items = containers.exact(frame, only) if isinstance(only, Container) else None
        return len(items) if items is not None and isinstance(only, Container) and only.type != "dict" else _UNKNOWN

    def _attribute(self, node: model.Attribute) -> Any:  # noqa: ANN401
        """`function.__name__`."""
        only = self._only(node.value.id) if isinstance(node.value, model.Name) and node.name == "__name__" else None
        return only.code.scope.name if isinstance(only, Function) else _UNKNOWN


def last_name(expression: Expression) -> str:
    """The name that an expression ends with: `c` of `a.b.c`, empty for what is no name."""
    if isinstance(expression, model.Attribute):
        return expression.name
    return expression.id if isinstance(expression, model.Name) else ""


def _is_of_two(key: Expression) -> bool:
    """Whether a slice takes the first two parts."""
    return isinstance(key, model.Slice) and (key.lower, key.upper, key.step) == (None, model.Const(2), None)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_READERS: dict[type[Expression], Callable[[_Folder, Any], Any]] = {
    model.Const: _Folder._const,
    model.Name: _Folder._name,
    model.Operation: _Folder._operation,
    model.Unary: _Folder._unary,
    model.Not: _Folder._not,
    model.Compare: _Folder._comparison,
    model.Call: _Folder._call,
    model.Attribute: _Folder._attribute,
}
