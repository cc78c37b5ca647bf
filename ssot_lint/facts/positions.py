"""Where some nodes of a LibCST tree stand: what `libcst.metadata.PositionProvider` says, in a tenth of its time.

The provider notes two positions for every node of a file; this notes, for the wanted nodes only, after how many tokens
they begin and end, and counts the lines of these once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import libcst as cst
from libcst._nodes.internal import CodegenState  # what the provider is made of, too; LibCST has no public name for it
from libcst.metadata import CodePosition, CodeRange

_NEWLINE = re.compile(r"\r\n?|\n")
_PLACES = (cst.BaseSmallStatement, cst.BaseCompoundStatement, cst.Arg, cst.Param)


def positions(module: cst.Module, wanted: Collection[cst.CSTNode]) -> dict[cst.CSTNode, CodeRange]:
    """The ranges of the wanted nodes of a tree. Lines count from 1, columns in code points from 0."""
    state = _Marking(module, wanted)
    module._codegen(state)
    at = _resolved(state.tokens, {mark for marks in state.marks.values() for mark in marks})
    found = {node: state.marks[id(node)] for node in wanted if id(node) in state.marks}
    return {node: CodeRange(at[begin], at[end]) for node, (begin, end) in found.items()}


def lines(module: cst.Module) -> dict[cst.CSTNode, int]:
    """The line that each node of a tree begins in."""
    state = _Lines(module)
    module._codegen(state)
    return state.lines


class _Lines(CodegenState):
    """Prints a module and counts its lines."""

    def __init__(self, module: cst.Module) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.lines: dict[cst.CSTNode, int] = {}
        self._line = 1

    def add_token(self, value: str) -> None:
        if "\n" in value or "\r" in value:
            self._line += len(_NEWLINE.findall(value))

    def before_codegen(self, node: cst.CSTNode) -> None:
        self.lines[node] = self._line

    def pop_trailing_newline(self) -> None:
        """Nothing is printed, so there is none to take back."""

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        self.lines[node] = self._line
        yield
        if start_node is not None:
            self.lines[node] = self.lines[start_node]


def on_line(module: cst.Module, line: int) -> cst.CSTNode:
    """The statement, argument or parameter that begins on that line or last before it, the widest of several."""
    nodes: list[cst.CSTNode] = []
    pending: list[cst.CSTNode] = [module]
    while pending:
        node = pending.pop()
        pending.extend(node.children)
        if isinstance(node, _PLACES):
            nodes.append(node)
    found = positions(module, nodes)
    begun = [node for node in nodes if found[node].start.line <= line]
    return max(begun, key=lambda node: (found[node].start.line, -found[node].start.column), default=module)


class _Marking(CodegenState):
    """Prints a module; `marks` are the numbers of tokens before the begin and the end of wanted nodes, by identity."""

    def __init__(self, module: cst.Module, wanted: Collection[cst.CSTNode]) -> None:
        super().__init__(default_indent=module.default_indent, default_newline=module.default_newline)
        self.marks: dict[int, tuple[int, int]] = {}
        self._wanted = {id(node) for node in wanted}
        self._begun: list[int] = []

    def before_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self._wanted:
            self._begun.append(len(self.tokens))

    def after_codegen(self, node: cst.CSTNode) -> None:
        if id(node) in self._wanted:
            self.marks.setdefault(id(node), (self._begun.pop(), len(self.tokens)))

    def pop_trailing_newline(self) -> None:
        """The last newline counts, as it does for the provider."""

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        if id(node) not in self._wanted:
            yield
            return
        self._wanted.update(id(each) for each in (start_node, end_node) if each is not None)
        begin = len(self.tokens)
        yield
        end = len(self.tokens)
        self.marks[id(node)] = (
            self.marks[id(start_node)][0] if start_node is not None else begin,
            self.marks[id(end_node)][1] if end_node is not None else end,
        )


def _resolved(tokens: list[str], marks: Collection[int]) -> dict[int, CodePosition]:
    """The line and column after so many tokens."""
    found: dict[int, CodePosition] = {}
    line, column, done = 1, 0, 0
    for mark in sorted(marks):
        lines = _NEWLINE.split("".join(tokens[done:mark]))
        line, column, done = line + len(lines) - 1, len(lines[-1]) + (column if len(lines) == 1 else 0), mark
        found[mark] = CodePosition(line, column)
    return found
