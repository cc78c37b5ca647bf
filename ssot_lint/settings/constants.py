"""The constants of a Python file, read from its concrete syntax tree; nothing is executed.

Literals, names, attributes of classes, f-strings, `+`, `%`, `|`, `**`, `*` and calls that only carry constants are put
together; what is not known is `*` inside a text, and is left out elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from ssot_lint.facts.deep import run_deep
from ssot_lint.settings.document import UnreadableError
from ssot_lint.settings.model import UNKNOWN
from ssot_lint.settings.syntax import additions, body, children, sides, value_of
from ssot_lint.settings.tables import Constant, Growing, Items, Table, Text, overlaid

if TYPE_CHECKING:
    import libcst as cst

PART = "/"
"""Stands between a symbol's name and the number of its part."""
_MAX_DEPTH = 40
_MOST_STEPS = 500_000
_VIEWS = frozenset({"items", "keys", "values"})
_KEEPING = frozenset({"frozenset", "set", "list", "tuple", "sorted", "dict", "MappingProxyType", "copy", "OrderedDict"})
# The fields of dataclasses, attrs and pydantic.
_DEFAULTING = frozenset({"field", "Field", "attrib", "ib"})
_DEFAULTS = frozenset({"default", "default_factory", "factory"})


@dataclass(frozen=True)
class Symbol:
    """A name bound to a constant: `name` is dotted inside the module (`Class.NAME`, `function.name`).

    What a function returns has the function's own name. `part` counts what has the same name before it: a function may
    return one table for each environment.
    """

    name: str
    constant: Constant
    part: int = 0

    @property
    def group(self) -> str:
        """What tells the settings of this constant from those of others of its name."""
        return f"{self.name}{PART}{self.part}" if self.part else self.name


@dataclass(frozen=True)
class _Addition:
    """Something that is added behind some keys, or is the entry itself that they name; None where it is not known."""

    keys: list[cst.BaseExpression]
    value: cst.BaseExpression | None
    is_entry: bool


@dataclass
class _Scope:
    name: str
    outer: _Scope | None = None
    bound: dict[str, cst.BaseExpression] = field(default_factory=dict)
    classes: dict[str, _Scope] = field(default_factory=dict)
    fields: list[str] = field(default_factory=list)
    displays: list[cst.BaseExpression] = field(default_factory=list)
    added: dict[str, list[_Addition]] = field(default_factory=dict)
    returned: list[cst.BaseExpression] = field(default_factory=list)
    functions: dict[str, _Scope] = field(default_factory=dict)
    known: dict[str, Constant] = field(default_factory=dict)


class PythonFile:
    """A parsed file; raises `UnreadableError` where it can't be parsed."""

    def __init__(self, text: str) -> None:
        from ssot_lint.facts.model import Unreadable
        from ssot_lint.facts.parser import parse
        from ssot_lint.facts.positions import lines

        module = parse(text.encode("utf-8", "surrogatepass"))
        if isinstance(module, Unreadable):
            raise UnreadableError(module.message, module.line)
        self._lines = run_deep(lambda: lines(module))
        self._symbols: list[tuple[str, cst.BaseExpression, _Scope]] = []
        self._module = _Scope("")
        self._steps = _MOST_STEPS  # lists of each other would take all time there is
        self._scopes = [self._module]
        self._collect(module.body, self._module)

    def symbols(self) -> Iterator[Symbol]:
        """Every name that is bound to a list, a dict, or something that holds them, in source order."""
        seen: Counter[str] = Counter()
        for name, value, scope in self._symbols:
            constant = self.evaluate(value, scope)
            if constant is not None:
                constant = self._with_added(constant, name.rpartition(".")[2], scope, 0)
            if isinstance(constant, Items | Table):
                yield Symbol(name, constant, seen[name])
                seen[name] += 1

    def argument_lists(self) -> Iterator[tuple[str, list[Text]]]:
        """(function, strings) of every list or tuple display that holds strings, and of every long string."""
        for scope in self._scopes:
            for display in scope.displays:
                constant = self.evaluate(display, scope)
                if isinstance(constant, Items):
                    yield scope.name, [item for item in constant.items if isinstance(item, Text)]
                elif isinstance(constant, Text):
                    yield scope.name, [constant]

    def evaluate(self, node: cst.BaseExpression, scope: _Scope, depth: int = 0) -> Constant | None:
        """What an expression is, or None where that is not known."""
        import libcst as cst

        self._steps -= 1
        if depth > _MAX_DEPTH or self._steps < 0:
            return None
        line = self._lines[node]
        if isinstance(node, cst.SimpleString | cst.ConcatenatedString | cst.FormattedString | cst.BinaryOperation):
            return self._composed(node, scope, depth, line)
        if isinstance(node, cst.List | cst.Tuple | cst.Set):
            return Items(tuple(self._items(node.elements, scope, depth)), line)
        if isinstance(node, cst.Dict):
            return self._table(node, scope, depth, line)
        if isinstance(node, cst.Integer | cst.Float):
            return Text(node.value, line)
        if isinstance(node, cst.Call):
            return self._call(node, scope, depth, line)
        if isinstance(node, cst.Lambda) and not node.params.params:
            return self.evaluate(node.body, scope, depth + 1)
        if isinstance(node, cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp):
            return self._comprehended(node, scope, depth, line)
        if isinstance(node, cst.Name | cst.Attribute):
            if isinstance(node, cst.Name) and node.value in scope.known:
                return scope.known[node.value]
            target = self._lookup(node, scope)
            found = self.evaluate(target[0], target[1], depth + 1) if target else None
            name = node.value if isinstance(node, cst.Name) else node.attr.value
            if found is None or target is None:
                return _said_by_name(node, line) if target is None else None
            return self._with_added(found, name, target[1], depth)
        return None

    def _with_added(self, found: Constant, name: str, scope: _Scope, depth: int) -> Constant:
        """What a name holds after `append`, `extend`, `update`, `+=` and assignments to its entries."""
        if name not in scope.added:
            return found
        growing = Growing(found)
        for addition in scope.added[name]:
            path = [self.evaluate(key, scope, depth + 1) for key in addition.keys]
            more = (self.evaluate(addition.value, scope, depth + 1) if addition.value is not None else None) or Text(
                UNKNOWN, found.line
            )
            if isinstance(found, Table) and addition.is_entry:
                key = path.pop()
                more = Table(((key, more),), more.line) if isinstance(key, Text) else Text(UNKNOWN, found.line)
            growing.add(path, more)
        return growing.constant()

    def _composed(self, node: cst.BaseExpression, scope: _Scope, depth: int, line: int) -> Constant | None:
        import libcst as cst

        if isinstance(node, cst.SimpleString):
            return Text(value, line) if isinstance(value := value_of(node), str) else None
        if isinstance(node, cst.FormattedString):
            return Text("".join(self._part(part, scope, depth) for part in node.parts), line)
        left, right = (self.evaluate(side, scope, depth + 1) for side in sides(node))
        if isinstance(left, Items) and isinstance(right, Items):
            return Items((*left.items, *right.items), line)
        if isinstance(left, Table) and isinstance(right, Table):
            return Table(overlaid(left.pairs, right.pairs), line)
        if isinstance(node, cst.BinaryOperation) and not isinstance(node.operator, cst.Add):
            return None
        if isinstance(left, Text) or isinstance(right, Text):
            texts = [side.text if isinstance(side, Text) else "*" for side in (left, right)]
            return Text("".join(texts), line)
        return None

    def _part(self, part: cst.BaseFormattedStringContent, scope: _Scope, depth: int) -> str:
        import libcst as cst

        if isinstance(part, cst.FormattedStringText):
            return part.value
        if not isinstance(part, cst.FormattedStringExpression):
            return "*"
        value = self.evaluate(part.expression, scope, depth + 1)
        return value.text if isinstance(value, Text) else "*"

    def _items(self, elements: Sequence[cst.BaseElement], scope: _Scope, depth: int) -> Iterator[Constant]:
        import libcst as cst

        for element in elements:
            constant = self.evaluate(element.value, scope, depth + 1)
            if isinstance(element, cst.StarredElement):
                yield from constant.items if isinstance(constant, Items) else ()
            elif constant is not None:
                yield constant
            else:
                yield Text(UNKNOWN, self._lines[element])

    def _table(self, node: cst.Dict, scope: _Scope, depth: int, line: int) -> Table:
        import libcst as cst

        pairs: tuple[tuple[Text, Constant], ...] = ()
        own: list[tuple[Text, Constant]] = []
        for element in node.elements:
            value = self.evaluate(element.value, scope, depth + 1)
            if isinstance(element, cst.DictElement):
                key = self.evaluate(element.key, scope, depth + 1)
                at = self._lines[element.key]
                if isinstance(key, Text):
                    own.append((Text(key.text, at), value or Text(UNKNOWN, at)))
            elif isinstance(value, Table):
                pairs, own = overlaid(overlaid(pairs, own), value.pairs), []
            else:
                own.append((Text(UNKNOWN, line), Text(UNKNOWN, line)))
        return Table(overlaid(pairs, own) if pairs else tuple(own), line)

    def _call(self, node: cst.Call, scope: _Scope, depth: int, line: int) -> Constant | None:
        """`frozenset({...})` is its argument, `Secret(name="A", secret_id="b")` the table of its keywords.

        `Secret("A", "b")` is the same of a class of this module whose fields tell the names; `field(…)` is its default.
        """
        import libcst as cst

        name = node.func.attr.value if isinstance(node.func, cst.Attribute) else getattr(node.func, "value", "")
        if name == "join" and isinstance(node.func, cst.Attribute) and len(node.args) == 1:
            return self._join(node.func.value, node.args[0].value, scope, depth, line)
        if name in _VIEWS and isinstance(node.func, cst.Attribute) and not node.args:
            return _view(str(name), self.evaluate(node.func.value, scope, depth + 1), line)
        function = self._module.functions.get(str(name)) if isinstance(node.func, cst.Name) else None
        if function is not None and len(function.returned) == 1:
            return self.evaluate(function.returned[0], function, depth + 1)
        if name in {"str", *_KEEPING} and len(node.args) == 1 and node.args[0].keyword is None:
            return self.evaluate(node.args[0].value, scope, depth + 1)
        made = self._module.classes.get(str(name))
        fields = iter(made.fields if made is not None else ())
        pairs = []
        for argument in node.args:
            key = argument.keyword.value if argument.keyword is not None else next(fields, "")
            value = self.evaluate(argument.value, scope, depth + 1) if key and not argument.star else None
            if value is not None:
                pairs.append((Text(key, self._lines[argument]), value))
        if made is not None and pairs:
            told = {key.text for key, _ in pairs}
            defaults = ((each, made.bound[each]) for each in made.fields if each in made.bound and each not in told)
            pairs += [
                (Text(each, self._lines[value]), constant)
                for each, value in defaults
                if isinstance(constant := self.evaluate(value, made, depth + 1), Text)
            ]
        if name in _DEFAULTING:
            return next((value for key, value in pairs if key.text in _DEFAULTS), None)
        return Table(tuple(pairs), line) if pairs else None

    def _comprehended(self, node: cst.BaseComp, scope: _Scope, depth: int, line: int) -> Items | Table | None:
        """What a comprehension over something known makes; whether its conditions leave anything out is not asked."""
        import libcst as cst

        loop = node.for_in
        over = self.evaluate(loop.iter, scope, depth + 1)
        if loop.inner_for_in is not None or not isinstance(over, Items | Table):
            return None
        items: list[Constant] = []
        pairs: list[tuple[Text, Constant]] = []
        for element in over.items if isinstance(over, Items) else (key for key, _ in over.pairs):
            inside = _Scope(scope.name, scope, known=scope.known | dict(_unpacked(loop.target, element)))
            if isinstance(node, cst.DictComp):
                key, value = (self.evaluate(each, inside, depth + 1) for each in (node.key, node.value))
                if isinstance(key, Text):
                    pairs.append((Text(key.text, element.line), value or Text(UNKNOWN, element.line)))
            elif isinstance(node, cst.BaseSimpleComp):
                items.append(self.evaluate(node.elt, inside, depth + 1) or Text(UNKNOWN, line))
        return Table(tuple(pairs), line) if isinstance(node, cst.DictComp) else Items(tuple(items), line)

    def _join(
        self, separator: cst.BaseExpression, joined: cst.BaseExpression, scope: _Scope, depth: int, line: int
    ) -> Text | None:
        """`",".join(names)`."""
        between, parts = self.evaluate(separator, scope, depth + 1), self.evaluate(joined, scope, depth + 1)
        if not isinstance(between, Text) or not isinstance(parts, Items):
            return None
        return Text(between.text.join(part.text if isinstance(part, Text) else UNKNOWN for part in parts.items), line)

    def _lookup(self, node: cst.Name | cst.Attribute, scope: _Scope) -> tuple[cst.BaseExpression, _Scope] | None:
        import libcst as cst

        if not isinstance(node, cst.Name):
            owner = getattr(node.value, "value", None)
            holder = self._class_around(scope) if owner in {"self", "cls"} else self._module.classes.get(str(owner))
            found = holder.bound.get(node.attr.value) if holder else None
            return (found, holder) if found is not None and holder is not None else None
        current: _Scope | None = scope
        while current is not None:
            if node.value in current.bound:
                return current.bound[node.value], current
            current = current.outer
        return None

    def _add(
        self, target: cst.BaseExpression, added: cst.BaseExpression | None, scope: _Scope, *, is_entry: bool
    ) -> None:
        """Notes that something is added to what a name, or an attribute of a class, holds behind some keys."""
        import libcst as cst

        keys: list[cst.BaseExpression] = []
        while isinstance(target, cst.Subscript):
            index = target.slice[0].slice
            keys.insert(0, index.value if isinstance(index, cst.Index) else target)
            target = target.value
        holder: _Scope | None = scope
        if isinstance(target, cst.Name):
            while holder is not None and target.value not in holder.bound:
                holder = holder.outer
            (holder or scope).added.setdefault(target.value, []).append(_Addition(keys, added, is_entry))
        elif isinstance(target, cst.Attribute):
            owner = getattr(target.value, "value", None)
            holder = self._class_around(scope) if owner in {"self", "cls"} else self._module.classes.get(str(owner))
            if holder is not None:
                holder.added.setdefault(target.attr.value, []).append(_Addition(keys, added, is_entry))

    def _class_around(self, scope: _Scope) -> _Scope | None:
        return next((each for each in self._module.classes.values() if scope.name.startswith(f"{each.name}.")), None)

    def _collect(self, block: cst.BaseSuite | Sequence[cst.BaseStatement], scope: _Scope) -> None:
        """The bindings of a scope and of those inside it; the stack is our own, so nesting can't end the process."""
        import libcst as cst

        # To look a type up is quicker than to ask `isinstance` of abstract classes: a mapping may be large.
        scopes = {cst.ClassDef, cst.FunctionDef}
        leaves = {cst.Name, cst.Integer, cst.Float}
        binding = {cst.Return, cst.Assign, cst.AnnAssign, cst.AugAssign, cst.Call}
        displays = {cst.List, cst.Tuple, cst.SimpleString, cst.FormattedString, cst.ConcatenatedString}
        stack: list[tuple[cst.CSTNode, _Scope]] = [(node, scope) for node in reversed(body(block))]
        while stack:
            node, inside = stack.pop()
            kind = type(node)
            if kind in leaves:
                continue
            if kind in scopes and isinstance(node, cst.ClassDef | cst.FunctionDef):
                inner = _Scope(f"{inside.name}.{node.name.value}".lstrip("."), inside)
                self._scopes.append(inner)
                if isinstance(node, cst.ClassDef):
                    inside.classes[node.name.value] = inner
                else:
                    inside.functions[node.name.value] = inner
                stack += [(child, inner) for child in reversed(body(node.body))]
                continue
            if kind in binding:
                self._bind(node, inside)
            if kind in displays:
                inside.displays.append(cast("cst.BaseExpression", node))
                continue
            stack += [(child, inside) for child in reversed(children(node))]

    def _bind(self, node: cst.CSTNode, scope: _Scope) -> None:
        import libcst as cst

        if isinstance(node, cst.Return) and node.value is not None and scope.name:
            self._symbols.append((scope.name, node.value, scope))
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
                scope.bound[name] = value
                self._symbols.append((f"{scope.name}.{name}".lstrip("."), value, scope))


def _view(name: str, table: Constant | None, line: int) -> Items | None:
    """`items()`, `keys()` or `values()` of a table."""
    if not isinstance(table, Table):
        return None
    views: dict[str, Iterator[Constant]] = {
        "items": (Items((key, value), key.line) for key, value in table.pairs),
        "keys": (key for key, _ in table.pairs),
        "values": (value for _, value in table.pairs),
    }
    return Items(tuple(views[name]), line)


def _unpacked(target: cst.BaseExpression, element: Constant) -> Iterator[tuple[str, Constant]]:
    """The names that a loop binds, with what they are."""
    import libcst as cst

    if isinstance(target, cst.Name):
        yield target.value, element
    elif isinstance(target, cst.Tuple | cst.List) and isinstance(element, Items):
        for part, item in zip(target.elements, element.items, strict=False):
            yield from _unpacked(part.value, item)


def _said_by_name(node: cst.Name | cst.Attribute, line: int) -> Text | None:
    """`True`, and what is not defined here but says what it is, as a member of an enum does: `Environment.STAGING`."""
    import libcst as cst

    if isinstance(node, cst.Name):
        return Text(node.value, line) if node.value in {"True", "False"} else None
    owner = getattr(node.value, "value", "")
    is_member = isinstance(owner, str) and owner[:1].isupper() and not owner.isupper() and node.attr.value.isupper()
    return Text(node.attr.value, line) if is_member else None
