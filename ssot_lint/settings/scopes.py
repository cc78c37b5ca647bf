"""The scopes of a Python file: what their names are bound to and what is added to that, strings, loops and calls."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import TYPE_CHECKING, TypeAlias, cast

from ssot_lint.settings.elsewhere import Import
from ssot_lint.settings.syntax import additions, body, children, imports, name_of_call, parameters
from ssot_lint.settings.tables import Constant

if TYPE_CHECKING:
    import libcst as cst


Loop: TypeAlias = "tuple[cst.BaseExpression, cst.BaseExpression]"
"""The target and the iterable of a `for` statement."""
Given: TypeAlias = "Sequence[tuple[str, Constant | None]]"
"""What a call gives, in its order: under a name, or without one by position; None for what is not known."""


@dataclass(frozen=True)
class Addition:
    """Something that is added behind some keys, or is the entry itself that they name; None where it is not known."""

    keys: list[cst.BaseExpression]
    value: cst.BaseExpression | None
    is_entry: bool


@dataclass
class Scope:
    """A module, class or function; `name` is dotted inside the module.

    `known` is what names hold for the time being. `loops` are its `for` statements, and `attributes` what methods of a
    class set on its instances, with the scope in which each does.
    """

    name: str
    outer: Scope | None = None
    parameters: tuple[str, ...] = ()
    loops: list[Loop] = field(default_factory=list)
    bound: dict[str, cst.BaseExpression] = field(default_factory=dict)
    classes: dict[str, Scope] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    displays: list[cst.BaseExpression] = field(default_factory=list)
    sums: list[cst.BaseExpression] = field(default_factory=list)
    added: dict[str, list[Addition]] = field(default_factory=dict)
    returned: list[cst.BaseExpression] = field(default_factory=list)
    functions: dict[str, Scope] = field(default_factory=dict)
    known: dict[str, Constant] = field(default_factory=dict)
    attributes: dict[str, tuple[cst.BaseExpression, Scope]] = field(default_factory=dict)

    def is_given(self, name: str) -> bool:
        """Whether it, or a function around it, has a parameter of that name."""
        return name in self.parameters or (self.outer is not None and self.outer.is_given(name))


def given_by(call: cst.Call, evaluate: Callable[[cst.BaseExpression], Constant | None]) -> Given:
    """What a call gives."""
    return [
        (each.keyword.value if each.keyword is not None else "", None if each.star else evaluate(each.value))
        for each in call.args
    ]


def bound(function: Scope, given: Given) -> dict[str, Constant]:
    """What the parameters of a function hold that is given something."""
    names = function.parameters
    own = chain(names[1:] if names[:1] in {("self",), ("cls",)} else names, repeat(""))
    pairs = ((name or next_, value) for (name, value), next_ in zip(given, own, strict=False))
    return {name: value for name, value in pairs if name and value is not None}


class Scopes:
    """The scopes of a module, in source order.

    `symbols` are all bindings with their dotted names, and `calls` those of each function's last name, both with the
    scope in which they stand. `imports` are what its import statements bind, wherever they stand.
    """

    def __init__(self, module: cst.Module) -> None:
        self.module = Scope("")
        self.all = [self.module]
        self.symbols: list[tuple[str, cst.BaseExpression, Scope]] = []
        self.calls: defaultdict[str, list[tuple[cst.Call, Scope]]] = defaultdict(list)
        self.imports: dict[str, Import] = {}
        self._collect(module.body, self.module)

    def lookup(self, node: cst.Name | cst.Attribute, scope: Scope) -> tuple[cst.BaseExpression, Scope] | None:
        """What a name, or an attribute of a class, is bound to, and in which scope."""
        import libcst as cst

        if not isinstance(node, cst.Name):
            owner = getattr(node.value, "value", None)
            holder = self.class_around(scope) if owner in {"self", "cls"} else self.module.classes.get(str(owner))
            found = holder.bound.get(node.attr.value) if holder else None
            if holder is None or found is None:
                return holder.attributes.get(node.attr.value) if holder is not None else None
            return found, holder
        current: Scope | None = scope
        while current is not None:
            if node.value in current.bound:
                return current.bound[node.value], current
            current = current.outer
        return None

    def function(self, call: cst.Call, scope: Scope) -> Scope | None:
        """The function of the module, or the method of a class of it, that a call names; None where there is none."""
        import libcst as cst

        if isinstance(call.func, cst.Name):
            return self.module.functions.get(call.func.value)
        if not isinstance(call.func, cst.Attribute):
            return None
        owner = getattr(call.func.value, "value", None)
        holder = self.class_around(scope) if owner in {"self", "cls"} else self.module.classes.get(str(owner))
        return holder.functions.get(call.func.attr.value) if holder is not None else None

    def _add(
        self, target: cst.BaseExpression, added: cst.BaseExpression | None, scope: Scope, *, is_entry: bool
    ) -> None:
        """Notes that something is added to what a name, or an attribute of a class, holds behind some keys."""
        import libcst as cst

        keys: list[cst.BaseExpression] = []
        while isinstance(target, cst.Subscript):
            index = target.slice[0].slice
            keys.insert(0, index.value if isinstance(index, cst.Index) else target)
            target = target.value
        holder: Scope | None = scope
        if isinstance(target, cst.Name):
            while holder is not None and target.value not in holder.bound:
                holder = holder.outer
            (holder or scope).added.setdefault(target.value, []).append(Addition(keys, added, is_entry))
        elif isinstance(target, cst.Attribute):
            owner = getattr(target.value, "value", None)
            holder = self.class_around(scope) if owner in {"self", "cls"} else self.module.classes.get(str(owner))
            if holder is not None:
                holder.added.setdefault(target.attr.value, []).append(Addition(keys, added, is_entry))

    def class_around(self, scope: Scope) -> Scope | None:
        """The class of the module in which a scope stands."""
        return next((each for each in self.module.classes.values() if scope.name.startswith(f"{each.name}.")), None)

    def _collect(self, block: cst.BaseSuite | Sequence[cst.BaseStatement], scope: Scope) -> None:
        """The bindings of a scope and of those inside it; the stack is our own, so nesting can't end the process."""
        import libcst as cst

        # To look a type up is quicker than to ask `isinstance` of abstract classes: a mapping may be large.
        scopes = {cst.ClassDef, cst.FunctionDef}
        leaves = {cst.Name, cst.Integer, cst.Float}
        binding = {cst.Return, cst.Assign, cst.AnnAssign, cst.AugAssign, cst.Call}
        importing = {cst.Import, cst.ImportFrom}
        displays = {cst.List, cst.Tuple, cst.SimpleString, cst.FormattedString, cst.ConcatenatedString}
        stack: list[tuple[cst.CSTNode, Scope]] = [(node, scope) for node in reversed(body(block))]
        while stack:
            node, inside = stack.pop()
            kind = type(node)
            if kind in leaves:
                continue
            if kind in scopes and isinstance(node, cst.ClassDef | cst.FunctionDef):
                inner = Scope(f"{inside.name}.{node.name.value}".lstrip("."), inside, parameters(node))
                self.all.append(inner)
                if isinstance(node, cst.ClassDef):
                    inside.classes[node.name.value] = inner
                else:
                    inside.functions[node.name.value] = inner
                stack += [(child, inner) for child in reversed(body(node.body))]
                continue
            if kind in importing and isinstance(node, cst.Import | cst.ImportFrom):
                self.imports.update(imports(node))
                continue
            if kind in binding:
                self._bind(node, inside)
            if kind is cst.For:
                loop = cast("cst.For", node)
                inside.loops.append((loop.target, loop.iter))
            elif kind is cst.Call:
                call = cast("cst.Call", node)
                self.calls[name_of_call(call)].append((call, inside))
            elif kind is cst.BinaryOperation:
                inside.sums.append(cast("cst.BaseExpression", node))
            if kind in displays:
                inside.displays.append(cast("cst.BaseExpression", node))
                continue
            stack += [(child, inside) for child in reversed(children(node))]

    def _bind(self, node: cst.CSTNode, scope: Scope) -> None:
        import libcst as cst

        if isinstance(node, cst.Return) and node.value is not None and scope.name:
            self.symbols.append((scope.name, node.value, scope))
            scope.returned.append(node.value)
        for target, added in additions(node):
            self._add(target, added, scope, is_entry=isinstance(node, cst.Assign))
        if isinstance(node, cst.AnnAssign) and isinstance(node.target, cst.Name):
            scope.fields.append(node.target.value)
        targets: list[cst.BaseExpression] = []
        if isinstance(node, cst.Assign):
            targets = [target.target for target in node.targets]
        elif isinstance(node, cst.AnnAssign) and node.value is not None:
            targets = [node.target]
        for target in targets:
            value = node.value if isinstance(node, cst.Assign | cst.AnnAssign) else None
            name = target.value if isinstance(target, cst.Name) else ""
            if isinstance(target, cst.Attribute) and getattr(target.value, "value", "") in {"self", "cls"}:
                name = target.attr.value
            if name and value is not None:
                holder = self.class_around(scope) if isinstance(target, cst.Attribute) else None
                if holder is not None:
                    holder.attributes[name] = value, scope
                else:
                    scope.bound[name] = value
                self.symbols.append((f"{scope.name}.{name}".lstrip("."), value, scope))
