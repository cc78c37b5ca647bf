"""Tuples, named tuples and texts that are unpacked into another number of variables than they have items."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from ssot_lint.callgraph.values import Constant, Container, Instance, Value
from ssot_lint.checks.known import is_named_tuple
from ssot_lint.checks.loops import BRANCHING
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.checks.surroundings import Surroundings
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Assign, Await, Call, Clause, Display, Expression, For, Name, Star
from ssot_lint.facts.nested import walk
from ssot_lint.findings import Site

_ASKING = frozenset(("len", "isinstance", "hasattr", "type"))


def mismatched(start: Start, told: Collection[Site]) -> Iterator[tuple[Reached, str]]:
    """Each such place, and what is wrong; nothing of what the calls at those sites give, of which that is told."""
    for place, each in start.missing("unpack"):
        target = start.context.surroundings.node(place.site)
        subject = _subject(start.context.surroundings, place)
        if not isinstance(target, Display) or subject is None or _is_told(place, subject, told):
            continue
        if not isinstance(each.owner, Value) or not _is_fixed(each.owner) or _is_asked(place, subject):
            continue
        if _goes_with_a_test(start.context.surroundings, place, subject):
            continue
        if is_known(start, place, subject):
            wanted = len(target.items)
            count = f"at least {wanted - 1}" if any(isinstance(item, Star) for item in target.items) else str(wanted)
            yield place, f"{_said(each.owner, each.name)}, and {count} {'is' if count == '1' else 'are'} unpacked"


def _said(value: Value, count: str) -> str:
    """How many items a value has."""
    if isinstance(value, Constant):
        return f'the text "{value.value}" has {count} character{"s"[: count != "1"]}'
    what = f"`{value.info.code.scope.name}`" if isinstance(value, Instance) else "what is unpacked"
    return f"{what} has {count} value{'s'[: count != '1']}"


def _subject(surroundings: Surroundings, place: Reached) -> Expression | None:
    """What is unpacked, or what that is an item of."""
    for step in surroundings.of(place.site):
        if isinstance(step.node, Assign):
            return step.node.value
        if isinstance(step.node, (For, Clause)):
            return step.node.iterable
        if not isinstance(step.node, (Display, Star)):
            return None
    return None


def _is_told(place: Reached, subject: Expression, told: Collection[Site]) -> bool:
    call = subject.value if isinstance(subject, Await) else subject
    return isinstance(call, Call) and Site(place.node.module, call.at) in told


def _is_fixed(value: Value) -> bool:
    """Whether it is of a type of which the number of items is told right."""
    if isinstance(value, Instance):
        is_tuple = "typing.NamedTuple" in value.info.outside and is_named_tuple(value.info)
        return is_tuple and not any("__iter__" in each.names for each in value.info.classes)
    return not (isinstance(value, Container) and value.is_blurred)


def _goes_with_a_test(surroundings: Surroundings, place: Reached, subject: Expression) -> bool:
    """Whether a variable is unpacked under a test, which may be one of what it holds: `if kind == 2: a, b = it`."""
    is_local = isinstance(subject, Name) and subject.id in place.node.activation.code.bound
    return is_local and any(isinstance(step.node, BRANCHING) for step in surroundings.of(place.site))


def _is_asked(place: Reached, subject: Expression) -> bool:
    """Whether the function asks how long something is of the name that is unpacked, or what it is."""
    names = _names(subject)
    calls = (node for node in walk(place.node.activation.code.scope.body) if isinstance(node, Call))
    return any(last_name(call.function) in _ASKING and _names(call.arguments) & names for call in calls)


def _names(part: object) -> set[str]:
    return {each.id for each in walk(part) if isinstance(each, Name)}
