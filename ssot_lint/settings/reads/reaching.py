"""Which functions of some modules run, told by names alone: near enough to say what a service needs.

The call graph is that of the whole program, whatever service runs which part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple

from ssot_lint.facts.library import Library
from ssot_lint.facts.model import Attribute, Call, Define, DefineClass, Expression, ImportFrom, ModuleFacts, Name
from ssot_lint.facts.nested import walk
from ssot_lint.settings.reads.index import last_name

_KEEPING = frozenset(
    {"cache", "lru_cache", "cached_property", "property", "staticmethod", "classmethod", "contextmanager",
     "asynccontextmanager", "override", "typechecked", "no_type_check", "deprecated", "wraps", "singleton"}
)  # fmt: skip


class _Said(NamedTuple):
    """The names that a scope speaks of, and the scopes in it: which run with it, and which wait for their name."""

    names: frozenset[str]
    running: list[int]
    waiting: list[tuple[str, int]]


class Reaching:
    """What the modules of a program speak of, looked up once for all services."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._modules: dict[str, ModuleFacts] = {}
        self._said: dict[tuple[str, int], _Said] = {}

    def running(self, modules: Collection[str]) -> set[tuple[str, str]]:
        """The functions and classes, as (module, qualified name), whose names something that runs speaks of.

        All bodies of modules run. What has a decorator may be called by whoever made that, and `__init__` and its like
        by nobody that names them: both run with the scope that they stand in. A cache and its like call nothing by
        themselves.
        """
        spoken: set[str] = set()
        waiting: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        found: set[tuple[str, int]] = set()
        for module in modules:
            if module not in self._modules and isinstance(facts := self._library.get(module), ModuleFacts):
                self._modules[module] = facts
        pending = [(module, 0) for module in modules if module in self._modules]
        while pending:
            module, number = place = pending.pop()
            if place in found:
                continue
            found.add(place)
            said = self._said.get(place) or self._look(module, number)
            pending += ((module, each) for each in said.running)
            for name, inner in said.waiting:
                (pending if name in spoken else waiting[name]).append((module, inner))
            for name in said.names - spoken:
                pending += waiting.pop(name, ())
            spoken |= said.names
        return {(module, self._modules[module].scopes[number].qualname) for module, number in found}

    def _look(self, module: str, number: int) -> _Said:
        scopes = self._modules[module].scopes
        scope = scopes[number]
        names: set[str] = set()
        running = [each for each, inner in enumerate(scopes) if inner.kind == "lambda" and inner.parent == number]
        waiting: list[tuple[str, int]] = []
        for node in walk([scope.read(), [each.default for each in scope.parameters]]):
            names.update(_names(node))
            if isinstance(node, Define | DefineClass):
                name = scopes[node.scope].name
                is_called = not all(map(_keeps, node.decorators)) or (name.startswith("__") and name.endswith("__"))
                if is_called and isinstance(node, Define):
                    running.append(node.scope)
                else:
                    waiting.append((name, node.scope))
        said = self._said[module, number] = _Said(frozenset(names), running, waiting)
        return said


def _keeps(decorated: tuple[Expression, int]) -> bool:
    """Whether what a decorator is applied to runs only if something speaks of it."""
    decorator, _ = decorated
    return last_name(decorator.function if isinstance(decorator, Call) else decorator) in _KEEPING


def _names(node: object) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.id
    elif isinstance(node, Attribute):
        yield node.name
    elif isinstance(node, ImportFrom):
        yield from (name for name, alias, _ in node.names if alias)
