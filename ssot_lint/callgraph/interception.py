"""Classes with a `__getattribute__`, which is asked for every attribute of their instances.

Source: the Python language reference, 3.3.2 "Customizing attribute access".
"""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.lookup import find, special
from ssot_lint.callgraph.values import NOTHING, Class, Constant, Descriptor, Function, Instance, Value, Values

METHOD = "__getattribute__"


def intercepted(frame: Frame, value: Instance | Class, name: str, at: int) -> Values:
    """What the class's own method gives for an attribute; nothing where it has none, or says no more than a look.

    What such a method itself asks its instance for, it asks past itself: it would never end.
    """
    asking = frame.machine.hierarchy.intercepting
    if not asking or frame.code.scope.name == METHOD or not any(each in asking for each in _above(value)):
        return NOTHING
    machine = frame.machine
    given = machine.call(
        frame, special(frame, value, METHOD), Arguments((machine.only(Constant, name),)), at, "property"
    )
    return NOTHING if machine.unknown in given or not _is_made(frame, value, name) else given


def _is_made(frame: Frame, value: Instance | Class, name: str) -> bool:
    """Whether a call makes what the attribute is, which then is made from within the method that is asked."""
    _, found = find(frame, value.info, name)
    return not found or not all(isinstance(each, (Function, Constant)) or _is_shared(each) for each in found)


def _is_shared(value: Value) -> bool:
    return isinstance(value, Descriptor) and value.type in ("classmethod", "staticmethod")


def _above(value: Instance | Class) -> Iterator[ClassInfo]:
    """The classes that say what an attribute of the value is."""
    if isinstance(value, Instance):
        yield from value.info.classes
        return
    for metaclass in value.info.metaclasses:
        if isinstance(metaclass, Class):
            yield from metaclass.info.classes
