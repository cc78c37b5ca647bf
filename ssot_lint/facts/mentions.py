"""Which scopes of a file have a name or a text somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.facts.model import ModuleFacts


def scopes_with(facts: ModuleFacts, sought: bytes) -> Iterator[int]:
    """The indices of the scopes whose statements have it, as they are stored.

    Bodies that nobody has read yet are not read for it: in them nothing matters to others.
    """
    for index, scope in enumerate(facts.scopes):
        if not scope.is_unread and sought in bytes(scope.encoded):
            yield index
