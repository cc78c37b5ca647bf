"""Whether two versions of a file differ only in functions that nobody has looked into."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from ssot_lint.facts.model import ModuleFacts, Scope, Site


def moved_sites(old: ModuleFacts, new: ModuleFacts, looked: Collection[int]) -> dict[Site, Site] | None:
    """Where the sites of the old version are in the new one; None if more than unseen code has changed.

    `looked` are the indices of the scopes whose statements were looked at. Of the others these may differ, and the
    names that they bind for themselves; comments and the number of lines may differ too. Sites inside of unseen code
    are not among those that are given.
    """
    moved: dict[Site, Site] = {}
    if len(old.scopes) != len(new.scopes) or not _alike([old.imports, old.syntax], [new.imports, new.syntax], moved):
        return None
    for index, (before, after) in enumerate(zip(old.scopes, new.scopes, strict=True)):
        if not _alike(_seen(before, index in looked), _seen(after, index in looked), moved):
            return None
    return moved


def _seen(scope: Scope, looked: bool) -> list[object]:
    """What is known of a scope."""
    whole = looked or scope.kind in ("module", "class")
    return [
        scope.name, scope.qualname, scope.kind, scope.parent, scope.parameters, scope.returns, scope.is_async,
        scope.is_generator, scope.captured, scope.global_names, scope.nonlocal_names, (scope.at,),
        scope.bound if whole else None, scope.read() if looked else None,
    ]  # fmt: skip


def _alike(old: object, new: object, moved: dict[Site, Site]) -> bool:
    """Whether two parts of facts are the same but for their sites, which are noted."""
    pending = [(old, new, False)]
    while pending:
        before, after, is_site = pending.pop()
        if type(before) is not type(after):
            return False
        if isinstance(before, msgspec.Struct):
            names = before.__struct_fields__
            pending += [(getattr(before, name), getattr(after, name), name == "at") for name in names]
        elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
            if len(before) != len(after):
                return False
            # Of numbers, only sites stand in tuples.
            pending += [(*pair, isinstance(before, tuple)) for pair in zip(before, after, strict=True)]
        elif isinstance(before, int) and isinstance(after, int) and is_site:
            if moved.setdefault(before, after) != after:
                return False
        elif before != after:
            return False
    return True
