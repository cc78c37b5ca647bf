"""Types that the grammar of every Python takes, and that only a newer one can evaluate (PEP 585, PEP 604)."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.reached import Start
from ssot_lint.checks.surroundings import written
from ssot_lint.checks.unions import BUILTIN_TYPES, is_none, written_types
from ssot_lint.facts.model import Attribute, Expression, Index, Name, Operation, Syntax
from ssot_lint.project.entry_points.view import View

_GENERIC = frozenset(("list", "dict", "set", "frozenset", "tuple", "type"))
# Classes of Python's own library that take type arguments since 3.9, by module; all of those of `collections.abc`.
_GENERIC_CLASSES = {
    "asyncio": ("Future", "LifoQueue", "PriorityQueue", "Queue", "Task"),
    "collections": ("ChainMap", "Counter", "OrderedDict", "defaultdict", "deque"),
    "concurrent.futures": ("Future",),
    "contextlib": ("AbstractAsyncContextManager", "AbstractContextManager"),
    "functools": ("cached_property", "partial", "partialmethod"),
    "os": ("DirEntry", "PathLike"),
    "queue": ("LifoQueue", "PriorityQueue", "Queue", "SimpleQueue"),
    "re": ("Match", "Pattern"),
    "subprocess": ("CompletedProcess", "Popen"),
    "weakref": ("ReferenceType", "WeakKeyDictionary", "WeakMethod", "WeakSet", "WeakValueDictionary", "ref"),
}
_ABSTRACT = "collections.abc"


def newer_types(start: Start, body: Node, *, lazy: bool) -> Iterator[Syntax]:
    """The first of each kind that the body of a module and of its classes evaluates."""
    seen: set[str] = set()
    module = body.activation.code.module
    view = View(module.source, module.facts, b"")
    for each in written_types(body, lazy=lazy):
        needed = _needed(each.node, each.bound, view)
        if needed is not None and needed.since not in seen and not start.is_guarded(body, each.at):
            seen.add(needed.since)
            yield needed


def _needed(node: Operation | Index, bound: frozenset[str], view: View) -> Syntax | None:
    if isinstance(node, Index):
        name = _subscripted(node, bound, view)
        return Syntax("3.9", f"`{name}[…]`", node.at) if name else None
    # What is put together first: of any other class, a metaclass may know `|`.
    (method, second, at), first = node.rest[0], node.first
    operands = (first, second)
    is_plain = method == "__or__" and all(_is_builtin(each, bound, view) or is_none(each) for each in operands)
    return Syntax("3.10", "`|` between types", at) if is_plain and not all(map(is_none, operands)) else None


def _is_builtin(expression: Expression, bound: frozenset[str], view: View) -> bool:
    if isinstance(expression, Index):
        return bool(_subscripted(expression, bound, view))
    return isinstance(expression, Name) and expression.id in BUILTIN_TYPES and expression.id not in bound


def _subscripted(node: Index, bound: frozenset[str], view: View) -> str:
    """The class that is subscripted, if it is one that takes types only since 3.9."""
    if isinstance(node.value, Name) and node.value.id in _GENERIC:
        return node.value.id if node.value.id not in bound else ""
    if not isinstance(node.value, (Name, Attribute)):
        return ""
    module, _, name = view.origin(node.value).rpartition(".")
    return written(node.value) if module == _ABSTRACT or name in _GENERIC_CLASSES.get(module, ()) else ""
