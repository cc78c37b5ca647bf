"""Whether two versions of a file differ only in functions that nobody has looked into, and in new ones."""

from __future__ import annotations

import builtins
from collections.abc import Collection
from dataclasses import dataclass, field

import msgspec

from ssot_lint.facts.model import Const, Define, Expression, ModuleFacts, Name, Scope, Site


@dataclass
class Moved:
    """Where the sites of an old version of a file are in the new one, and the names of the functions that are new."""

    sites: dict[Site, Site] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)


def moved(old: ModuleFacts, new: ModuleFacts, looked: Collection[int]) -> Moved | None:
    """What became of the old version's sites in the new one; None if more than unseen code has changed.

    `looked` are the indices of the scopes whose statements were looked at. Of the others these may differ, and the
    names that they bind for themselves; comments and the number of lines may differ too. Sites inside of unseen code
    are not among those that are given. The new version may have functions more on the level of the module, whose
    definition does nothing but to bind a name.
    """
    found = Moved()
    indices = _added(old, new)
    if indices is None or not _alike([old.imports, old.syntax], [new.imports, new.syntax], found.sites, {}):
        return None
    kept = [index for index in range(len(new.scopes)) if index not in indices]
    numbers = dict(enumerate(kept)) | {-1: -1}
    found.added = [new.scopes[index].name for index in indices if new.scopes[index].parent == 0]
    for index, (before, now) in enumerate(zip(old.scopes, kept, strict=True)):
        whole, part = _seen(before, index in looked), _seen(new.scopes[now], index in looked)
        if index == 0 and indices:
            part = _seen(_without(new.scopes[0], indices, found.added), index in looked)
        if numbers[before.parent] != new.scopes[now].parent or not _alike(whole, part, found.sites, numbers):
            return None
    return found


def _added(old: ModuleFacts, new: ModuleFacts) -> set[int] | None:
    """The indices of the scopes that only the new version has; None if it lacks one, or one does more than to be."""
    added: set[int] = set()
    waiting = old.scopes[::-1]
    for index, scope in enumerate(new.scopes):
        if waiting and (waiting[-1].qualname, waiting[-1].kind) == (scope.qualname, scope.kind):
            waiting.pop()
        elif not scope.global_names and (scope.parent in added or _is_inert(scope, old.scopes[0])):
            added.add(index)
        else:
            return None
    plain = {each.scope for each in new.scopes[0].read() if isinstance(each, Define) and not each.decorators}
    outer = {index for index in added if new.scopes[index].parent == 0}
    return added if not waiting and (not added or outer <= plain) else None


def _is_inert(scope: Scope, module: Scope) -> bool:
    """Whether all that a function's definition does is to bind a name that the module has not had."""

    def is_harmless(part: Expression | None) -> bool:
        if isinstance(part, Name):
            return hasattr(builtins, part.id) and part.id not in module.bound
        return part is None or isinstance(part, Const)

    parts = [each for parameter in scope.parameters for each in (parameter.annotation, parameter.default)]
    is_new = scope.parent == 0 and scope.name not in module.bound and not hasattr(builtins, scope.name)
    return scope.kind == "function" and is_new and all(map(is_harmless, [*parts, scope.returns]))


def _without(module: Scope, added: set[int], names: list[str]) -> Scope:
    """A module's body without the definitions of functions."""
    body = [each for each in module.read() if not (isinstance(each, Define) and each.scope in added)]
    bound = [name for name in module.bound if name not in names]
    rest = msgspec.structs.replace(module, bound=bound)
    rest.__dict__["body"] = body
    return rest


def _seen(scope: Scope, looked: bool) -> list[object]:
    """What is known of a scope, but for the one around it."""
    whole = looked or scope.kind in ("module", "class")
    return [
        scope.name, scope.qualname, scope.kind, scope.parameters, scope.returns, scope.is_async,
        scope.is_generator, scope.captured, scope.global_names, scope.nonlocal_names, (scope.at,),
        scope.bound if whole else None, scope.read() if looked else None,
    ]  # fmt: skip


def _alike(old: object, new: object, sites: dict[Site, Site], numbers: dict[int, int]) -> bool:
    """Whether two parts of facts are the same but for their sites, which are noted, and the `numbers` of scopes."""
    pending = [(old, new, "")]
    while pending:
        before, after, name = pending.pop()
        if type(before) is not type(after):
            return False
        if isinstance(before, msgspec.Struct):
            names = before.__struct_fields__
            pending += [(getattr(before, name), getattr(after, name), name) for name in names]
        elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
            if len(before) != len(after):
                return False
            # Of numbers, only sites stand in tuples.
            within = "at" if isinstance(before, tuple) else ""
            pending += [(*pair, within) for pair in zip(before, after, strict=True)]
        elif isinstance(before, int) and isinstance(after, int) and name == "at":
            if sites.setdefault(before, after) != after:
                return False
        elif isinstance(before, int) and name == "scope":
            if numbers[before] != after:
                return False
        elif before != after:
            return False
    return True
