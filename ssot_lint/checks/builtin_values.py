"""Attributes that texts, numbers, lists, dicts and the like do not have."""

from __future__ import annotations

from ssot_lint.callgraph.values import Constant, Container
from ssot_lint.checks.known import is_plain
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known, own_class
from ssot_lint.facts.model import Attribute, Call, Expression, Index

BUILTIN = (Constant, Container)


def type_name(value: Constant | Container) -> str:
    """The builtin type of a value."""
    return value.type if isinstance(value, Container) else type(value.value).__name__


def is_it(start: Start, place: Reached, read_of: Expression) -> bool:
    """Whether what is read is what the analysis saw put there, and nothing else may have put anything else.

    Nobody is asked what a container holds, nor what classes from outside do with the attributes that are declared.
    """
    inner: Expression = read_of
    while isinstance(inner, (Attribute, Index)):
        if isinstance(inner, Index) or not _is_own(start, place, inner):
            return False
        inner = inner.value
    return is_known(start, place, read_of) and (not isinstance(inner, Call) or _is_certain(place, inner))


def _is_certain(place: Reached, call: Call) -> bool:
    """Whether a call surely goes to what the analysis followed."""
    activation = place.node.activation
    calls = [each for each in activation.calls if each.at == call.at and each.kind == "call"]
    return bool(calls) and call.at not in activation.opaque and all(each.certainty == "certain" for each in calls)


def _is_own(start: Start, place: Reached, read: Attribute) -> bool:
    """`self.name` in a class whose attributes are all written in it, where nobody else writes such a one."""
    own = own_class(place, read.value)
    if own is None:
        return False
    classes = (own, *own.all_subclasses())
    opened = start.bindings.writes.opened
    is_told = all(is_plain(each) and each.code.scope.name not in opened for each in classes)
    return is_told and read.name not in start.bindings.writes.foreign
