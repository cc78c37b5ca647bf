"""Whether a call surely goes to the definition that the analysis found, as that is written."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.values import Class, Instance
from ssot_lint.checks.known import is_made_by_init, keeps_attributes, keeps_signature
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import has_one_meaning, is_known, is_made_here, is_the_same_below, may_hang_together
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Attribute, Call, Expression, Name
from ssot_lint.findings import Site


def is_sure_of(start: Start, place: Reached, call: CallRecord, *, all_run: bool = False) -> bool:
    """Whether nothing but the definition itself decides on what the call may give, and gets.

    Where a loop runs `all_run` of several, each is as sure as a single one.
    """
    surroundings = start.context.surroundings
    written = surroundings.node(Site(call.module, call.at))
    if not isinstance(written, Call) or call.callee is None or call.callee.function is None:
        return False
    if last_name(written.function) == "__new__":
        return False  # `Made.__new__(cls)` may be that of a class that a metaclass made
    if _is_class_of(written.function):
        return False  # `type(value)(…)` makes what tests before it have left
    if may_hang_together(surroundings, place, written.function) or _may_be_builtin(place, written.function):
        return False
    receivers = list(_receivers(call))
    made_here = bool(receivers) and all(is_made_here(place, each) for each in receivers)
    if not (made_here or has_one_meaning(place, written.function) or is_known(start, place, written.function)):
        return False
    function = call.callee.function
    owners = [*(each.info for each in receivers), *([function.owner] if function.owner is not None else [])]
    if not all(map(keeps_attributes, owners)):
        return False
    definition = surroundings.definition(function.code.module.name, function.code.index)
    if definition is not None and not keeps_signature(definition):
        return False
    # An annotation is believed where all classes below take the method as it is.
    is_open = any(isinstance(each, Instance) and each.open for each in receivers)
    if is_open or not (call.certainty == "certain" or all_run):
        name = written.function.name if isinstance(written.function, Attribute) else "__call__"
        if not is_open or not all(is_the_same_below(each.info, name) for each in receivers):
            return False
    if function.code.scope.name != "__init__":
        return True
    return bool(receivers) and all(is_made_by_init(each.info) for each in receivers)


def is_sure_getter(start: Start, place: Reached, read: CallRecord) -> bool:
    """Whether an attribute that is read surely is the property that the analysis found."""
    attribute = start.context.surroundings.node(place.site)
    if not isinstance(attribute, Attribute) or [each for each in place.node.calls if each.at == read.at] != [read]:
        return False
    receivers = list(_receivers(read))
    made_here = bool(receivers) and all(is_made_here(place, each) for each in receivers)
    return made_here or has_one_meaning(place, attribute) or is_known(start, place, attribute)


def _may_be_builtin(place: Reached, function: Expression) -> bool:
    """Whether Python's own function may still go by the name: the module that defines another is being imported."""
    in_function = place.node.activation.function is not None
    return isinstance(function, Name) and hasattr(builtins, function.id) and place.phase == "import" and in_function


def _is_class_of(function: Expression) -> bool:
    """`type(value)`, `value.__class__`."""
    if isinstance(function, Attribute):
        return function.name == "__class__"
    return isinstance(function, Call) and last_name(function.function) == "type"


def _receivers(call: CallRecord) -> Iterator[Instance | Class]:
    """What a method is called on, or what an `__init__` makes."""
    receivers = next(iter((call.binding or {}).values()), frozenset())
    return (value for value in receivers if isinstance(value, (Instance, Class)))
