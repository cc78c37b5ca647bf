"""Comments that suppress findings."""

from __future__ import annotations

from collections.abc import Iterator

import libcst as cst

from ssot_lint.comments import FORM, MARK
from ssot_lint.facts.model import Suppression
from ssot_lint.facts.scopes import Walk


def suppressions(walk: Walk, module: cst.Module, source: bytes) -> list[Suppression]:
    """The suppressions of a module in source order. Only a source that holds the mark is searched for comments."""
    if MARK not in source:
        return []
    found: list[Suppression] = []
    for comment in _comments(module):
        if match := FORM.search(comment.value):
            codes = [code.strip() for code in (match[2] or "").split(",") if code.strip()]
            found.append(Suppression(codes, match[3].strip(), match[1] is not None, walk.site(comment)))
    return found


def _comments(module: cst.Module) -> Iterator[cst.Comment]:
    stack: list[cst.CSTNode] = [module]
    while stack:
        node = stack.pop()
        if isinstance(node, cst.Comment):
            yield node
        stack.extend(reversed(node.children))
