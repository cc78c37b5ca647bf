"""The files of a program as trees: where each scope, statement and call stands, and which modules names come from.

Python's own parser reads them here, so that the linter's reading of the code is not what it is judged by.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from ssot_lint.project.imports import absolute_name
from ssot_lint.project.model import Project, Source

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Place = tuple[int, int, int, int]


class Edit(NamedTuple):
    """A piece of a file that is replaced: offsets into its text."""

    path: str
    start: int
    end: int
    text: str


class File:
    """One file: its tree with the parents of its nodes, and its scopes by qualified name."""

    def __init__(self, source: Source, text: str) -> None:
        self.source = source
        self.path = source.path
        self.text = text
        self.tree = ast.parse(text)
        self.parents: dict[ast.AST, ast.AST] = {}
        self.scopes: dict[str, ast.AST] = {"": self.tree}
        self.calls: dict[Place, ast.Call] = {}
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)
        self._index(self.tree, "")

    def _index(self, node: ast.AST, around: str) -> None:
        for child in ast.iter_child_nodes(node):
            self.parents[child] = node
            name = around
            if isinstance(child, Definition):
                name = f"{around}.{child.name}" if around else child.name
                self.scopes[name] = child
            if isinstance(child, ast.Call):
                self.calls[_place(child)] = child
            self._index(child, name)

    def offset(self, line: int, column: int) -> int:
        """The offset of a place as trees have it, in a line that is ASCII."""
        return self._starts[line - 1] + column

    def replace(self, node: ast.AST, text: str) -> Edit:
        """Replaces a whole node."""
        return Edit(self.path, self.start(node), self.end(node), text)

    def insert(self, offset: int, text: str) -> Edit:
        """Puts a text between two characters."""
        return Edit(self.path, offset, offset, text)

    def start(self, node: ast.AST) -> int:
        """Where a node begins."""
        return self.offset(node.lineno, node.col_offset)  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        """Where a node ends."""
        return self.offset(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def name_of(self, definition: Definition) -> Edit:
        """The name in a definition, to be replaced: an edit that changes nothing."""
        start = self.text.index(definition.name, self.start(definition) + (5 if _is_plain(definition) else 4))
        return Edit(self.path, start, start + len(definition.name), definition.name)

    def around(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around a node, the innermost first."""
        while node in self.parents:
            node = self.parents[node]
            yield node

    def statement(self, node: ast.AST) -> ast.stmt:
        """The innermost statement that a node stands in, itself perhaps."""
        if isinstance(node, ast.stmt):
            return node
        return next(each for each in self.around(node) if isinstance(each, ast.stmt))

    def qualname(self, node: ast.AST) -> str:
        """The scope that runs a node."""
        names = [each.name for each in self.around(self.statement(node)) if isinstance(each, Definition)]
        return ".".join(reversed(names))

    def is_straight(self, node: ast.AST) -> bool:
        """Whether a node runs whenever its scope does, as far as no test, loop or handler stands around it."""
        for each in self.around(node):
            if isinstance(each, (ast.If, ast.For, ast.AsyncFor, ast.While, ast.Try, ast.Match, ast.IfExp, ast.BoolOp)):
                return False
            if isinstance(each, (ast.Lambda, ast.GeneratorExp, ast.ListComp, ast.SetComp, ast.DictComp)):
                return False
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return self.statement(node) is not each
        return True

    def is_annotation(self, node: ast.AST) -> bool:
        """Whether a node stands in an annotation, which Python may never evaluate."""
        inside = node
        for each in self.around(node):
            if isinstance(each, (ast.AnnAssign, ast.arg)) and each.annotation is inside:
                return True
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)) and each.returns is inside:
                return True
            inside = each
        return False

    def is_tried(self, node: ast.AST) -> bool:
        """Whether handlers in the same function may take what a node raises."""
        for each in self.around(node):
            if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
                return False
            if isinstance(each, ast.Try) and each.handlers:
                return True
        return False

    @cached_property
    def top(self) -> dict[str, list[ast.stmt]]:
        """The statements right in the body of the module that bind a name, by name."""
        found: dict[str, list[ast.stmt]] = {}
        for statement in self.tree.body:
            if isinstance(statement, Definition):
                found.setdefault(statement.name, []).append(statement)
            elif isinstance(statement, ast.Assign):
                for target in statement.targets:
                    if isinstance(target, ast.Name):
                        found.setdefault(target.id, []).append(statement)
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                found.setdefault(statement.target.id, []).append(statement)
        return found

    @cached_property
    def stored(self) -> dict[str, int]:
        """How often each name is bound anywhere in the file."""
        found: dict[str, int] = {}
        for node in ast.walk(self.tree):
            names = []
            if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
                names = [node.id]
            elif isinstance(node, Definition):
                names = [node.name]
            elif isinstance(node, (ast.Import, ast.ImportFrom)):
                names = [(each.asname or each.name).partition(".")[0] for each in node.names]
            elif isinstance(node, ast.arg):
                names = [node.arg]
            for name in names:
                found[name] = found.get(name, 0) + 1
        return found

    def import_base(self, node: ast.ImportFrom) -> str:
        """The module that a `from` import names."""
        return absolute_name(self.source, node.level, node.module or "") or ""


class Files:
    """The files of a program, read when they are asked for; None for one that has to be left alone."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._files: dict[str, File | None] = {}

    def of(self, module: str) -> File | None:
        """The file of a module, if all of it is ASCII (so that columns are characters)."""
        if module not in self._files:
            self._files[module] = self._read(module)
        return self._files[module]

    def _read(self, module: str) -> File | None:
        source = self.project.modules.get(module)
        if source is None:
            return None
        try:
            return File(source, self.project.read(source).decode("ascii"))
        except (SyntaxError, UnicodeDecodeError):
            return None


def _is_plain(definition: Definition) -> bool:
    return isinstance(definition, ast.ClassDef)


def _place(node: ast.Call) -> Place:
    return (node.lineno, node.col_offset + 1, node.end_lineno or 0, (node.end_col_offset or 0) + 1)
