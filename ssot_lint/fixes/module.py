"""A file's tree, what is to change in it, and the bytes that come out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import cast

import libcst as cst
from libcst import matchers
from libcst.metadata import (
    FunctionScope,
    GlobalScope,
    ImportAssignment,
    MetadataWrapper,
    ParentNodeProvider,
    Scope,
    ScopeProvider,
)

from ssot_lint.facts.extract import walk_module
from ssot_lint.facts.model import Unreadable
from ssot_lint.facts.parser import parse
from ssot_lint.fixes.definitions import Definitions
from ssot_lint.fixes.imports import with_names
from ssot_lint.project.imports import absolute_name
from ssot_lint.project.model import Source


class Refused(Exception):  # noqa: N818 - it is no error of the run
    """A fix that is not made; its text says why, in words that follow 'not fixed: '."""


@dataclass
class _Addition:
    """A name that an import statement is to give beside, or instead of, another that it gives."""

    name: str
    binding: ImportAssignment
    renamed: set[cst.CSTNode] = field(default_factory=set)


class EditedModule:
    """A parsed file and the changes asked for; `unsafe` asks for those too that may not be right.

    Raises `Refused` where the file can't be parsed, or LibCST would not print it as it is written.
    """

    def __init__(self, source: Source, content: bytes, *, unsafe: bool) -> None:
        tree = parse(content)
        if isinstance(tree, Unreadable):
            raise Refused(f"the file can't be parsed: {tree.message}")
        if tree.bytes != content:
            raise Refused("the file holds form feeds or mixed line ends, which would be lost")
        self.source = source
        self.unsafe = unsafe
        self._tree = tree
        self._nodes = walk_module(tree, content)[0].located()
        self._metadata = MetadataWrapper(tree, unsafe_skip_copy=True)
        self._replaced: dict[cst.CSTNode, cst.CSTNode | cst.RemovalSentinel] = {}
        self._additions: defaultdict[cst.ImportFrom, dict[cst.ImportAlias, _Addition]] = defaultdict(dict)

    # Either takes several times as long as parsing, and most refusals need neither.
    @cached_property
    def _scopes(self) -> Mapping[cst.CSTNode, Scope | None]:
        return self._metadata.resolve(ScopeProvider)

    @cached_property
    def _parents(self) -> Mapping[cst.CSTNode, cst.CSTNode]:
        return self._metadata.resolve(ParentNodeProvider)

    def node(self, at: int) -> cst.CSTNode:
        """The node of a site of the file's facts."""
        return self._nodes[at]

    def scope(self, node: cst.CSTNode) -> Scope:
        """The scope that a name or expression is read in."""
        scope = self._scopes[node]
        if scope is None:
            raise Refused("what its name means here can't be told")
        return scope

    def parent(self, node: cst.CSTNode) -> cst.CSTNode:
        """The node that a node stands in."""
        return self._parents[node]

    def absolute(self, statement: cst.ImportFrom) -> str | None:
        """The absolute name of the module that a statement imports from."""
        module = "" if statement.module is None else dotted(statement.module)
        return None if module is None else absolute_name(self.source, len(statement.relative), module)

    def rename(self, node: cst.Name, name: str) -> None:
        """Asks that a name is written instead of another."""
        self._replaced[node] = node.with_changes(value=name)

    def drop_arguments(self, call: cst.Call) -> None:
        """Asks that a call is written without its arguments."""
        self._replaced[call.whitespace_before_args] = cst.SimpleWhitespace("")
        self._replaced.update(dict.fromkeys(call.args, cst.RemoveFromParent()))

    def import_beside(self, binding: ImportAssignment, alias: cst.ImportAlias, name: str, renamed: cst.Name) -> None:
        """Asks that the statement that gives `alias` gives `name` too, for the sake of a renamed reference.

        The old one is dropped if all its references are renamed and nobody else can know of it.
        """
        statement = cst.ensure_type(binding.node, cst.ImportFrom)
        addition = self._additions[statement].setdefault(alias, _Addition(name, binding))
        if addition.name != name:
            raise Refused(f"it is also to become {addition.name}")
        addition.renamed.add(renamed)

    def content(self, definitions: Definitions) -> bytes:
        """The bytes of the changed file. Raises `Refused` where they can't be parsed again."""
        new = dict(self._replaced)
        for statement, additions in self._additions.items():
            names = {alias: (item.name, self._can_drop(item, definitions)) for alias, item in additions.items()}
            new[statement] = with_names(statement, names)
        content = cst.ensure_type(self._tree.visit(_Replacing(new)), cst.Module).bytes
        if isinstance(parse(content), Unreadable):
            raise Refused("the result could not be parsed")
        return content

    def _can_drop(self, addition: _Addition, definitions: Definitions) -> bool:
        """Whether nobody needs the old name of an import any more: inside its scope, or of the module from outside."""
        binding = addition.binding
        if not all(access.node in addition.renamed for access in binding.references):
            return False
        if isinstance(binding.scope, FunctionScope):
            return True
        if not isinstance(binding.scope, GlobalScope) or self.source.is_package:
            return False
        quoted = any(
            binding.name in string.value
            for string in matchers.findall(self._tree, matchers.SimpleString())
            if isinstance(string, cst.SimpleString)
        )
        return not quoted and not definitions.is_taken_from(self.source.name, binding.name)


class _Replacing(cst.CSTTransformer):
    """Puts nodes in place of others, or removes them."""

    def __init__(self, new: dict[cst.CSTNode, cst.CSTNode | cst.RemovalSentinel]) -> None:
        super().__init__()
        self._new = new

    def on_leave(
        self, original_node: cst.CSTNodeT, updated_node: cst.CSTNodeT
    ) -> cst.CSTNodeT | cst.RemovalSentinel | cst.FlattenSentinel[cst.CSTNodeT]:
        return cast("cst.CSTNodeT", self._new.get(original_node, updated_node))


def dotted(node: cst.BaseExpression) -> str | None:
    """`a.b.c` of a dotted name, else None."""
    names: list[str] = []
    while isinstance(node, cst.Attribute):
        names.append(node.attr.value)
        node = node.value
    return ".".join([node.value, *reversed(names)]) if isinstance(node, cst.Name) else None
