"""Which scopes of a file have a name or a text somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssot_lint.facts.model import ModuleFacts


def scopes_with(facts: ModuleFacts, content: Callable[[], bytes], sought: bytes) -> Iterator[int]:
    """The indices of the scopes whose statements have it; `content` gives the file.

    Statements are looked through as they are stored. A body that is not read yet is read if its text has it.
    """
    unread = {each.scope: each for each in facts.unread}
    for index, scope in enumerate(facts.scopes):
        if scope.is_unread and index in unread:
            waiting = unread[index]
            if sought in content()[waiting.start : waiting.end]:
                scope.complete()
        if not scope.is_unread and sought in bytes(scope.encoded):
            yield index
