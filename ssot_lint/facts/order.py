"""The order of a file's sites: those in the body of a function stand behind those of its header."""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.facts.model import BODY_SITES, ModuleFacts, Site


def outermost(facts: ModuleFacts) -> list[int]:
    """The indices of the functions that stand in no other, in source order."""
    return [index for index, scope in enumerate(facts.scopes) if scope.kind == "function" and scope.at < BODY_SITES]


def source_order(facts: ModuleFacts) -> Callable[[Site], tuple[Site, Site]]:
    """What sites are to be sorted by to stand as they do in the file."""
    headers = [facts.scopes[index].at for index in outermost(facts)]

    def key(at: Site) -> tuple[Site, Site]:
        body = at // BODY_SITES
        return (headers[body - 1], at) if 0 < body <= len(headers) else (at, 0)

    return key
