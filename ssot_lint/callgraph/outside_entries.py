"""What the project keeps in mappings from outside by a known key: `app["db"] = Database()`, `app.extensions["mail"]`.

Who reads it often has another object, of which nothing is known but that it is the application too (a request's, a
proxy): there the key alone tells.
"""

from __future__ import annotations

from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.outside_attributes import is_given
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    External,
    ExternalInstance,
    Function,
    Instance,
    Module,
    Partial,
    Unknown,
    Value,
    Values,
    ordered,
)

_KEPT = (Bound, Class, Function, Instance, Partial)
# What stands for an object that other code has by another name.
PROXIES = frozenset(("flask.current_app", "flask.request", "flask.session", "quart.current_app", "quart.request"))
# What holds nothing of the project's, or is no mapping.
_OTHERS = ("<builtin>.", "typing.", "typing_extensions.", "os.", "sys.", "re.")


def keep(frame: Frame, holder: Value, key: Values, new: Values) -> None:
    """`holder[key] = new`: objects and functions, in what is of a known class; data is read by the same few keys."""
    if isinstance(holder, ExternalInstance) and is_given(holder):
        return
    telling = frozenset(each for each in new if isinstance(each, _KEPT))
    for path in _paths(frame, holder) if telling else ():
        for name in _names(key):
            frame.machine.heap.write(("entry", path, name), telling, frame.activation)


def entry(frame: Frame, holder: Value, key: Values) -> Values:
    """`holder[key]`: `sys.modules["name"]` is the module; another class or function is taken for a generic alias."""
    machine = frame.machine
    if not isinstance(holder, (External, ExternalInstance, Unknown)):
        return frozenset((machine.unknown,))
    names = [frame.code.module.name if name == "__main__" else name for name in _names(key)]
    if isinstance(holder, External) and holder.path == "sys.modules" and any(map(machine.is_module, names)):
        return frozenset(machine.make(Module, name) for name in names if machine.is_module(name))
    return kept(frame, holder, key) | {holder if isinstance(holder, External) else machine.unknown}


def kept(frame: Frame, holder: Value, key: Values) -> Values:
    """What may stand under the key: what was put into that very object, else what was put into any."""
    found = NOTHING
    for name in _names(key):
        for path in _paths(frame, holder):
            values = frame.machine.heap.read(("entry", path, name), frame.activation)
            found |= values
            if values:
                break
    return found


def keep_attribute(frame: Frame, holder: Value, name: str, new: Values) -> None:
    """`holder.name = new` of an object of which nothing is known, or that something outside gave."""
    telling = frozenset(each for each in new if isinstance(each, _KEPT))
    if telling and isinstance(holder, (Unknown, ExternalInstance)):
        frame.machine.heap.write(("attribute", "", name), telling, frame.activation)


def kept_attribute(frame: Frame, holder: Value, name: str) -> Values:
    """What an attribute may be of an object of which nothing is known, or that stands for the application."""
    if isinstance(holder, Unknown) or (isinstance(holder, External) and holder.path in PROXIES):
        return frame.machine.heap.read(("attribute", "", name), frame.activation)
    return NOTHING


def _paths(frame: Frame, holder: Value) -> list[str]:
    """The names of the cells of an object from outside: its own, then that of all of them."""
    if not isinstance(holder, (External, ExternalInstance)):
        return [""]
    if holder.path.startswith(_OTHERS):
        return []
    return [frame.machine.models.canonical(holder.path), ""]


def _names(key: Values) -> list[str]:
    return [each.value for each in ordered(key) if isinstance(each, Constant) and isinstance(each.value, str)]
