"""What `super()` is asked for, and no class above has."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.values import Class, Instance, Super, Value
from ssot_lint.checks.bindings import Bindings, names_bound
from ssot_lint.checks.known import PLAIN_BASES, is_plain, is_used, names_of_base
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import rests_on_a_choice
from ssot_lint.facts.nested import nested


def lacking(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each `super().name` that is certain to find nothing, whatever class the instance is of."""
    found = ((place, each) for place, each in start.missing("attribute") if isinstance(each.owner, Super))
    for (place, name), group in groupby(found, lambda each: (each[0], each[1].name)):
        owners: list[object] = [each.owner for _, each in group]
        if (
            not name.startswith("__")
            and all(isinstance(each, Super) and _lacks(start.bindings, each, name) for each in owners)
            and (place.reach is not None or all(map(is_used, _receiving(owners))))
            and not rests_on_a_choice(place.reach, start.context.surroundings)
            and not start.is_doubtful(place)
        ):
            yield place, f"no class above has `{name}`, which `super()` is asked for"


def _receiving(owners: list[object]) -> Iterator[ClassInfo]:
    for each in owners:
        yield from _classes(each.receiver) if isinstance(each, Super) else ()


def _lacks(bindings: Bindings, asked: Super, name: str) -> bool:
    if name in bindings.writes.foreign or "__bases__" in bindings.writes.foreign:
        return False
    classes = list(_classes(asked.receiver))
    return bool(classes) and all(_is_without(each, asked.info, name) for each in classes)


def _classes(receiver: Value) -> Iterator[ClassInfo]:
    """The classes of which the instance may be that a method runs on, or which the class may be; none if not known."""
    if isinstance(receiver, (Instance, Class)) and not receiver.open:
        yield receiver.info
    if isinstance(receiver, Class) and not receiver.open:
        yield from receiver.info.all_subclasses()


def _is_without(info: ClassInfo, asking: ClassInfo, name: str) -> bool:
    """Whether nothing that comes after the asking class in the order of another has the name."""
    if asking not in info.order:
        return False
    return all(_binds_not(each, name) for each in info.order[info.order.index(asking) + 1 :])


def _binds_not(info: ClassInfo | str, name: str) -> bool:
    if isinstance(info, str):
        return info in PLAIN_BASES and name not in names_of_base(info)
    facts, scope = info.code.module.facts, info.code.scope
    return (
        is_plain(info)
        and not info.dynamic
        and name not in info.names
        and name not in scope.bound
        and not any(name in names_bound(facts, statement) for statement in nested(scope.body))
    )
