"""Writes of attributes that an instance refuses: of frozen ones, properties without a setter, no slots, no field."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.outside import MODELS
from ssot_lint.callgraph.values import Instance
from ssot_lint.checks.known import is_closed_model
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.slots import slots_of
from ssot_lint.checks.sureness import is_known, is_made_here, own_class
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.written_init import configuration, is_frozen
from ssot_lint.facts.model import Attribute, Const, Define
from ssot_lint.facts.nested import nested


def unsettable(start: Start, *, of_models: bool = False) -> Iterator[tuple[Reached, str]]:
    """Each such write, and what is wrong; those on pydantic models, which raise a `ValueError`, by themselves."""
    for place, each in start.missing("setting"):
        target = start.context.surroundings.node(place.site)
        owner = each.owner
        if not isinstance(target, Attribute) or not isinstance(owner, Instance) or owner.open:
            continue
        what = _model_refuses(owner.info, each.name) if of_models else _refuses(owner.info, each.name)
        own = own_class(place, target.value)
        is_sure = is_made_here(place, owner) or is_known(start, place, target.value)
        # Of whatever instance the method is, it is frozen.
        is_sure = is_sure or (own is not None and all(map(is_frozen, (own, *own.all_subclasses()))))
        if what and is_sure:
            yield place, what


def _refuses(info: ClassInfo, name: str) -> str:
    if info.dynamic or any("__setattr__" in each.names for each in info.classes):
        return ""
    if is_frozen(info):
        return f"`{info.code.scope.name}` is frozen: its attribute `{name}` can't be set"
    holder = next((each for each in info.classes if name in each.names), None)
    if holder is not None and _is_plain_property(holder, name):
        return f"`{name}` of `{info.code.scope.name}` is a property without a setter"
    slots = slots_of(info) if holder is None else None
    if slots is not None and name not in slots:
        return f"`{info.code.scope.name}` has no slot for the attribute `{name}`"
    return ""


def _model_refuses(info: ClassInfo, name: str) -> str:
    """Why a model whose attributes are its fields refuses one."""
    if MODELS.isdisjoint(info.outside) or not is_closed_model(info) or info.dynamic or name.startswith("_"):
        return ""
    if any("__setattr__" in each.names or "Config" in each.names for each in info.classes):
        return ""
    if any(name in each.names or name in each.fields for each in info.classes):
        frozen = [value for each in info.classes for key, value in configuration(each).items() if key == "frozen"]
        is_frozen_model = bool(frozen) and all(isinstance(each, Const) and each.value is True for each in frozen)
        return f"`{info.code.scope.name}` is frozen: its attribute `{name}` can't be set" if is_frozen_model else ""
    return f"`{info.code.scope.name}` has no field `{name}`, and takes no other attributes"


def _is_plain_property(info: ClassInfo, name: str) -> bool:
    """Whether the class binds the name by one `@property`, and nothing else."""
    scopes = info.code.module.facts.scopes
    definitions = [each for each in nested(info.code.scope.body) if isinstance(each, Define)]
    own = [each for each in definitions if scopes[each.scope].name == name]
    return len(own) == 1 and [written(each) for each, _ in own[0].decorators] == ["property"]
