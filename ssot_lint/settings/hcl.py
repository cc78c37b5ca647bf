"""HCL2 files as blocks with lines, read with python-hcl2's grammar; expressions stay trees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from ssot_lint.settings.document import UnreadableError

if TYPE_CHECKING:
    from lark import Token, Tree

    Part: TypeAlias = Tree[Token] | Token


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


@lru_cache(maxsize=256)
def parse(text: str) -> list[Block]:
    """The top-level blocks; of a file of variables one of type `given` for each. Raises `UnreadableError`."""
    import hcl2
    from lark.exceptions import LarkError

    try:
        tree = hcl2.parses_to_tree(text)
        return list(_blocks(tree.children[0], is_top=True))
    except LarkError as error:
        raise UnreadableError("not HCL2: the text can't be parsed", getattr(error, "line", None) or 1) from None
    except RecursionError:
        raise UnreadableError("not HCL2 that can be read: nested too deep") from None


def _blocks(body: Part, *, is_top: bool = False) -> Iterator[Block]:
    for child in children_of(body):
        if child.data == "attribute" and is_top:
            name, value = children_of(child)
            yield Block("given", (text_of(name),), line_of(child), {"default": value})
        if child.data != "block":
            continue
        *labels, inner = children_of(child)
        names = [text_of(label) for label in labels]
        attributes: dict[str, Tree[Token]] = {}
        for attribute in children_of(inner):
            if attribute.data == "attribute":
                name, value = children_of(attribute)
                attributes[text_of(name)] = value
        yield Block(names[0], tuple(names[1:]), line_of(child), attributes, tuple(_blocks(inner)))


def children_of(part: Part) -> list[Tree[Token]]:
    """The trees inside a part, without line breaks and comments."""
    return [
        child
        for child in getattr(part, "children", ())
        if hasattr(child, "data") and child.data != "new_line_or_comment"
    ]


def tokens_of(part: Part) -> Iterator[Token]:
    """The tokens of a part, in source order."""
    if hasattr(part, "scan_values"):
        yield from part.scan_values(lambda _: True)


def text_of(part: Part) -> str:
    """What a part says as it is written, without the quotes around it."""
    return "".join(str(token) for token in tokens_of(part)).strip().strip('"')


def line_of(part: Part) -> int:
    """The 1-based line on which a part begins."""
    return getattr(getattr(part, "meta", None), "line", None) or 1
