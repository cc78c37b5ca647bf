"""What the linter's own graph says that a start runs: the only places where a fault has to be found."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import NamedTuple

from benchmarks.seeded.files import File, Files, Place
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.graph import CallGraph, Node, Reach
from ssot_lint.findings import Site, Span
from ssot_lint.locate import Places


class Made(NamedTuple):
    """A call that a start makes: the file and the node, and the one function of the project that it runs."""

    file: File
    node: ast.Call
    callee_file: File
    callee: ast.FunctionDef | ast.AsyncFunctionDef
    owner: ClassInfo | None


class Start:
    """The scopes that run before the program serves, and the calls that they make, certain or likely."""

    def __init__(self, graph: CallGraph, files: Files, places: Places) -> None:
        self.files = files
        self._scopes: defaultdict[str, set[str]] = defaultdict(set)
        self._at_import: defaultdict[str, set[str]] = defaultdict(set)
        targets: defaultdict[Site, set[tuple[str, str, ClassInfo | None]]] = defaultdict(set)
        for node in graph.nodes.values():
            reach = node.reach[0]
            if not _starts(reach) or reach is None:
                continue
            qualname = node.activation.code.qualname
            self._scopes[node.module].add(qualname)
            if reach.phase == "import":
                self._at_import[node.module].add(qualname)
            for call in node.calls:
                if call.half == 0 and call.kind == "call":
                    targets[Site(call.module, call.at)].add(_target(graph, call.callee))
        places.want(targets)
        self._calls: defaultdict[str, set[Place]] = defaultdict(set)
        self.calls: list[Made] = []
        for site in sorted(targets):
            self._add(site, targets[site], places.span(site))

    def _add(self, site: Site, found: set[tuple[str, str, ClassInfo | None]], span: Span) -> None:
        place = (span.line, span.column, span.end_line, span.end_column)
        self._calls[site.module].add(place)
        file = self.files.of(site.module)
        if file is None or place not in file.calls or len(found) != 1:
            return
        module, qualname, owner = next(iter(found))
        callee_file = self.files.of(module)
        callee = callee_file.scopes.get(qualname) if callee_file is not None else None
        if callee_file is not None and isinstance(callee, (ast.FunctionDef, ast.AsyncFunctionDef)):
            self.calls.append(Made(file, file.calls[place], callee_file, callee, owner))

    def modules(self) -> list[File]:
        """The files that are imported."""
        found = [self.files.of(module) for module, names in sorted(self._scopes.items()) if "" in names]
        return [file for file in found if file is not None]

    def scopes(self, file: File, *, at_import: bool = False) -> list[tuple[str, ast.AST]]:
        """The scopes of a file that run; class bodies belong to what is around them."""
        names = (self._at_import if at_import else self._scopes)[file.source.name]
        return [(name, file.scopes[name]) for name in sorted(names) if name in file.scopes]

    def runs(self, file: File, node: ast.AST) -> bool:
        """Whether a node is run: in a scope that is, straight on or in a statement that makes a call that is made."""
        if file.is_tried(node) or file.is_annotation(node):
            return False
        scope = file.qualname(node)
        while isinstance(file.scopes.get(scope), ast.ClassDef):
            scope = scope.rpartition(".")[0]
        if scope not in self._scopes[file.source.name]:
            return False
        if file.is_straight(node):
            return True
        return any(
            isinstance(each, ast.Call)
            and (each.lineno, each.col_offset + 1, each.end_lineno, (each.end_col_offset or 0) + 1)
            in self._calls[file.source.name]
            for each in (node, file.parents[node])
        )


def _starts(reach: Reach | None) -> bool:
    return reach is not None and reach.phase in ("import", "startup") and reach.certainty != "possible"


def _target(graph: CallGraph, callee: object) -> tuple[str, str, ClassInfo | None]:
    node: Node | None = graph.nodes.get(callee)  # type: ignore[call-overload]
    if node is None:
        return ("", "", None)
    function = node.activation.function
    return (node.module, node.activation.code.qualname, function.owner if function is not None else None)
