"""Calls of `super().__init__(…)` that reach a class outside the project, whose `__init__` does not take that."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from ssot_lint.callgraph.arguments import Arguments, Signature, bind
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.values import NOTHING
from ssot_lint.checks.forwarded import is_spread
from ssot_lint.checks.known import is_made_by_init
from ssot_lint.checks.reached import Reached, Start
from ssot_lint.checks.surroundings import written
from ssot_lint.facts.model import Attribute, Call, Const, Evaluate, Parameter
from ssot_lint.facts.nested import nested

_OBJECT = "<builtin>.object"
# Bases that have no `__init__` of their own.
_WITHOUT = frozenset(("abc.ABC", "typing.Generic"))
# Modules of Python's own that classes of a service derive from, and that are quick to import.
_MODULES = frozenset(("logging", "logging.handlers", "threading", "json", "argparse", "queue", "string"))
# What takes whatever it is given by position, and no keywords.
_BY_POSITION = frozenset(
    f"<builtin>.{name}"
    for name in ("BaseException", "Exception", "ValueError", "RuntimeError", "TypeError", "KeyError", "LookupError")
)
_KNOWN = {
    "starlette.middleware.base.BaseHTTPMiddleware": [
        Parameter("app", "positional", None, None),
        Parameter("dispatch", "positional", None, Const(None)),
    ]
}


def misfits(start: Start) -> Iterator[tuple[Reached, str]]:
    """Each such call that is certain to fail, and what is wrong."""
    known: dict[Code, list[tuple[int, str]]] = {}
    for node in start.graph.nodes.values():
        function = node.activation.function
        if function is None or function.owner is None or function.code.scope.name != "__init__":
            continue
        if start.counts(Reached(node, 0, 0)):
            if function.code not in known:
                known[function.code] = list(_of_init(function.code, function.owner))
            yield from ((Reached(node, at, 0), what) for at, what in known[function.code])


def _of_init(code: Code, owner: ClassInfo) -> Iterator[tuple[int, str]]:
    """Where an `__init__` makes such a call, and what is wrong with it."""
    if not code.scope.mentions("super"):
        return
    for statement in nested(code.scope.body):
        call = statement.value if isinstance(statement, Evaluate) else None
        if not isinstance(call, Call) or not _is_of_super(call) or is_spread(call):
            continue
        if call.arguments or call.keywords or not _KNOWN.keys().isdisjoint(owner.outside):
            base = _next(owner)
            what = _problem(base, call) if base else ""
            if what and all(_next(each, owner) == base for each in owner.all_subclasses()):
                yield call.at, f"{base.rpartition('.')[2]}.__init__() {what}"


def _is_of_super(call: Call) -> bool:
    function = call.function
    return (
        isinstance(function, Attribute)
        and function.name == "__init__"
        and isinstance(function.value, Call)
        and written(function.value) == "super"
        and not function.value.arguments
    )


def _next(info: ClassInfo, owner: ClassInfo | None = None) -> str:
    """The base outside the project whose `__init__` comes after the owner's; empty where that is not told."""
    started = False
    for each in info.order if is_made_by_init(info) else ():
        if isinstance(each, str):
            if started and each not in _WITHOUT:
                return each
        elif started and ("__init__" in each.names or each.decorators or each.dynamic):
            return ""  # decorators, as that of dataclasses, may give it one
        started = started or each is (owner or info)
    return _OBJECT if started else ""


def _problem(base: str, call: Call) -> str:
    """Why what a call gives does not fit the `__init__` of a base; empty where it may."""
    keywords = [name for name, _ in call.keywords if name is not None]
    if base.startswith("<builtin>.") and base != _OBJECT:
        return f"takes no keyword arguments: `{keywords[0]}`" if keywords and base in _BY_POSITION else ""
    parameters = _parameters(base)
    if parameters is None:
        return ""
    problem = bind(
        Signature(parameters), Arguments((NOTHING,) * len(call.arguments), dict.fromkeys(keywords, NOTHING))
    ).problem
    # Another Python may have given it more parameters.
    return "" if "keyword argument" in problem and base not in (_OBJECT, *_KNOWN) else problem


@cache
def _parameters(base: str) -> list[Parameter] | None:
    """The parameters of a base's `__init__`, but for `self`; None where they are not known."""
    if base == _OBJECT:
        return []
    module, _, name = base.rpartition(".")
    if module not in _MODULES:
        return _KNOWN.get(base)
    try:
        _, *parameters = inspect.signature(getattr(import_module(module), name).__init__).parameters.values()
    except (AttributeError, TypeError, ValueError):
        return None
    kinds = {
        inspect.Parameter.POSITIONAL_ONLY: "positional-only",
        inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
        inspect.Parameter.VAR_POSITIONAL: "var-positional",
        inspect.Parameter.KEYWORD_ONLY: "keyword-only",
        inspect.Parameter.VAR_KEYWORD: "var-keyword",
    }
    return [
        Parameter(each.name, kinds[each.kind], None, None if each.default is each.empty else Const(None))  # type: ignore[arg-type]
        for each in parameters
    ]
