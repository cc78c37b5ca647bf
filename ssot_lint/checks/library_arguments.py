"""How many arguments functions and builtin methods of Python's own library take."""

from __future__ import annotations

import builtins
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import NamedTuple

from ssot_lint.checks.builtin_values import is_it
from ssot_lint.checks.forwarded import is_spread
from ssot_lint.checks.library_calls import is_alone
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.sureness import is_known
from ssot_lint.checks.writes import last_name
from ssot_lint.facts.model import Attribute, Call, Expression

_BUILTIN = "<builtin>."
# What takes the same on all platforms. New keywords come with new versions: only what is too much or missing is told.
_MODULES = frozenset((
    "asyncio", "base64", "bisect", "collections", "contextlib", "contextvars", "copy", "dataclasses", "datetime",
    "functools", "heapq", "importlib", "inspect", "itertools", "json", "logging", "math", "operator", "os.path",
    "queue", "random", "re", "secrets", "shutil", "statistics", "tempfile", "textwrap", "threading", "time",
    "traceback", "types", "urllib.parse", "uuid", "weakref",
))  # fmt: skip
_VALUES = frozenset(("str", "bytes", "int", "float", "list", "tuple", "dict", "set", "frozenset"))
# These say nothing of what they take: the least and the most, by the documentation of built-in functions.
_UNTOLD: dict[str, tuple[int, int | None]] = {
    "bool": (0, 1), "bytes": (0, 3), "dict": (0, 1), "dir": (0, 1), "filter": (2, 2), "float": (0, 1),
    "frozenset": (0, 1), "getattr": (2, 3), "int": (0, 2), "iter": (1, 2), "list": (0, 1), "map": (2, None),
    "max": (1, None), "min": (1, None), "next": (1, 2), "range": (1, 3), "set": (0, 1), "slice": (1, 3),
    "str": (0, 3), "tuple": (0, 1), "vars": (0, 1), "zip": (0, None),
}  # fmt: skip
# What other versions of Python take otherwise.
_CHANGED = frozenset(("random.expovariate", "traceback.format_exception_only"))
_SILENT = frozenset(("type", "super", "property", "object", "staticmethod", "classmethod"))


class _Shape(NamedTuple):
    """What must be given, in order (an empty name only by position), and the most positions; None for any number."""

    required: tuple[str, ...]
    most: int | None
    required_names: frozenset[str] = frozenset()


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Calls that give the library too little or too much."""
    for node in start.graph.nodes.values():
        for call in node.calls:
            if call.callee is not None or call.kind != "call" or call.certainty != "certain":
                continue
            shape = _shape(call.target)
            if shape is None or _seems_to_fit(shape, call.given):
                continue
            place = Reached(node, call.at, call.half, call.certainty)
            if not start.counts(place):
                continue
            written = start.context.surroundings.node(place.site)
            if isinstance(written, Call) and not is_spread(written) and is_alone(node, call.at):
                problem = _problem(shape, written, is_method=_is_method(call.target))
                if problem and is_called(start, place, written.function, call.target):
                    yield place, f"{call.target.removeprefix(_BUILTIN)}() {problem}"


def _seems_to_fit(shape: _Shape, given: frozenset[str]) -> bool:
    """Whether as many positions are given as there may be: then only names could be missing."""
    count = sum(map(str.isdigit, given))
    return len(shape.required) <= count and (shape.most is None or count <= shape.most) and not shape.required_names


def is_called(start: Start, place: Reached, function: Expression, target: str) -> bool:
    """Whether what is written as called surely is the library's function of that name."""
    name = target.rpartition(".")[2]
    if last_name(function) != name:  # it goes by another name, perhaps that of a class
        return False
    if _is_method(target):
        return isinstance(function, Attribute) and is_it(start, place, function.value)
    is_changed = "." in target.removeprefix(_BUILTIN) and name in start.bindings.writes.foreign
    return not is_changed and is_known(start, place, function)


def _is_method(target: str) -> bool:
    return target.startswith(_BUILTIN) and target.count(".") == 2


def _problem(shape: _Shape, call: Call, *, is_method: bool) -> str:
    """What is wrong with what a call gives; empty for nothing."""
    given, names = len(call.arguments), {name for name, _ in call.keywords}
    # `str.upper(text)` gives the text itself, too.
    most = shape.most + 1 if shape.most is not None and is_method and _may_be_class(call.function) else shape.most
    if most is not None and given > most:
        return f"takes {most or 'no'} positional argument{'s' if most != 1 else ''} but gets {given}"
    missing = [name for name in shape.required[given:] if not name or name not in names]
    missing += sorted(shape.required_names - names)
    return f"misses the required argument{f' `{missing[0]}`' if missing[0] else ''}" if missing else ""


def _may_be_class(function: Expression) -> bool:
    """Whether what a method is taken from may be its class."""
    name = last_name(function.value) if isinstance(function, Attribute) else ""
    return name in _VALUES or name[:1].isupper() or name.lower().endswith(("cls", "class", "type", "klass"))


@cache
def _shape(target: str) -> _Shape | None:
    """What a function or builtin method takes; None where that is not told, or differs."""
    if target.startswith(_BUILTIN):
        return _shape_of_builtin(target.removeprefix(_BUILTIN))
    module, _, name = target.rpartition(".")
    if module not in _MODULES or not name.islower() or target in _CHANGED:
        return None
    return _signature(getattr(import_module(module), name, None))


def _shape_of_builtin(path: str) -> _Shape | None:
    owner, _, name = path.rpartition(".")
    if owner:
        is_told = owner in _VALUES and not name.startswith("_")
        method = getattr(getattr(builtins, owner), name, None) if is_told else None
        return _signature(method, is_bound=True) if inspect.ismethoddescriptor(method) else None
    if path in _UNTOLD:
        least, most = _UNTOLD[path]
        return _Shape(("",) * least, most)
    return _signature(getattr(builtins, path, None)) if path.islower() and path not in _SILENT else None


def _signature(function: object, *, is_bound: bool = False) -> _Shape | None:
    if not callable(function):
        return None
    try:
        parameters = list(inspect.signature(function).parameters.values())[1 if is_bound else 0 :]
    except (TypeError, ValueError):
        return None
    kinds = inspect.Parameter
    positional = [each for each in parameters if each.kind in (kinds.POSITIONAL_ONLY, kinds.POSITIONAL_OR_KEYWORD)]
    required = tuple(
        "" if each.kind is kinds.POSITIONAL_ONLY else each.name for each in positional if each.default is each.empty
    )
    named = (each for each in parameters if each.kind is kinds.KEYWORD_ONLY and each.default is each.empty)
    takes_any = any(each.kind is kinds.VAR_POSITIONAL for each in parameters)
    return _Shape(required, None if takes_any else len(positional), frozenset(each.name for each in named))
