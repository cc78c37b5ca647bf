"""Terraform files as blocks with lines, read with python-hcl2's grammar.

Expressions are evaluated as far as the file tells: literals, lists, maps, `toset`, `merge`, `concat`, locals and the
defaults of variables; the rest is `*`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.settings.document import UnreadableError

if TYPE_CHECKING:
    from lark import Token, Tree

    Part: TypeAlias = Tree[Token] | Token

_PASSED_ON = frozenset(
    {"toset", "tolist", "tomap", "jsonencode", "nonsensitive", "sensitive", "distinct", "keys", "concat", "merge"}
)
_MAX_DEPTH = 60
_ID_KEYS = ("secret_id", "name")


@dataclass(frozen=True)
class Text:
    """A string, number or name; `*` stands for what is not known."""

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


@dataclass(frozen=True)
class Block:
    """`type "label" { … }` with its attributes, unevaluated, and the blocks inside it."""

    type: str
    labels: tuple[str, ...]
    line: int
    attributes: dict[str, Tree[Token]] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()

    def all(self, *types: str) -> Iterator[Block]:
        """The blocks along a path of types, `dynamic` ones among them under the name that they make."""
        for block in self.blocks:
            if block.type == types[0]:
                yield from block.all(*types[1:]) if len(types) > 1 else (block,)


def parse(text: str) -> list[Block]:
    """The top-level blocks; raises `UnreadableError`."""
    import hcl2
    from lark.exceptions import LarkError

    try:
        tree = hcl2.parses_to_tree(text)
        return list(_blocks(tree.children[0]))
    except LarkError as error:
        raise UnreadableError("not HCL2: the text can't be parsed", getattr(error, "line", None) or 1) from None
    except RecursionError:
        raise UnreadableError("not HCL2 that can be read: nested too deep") from None


def _blocks(body: Part) -> Iterator[Block]:
    for child in _children(body):
        if child.data != "block":
            continue
        *labels, inner = _children(child)
        names = [_plain(label) for label in labels]
        attributes: dict[str, Tree[Token]] = {}
        for attribute in _children(inner):
            if attribute.data == "attribute":
                name, value = _children(attribute)
                attributes[_plain(name)] = value
        yield Block(names[0], tuple(names[1:]), _line(child), attributes, tuple(_blocks(inner)))


@dataclass
class Scope:
    """What names stand for: `local.x`, `var.x`, `each.value`, and the ids of secrets (`resource.name.secret_id`)."""

    names: dict[str, Tree[Token]] = field(default_factory=dict)
    bound: dict[str, Expression] = field(default_factory=dict)

    @staticmethod
    def of(blocks: list[Block]) -> Scope:
        """The locals and variables with defaults of a file."""
        scope = Scope()
        for block in blocks:
            if block.type == "locals":
                scope.names |= {f"local.{name}": value for name, value in block.attributes.items()}
            elif block.type == "variable" and block.labels and "default" in block.attributes:
                scope.names[f"var.{block.labels[0]}"] = block.attributes["default"]
            elif block.type == "resource" and len(block.labels) == 2:
                prefix = ".".join(block.labels)
                scope.names |= {f"{prefix}.{name}": value for name, value in block.attributes.items()}
        return scope

    def bind(self, **bound: Expression) -> Scope:
        """With `each.key` and `each.value`, given as `key` and `value`."""
        return Scope(self.names, {**self.bound, **{f"each.{name}": value for name, value in bound.items()}})

    def evaluate(self, tree: Part, depth: int = 0) -> Expression:
        """What an expression is, as far as the file tells."""
        unknown = Text("*", _line(tree))
        if depth > _MAX_DEPTH:
            return unknown
        kind = tree.data if hasattr(tree, "data") else ""
        children = _children(tree)
        if kind == "expr_term" and len(children) == 1:
            return self.evaluate(children[0], depth + 1)
        if kind == "string":
            return Text("".join(self._part(part, depth) for part in children), _line(tree))
        if kind == "tuple":
            return Items(tuple(self.evaluate(child, depth + 1) for child in children))
        if kind == "object":
            return Pairs(tuple(self._pair(child, depth) for child in children if child.data == "object_elem"))
        if kind == "function_call":
            return self._call(children, depth) or unknown
        if kind in {"get_attr_expr_term", "index_expr_term"}:
            return self._reference(tree, depth) or unknown
        if kind in {"int_lit", "float_lit", "literal_value"}:
            return Text(_plain(tree), _line(tree))
        return unknown

    def text(self, tree: Part | None) -> Text | None:
        """The expression as a string, or None where it is a list or a map."""
        value = self.evaluate(tree) if tree is not None else None
        return value if isinstance(value, Text) else None

    def _part(self, part: Part, depth: int) -> str:
        inner = _children(part)
        if not inner:
            return _plain(part)
        expressions = _children(inner[0])
        value = self.evaluate(expressions[0], depth + 1) if expressions else None
        return value.text if isinstance(value, Text) else "*"

    def _pair(self, element: Part, depth: int) -> tuple[Text, Expression]:
        key, value = _children(element)[:2]
        name = _plain(key).strip('"')
        return Text(name, _line(key)), self.evaluate(value, depth + 1)

    def _call(self, children: list[Tree[Token]], depth: int) -> Expression | None:
        name = _plain(children[0])
        if name not in _PASSED_ON or len(children) < 2:
            return None
        values = [self.evaluate(argument, depth + 1) for argument in _children(children[1])]
        if name == "keys" and isinstance(values[0], Pairs):
            return Items(tuple(key for key, _ in values[0].pairs))
        if values and all(isinstance(value, Items) for value in values):
            return Items(tuple(item for value in values if isinstance(value, Items) for item in value.items))
        if values and all(isinstance(value, Pairs) for value in values):
            return Pairs(tuple(pair for value in values if isinstance(value, Pairs) for pair in value.pairs))
        return None

    def _reference(self, tree: Part, depth: int) -> Expression | None:
        name = "".join(str(token) for token in _tokens(tree)).replace(" ", "")
        head, _, last = name.rpartition(".")
        if name in self.bound:
            return self.bound[name]
        base = self.bound.get(head)
        if isinstance(base, Pairs):
            return base.get(last)
        if last in {"id", "arn", "name", "secret_id"}:
            name = next((known for key in _ID_KEYS if (known := f"{head}.{key}") in self.names), name)
        return self.evaluate(self.names[name], depth + 1) if name in self.names else None


def _children(part: Part) -> list[Tree[Token]]:
    return [
        child
        for child in getattr(part, "children", ())
        if hasattr(child, "data") and child.data != "new_line_or_comment"
    ]


def _tokens(part: Part) -> Iterator[Token]:
    if hasattr(part, "scan_values"):
        yield from part.scan_values(lambda _: True)


def _plain(part: Part) -> str:
    return "".join(str(token) for token in _tokens(part)).strip().strip('"')


def _line(part: Part) -> int:
    return getattr(getattr(part, "meta", None), "line", None) or 1
