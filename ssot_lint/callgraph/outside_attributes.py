"""Attributes of what lies outside the project: paths, as far as a path names anything."""

from __future__ import annotations

import collections
from functools import cache
from typing import TYPE_CHECKING

from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import External, ExternalInstance, Value, Values

if TYPE_CHECKING:
    from ssot_lint.callgraph.machine import Machine

MAXIMUM_PATH = 6
LOWER_CLASSES = frozenset((
    "datetime.datetime", "datetime.date", "datetime.time", "datetime.timedelta", "datetime.timezone",
    "collections.deque", "collections.defaultdict", "socket.socket", "array.array", "threading.local", "numpy.ndarray",
))  # fmt: skip
# What has no attributes but those that are set on it.
EMPTY = frozenset(("starlette.datastructures.State",))
# The same, but who asks looks first whether they are set, in this thread.
LOCAL = frozenset(("threading.local", "gevent.local.local", "asgiref.local.Local"))
# Attributes that tell of a value rather than belong to it: a path that goes on behind them names nothing.
REFLECTION = frozenset((
    "__origin__", "__args__", "__supertype__", "__bound__", "__constraints__", "__class__", "__dict__", "__mro__",
    "__bases__", "__parameters__", "__annotations__", "__wrapped__", "__name__", "__qualname__", "__doc__",
))  # fmt: skip


def of_external(frame: Frame, value: External | ExternalInstance, name: str, at: int) -> Values:
    """What is set on it, or what its own path says with the name behind it."""
    key = ("external", value, name)
    own = frame.read(key)
    machine = frame.machine
    if isinstance(value, ExternalInstance) and value.path in LOCAL:
        return own
    path = machine.models.attribute(value, name)
    if path is None:
        if name == "__class__" and isinstance(value, ExternalInstance) and not is_given(value):
            return own or machine.only(External, value.path)
        if value.path.count(".") >= MAXIMUM_PATH or name in REFLECTION:
            return own or frozenset((machine.unknown,))
        if isinstance(value, ExternalInstance):
            is_nameless = is_given(value) or is_builtin(value.path, name)
            machine.named[f"{value.path}.{name}"] = "" if is_nameless else value.path
            if value.path in EMPTY:
                return own
        return own or machine.only(External, f"{value.path}.{name}")
    return own | frozenset((path_value(machine, path),))


@cache
def is_builtin(path: str, name: str) -> bool:
    """Whether a class of `collections` has the method from a builtin one."""
    cls = getattr(collections, path.removeprefix("collections."), None) if path.startswith("collections.") else None
    owners = (each for each in cls.__mro__ if name in vars(each)) if isinstance(cls, type) else iter(())
    return getattr(next(owners, None), "__module__", "") == "builtins"


def is_given(value: ExternalInstance) -> bool:
    """Whether a function outside gave the object: what class it is of, its path does not say."""
    return value.path not in LOWER_CLASSES and value.path.rpartition(".")[2][:1].islower()


def path_value(machine: Machine, path: str) -> Value:
    """The value that a model's path names: `a.b` itself, `a.b()` what a call of it gives."""
    if path.endswith("()"):
        return machine.make(ExternalInstance, path[:-2])
    return machine.make(External, path)
