"""What Python's own library does not have in any version, and keywords that its loggers don't take."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.library_names import Imported, is_known_of_a_version, may_have_more
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.checks.surroundings import decorator_at
from ssot_lint.facts.model import Attribute, Call

# What has the same names on all platforms; those that came or went with a version are in rules/python.toml.
_MODULES = frozenset((
    "abc", "asyncio", "base64", "collections", "collections.abc", "concurrent.futures", "contextlib", "contextvars",
    "copy", "dataclasses", "datetime", "decimal", "enum", "functools", "heapq", "inspect", "itertools", "json",
    "logging", "logging.handlers", "math", "operator", "pathlib", "queue", "random", "re", "secrets", "statistics",
    "string", "tempfile", "textwrap", "threading", "time", "traceback", "types", "typing", "urllib.parse",
    "uuid", "weakref",
))  # fmt: skip
_CLASSES = frozenset(("datetime.datetime", "datetime.timedelta", "datetime.timezone", "uuid.UUID"))
_OF_PLATFORMS = ("CLOCK_", "clock_", "pthread_", "tzset", "Proactor", "Windows", "Selector", "_")
_LOGGERS = ("logging.getLogger", "logging.Logger")
_MADE_ANEW = frozenset(("setLoggerClass", "addLevelName"))
_TAKING_NO_OTHERS = frozenset(("info", "warning", "error", "critical", "exception"))
_TAKEN = frozenset(("msg", "exc_info", "stack_info", "stacklevel", "extra"))


def is_nowhere(module: str, name: str) -> bool:
    """Whether a module of Python's library surely has no such name, whatever the version and platform."""
    if module not in _MODULES or name.startswith(_OF_PLATFORMS) or is_known_of_a_version(module, name):
        return False
    return not hasattr(import_module(module), name) and not _has_module(module, name)


def unimportable(start: Start, imports: list[Imported]) -> Iterator[tuple[Reached, str]]:
    """Imports of names that a module of the library has in no version of Python 3; in a handler, Python 2 is meant."""
    for place, module, name in imports:
        is_nothing = name not in ("", "*") and is_nowhere(module, name)
        if is_nothing and not may_have_more(start.context.project) and not start.is_fallback(place):
            yield place, f"`{module}` has no `{name}`"


def lacking(start: Start) -> Iterator[tuple[Reached, str]]:
    """Calls of attributes that a module or class of the library, or a logger, does not have."""
    for place, written, target in _called(start):
        holder, _, name = target.rpartition(".")
        if name in start.bindings.writes.foreign or name.startswith("_"):
            continue
        what = ""
        if is_nowhere(holder, name):
            what = f"the module `{holder}` has no attribute `{name}`"
        elif holder in _CLASSES and not hasattr(_class(holder), name) and is_known(start, place, written.function):
            what = f"`{holder}` has no attribute `{name}`"
        elif holder in _LOGGERS and not hasattr(logging.Logger, name) and _is_plain(start, place, written):
            what = f"`logging.Logger` has no attribute `{name}`"
        if what and not may_have_more(start.context.project):
            yield place, what


def undecorating(start: Start) -> Iterator[tuple[Reached, str]]:
    """Decorators that a module of the library does not have: `@functools.cached`."""
    surroundings = start.context.surroundings
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.callee is not None or call.kind != "decorator" or not _is_asked_about(call.target):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            module, _, name = call.target.rpartition(".")
            decorator = decorator_at(surroundings, place.site) if start.counts(place) else None
            if not isinstance(decorator, Attribute) or name in start.bindings.writes.foreign:
                continue
            is_lost = is_nowhere(module, name) and not may_have_more(start.context.project)
            if is_lost and is_known(start, place, decorator):
                yield place, f"the module `{module}` has no attribute `{name}`"


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Calls of loggers with keywords that only other libraries' loggers take: `logger.info("…", user=user)`."""
    for place, written, target in _called(start):
        holder, _, name = target.rpartition(".")
        others = [key for key, _ in written.keywords if key is not None and key not in _TAKEN]
        if holder in _LOGGERS and name in _TAKING_NO_OTHERS and others and _is_plain(start, place, written):
            yield place, f"Logger.{name}() gets an unexpected keyword argument `{others[0]}`"


def _called(start: Start) -> Iterator[tuple[Reached, Call, str]]:
    """Calls that count of what surely is an attribute of something in the library."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.callee is not None or call.kind != "call" or not _is_asked_about(call.target):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            written = start.context.surroundings.node(place.site) if start.counts(place) else None
            if isinstance(written, Call) and is_alone(node, call.at) and isinstance(written.function, Attribute):
                yield place, written, call.target


@cache
def _is_asked_about(target: str) -> bool:
    """Whether there may be something wrong with a call of such an attribute."""
    holder, _, name = target.rpartition(".")
    if holder in _CLASSES:
        return not hasattr(_class(holder), name)
    return holder in _LOGGERS or is_nowhere(holder, name)


def is_alone(node: Node, at: int) -> bool:
    """Whether all that is called there is of the same kind."""
    targets = {each.target for each in node.calls if each.at == at and each.kind == "call"}
    loggers = all(target.rpartition(".")[0] in _LOGGERS for target in targets)
    return (len(targets) == 1 or loggers) and at not in node.activation.opaque


def _is_plain(start: Start, place: Reached, written: Call) -> bool:
    """Whether a logger is as the library makes it."""
    is_changed = any(True for name in _MADE_ANEW for _ in start.bindings.scopes_with(name))
    return not is_changed and is_known(start, place, written.function)


@cache
def _class(path: str) -> object:
    module, _, name = path.rpartition(".")
    return getattr(import_module(module), name)


@cache
def _has_module(package: str, name: str) -> bool:
    return hasattr(import_module(package), "__path__") and find_spec(f"{package}.{name}") is not None
