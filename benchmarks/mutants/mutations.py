"""What a slip of a developer makes of a module: one change of its text."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from typing import NamedTuple


class Mutation(NamedTuple):
    """One change: its kind, the line on which it is made, and the whole text that comes of it."""

    kind: str
    line: int
    text: bytes


class _Edit(NamedTuple):
    kind: str
    line: int
    start: int
    end: int
    new: str


def mutations(source: str, count: int, chance: random.Random) -> list[Mutation]:
    """So many changes of a module, drawn at random."""
    text = source.encode()
    edits = sorted(_Editor(source).edits())
    chosen = chance.sample(edits, min(count, len(edits)))
    return [Mutation(e.kind, e.line, text[: e.start] + e.new.encode() + text[e.end :]) for e in chosen]


class _Editor:
    def __init__(self, source: str) -> None:
        self._tree = ast.parse(source)
        self._text = source.encode()
        self._lines = [0]
        for line in self._text.splitlines(keepends=True):
            self._lines.append(self._lines[-1] + len(line))

    def edits(self) -> Iterator[_Edit]:
        """All that may be changed."""
        for node in ast.walk(self._tree):
            match node:
                case ast.Attribute(ctx=ast.Load()):
                    yield from self._attribute(node)
                case ast.Name(ctx=ast.Load()):
                    yield self._edit("name renamed", node, f"{node.id}_gone")
                case ast.Import() | ast.ImportFrom():
                    yield from self._import(node)
                case ast.Call():
                    yield from self._call(node)
                case ast.Await():
                    yield self._edit("`await` dropped", node, self._text_of(node.value))
                case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                    yield from self._definition(node)
                case ast.Assign():
                    yield self._edit("assignment dropped", node, "pass")
                    yield self._edit("None assigned", node.value, "None")
                case ast.Return(value=ast.expr()):
                    yield self._edit("`return` dropped", node, "pass")

    def _attribute(self, node: ast.Attribute) -> Iterator[_Edit]:
        yield self._edit("attribute renamed", node, f"{self._text_of(node.value)}.{node.attr}_gone")
        if isinstance(node.value, ast.Name) and node.value.id == "self":
            yield self._edit("`self.` dropped", node, node.attr)

    def _import(self, node: ast.Import | ast.ImportFrom) -> Iterator[_Edit]:
        yield self._edit("import dropped", node, "pass")
        if isinstance(node, ast.ImportFrom):
            for each in node.names:
                yield self._edit("import renamed", each, f"{each.name}_gone as {each.asname or each.name}")

    def _call(self, node: ast.Call) -> Iterator[_Edit]:
        function = self._text_of(node.func)
        arguments = [self._text_of(each) for each in (*node.args, *node.keywords)]
        if arguments and not isinstance(node.args[0] if node.args else None, ast.Starred):
            yield self._edit("argument dropped", node, f"{function}({', '.join(arguments[1:])})")
            yield self._edit("argument added", node, f"{function}({', '.join(('None', *arguments))})")
        for each in node.keywords:
            if each.arg is not None:
                yield self._edit("keyword renamed", each, f"{each.arg}_gone={self._text_of(each.value)}")

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Iterator[_Edit]:
        start = self._text.index(f" {node.name}".encode(), self._offset(node.lineno, node.col_offset)) + 1
        yield _Edit("definition renamed", node.lineno, start, start + len(node.name), f"{node.name}_new")
        parameters = [] if isinstance(node, ast.ClassDef) else node.args.args
        if parameters and parameters[0].arg == "self":
            after = self._start(parameters[1]) if len(parameters) > 1 else self._start(parameters[0]) + len("self")
            yield _Edit("`self` dropped", node.lineno, self._start(parameters[0]), after, "")

    def _edit(self, kind: str, node: ast.expr | ast.stmt | ast.alias | ast.keyword, new: str) -> _Edit:
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return _Edit(kind, node.lineno, self._start(node), end, new)

    def _text_of(self, node: ast.expr | ast.keyword) -> str:
        end = self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)
        return self._text[self._start(node) : end].decode()

    def _start(self, node: ast.expr | ast.stmt | ast.alias | ast.keyword | ast.arg) -> int:
        return self._offset(node.lineno, node.col_offset)

    def _offset(self, line: int, column: int) -> int:
        return self._lines[line - 1] + column
