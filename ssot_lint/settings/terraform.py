"""What the expressions of Terraform files are, as far as the files of a folder tell.

Known are literals, lists, maps, `for`, indexes, common functions, locals and the defaults
of variables; the rest is `*`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.settings.hcl import Block, children_of, line_of, text_of, tokens_of

if TYPE_CHECKING:
    from lark import Token, Tree

    Part: TypeAlias = Tree[Token] | Token

_PASSED_ON = frozenset({
    "toset", "tolist", "tomap", "jsonencode", "nonsensitive", "sensitive", "distinct", "concat", "merge", "flatten",
    "compact", "tostring", "sort", "try", "coalesce",
})  # fmt: skip
_MAX_DEPTH = 60
_MOST_ITEMS = 2000
_MOST_STEPS = 200_000
_LONGEST = 2000
_ID_KEYS = ("secret_id", "name")
_ELEMENT = re.compile(r"^(?!local\.|var\.|each\.)(?P<resource>(?:data\.)?[\w-]+\.[\w-]+)\[.*\]$", re.DOTALL)
# Files of variables give these another value for each environment.
_GIVEN = frozenset({"environment", "env", "env_name", "environment_name", "stage", "deployment_environment"})


@dataclass(frozen=True)
class Text:
    """A string, number or name; `*` stands for what is not known. The line is 0 if it stands in another file."""

    text: str
    line: int


@dataclass(frozen=True)
class Items:
    """A list or set."""

    items: tuple[Expression, ...]


@dataclass(frozen=True)
class Pairs:
    """A map or object."""

    pairs: tuple[tuple[Text, Expression], ...]

    def get(self, name: str) -> Expression | None:
        """The value under a key, or None."""
        return next((value for key, value in self.pairs if key.text == name), None)


Expression: TypeAlias = Text | Items | Pairs


@dataclass
class Scope:
    """What names stand for: `local.x`, `var.x`, `each.value`, and the ids of secrets (`resource.name.secret_id`).

    Those in `elsewhere` stand in other files of the folder. `steps` are those left for evaluating: names that double
    each other would take all time there is.
    """

    names: dict[str, Tree[Token]] = field(default_factory=dict)
    bound: dict[str, Expression] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    steps: list[int] = field(default_factory=lambda: [_MOST_STEPS])

    @staticmethod
    def of(blocks: Iterable[Block], others: Iterable[Block] = ()) -> Scope:
        """The locals, the variables with defaults and the resources of a file, and of the `others` of its folder.

        What files of variables give counts where they agree.
        """
        others = list(others)
        own, far, given = dict(_definitions(blocks)), dict(_definitions(others)), dict(_given(others))
        return Scope({**far, **own, **given}, elsewhere=frozenset((far.keys() - own.keys()) | given.keys()))

    def given(self, blocks: Iterable[Block]) -> Scope:
        """With what a file of variables gives, which stands elsewhere."""
        names = {f"var.{each.labels[0]}": each.attributes["default"] for each in blocks if each.type == "given"}
        return Scope({**self.names, **names}, elsewhere=self.elsewhere | names.keys())

    def bind(self, name: str = "each", **bound: Expression) -> Scope:
        """With `each.key` and `each.value`, given as `key` and `value`; `name` is what stands for `each`."""
        return replace(self, bound={**self.bound, **{f"{name}.{key}": value for key, value in bound.items()}})

    def instances(self, attributes: dict[str, Tree[Token]], name: str = "each", line: int = 0) -> list[Scope]:
        """The scope of every instance that `for_each` or `count` makes; one where there is neither."""
        if "for_each" in attributes:
            over = self.evaluate(attributes["for_each"])
            return [self.bind(name, key=key, value=value) for key, value in _pairs(over, line)]
        if "count" in attributes:
            count = self.text(attributes["count"])
            if count is not None and count.text.isdecimal():
                numbers = range(min(int(count.text), _MOST_ITEMS))
                return [self.bind("count", index=Text(str(number), 0)) for number in numbers]
        return [self]

    def evaluate(self, tree: Part, depth: int = 0) -> Expression:
        """What an expression is, as far as the file tells."""
        unknown = Text("*", line_of(tree))
        self.steps[0] -= 1
        if depth > _MAX_DEPTH or self.steps[0] < 0:
            return unknown
        kind = tree.data if hasattr(tree, "data") else ""
        children = children_of(tree)
        if kind == "expr_term" and len(children) == 1:
            return self.evaluate(children[0], depth + 1)
        if kind == "string":
            text = "".join(self._part(part, depth) for part in children)
            return Text(text if len(text) <= _LONGEST else "*", line_of(tree))
        if kind == "tuple":
            return Items(tuple(self.evaluate(child, depth + 1) for child in children))
        if kind == "object":
            return Pairs(tuple(self._pair(child, depth) for child in children if child.data == "object_elem"))
        if kind == "function_call":
            return self._call(children, depth) or unknown
        if kind in {"for_tuple_expr", "for_object_expr"}:
            return self._for(children, depth, makes_pairs=kind == "for_object_expr") or unknown
        if kind == "conditional" and len(children) == 3:
            holds = self._holds(children[0], depth)
            first, second = (self.evaluate(child, depth + 1) for child in children[1:])
            if holds is not None:
                return first if holds else second
            return first if first == second or isinstance(second, Items | Pairs) else unknown
        if kind in {"get_attr_expr_term", "index_expr_term", "identifier"}:
            return self._reference(tree, depth) or unknown
        if kind in {"int_lit", "float_lit", "literal_value"}:
            return Text(text_of(tree), line_of(tree))
        return unknown

    def _holds(self, test: Part, depth: int) -> bool | None:
        """Whether `var.environment == "staging"` and its like hold; None where that is not known."""
        if getattr(test, "data", "") == "expr_term" and len(inner := children_of(test)) == 1:
            return self._holds(inner[0], depth + 1)
        sides = [
            side for each in children_of(test) for side in (children_of(each) if each.data == "binary_term" else [each])
        ]
        operator = next((text_of(side) for side in sides if side.data == "binary_operator"), "")
        values = [self.evaluate(side, depth + 1) for side in sides if side.data != "binary_operator"]
        texts = [each.text for each in values if isinstance(each, Text) and "*" not in each.text]
        if len(texts) != 2 or operator.strip() not in {"==", "!="}:
            return None
        return (texts[0] == texts[1]) is (operator.strip() == "==")

    def text(self, tree: Part | None) -> Text | None:
        """The expression as a string, or None where it is a list or a map."""
        value = self.evaluate(tree) if tree is not None else None
        return value if isinstance(value, Text) else None

    def _part(self, part: Part, depth: int) -> str:
        inner = children_of(part)
        if not inner:
            return text_of(part)
        expressions = children_of(inner[0])
        value = self.evaluate(expressions[0], depth + 1) if expressions else None
        return value.text if isinstance(value, Text) else "*"

    def _pair(self, element: Part, depth: int) -> tuple[Text, Expression]:
        key, value = children_of(element)[:2]
        name = text_of(key).strip('"')
        if "${" in name or name.startswith("("):
            made = self.evaluate(children_of(key)[0], depth + 1) if children_of(key) else None
            name = made.text if isinstance(made, Text) else "*"
        return Text(name, line_of(key)), self.evaluate(value, depth + 1)

    def _call(self, children: list[Tree[Token]], depth: int) -> Expression | None:
        name = text_of(children[0])
        if len(children) < 2:
            return None
        values = [self.evaluate(argument, depth + 1) for argument in children_of(children[1])]
        texts = [value.text for value in values if isinstance(value, Text)]
        if values and len(texts) == len(values):
            made = _text_of_call(name, texts)
            return Text(made, line_of(children[0])) if made is not None else None
        if name in {"keys", "values"} and isinstance(values[0], Pairs):
            return Items(tuple(key if name == "keys" else value for key, value in values[0].pairs))
        if name == "length" and isinstance(values[0], Items | Pairs):
            held = values[0].items if isinstance(values[0], Items) else values[0].pairs
            return Text(str(len(held)), 0)
        if name == "lookup" and isinstance(values[0], Pairs) and texts:
            return values[0].get(texts[0]) or (values[2] if len(values) > 2 else None)
        if name == "join" and len(values) == 2 and isinstance(values[1], Items) and texts:
            parts = [item.text if isinstance(item, Text) else "*" for item in values[1].items]
            return Text(texts[0].join(parts), line_of(children[0]))
        if name == "element" and isinstance(values[0], Items) and texts:
            return _item(values[0], texts[0])
        if name == "setproduct":
            return _product(values)
        return _merged(values, flat=name == "flatten") if name in _PASSED_ON else None

    def _for(self, children: list[Tree[Token]], depth: int, *, makes_pairs: bool) -> Expression | None:
        """`[for s in X : f(s)]` and `{for k, v in X : k => v}`; a condition is taken to hold."""
        intro, *results = (child for child in children if child.data != "for_cond")
        *names, over = children_of(intro)
        pairs = _pairs(self.evaluate(over, depth + 1), 0)
        found: list[tuple[Expression, ...]] = []
        for key, value in pairs[:_MOST_ITEMS]:
            given = [value] if len(names) == 1 else [key, value]
            known = zip((text_of(name) for name in names), given, strict=False)
            inner = replace(self, bound={**self.bound, **dict(known)})
            found.append(tuple(inner.evaluate(result, depth + 1) for result in results))
        if makes_pairs:
            return Pairs(tuple((made[0], made[1]) for made in found if len(made) > 1 and isinstance(made[0], Text)))
        return Items(tuple(made[0] for made in found if made))

    def _reference(self, tree: Part, depth: int) -> Expression | None:
        name = "".join(str(token) for token in tokens_of(tree)).replace(" ", "")
        head, _, last = name.rpartition(".")
        if name in self.bound:
            return self.bound[name]
        if element := _ELEMENT.match(head):
            return self._element(tree, element["resource"], last, depth)
        if getattr(tree, "data", "") == "index_expr_term":
            base, index = (self.evaluate(child, depth + 1) for child in _indexed(tree))
            key = index.text if isinstance(index, Text) else "*"
            return base.get(key) if isinstance(base, Pairs) else _item(base, key)
        inner = children_of(tree)
        held = self.bound.get(head)
        if held is None and len(inner) == 2 and "." in head and name not in self.names:
            held = self.evaluate(inner[0], depth + 1)
        if isinstance(held, Pairs):
            return held.get(last)
        if last in {"id", "arn", "name", "secret_id", "secret"}:
            name = next((known for key in _ID_KEYS if (known := f"{head}.{key}") in self.names), name)
        return self._named(name, depth)

    def _named(self, name: str, depth: int) -> Expression | None:
        """What a name of the folder stands for."""
        if name not in self.names:
            return None
        value = self.evaluate(self.names[name], depth + 1)
        return _unplaced(value) if name in self.elsewhere else value

    def _element(self, tree: Part, resource: str, attribute: str, depth: int) -> Expression | None:
        """`aws_ssm_parameter.app["KEY"].arn`: the id of one of the resources that `for_each` or `count` makes."""
        full = {name: f"{resource}.{name}" for name in ("for_each", "count")}
        known = {name: self.names[where] for name, where in full.items() if where in self.names}
        wanted = next((key for key in _ID_KEYS if f"{resource}.{key}" in self.names), attribute)
        part: Part = tree
        while getattr(part, "data", "") != "index_expr_term":
            if not (inner := children_of(part)):
                return None
            part = inner[0]
        index = self.evaluate(_indexed(part)[1], depth + 1)
        for instance in self.instances(known) if depth < _MAX_DEPTH else ():
            at = instance.bound.get("each.key") or instance.bound.get("count.index")
            if isinstance(at, Text) and isinstance(index, Text) and at.text in {index.text, "*"}:
                return instance._named(f"{resource}.{wanted}", depth)
        return None


def _product(values: list[Expression]) -> Expression | None:
    """`setproduct([a, b], [c])`: every choice of one of each; None where a set is not known or they are too many."""
    sets = [value.items for value in values if isinstance(value, Items)]
    if len(sets) < len(values) or math.prod(map(len, sets)) > _MOST_ITEMS:
        return None
    return Items(tuple(map(Items, product(*sets))))


def _given(blocks: Iterable[Block]) -> Iterator[tuple[str, Tree[Token]]]:
    """What files of variables give, where there is one or all say the same."""
    values: defaultdict[str, dict[str, Tree[Token]]] = defaultdict(dict)
    for block in blocks:
        if block.type == "given" and block.labels[0] not in _GIVEN:
            values[block.labels[0]][text_of(block.attributes["default"])] = block.attributes["default"]
    yield from ((f"var.{name}", tree) for name, trees in values.items() if len(trees) == 1 for tree in trees.values())


def _definitions(blocks: Iterable[Block]) -> Iterator[tuple[str, Tree[Token]]]:
    for block in blocks:
        if block.type == "locals":
            yield from ((f"local.{name}", value) for name, value in block.attributes.items())
        elif block.type == "variable" and block.labels and "default" in block.attributes:
            if block.labels[0] not in _GIVEN:
                yield f"var.{block.labels[0]}", block.attributes["default"]
        elif block.type in {"resource", "data"} and len(block.labels) == 2:
            prefix = ".".join(block.labels) if block.type == "resource" else ".".join(("data", *block.labels))
            yield from ((f"{prefix}.{name}", value) for name, value in block.attributes.items())


def _pairs(over: Expression, line: int) -> list[tuple[Text, Expression]]:
    """What a loop goes over as keys and values; one that may be anything where that is not known."""
    if isinstance(over, Pairs):
        return list(over.pairs)
    if isinstance(over, Items):
        return [
            (item if isinstance(item, Text) else Text(str(number), 0), item) for number, item in enumerate(over.items)
        ]
    unknown = Text("*", line)
    return [(unknown, unknown)]


def _text_of_call(name: str, texts: list[str]) -> str | None:
    """What a function makes of texts alone."""
    if name in {"upper", "lower"}:
        return texts[0].upper() if name == "upper" else texts[0].lower()
    if name == "replace" and len(texts) == 3 and not texts[1].startswith("/"):
        return texts[0].replace(texts[1], texts[2])
    if name == "format":
        rest = iter(texts[1:])
        return re.sub(r"%[sdvq]", lambda _: next(rest, "*"), texts[0])
    if name == "trimspace":
        return texts[0].strip()
    return texts[0] if name in _PASSED_ON and (len(texts) == 1 or texts[0] != "*") else None


def _merged(values: list[Expression], *, flat: bool) -> Expression | None:
    """The lists or maps as one, where all are known; `flat`: with the items of the lists that they hold."""
    if values and all(isinstance(value, Items) for value in values):
        items = [item for value in values if isinstance(value, Items) for item in value.items]
        parts = (part for item in items for part in (item.items if flat and isinstance(item, Items) else (item,)))
        return Items(tuple(parts))
    if values and all(isinstance(value, Pairs) for value in values):
        return Pairs(tuple(pair for value in values if isinstance(value, Pairs) for pair in value.pairs))
    return None


def _item(items: Expression, index: str) -> Expression | None:
    if not isinstance(items, Items) or not index.isdecimal():
        return None
    return items.items[int(index)] if int(index) < len(items.items) else None


def _indexed(tree: Part) -> tuple[Part, Part]:
    """What `a[b]` takes, and from what."""
    base, index = (*children_of(tree), tree)[:2]
    return base, (*children_of(index), index)[0]


def _unplaced(value: Expression) -> Expression:
    """The value without lines, which are those of another file."""
    if isinstance(value, Text):
        return replace(value, line=0)
    if isinstance(value, Items):
        return Items(tuple(map(_unplaced, value.items)))
    return Pairs(tuple((replace(key, line=0), _unplaced(each)) for key, each in value.pairs))
