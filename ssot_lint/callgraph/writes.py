"""What writing an attribute does: to setters, and to what reads of it see."""

from __future__ import annotations

from ssot_lint.callgraph.activation import Missing
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import DATACLASS
from ssot_lint.callgraph.fields import write_field
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import find, special
from ssot_lint.callgraph.outside import MODELS
from ssot_lint.callgraph.outside_entries import keep_attribute
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Descriptor,
    External,
    ExternalInstance,
    Function,
    Instance,
    Module,
    Values,
    ordered,
)


def set_attribute(frame: Frame, values: Values, name: str, new: Values, at: int) -> None:
    """`value.name = new` on any of the values: strong where there is one, else beside what was there."""
    strong = len(values) == 1
    are_alike = strong or len({value.info if isinstance(value, Instance) else None for value in values}) == 1
    for value in ordered(values):
        if isinstance(value, Instance):
            if are_alike:
                _note_refusal(frame, value, name, at)
            _set_on_instance(frame, value, name, new, at, strong)
        elif isinstance(value, Class):
            setter = special(frame, value, "__setattr__")
            if setter:
                machine = frame.machine
                machine.call(frame, setter, Arguments((machine.only(Constant, name), new)), at, "property")
            value.info.names[name] = None
            frame.write(("class", value.info, name), new, strong=strong)
        elif isinstance(value, Module):
            frame.machine.heap.write(("global", value.name, name), new, frame.activation)
        elif isinstance(value, (External, ExternalInstance, Function, Bound)):
            frame.write(("external", value, name), new, strong=strong)
        keep_attribute(frame, value, name, new)


def _set_on_instance(frame: Frame, value: Instance, name: str, new: Values, at: int, strong: bool) -> None:
    machine = frame.machine
    setter = special(frame, value, "__setattr__")
    if setter:
        machine.call(frame, setter, Arguments((machine.only(Constant, name), new)), at, "property")
    if not any(isinstance(each, Bound) and isinstance(each.function, Function) for each in setter):
        set_plainly(frame, value, name, new, at, strong=strong)
    elif not any(isinstance(each, Descriptor) and each.type == "property" for each in find(frame, value.info, name)[1]):
        write_field(frame, value, name, new, strong=strong)


def set_plainly(frame: Frame, value: Instance, name: str, new: Values, at: int, *, strong: bool) -> None:
    """`object.__setattr__(value, name, new)`: a property's setter, else the instance's own attribute."""
    owner, values = find(frame, value.info, name)
    machine = frame.machine
    if owner is not None:
        for each in ordered(values):
            if isinstance(each, Descriptor) and each.type == "property" and each.setter is not None:
                arguments = Arguments((frozenset((value,)), new))
                machine.call(frame, frozenset((each.setter,)), arguments, at, "property")
                return
            if isinstance(each, Instance):
                setter = special(frame, each, "__set__")
                if setter:
                    machine.call(frame, setter, Arguments((frozenset((value,)), new)), at, "property")
                    return
            if isinstance(each, Descriptor) and each.type == "property" and strong and len(values) == 1:
                frame.activation.missing[Missing("setting", at, frame.half, value, name)] = None
    write_field(frame, value, name, new, strong=strong)


def _note_refusal(frame: Frame, value: Instance, name: str, at: int) -> None:
    """Notes that an instance may refuse to have an attribute set: frozen, with slots, or a model without the field."""
    info = value.info
    is_model = not MODELS.isdisjoint(info.outside)
    if is_model or DATACLASS in info.decorators or any("__slots__" in each.names for each in info.classes):
        frame.activation.missing[Missing("setting", at, frame.half, value, name)] = None


def delete_attribute(frame: Frame, values: Values, name: str, at: int) -> None:
    """`del value.name`: `__delattr__`, or a property's deleter."""
    machine = frame.machine
    for value in ordered(values):
        if not isinstance(value, Instance):
            continue
        method = special(frame, value, "__delattr__")
        if method:
            machine.call(frame, method, Arguments((machine.only(Constant, name),)), at, "operator")
        if not any(isinstance(each, Bound) and isinstance(each.function, Function) for each in method):
            delete_plainly(frame, value, name, at, strong=len(values) == 1 and not frame.loop_exits)


def delete_plainly(frame: Frame, value: Instance, name: str, at: int, *, strong: bool) -> None:
    """`object.__delattr__(value, name)`."""
    _, found = find(frame, value.info, name)
    deleters = frozenset(each.deleter for each in found if isinstance(each, Descriptor) and each.deleter)
    for each in ordered(found):
        deleters |= special(frame, each, "__delete__") if isinstance(each, Instance) else NOTHING
    if deleters:
        frame.machine.call(frame, deleters, Arguments((frozenset((value,)),)), at, "property")
    elif strong:
        frame.write(("field", value, name), NOTHING, strong=True)  # what the class has is seen again
