"""YAML (and JSON, which it contains) as a tree with lines, built from the parser's events.

An alias is the same node as its anchor, never a copy, and `walk` sees a node once: nested aliases can't blow up. The
tree is built without recursion and its depth is bounded, so nesting can't end the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, cast

_MAX_DEPTH = 200
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})


class YamlError(ValueError):
    """Text that is not YAML; `line` is 1-based."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line

    def of(self, language: str) -> YamlError:
        """The same of text that should be of a part of YAML."""
        return YamlError(str(self).replace("not YAML", f"not {language}"), self.line)


@dataclass(eq=False, slots=True)
class Node:
    """A scalar (`text` is None for null), a sequence (`elements`) or a mapping (`pairs`), and where it starts.

    `tag` is the one that is written, such as `!Sub`.
    """

    type: Literal["scalar", "sequence", "mapping"]
    line: int
    column: int
    end_line: int = 0
    text: str | None = None
    block: bool = False
    tag: str = ""
    elements: list[Node] = field(default_factory=list)
    pairs: list[tuple[Node, Node]] = field(default_factory=list)

    def fields(self) -> Iterator[tuple[Node, Node]]:
        """The pairs of a mapping, those of its merge keys (`<<`) after its own."""
        if self._merges:
            yield from self._fields(set(), set())
        else:
            yield from self.pairs

    @property
    def _merges(self) -> bool:
        return any(key.text == "<<" for key, _ in self.pairs)

    def _fields(self, seen: set[int], known: set[str | None]) -> Iterator[tuple[Node, Node]]:
        """Those of what is merged in stand behind the own ones, and only if there is none of that name yet."""
        if id(self) in seen:
            return
        seen.add(id(self))
        own = [(key, value) for key, value in self.pairs if key.text != "<<"]
        yield from (pair for pair in own if pair[0].text not in known)
        known.update(key.text for key, _ in own)
        for value in (value for key, value in self.pairs if key.text == "<<"):
            for other in value.elements or [value]:
                yield from other._fields(seen, known)

    def get(self, *keys: str) -> Node | None:
        """The value under that path of keys, or None."""
        node: Node | None = self
        for key in keys:
            if node is None:
                return None
            for name, value in node.fields() if node._merges else node.pairs:
                if name.text == key:
                    node = value
                    break
            else:
                return None
        return node

    def text_of(self, *keys: str) -> str:
        """The scalar under that path, or an empty string."""
        node = self.get(*keys)
        return (node.text or "") if node else ""

    def list_of(self, *keys: str) -> list[Node]:
        """The elements of the sequence under that path, or none."""
        node = self.get(*keys)
        return node.elements if node else []


def walk(root: Node) -> Iterator[Node]:
    """Every node of a tree once, in document order."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        stack += reversed([*node.elements, *(part for pair in node.pairs for part in pair)])


def documents(text: str) -> list[Node]:
    """The root nodes of every document of `text`; raises `YamlError`."""
    import yaml

    loader = cast("Any", getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=loader):
            builder.feed(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise YamlError(f"not YAML: {error.problem or error.context}", mark.line + 1 if mark else 1) from None
    except yaml.YAMLError as error:
        raise YamlError(f"not YAML: {type(error).__name__}", 1) from None
    return builder.roots


class _Builder:
    """Builds the trees from events, with a stack of its own."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self._stack: list[tuple[Node, Node | None]] = []
        self._anchors: dict[str, Node] = {}

    def feed(self, event: Any) -> None:  # noqa: ANN401
        """Takes the next of PyYAML's events."""
        kind = type(event).__name__
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in {"SequenceEndEvent", "MappingEndEvent"}:
            self._stack.pop()[0].end_line = event.start_mark.line + 1
        elif kind in {"SequenceStartEvent", "MappingStartEvent"}:
            self._start(kind, event)
        elif kind == "DocumentStartEvent":
            self._anchors = {}
        elif kind == "AliasEvent":
            if event.anchor not in self._anchors:
                raise YamlError("not YAML: an alias of an anchor that is not there", event.start_mark.line + 1)
            self._add(self._anchors[event.anchor])

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        mark, value, style = event.start_mark, event.value, event.style
        text = None if not style and value in _NULLS else value
        node = Node("scalar", mark.line + 1, mark.column + 1, event.end_mark.line + 1, text)
        if style in {"|", ">"}:
            node.block = True
        if event.tag:
            node.tag = event.tag
        if event.anchor:
            self._anchors[event.anchor] = node
        self._add(node)

    def _start(self, kind: str, event: Any) -> None:  # noqa: ANN401
        mark = event.start_mark
        node = Node("sequence" if kind.startswith("Seq") else "mapping", mark.line + 1, mark.column + 1)
        if event.anchor:
            self._anchors[event.anchor] = node
        self._add(node)
        if len(self._stack) >= _MAX_DEPTH:
            raise YamlError(f"nested more than {_MAX_DEPTH} levels deep", mark.line + 1)
        self._stack.append((node, None))

    def _add(self, node: Node) -> None:
        if not self._stack:
            self.roots.append(node)
            return
        parent, key = self._stack[-1]
        if parent.type == "sequence":
            parent.elements.append(node)
        elif key is None:
            self._stack[-1] = (parent, node)
        else:
            parent.pairs.append((key, node))
            self._stack[-1] = (parent, None)
