"""Calls of which a run makes one of several: each of them is likely at best, and possible where they are many.

What deserves `likely`: a few candidates; what one container holds under keys that are known (who goes through a list of
steps calls each of them, and any entry of a table may be asked for); methods of one object that are chosen by a part of
their name (`getattr(self, f"visit_{name}")`); what a method calls on `self` and subclasses override. More candidates
than a few come from values that were joined on their way, or from an annotation that all the subclasses fit: then a run
takes one in three.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ssot_lint.callgraph.activation import Activation, CallKind
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.values import PLAIN_DATA, Bound, Class, Function, Instance, Value, Values
from ssot_lint.findings import CERTAINTIES, Certainty

# So many candidates are a few.
FEW = 12

# Where each receiver is asked for its method by itself; two methods of one (`__iter__`, `__next__`) are no choice.
_BY_RECEIVER: frozenset[CallKind] = frozenset(("call", "operator", "iteration", "context", "property", "callback"))

# What every object has, its class's own or that of `object`.
_OF_ANYTHING = frozenset(("__repr__", "__eq__", "__ne__", "__hash__"))
_MANY_ALIKE = 3


def weigh(activation: Activation) -> None:
    """Makes certain calls likely where one place calls the method of one name in several classes.

    And where one of several values has such a method, and another does without it.
    """
    alike: defaultdict[tuple[int, int, str, str], list[tuple[int, str, int, str, int]]] = defaultdict(list)
    for key, call in activation.records.items():
        if call.certainty == "certain" and call.kind in _BY_RECEIVER:
            alike[call.at, call.half, call.kind, call.target.rpartition(".")[2]].append(key)
    for place, keys in alike.items():
        if place in activation.silent or len({activation.records[key].target for key in keys}) > 1:
            for key in keys:
                activation.records[key] = activation.records[key]._replace(certainty="likely")
    _weigh_implicit(activation)


def _weigh_implicit(activation: Activation) -> None:
    """Makes likely calls possible that show, compare or hash one of many values, or show what may be a text.

    Any object can be, so whatever was joined on its way here has such a method: recorded test runs took one in
    thirty of these calls.
    """
    alike: defaultdict[tuple[int, int, str, str], list[tuple[int, str, int, str, int]]] = defaultdict(list)
    for key, call in activation.records.items():
        method = call.target.rpartition(".")[2]
        if call.kind == "operator" and call.certainty == "likely" and method in _OF_ANYTHING:
            alike[call.at, call.half, call.kind, method].append(key)
    for place, keys in alike.items():
        is_mixed = place[3] == "__repr__" and place in activation.silent
        if is_mixed or len({activation.records[key].target for key in keys}) >= _MANY_ALIKE:
            for key in keys:
                activation.records[key] = activation.records[key]._replace(certainty="possible")


def certainty_of(candidates: list[Value], held: set[Values], activation: Activation) -> Certainty:
    """How sure a call in an activation is that goes to one of several; `held` are those that one container holds."""
    if len(candidates) <= FEW or _without_held(candidates, held) <= FEW:
        return "likely"
    own = activation.function.owner if activation.function else None
    return "possible" if _count(value for value in candidates if not _is_on_self(value, own)) > FEW else "likely"


def _without_held(candidates: list[Value], held: set[Values]) -> int:
    """How many they are beside those that containers hold."""
    values = frozenset(candidates)
    return len(values.difference(*(each for each in held if each <= values)))


def hold(values: Values, held: set[Values]) -> None:
    """Notes that one container holds the values: whoever calls them all makes no choice."""
    if len(values) > FEW:
        held.add(frozenset(value for value in values if not isinstance(value, PLAIN_DATA)))


def is_held(values: Values, held: set[Values]) -> bool:
    """Whether one container holds the values."""
    return len(values) > FEW and frozenset(value for value in values if not isinstance(value, PLAIN_DATA)) in held


def weaker(one: Certainty, other: Certainty) -> Certainty:
    """The less sure of the two."""
    return max(one, other, key=CERTAINTIES.index)


def _count(candidates: Iterable[Value]) -> int:
    """How many they are: one function on several instances counts once, and so do the methods of one object."""
    known = list(candidates)
    return min(len({_meant(value) for value in known}), len({_object(value) for value in known}))


def _object(value: Value) -> Value:
    return value.receiver if isinstance(value, Bound) else value


def _meant(value: Value) -> object:
    """What is called: the function, whatever instance it is called on."""
    value = value.function if isinstance(value, Bound) else value
    if isinstance(value, Function):
        return value.code
    return value.info if isinstance(value, (Instance, Class)) else value


def _is_on_self(value: Value, own: ClassInfo | None) -> bool:
    """Whether a method calls it on its own object, whatever that is: each subclass overrides it to be called."""
    holder = _object(value)
    return own is not None and isinstance(holder, Instance) and holder.info.derives_from(own)
