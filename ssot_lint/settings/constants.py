"""The constants of a Python file, read from its concrete syntax tree; nothing is executed.

Literals, names, attributes of classes, f-strings, `+`, `%`, `|`, `**`, `*` and calls that only carry constants are put
together; what is not known is `*` inside a text, and is left out elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.settings.environments import is_environment
from ssot_lint.settings.model import UNKNOWN
from ssot_lint.settings.scopes import Given, Loop, Scope, Scopes, bound, given_by
from ssot_lint.settings.syntax import dotted, name_of_call, names_in, said_by_name, sides, unpacked, value_of
from ssot_lint.settings.tables import (
    Constant,
    Growing,
    Items,
    Table,
    Text,
    filled,
    formatted,
    overlaid,
    turns_of,
    view,
)

if TYPE_CHECKING:
    import libcst as cst

_MAX_DEPTH = 40
_MOST_STEPS = 500_000
_MOST_TURNS = 500
_MOST_CALLS = 3
_VIEWS = frozenset({"items", "keys", "values"})
_KEEPING = frozenset({"frozenset", "set", "list", "tuple", "sorted", "dict", "MappingProxyType", "copy", "OrderedDict"})
# The fields of dataclasses, attrs and pydantic.
_REFERRING = {"dumps": 0, "from_secrets_manager": 0, "from_ssm_parameter": 0, "from_secret_name_v2": 2}
"""What only stands for one of its arguments, with that one's position."""
_DEFAULTING = frozenset({"field", "Field", "attrib", "ib"})
_DEFAULTS = frozenset({"default", "default_factory", "factory"})
_EMPTY: Mapping[str, Constant] = {
    "dict": Table((), 0),
    "list": Items((), 0),
    "tuple": Items((), 0),
    "set": Items((), 0),
}
"""What the factory of a default makes."""


_Turn: TypeAlias = "dict[str, Constant]"
"""What names hold in one turn of a loop, or in one call of a function."""


class Constants:
    """Works out the constants of a file from its scopes; `lines` are those of its nodes.

    `imported` gives what a dotted name is in another module, by its parts and how deep the question is, `returned` what
    a function of another module returns that is given something by position and by name, and `fields` the fields of a
    class that a name stands for, with their defaults.
    Of the keys that stand in a dict more than once with different strings, `again` has the lines of those that Python
    drops, by line and name of the one that it keeps.
    """

    def __init__(
        self,
        scopes: Scopes,
        lines: Mapping[cst.CSTNode, int],
        imported: Callable[[Sequence[str], int], Constant | None],
        returned: Callable[[Sequence[str], Given, int], Constant | None],
        fields: Callable[[str], Sequence[tuple[str, Constant | None]]],
    ) -> None:
        self._scopes = scopes
        self._lines = lines
        self._imported = imported
        self._returned = returned
        self._fields = fields
        self._asked: dict[
            str, list[str]
        ] = {}  # what chooses an environment and is not known, with those to choose from
        self._chosen: dict[str, str] = {}
        self.again: dict[tuple[int, str], set[int]] = {}
        self._steps = _MOST_STEPS  # lists of each other would take all time there is

    def in_turns(self, node: cst.BaseExpression, scope: Scope) -> Iterator[Constant | None]:
        """What an expression is in each turn of the loops around it and each call of its function."""
        yield from (self._under(turn, node, scope) for turn in self._turns(scope))

    def together(self, nodes: Sequence[cst.BaseExpression], scope: Scope) -> Iterator[tuple[Constant | None, ...]]:
        """What some expressions of a scope are, each time that it runs, and in each environment that may be chosen."""
        for turn in self._turns(scope):
            self._asked = {}
            found = tuple(self._under(turn, node, scope) for node in nodes)
            asked = self._asked
            for environment in dict.fromkeys(each for known in asked.values() for each in known):
                self._chosen = dict.fromkeys(asked, environment)
                yield tuple(self._under(turn, node, scope) for node in nodes)
            self._chosen = {}
            if not asked:
                yield found

    def _under(self, turn: _Turn, node: cst.BaseExpression, scope: Scope, depth: int = 0) -> Constant | None:
        """What an expression is where names of its scope hold what a turn tells."""
        before, scope.known = scope.known, scope.known | turn
        try:
            return self.evaluate(node, scope, depth)
        finally:
            scope.known = before

    def _turns(self, scope: Scope, depth: int = 0) -> list[_Turn]:
        """What the parameters of a scope and the variables of its loops hold, each time that it runs."""
        return self._looping(list(islice(self._given(scope, depth), _MOST_TURNS)) or [{}], scope.loops, scope)

    def _looping(self, turns: list[_Turn], loops: Sequence[Loop], scope: Scope) -> list[_Turn]:
        """The turns with what the variables of loops inside them hold."""
        for target, iterable in loops:
            further = (
                {**turn, **dict(unpacked(target, element))}
                for turn in turns
                for element in turns_of(self._under(turn, iterable, scope)) or [Text(UNKNOWN, self._lines[iterable])]
            )
            turns = list(islice(further, _MOST_TURNS))
        return turns

    def _given(self, scope: Scope, depth: int) -> Iterator[_Turn]:
        """What each call in the file gives to the parameters of a function, in each turn of its own."""
        if not scope.parameters or depth > _MOST_CALLS:
            return
        for call, caller in self._scopes.calls.get(scope.name.rpartition(".")[2], ()):
            for turn in self._turns(caller, depth + 1):
                self._steps -= 1
                if self._steps < 0:
                    return
                yield bound(scope, given_by(call, lambda node: self._under(turn, node, caller)))  # noqa: B023

    def evaluate(self, node: cst.BaseExpression, scope: Scope, depth: int = 0) -> Constant | None:
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
        if isinstance(node, cst.Subscript):
            return self._entry(node, scope, depth)
        if isinstance(node, cst.Lambda) and not node.params.params:
            return self.evaluate(node.body, scope, depth + 1)
        if isinstance(node, cst.ListComp | cst.SetComp | cst.GeneratorExp | cst.DictComp):
            return self._comprehended(node, scope, depth, line)
        if isinstance(node, cst.Name | cst.Attribute):
            return self._named(node, scope, depth, line)
        return None

    def _named(self, node: cst.Name | cst.Attribute, scope: Scope, depth: int, line: int) -> Constant | None:
        """What a name, or an attribute, is bound to."""
        import libcst as cst

        name = node.value if isinstance(node, cst.Name) else node.attr.value
        if isinstance(node, cst.Name) and name in scope.known:
            return scope.known[name]
        target = self._scopes.lookup(node, scope)
        if target is None:
            names = dotted(node)
            found = self._imported(names, depth + 1) if names and not scope.is_given(names[0]) else None
            found = found or self._field(node, scope, depth) or said_by_name(node, line)
        else:
            found = self.evaluate(target[0], target[1], depth + 1)
            is_attribute = isinstance(node, cst.Attribute)
            holder = (self._scopes.class_around(target[1]) if is_attribute else None) or target[1]
            found = self.with_added(found, name, holder, depth) if found is not None else None
        return Text(self._chosen[name], line) if found is None and name in self._chosen else found

    def _field(self, node: cst.Name | cst.Attribute, scope: Scope, depth: int) -> Constant | None:
        """What the field of a record is: `service.name`."""
        import libcst as cst

        if not isinstance(node, cst.Attribute) or not isinstance(node.value, cst.Name | cst.Attribute | cst.Subscript):
            return None
        record = self.evaluate(node.value, scope, depth + 1)
        return record.entry(node.attr.value) if isinstance(record, Table) else None

    def with_added(self, found: Constant, name: str, scope: Scope, depth: int) -> Constant:
        """What a name holds after `append`, `extend`, `update`, `+=` and assignments to its entries."""
        if name not in scope.added:
            return found
        growing = Growing(found)
        for addition in scope.added[name]:
            parts = [each for each in (*addition.keys, addition.value) if each is not None]
            loops = [loop for loop in scope.loops if names_in(loop[0]) & names_in(*parts)]
            for turn in self._looping([{}], loops, scope):
                path = [self._under(turn, key, scope, depth + 1) for key in addition.keys]
                value = self._under(turn, addition.value, scope, depth + 1) if addition.value is not None else None
                more = value or Text(UNKNOWN, found.line)
                if turn and isinstance(more, Text):
                    more = replace(more, line=next(iter(turn.values())).line)
                if isinstance(found, Table) and addition.is_entry:
                    key = path.pop()
                    more = Table(((key, more),), more.line) if isinstance(key, Text) else Text(UNKNOWN, found.line)
                growing.add(path, more)
        return growing.constant()

    def _entry(self, node: cst.Subscript, scope: Scope, depth: int) -> Constant | None:
        """`TABLE["key"]`."""
        import libcst as cst

        table, index = self.evaluate(node.value, scope, depth + 1), node.slice[0].slice
        key = self.evaluate(index.value, scope, depth + 1) if isinstance(index, cst.Index) else None
        if isinstance(table, Table) and key is None and isinstance(index, cst.Index):
            name, environments = (dotted(index.value) or [""])[-1], [each.text for each, _ in table.pairs]
            if name and len(environments) > 1 and all(map(is_environment, environments)):
                self._asked[name] = environments
        return table.entry(key.text) if isinstance(table, Table) and isinstance(key, Text) else None

    def _composed(self, node: cst.BaseExpression, scope: Scope, depth: int, line: int) -> Constant | None:
        import libcst as cst

        if isinstance(node, cst.SimpleString):
            return Text(value, line) if isinstance(value := value_of(node), str) else None
        if isinstance(node, cst.FormattedString):
            parts = [self._part(part, scope, depth) for part in node.parts]
            origins = tuple(one for each in parts for one in each.origins)
            if len(parts) == 2 and parts[0].text.startswith("--") and parts[0].text.endswith("=") and parts[1].line:
                origins = (*origins, (parts[0].text[:-1], parts[1].line))  # a flag, and where its value stands
            return Text("".join(each.text for each in parts), line, origins)
        left, right = (self.evaluate(side, scope, depth + 1) for side in sides(node))
        if isinstance(left, Items) and isinstance(right, Items):
            return Items((*left.items, *right.items), line)
        if isinstance(left, Table) and isinstance(right, Table):
            return Table(overlaid(left.pairs, right.pairs), line)
        if isinstance(node, cst.BinaryOperation) and isinstance(node.operator, cst.Modulo) and isinstance(left, Text):
            return Text(filled(left.text, right.items if isinstance(right, Items) else (right,)), line)
        if isinstance(node, cst.BinaryOperation) and not isinstance(node.operator, cst.Add):
            return None
        if isinstance(left, Text) or isinstance(right, Text):
            texts = [side if isinstance(side, Text) else Text(UNKNOWN, line) for side in (left, right)]
            return Text("".join(each.text for each in texts), line, (*texts[0].origins, *texts[1].origins))
        return None

    def _part(self, part: cst.BaseFormattedStringContent, scope: Scope, depth: int) -> Text:
        import libcst as cst

        if isinstance(part, cst.FormattedStringText):
            return Text(part.value, 0)
        known = (
            self.evaluate(part.expression, scope, depth + 1)
            if isinstance(part, cst.FormattedStringExpression)
            else None
        )
        return known if isinstance(known, Text) else Text(UNKNOWN, 0)

    def _items(self, elements: Sequence[cst.BaseElement], scope: Scope, depth: int) -> Iterator[Constant]:
        import libcst as cst

        for element in elements:
            constant = self.evaluate(element.value, scope, depth + 1)
            if isinstance(element, cst.StarredElement):
                yield from constant.items if isinstance(constant, Items) else ()
            elif constant is not None:
                yield constant
            else:
                yield Text(UNKNOWN, self._lines[element])

    def _table(self, node: cst.Dict, scope: Scope, depth: int, line: int) -> Table:
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
                pairs, own = overlaid(overlaid(pairs, self._kept(own)), value.pairs), []
            else:
                own.append((Text(UNKNOWN, line), Text(UNKNOWN, line)))
        return Table(overlaid(pairs, self._kept(own)), line)

    def _kept(self, own: list[tuple[Text, Constant]]) -> list[tuple[Text, Constant]]:
        """The pairs of a dict without those whose key stands again below, which are noted in `again`."""
        last = {key.text: number for number, (key, _) in enumerate(own) if key.text != UNKNOWN}
        for number, (key, value) in enumerate(own):
            at, used = own[last.get(key.text, number)]
            if isinstance(value, Text) and isinstance(used, Text) and value.text != used.text:
                self.again.setdefault((at.line, at.text), set()).add(key.line)
        return [pair for number, pair in enumerate(own) if last.get(pair[0].text, number) == number]

    def _call(self, node: cst.Call, scope: Scope, depth: int, line: int) -> Constant | None:
        """`frozenset({...})` is its argument, `Secret(name="A", secret_id="b")` the table of its keywords.

        `Secret("A", "b")` is the same of a class of the project whose fields tell the names; `field(…)` is its default.
        """
        import libcst as cst

        name = name_of_call(node)
        function = self._scopes.function(node, scope)
        if function is not None or "".join(dotted(node.func)[:1]) in self._scopes.imports:
            given = given_by(node, lambda each: self.evaluate(each, scope, depth + 1))
            if function is not None and len(function.returned) == 1:
                return self.returned(function, given, depth + 1)
            if function is None and (found := self._returned(dotted(node.func), given, depth + 1)) is not None:
                return found
        if name == "join" and isinstance(node.func, cst.Attribute) and len(node.args) == 1:
            return self._join(node.func.value, node.args[0].value, scope, depth, line)
        if name in _VIEWS and isinstance(node.func, cst.Attribute) and not node.args:
            return view(name, self.evaluate(node.func.value, scope, depth + 1), line)
        if name in {"format", "get"} and isinstance(node.func, cst.Attribute) and node.args:
            return self._told(node, node.func, scope, depth, line)
        if name in {"str", *_KEEPING} and len(node.args) == 1 and node.args[0].keyword is None:
            return self.evaluate(node.args[0].value, scope, depth + 1)
        if name in _REFERRING and len(node.args) > _REFERRING[name] and not node.args[_REFERRING[name]].keyword:
            return self.evaluate(node.args[_REFERRING[name]].value, scope, depth + 1)
        return self._record(node, name, scope, depth, line)

    def _record(self, node: cst.Call, name: str, scope: Scope, depth: int, line: int) -> Constant | None:
        import libcst as cst

        known = self._fields(name)
        fields = iter([each for each, _ in known])
        pairs = []
        for argument in node.args:
            key = argument.keyword.value if argument.keyword is not None else next(fields, "")
            value = self.evaluate(argument.value, scope, depth + 1) if key and not argument.star else None
            if key in _DEFAULTS and isinstance(argument.value, cst.Name):
                value = value or _EMPTY.get(argument.value.value)
            if value is not None:
                pairs.append((Text(key, self._lines[argument]), value))
        if pairs:
            told = {key.text for key, _ in pairs}
            defaults = ((each, default) for each, default in known if each not in told)
            pairs += [(Text(each, default.line), default) for each, default in defaults if default is not None]
        if name in _DEFAULTING:
            return next((value for key, value in pairs if key.text in _DEFAULTS), None)
        return Table(tuple(pairs), line) if pairs else None

    def returned(self, function: Scope, given: Given, depth: int) -> Constant | None:
        """What a function of this module returns, where it is given that."""
        return self._under(bound(function, given), function.returned[0], function, depth)

    def _told(self, node: cst.Call, method: cst.Attribute, scope: Scope, depth: int, line: int) -> Constant | None:
        """`"{}={}".format(name, value)`, and `TABLE.get("key")`."""
        held = self.evaluate(method.value, scope, depth + 1)
        given = [(each.keyword, self.evaluate(each.value, scope, depth + 1)) for each in node.args if not each.star]
        first = given[0][1] if given else None
        if isinstance(held, Table) and method.attr.value == "get":
            default = given[1][1] if len(given) > 1 else None
            return held.entry(first.text) or default if isinstance(first, Text) else None
        if not isinstance(held, Text) or method.attr.value != "format":
            return None
        named = {key.value: value for key, value in given if key is not None}
        return Text(formatted(held.text, [value for key, value in given if key is None], named), line)

    def _comprehended(self, node: cst.BaseComp, scope: Scope, depth: int, line: int) -> Items | Table | None:
        """What a comprehension over something known makes; whether its conditions leave anything out is not asked."""
        import libcst as cst

        loop = node.for_in
        over = self.evaluate(loop.iter, scope, depth + 1)
        if loop.inner_for_in is not None or not isinstance(over, Items | Table):
            return None
        items: list[Constant] = []
        pairs: list[tuple[Text, Constant]] = []
        for element in turns_of(over):
            inside = Scope(scope.name, scope, known=scope.known | dict(unpacked(loop.target, element)))
            if isinstance(node, cst.DictComp):
                key, value = (self.evaluate(each, inside, depth + 1) for each in (node.key, node.value))
                if isinstance(key, Text):
                    pairs.append((Text(key.text, element.line), value or Text(UNKNOWN, element.line)))
            elif isinstance(node, cst.BaseSimpleComp):
                made = self.evaluate(node.elt, inside, depth + 1) or Text(UNKNOWN, line)
                items.append(replace(made, line=element.line) if isinstance(made, Text) else made)
        return Table(tuple(pairs), line) if isinstance(node, cst.DictComp) else Items(tuple(items), line)

    def _join(
        self, separator: cst.BaseExpression, joined: cst.BaseExpression, scope: Scope, depth: int, line: int
    ) -> Text | None:
        """`",".join(names)`."""
        between, parts = self.evaluate(separator, scope, depth + 1), self.evaluate(joined, scope, depth + 1)
        if not isinstance(between, Text) or not isinstance(parts, Items):
            return None
        texts = [part if isinstance(part, Text) else Text(UNKNOWN, line) for part in parts.items]
        origins = tuple((name, each.line) for each in texts if (name := each.text.partition("=")[0]) != each.text)
        return Text(between.text.join(each.text for each in texts), line, origins)
