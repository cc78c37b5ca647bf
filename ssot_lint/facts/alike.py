"""Whether two versions of a file differ only in functions that nobody has looked into."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

import msgspec

from ssot_lint.facts.dead import dead_names, is_dead
from ssot_lint.facts.model import Const, Define, Expression, ModuleFacts, Name, Scope, Site

_NONE: frozenset[str] = frozenset()


@dataclass
class Moved:
    """Where the sites of an old version of a file are in the new one; the names of functions that came and went.

    `unseen` are the indices of the new version's scopes that nobody has looked at, but for bodies of the same text.
    """

    sites: dict[Site, Site] = field(default_factory=dict)
    unseen: list[int] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


def moved(
    old: ModuleFacts, new: ModuleFacts, looked: Collection[int], counted: Callable[[int], int] = int
) -> Moved | None:
    """What became of the old version's sites in the new one; None if more than unseen code has changed.

    `looked` are the indices of the scopes whose statements were looked at. Of the others these may differ, and the
    names that they bind for themselves; comments and the number of lines may differ too. Those that were looked at may
    have other dead stores if the size that a function of so many bytes is `counted` as stays the same. Raises what
    reading a body raises that was looked at. Sites inside of unseen code are not among those that are given. On the
    level of the module there may be other functions, whose definition does nothing but to bind a name.
    """
    found = Moved()
    numbers = _paired(old, new)
    for index in looked:
        old.scopes[index].complete()
        if index in numbers:
            new.scopes[numbers[index]].complete()
    came = _rest(new, numbers.values(), old)
    went = _rest(old, numbers, new)
    if came is None or went is None or not went.isdisjoint(looked):
        return None
    if not _alike([old.imports, old.syntax], [new.imports, new.syntax], found.sites, {}):
        return None
    found.added, found.gone = _names(new, came), _names(old, went)
    texts, were = ({each.scope: each.digest for each in facts.unread} for facts in (new, old))
    same = {now for before, now in numbers.items() if before in were and were[before] == texts.get(now)}
    found.unseen = sorted({*came, *(now for before, now in numbers.items() if before not in looked)} - {-1, *same})
    for before, now in numbers.items():
        if before >= 0:
            if numbers.get(old.scopes[before].parent) != new.scopes[now].parent:
                return None
            was, became = _without(old, before, went), _without(new, now, came)
            dead = _dead(was, became, counted) if before in looked else (_NONE, _NONE)
            if dead is None:
                return None
            seen = (_seen(was, before in looked, dead[0]), _seen(became, before in looked, dead[1]))
            if not _alike(*seen, found.sites, numbers, dead):
                return None
    return found


def _paired(old: ModuleFacts, new: ModuleFacts) -> dict[int, int]:
    """The scopes of the same name, in turn; what is around the module (-1) stays what it is."""
    waiting: dict[tuple[str, str], list[int]] = {}
    for index, scope in enumerate(new.scopes):
        waiting.setdefault((scope.qualname, scope.kind), []).append(index)
    numbers = {-1: -1}
    for index, scope in enumerate(old.scopes):
        same = waiting.get((scope.qualname, scope.kind))
        if same:
            numbers[index] = same.pop(0)
    return numbers


def _rest(facts: ModuleFacts, paired: Collection[int], other: ModuleFacts) -> set[int] | None:
    """The indices of the scopes that the other version lacks; None if one of them does more than to be there."""
    rest: set[int] = set()
    plain = {each.scope for each in facts.scopes[0].read() if isinstance(each, Define) and not each.decorators}
    for index, scope in enumerate(facts.scopes):
        if index not in paired:
            is_plain = index in plain and _is_inert(scope, other.scopes[0])
            if scope.global_names or not (scope.parent in rest or is_plain):
                return None
            rest.add(index)
    return rest


def _names(facts: ModuleFacts, scopes: Collection[int]) -> list[str]:
    return [facts.scopes[index].name for index in sorted(scopes) if facts.scopes[index].parent == 0]


def _is_inert(scope: Scope, module: Scope) -> bool:
    """Whether all that a function's definition does is to bind a name that the module has not had."""

    def is_harmless(part: Expression | None) -> bool:
        if isinstance(part, Name):
            return hasattr(builtins, part.id) and part.id not in module.bound
        return part is None or isinstance(part, Const)

    parts = [each for parameter in scope.parameters for each in (parameter.annotation, parameter.default)]
    is_new = scope.parent == 0 and scope.name not in module.bound and not hasattr(builtins, scope.name)
    return (
        scope.kind == "function" and is_new and scope.name.isascii() and all(map(is_harmless, [*parts, scope.returns]))
    )


def _without(facts: ModuleFacts, index: int, scopes: Collection[int]) -> Scope:
    """A scope, but for the definitions of functions in the body of the module."""
    scope = facts.scopes[index]
    if index or not scopes:
        return scope
    names = _names(facts, scopes)
    rest = msgspec.structs.replace(scope, bound=[name for name in scope.bound if name not in names])
    rest.__dict__["body"] = [each for each in scope.read() if not (isinstance(each, Define) and each.scope in scopes)]
    return rest


def _dead(old: Scope, new: Scope, counted: Callable[[int], int]) -> tuple[frozenset[str], frozenset[str]] | None:
    """The names that only dead stores bind, in both versions; None if their unlike sizes matter by themselves."""
    if old.kind != "function":
        return _NONE, _NONE
    sizes = {counted(len(memoryview(each.encoded))) for each in (old, new)}
    return (dead_names(old), dead_names(new)) if len(sizes) == 1 else None


def _seen(scope: Scope, looked: bool, dead: frozenset[str]) -> list[object]:
    """What is known of a scope, but for the one around it."""
    whole = looked or scope.kind in ("module", "class")
    return [
        scope.name, scope.qualname, scope.kind, scope.parameters, scope.returns, scope.is_async,
        scope.is_generator, scope.captured, scope.global_names, scope.nonlocal_names, (scope.at,),
        [name for name in scope.bound if name not in dead] if whole else None,
        scope.read() if looked else None,
    ]  # fmt: skip


def _alike(
    old: object,
    new: object,
    sites: dict[Site, Site],
    numbers: dict[int, int],
    dead: tuple[frozenset[str], frozenset[str]] = (_NONE, _NONE),
) -> bool:
    """Whether two parts of facts are the same but for their sites, which are noted, and the `numbers` of scopes.

    What is stored in `dead` names of the one and of the other does not count.
    """
    pending = [(old, new, "")]
    while pending:
        before, after, name = pending.pop()
        if type(before) is not type(after):
            return False
        if isinstance(before, msgspec.Struct):
            names = before.__struct_fields__
            pending += [(getattr(before, name), getattr(after, name), name) for name in names]
        elif isinstance(before, (list, tuple)) and isinstance(after, (list, tuple)):
            if any(dead) and isinstance(before, list):
                before, after = _live(before, dead[0]), _live(after, dead[1])
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


def _live(parts: Iterable[object], dead: frozenset[str]) -> list[object]:
    return [each for each in parts if not is_dead(each, dead)]
