"""Modules of Terraform that stand in the project, as a file that calls them makes them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ssot_lint.project.paths import parent
from ssot_lint.settings.document import Document, UnreadableError
from ssot_lint.settings.environments import is_environment
from ssot_lint.settings.hcl import Block, parse
from ssot_lint.settings.model import UNKNOWN, Setting
from ssot_lint.settings.terraform import Expression, Items, Pairs, Scope, Text

CALLED = "module:"
"""The name of what stands for a call of a module; no variable has such a one. Its group is the module's folder."""
_DEEPEST = 4
_META = frozenset({"source", "version", "for_each", "count", "providers", "depends_on"})


@dataclass(frozen=True)
class Made:
    """A resource that a call makes, in the scope of one instance of the module, and what the module is told."""

    resource: Block
    scope: Scope
    inputs: tuple[Expression, ...]
    call: Block

    def line_of(self, identifier: str) -> int:
        """The line of the call that tells an id, or else the call's own."""
        texts = [each for given in self.inputs for each in _texts(given) if each.line and each.text != UNKNOWN]
        told = [each for each in texts if each.text and each.text in identifier]
        nearest = max(told, key=lambda each: (not is_environment(each.text), len(each.text)), default=None)
        return nearest.line if nearest is not None else self.call.line


def folder_of(document: Document, block: Block, scope: Scope) -> str:
    """The folder of the module that a block calls; empty for one that stands elsewhere."""
    return _folder(parent(document.path), block, scope)


def made(document: Document, block: Block, scope: Scope) -> Iterator[Made]:
    """The resources that the call of a module makes, those of modules inside it included."""
    yield from _made(document, parent(document.path), block, scope, None, _DEEPEST)


def _made(
    document: Document, folder: str, block: Block, scope: Scope, outer: Made | None, deepest: int
) -> Iterator[Made]:
    """What a call makes in a folder; one that stands in the module of the call `outer` is told by that one."""
    inside = _folder(folder, block, scope)
    blocks = list(blocks_of(document.folder(inside))) if inside and deepest else []
    if not blocks:
        return
    own = Scope.of((), blocks)
    for instance in scope.instances(block.attributes, line=block.line):
        given = {name: instance.evaluate(tree) for name, tree in block.attributes.items() if name not in _META}
        inner = replace(own, bound={f"var.{name}": value for name, value in given.items()})
        told = tuple(given.values()) if outer is None else outer.inputs
        for each in blocks:
            here = Made(each, inner, told, block if outer is None else outer.call)
            if each.type == "resource" and len(each.labels) == 2:
                yield here
            elif each.type == "module":
                yield from _made(document, inside, each, inner, here, deepest - 1)


def _folder(folder: str, block: Block, scope: Scope) -> str:
    source = scope.text(block.attributes.get("source"))
    if source is None or not source.text.startswith(("./", "../")):
        return ""
    found = posixpath.normpath(posixpath.join(folder, source.text))
    return "" if found.startswith("..") else found


def blocks_of(texts: Sequence[str]) -> Iterator[Block]:
    """The blocks of several files; those that can't be read are told of by themselves."""
    for text in texts:
        try:
            yield from parse(text)
        except UnreadableError:
            continue


def without_templates(settings: Iterable[Setting]) -> list[Setting]:
    """The settings without what modules make of what they are told: their calls say what that is.

    Of what a module hands to services nothing is left, for its calls have it all.
    """
    every = list(settings)
    called = {each.group for each in every if each.name == CALLED}
    return [
        each
        for each in every
        if each.name != CALLED
        and not (
            each.kind == "terraform"
            and (each.role == "deployed" or (each.role == "provisioned" and UNKNOWN in each.secret))
            and parent(each.path) in called
        )
    ]


def _texts(value: Expression) -> Iterator[Text]:
    stack = [value]
    while stack:
        each = stack.pop(0)
        if isinstance(each, Text):
            yield each
        elif isinstance(each, Items):
            stack[:0] = each.items
        elif isinstance(each, Pairs):
            stack[:0] = [part for pair in each.pairs for part in pair]
