"""Names of code objects, in the words of `ssot-lint graph`.

A frame knows its file, its first line and a qualified name that can't tell two lambdas apart. The file's syntax tree
can: lambdas are numbered in source order within their scope, comprehensions and class bodies belong to the scope that
runs them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType
from typing import TypeAlias, Union

ScopeNode: TypeAlias = Union[ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef]

FOLDED = frozenset({"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"})

NOWHERE = (0, 0, 0, 0)


@dataclass
class Scope:
    """A function, lambda or class of a file: `name` is dotted, the lines are those that a code object may start on."""

    name: str
    code_name: str
    first_lines: range
    span: tuple[int, int, int, int]
    is_class: bool
    runs_in: str
    is_resumed: bool


@dataclass
class FileNames:
    """The scopes of one file."""

    module: str
    tree: ast.Module
    scopes: list[Scope] = field(default_factory=list)

    def name_of(self, code: CodeType) -> str | None:
        """The node of the graph that `code` belongs to; None for code that no scope of the file made."""
        if code.co_name == "<module>":
            return self.module
        best: Scope | None = None
        for scope in self.scopes:
            if code.co_name in FOLDED:
                fits = not scope.is_class and _contains(scope.span, _span_of(code))
            else:
                fits = scope.code_name == code.co_name and code.co_firstlineno in scope.first_lines
                # A lambda that only gives a constant says no more than its line.
                fits = fits and (code.co_name != "<lambda>" or _is_in(code, scope.span))
            if fits and (best is None or _contains(best.span, scope.span)):
                best = scope
        if best is None:
            return self.module if code.co_name in FOLDED else None
        return best.runs_in if best.is_class else best.name

    def resumed(self) -> set[str]:
        """The generator functions and coroutine functions of the file."""
        return {scope.name for scope in self.scopes if scope.is_resumed}

    def functions(self) -> list[str]:
        """All functions and lambdas of the file and the module itself."""
        return [self.module, *(scope.name for scope in self.scopes if not scope.is_class)]


def read_names(path: Path, module: str) -> FileNames:
    """The names of the scopes in a source file. Raises `SyntaxError` for what this Python can't parse."""
    names = FileNames(module, ast.parse(path.read_bytes()))
    _collect(names.tree, module, module, names.scopes)
    return names


def module_name(path: Path, root: Path) -> str:
    """The dotted name of a file below `root`: `pkg/__init__.py` is `pkg`."""
    parts = list(path.relative_to(root).with_suffix("").parts)
    if parts[-1] == "__init__" and len(parts) > 1:
        parts.pop()
    return ".".join(parts)


def _collect(node: ast.AST, name: str, runs_in: str, found: list[Scope]) -> None:
    lambdas = 0
    for inner in _scopes_directly_in(node):
        if isinstance(inner, ast.Lambda):
            lambdas += 1
            own, code_name, decorators = f"{name}.<lambda{lambdas}>", "<lambda>", []
        else:
            own, code_name, decorators = f"{name}.{inner.name}", inner.name, inner.decorator_list
        first = min([inner.lineno, *(decorator.lineno for decorator in decorators)])
        is_class = isinstance(inner, ast.ClassDef)
        spanned: ast.expr | ast.stmt = inner.body if isinstance(inner, ast.Lambda) else inner
        lines = range(first, inner.lineno + 1)
        found.append(Scope(own, code_name, lines, _span(spanned), is_class, runs_in, _is_resumed(inner)))
        _collect(inner, own, runs_in if is_class else own, found)


def _is_resumed(node: ast.AST) -> bool:
    """Whether a call of the function only makes a generator or a coroutine."""
    if isinstance(node, (ast.AsyncFunctionDef, ast.ClassDef)):
        return isinstance(node, ast.AsyncFunctionDef)
    stack = list(ast.iter_child_nodes(node))
    while stack:
        current = stack.pop()
        if isinstance(current, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            stack.extend(ast.iter_child_nodes(current))
    return False


def _scopes_directly_in(node: ast.AST) -> list[ScopeNode]:
    """The scopes that `node` itself makes, in source order: not those in its decorators and defaults."""
    found: list[ScopeNode] = []
    if isinstance(node, ast.Lambda):
        stack: list[ast.AST] = [node.body]
    elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)):
        stack = list(node.body)
    else:
        stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            found.append(current)
            stack.extend(current.decorator_list)
            if isinstance(current, ast.ClassDef):
                stack.extend([*current.bases, *current.keywords])
            else:
                stack.append(current.args)
        elif isinstance(current, ast.Lambda):
            found.append(current)
            stack.append(current.args)
        else:
            stack.extend(ast.iter_child_nodes(current))
    return sorted(found, key=lambda scope: (scope.lineno, scope.col_offset))


def _span(node: ast.expr | ast.stmt) -> tuple[int, int, int, int]:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return node.lineno, node.col_offset, node.end_lineno, node.end_col_offset


def _span_of(code: CodeType) -> tuple[int, int, int, int]:
    """From the first to the last position of the code's instructions; of code made at run time it may know none."""
    known = [p for p in code.co_positions() if None not in p and p[3] != 0]
    starts = [(line, column) for line, _, column, _ in known]
    ends = [(end, column) for _, end, _, column in known]
    if not known:
        return NOWHERE
    return (*min(starts), *max(ends))  # type: ignore[return-value]


def _is_in(code: CodeType, span: tuple[int, int, int, int]) -> bool:
    own = _span_of(code)
    return own == NOWHERE or _contains(span, own)


def _contains(outer: tuple[int, int, int, int], inner: tuple[int, int, int, int]) -> bool:
    return outer[:2] <= inner[:2] and inner[2:] <= outer[2:]
