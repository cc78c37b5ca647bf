"""Annotations: the values that an object of an annotated type may be, used where nothing better is known.

Sources: PEP 484, 526, 563, 585, 593, 604; the typing documentation.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ssot_lint.callgraph import containers
from ssot_lint.callgraph.activation import Activation
from ssot_lint.callgraph.attributes import attribute
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import GLOBAL, Code
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import (
    NOTHING,
    Class,
    Container,
    External,
    ExternalInstance,
    Instance,
    Values,
    ordered,
)
from ssot_lint.facts import model

TRANSPARENT = frozenset((
    "Annotated", "ClassVar", "Final", "InitVar", "Required", "NotRequired", "ReadOnly", "Awaitable", "Mapped",
))  # fmt: skip
LAST_ARGUMENT = frozenset(("Coroutine",))
SEQUENCES = frozenset((
    "list", "List", "set", "Set", "frozenset", "FrozenSet", "Sequence", "MutableSequence", "Iterable", "Iterator",
    "Collection", "AbstractSet", "deque", "Deque", "AsyncIterator", "AsyncIterable", "Generator", "AsyncGenerator",
))  # fmt: skip
MAPPINGS = frozenset(("dict", "Dict", "Mapping", "MutableMapping", "defaultdict", "DefaultDict", "OrderedDict"))
UNIONS = frozenset(("Union", "Optional"))
# Builtin types that no class of a project is likely to derive from or to stand in for.
ANY = frozenset(("typing.Any", "typing_extensions.Any", "<builtin>.object"))
SCALARS = frozenset(f"<builtin>.{name}" for name in ("str", "int", "float", "bool", "bytes", "complex"))


class Annotations:
    """Reads annotations in the scope of one definition."""

    def __init__(self, frame: Frame, code: Code, activation: Activation, self_class: ClassInfo | None = None) -> None:
        self._frame = frame
        self._machine = frame.machine
        self._code = code
        self._activation = activation
        self._self_class = self_class

    def instances(self, expression: model.Expression) -> Values:
        """What an object of the annotated type may be; nothing where the annotation tells nothing."""
        if isinstance(expression, model.Const):
            return self._constant(expression)
        if isinstance(expression, (model.Name, model.Attribute)):
            return self._plain(expression)
        if isinstance(expression, model.Index):
            return self._generic(expression)
        if isinstance(expression, model.Operation):
            parts = [expression.first, *(operand for method, operand, _ in expression.rest if method == "__or__")]
            return NOTHING.union(*(self.instances(part) for part in parts))
        return NOTHING

    def refused(self, expression: model.Expression, values: Values) -> Values:
        """Those of the values that this annotation does not allow, of instances that are guessed or told apart no more.

        An instance of which it is known where it was made is no guess: there the annotation is wrong.
        """
        guessed = [value for value in values if isinstance(value, Instance) and value.key is None]
        if not guessed:
            return NOTHING
        allowed = self._allowed(expression)
        if allowed is None:
            return NOTHING
        return frozenset(
            value
            for value in guessed
            if not any(value.info.derives_from(each) or each.derives_from(value.info) for each in allowed)
        )

    def _allowed(self, expression: model.Expression) -> list[ClassInfo] | None:
        """The classes of the project that a type allows; None where it may allow what can't be told by a class."""
        if isinstance(expression, model.Const):
            parsed = parse(expression.value) if isinstance(expression.value, str) else None
            return [] if expression.value is None else self._allowed(parsed) if parsed is not None else None
        if isinstance(expression, model.Operation):
            return self._allowed_by_any([expression.first, *(operand for _, operand, _ in expression.rest)])
        if isinstance(expression, model.Index):
            named = {
                value.path.rpartition(".")[2] for value in self.classes(expression.value) if isinstance(value, External)
            }
            key = expression.key
            arguments = key.items if isinstance(key, model.Display) else [key]
            return self._allowed_by_any(arguments) if named and named <= UNIONS else None
        allowed: list[ClassInfo] = []
        named_classes = self.classes(expression)
        for value in named_classes:
            if isinstance(value, Class) and "typing.Protocol" not in value.info.outside:
                allowed.append(value.info)
            elif not (isinstance(value, External) and value.path in SCALARS):
                return None
        return allowed if named_classes else None

    def _allowed_by_any(self, expressions: Sequence[model.Expression]) -> list[ClassInfo] | None:
        parts = [self._allowed(each) for each in expressions]
        return None if None in parts else [info for part in parts for info in part or ()]

    def classes(self, expression: model.Expression) -> Values:
        """The classes that a type expression names."""
        if isinstance(expression, model.Const) and isinstance(expression.value, str):
            parsed = parse(expression.value)
            return self.classes(parsed) if parsed is not None else NOTHING
        if isinstance(expression, model.Name):
            return self._resolve(expression.id)
        if isinstance(expression, model.Attribute):
            return attribute(self._frame, self.classes(expression.value), expression.name, expression.at)
        if isinstance(expression, model.Index):
            return self.classes(expression.value)
        if isinstance(expression, model.Operation):
            parts = [expression.first, *(operand for _, operand, _ in expression.rest)]
            return NOTHING.union(*(self.classes(part) for part in parts))
        return NOTHING

    def _resolve(self, name: str) -> Values:
        if self._self_class is not None and name in self._self_class.names:
            own = self._machine.heap.read(("class", self._self_class, name), self._frame.activation)
            if any(isinstance(value, Class) for value in own):
                return own
        owner = self._code.owner_of(name)
        heap = self._machine.heap
        if owner != GLOBAL:
            holder = self._activation if self._activation.code.index == owner else self._activation.frame_of(owner)
            return heap.read(("local", holder, name), self._frame.activation)
        values = heap.read(("global", self._code.module.name, name), self._frame.activation)
        if not values:
            values = self._machine.imports.typing_only(self._code.module.name, name, self._frame.activation)
        return self._machine.global_values(self._frame, name, values, self._code.module.name)

    def _constant(self, expression: model.Const) -> Values:
        if isinstance(expression.value, str):
            parsed = parse(expression.value)
            return self.instances(parsed) if parsed is not None else NOTHING
        return NOTHING

    def _plain(self, expression: model.Name | model.Attribute) -> Values:
        found = NOTHING
        for value in ordered(self.classes(expression)):
            if isinstance(value, Class):
                found |= self._machine.only(Instance, value.info, None, True)
            elif isinstance(value, External):
                found |= self._external(value.path)
        return found

    def _external(self, path: str) -> Values:
        name = path.rpartition(".")[2]
        if name == "Self" and self._self_class is not None:
            return self._machine.only(Instance, self._self_class, None, True)
        if (
            path.startswith(("typing.", "typing_extensions.", "types.", "collections.abc."))
            or path == "<builtin>.object"
        ):
            return NOTHING
        if path.startswith("<builtin>.") and name in ("list", "dict", "set", "tuple", "type"):
            return NOTHING
        return self._machine.only(ExternalInstance, self._machine.models.canonical(path))

    def _generic(self, expression: model.Index) -> Values:
        key = expression.key
        arguments = key.items if isinstance(key, model.Display) and key.items else [key]  # not of `tuple[()]`
        names = {
            value.path.rpartition(".")[2] for value in self.classes(expression.value) if isinstance(value, External)
        }
        if names & TRANSPARENT:
            return self.instances(arguments[0])
        if names & UNIONS:
            if any(map(self._is_any, arguments)):
                return NOTHING
            return NOTHING.union(*(self.instances(each) for each in arguments))
        if names & LAST_ARGUMENT:
            return self.instances(arguments[-1])
        if names & {"type", "Type"}:
            return self._types(arguments[0])
        if names & SEQUENCES:
            return self._container("list", self.instances(arguments[0]))
        if names & MAPPINGS and len(arguments) == 2:
            return self._container("dict", self.instances(arguments[1]))
        if names & {"tuple", "Tuple"}:
            return self._container("tuple", NOTHING.union(*(self.instances(each) for each in arguments)))
        return self._plain(expression.value) if isinstance(expression.value, (model.Name, model.Attribute)) else NOTHING

    def _is_any(self, expression: model.Expression) -> bool:
        """Whether a type is `Any`, with which a union says nothing."""
        if not isinstance(expression, (model.Name, model.Attribute)):
            return False
        return any(isinstance(each, External) and each.path in ANY for each in self.classes(expression))

    def _types(self, expression: model.Expression) -> Values:
        found = NOTHING
        for value in ordered(self.classes(expression)):
            if isinstance(value, Class):
                value.info.watchers[self._frame.activation] = None
                below = list(value.info.all_subclasses())[: self._machine.bounds.subclasses]
                open_class = self._machine.make(Class, value.info, True)
                found |= frozenset((open_class, *(self._machine.make(Class, info) for info in below)))
        return found

    def _container(self, type: str, items: Values) -> Values:
        if not items:
            return NOTHING
        made = self._machine.make(Container, type, ("annotated", items))
        containers.put(self._frame, made, items)
        return frozenset((made,))


def parse(text: str) -> model.Expression | None:
    """A string annotation as an expression without sites; None where it is none."""
    try:
        return _lower(ast.parse(text.strip(), mode="eval").body)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _lower(node: ast.expr) -> model.Expression | None:
    if isinstance(node, ast.Name):
        return model.Name(node.id, -1)
    if isinstance(node, ast.Constant) and (node.value is None or isinstance(node.value, str)):
        return model.Const(node.value)
    if isinstance(node, ast.Attribute):
        value = _lower(node.value)
        return model.Attribute(value, node.attr, -1) if value is not None else None
    if isinstance(node, ast.Subscript):
        value, key = _lower(node.value), _lower(node.slice)
        return model.Index(value, key, -1) if value is not None and key is not None else None
    if isinstance(node, (ast.Tuple, ast.List)):
        return model.Display("tuple", [part for each in node.elts if (part := _lower(each)) is not None], -1)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        left, right = _lower(node.left), _lower(node.right)
        return model.Operation(left, [("__or__", right, -1)]) if left is not None and right is not None else None
    return None
