"""Which functions of some modules run, told by names alone: near enough to say what a service needs.

The call graph is that of the whole program, whatever service runs which part of it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
_TASKS = frozenset({"shared_task", "task", "actor", "periodic_task"})
"""The decorators of Celery and its like: a worker runs what they are applied to."""
_QUEUEING = frozenset({"delay", "apply_async", "s", "si", "signature", "send", "send_with_options"})
"""Their methods that leave a task to a worker."""


_APPLICATION = "AppConfig"
"""What the configuration of an application that Django installs derives from."""


class _Said(NamedTuple):
    """The names that a scope speaks of, and the scopes in it: which run with it, and which wait for their name.

    `queued` are the names that it only leaves to a worker, `tasks` the scopes that a worker runs.
    """

    names: frozenset[str]
    queued: frozenset[str]
    running: list[int]
    tasks: list[tuple[str, int]]
    waiting: list[tuple[str, int]]


class Reaching:
    """What the modules of a program speak of, looked up once for all services."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._modules: dict[str, ModuleFacts] = {}
        self._said: dict[tuple[str, int], _Said] = {}

    def running(self, modules: Collection[str], *, works: bool = True) -> set[tuple[str, str]]:
        """The functions and classes, as (module, qualified name), whose names something that runs speaks of.

        All bodies of modules run. What has a decorator may be called by whoever made that, and `__init__` and its like
        by nobody that names them: both run with the scope that they stand in. A cache and its like call nothing by
        themselves. What is a task runs where somebody `works`; anybody else may call it as any function.
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
            for name, inner in (*said.waiting, *said.tasks):
                is_called = name in spoken or (works and (name, inner) in said.tasks)
                (pending if is_called else waiting[name]).append((module, inner))
            names = said.names | said.queued if works else said.names
            for name in names - spoken:
                pending += waiting.pop(name, ())
            spoken |= names
        return {(module, self._modules[module].scopes[number].qualname) for module, number in found}

    def _look(self, module: str, number: int) -> _Said:
        scopes = self._modules[module].scopes
        scope = scopes[number]
        names: Counter[str] = Counter()
        queued: Counter[str] = Counter()
        running = [each for each, inner in enumerate(scopes) if inner.kind == "lambda" and inner.parent == number]
        tasks: list[tuple[str, int]] = []
        waiting: list[tuple[str, int]] = []
        for node in walk([scope.read(), [each.default for each in scope.parameters]]):
            names.update(_names(node))
            if isinstance(node, Attribute) and node.name in _QUEUEING:
                queued[last_name(node.value)] += 1
            if isinstance(node, Define | DefineClass):
                name = scopes[node.scope].name
                if isinstance(node, DefineClass) and any(last_name(base) == _APPLICATION for base in node.bases):
                    # Django finds it by itself, and calls its `ready`.
                    ready = (node.scope, "ready")
                    of_class = (at for at, each in enumerate(scopes) if (each.parent, each.name) == ready)
                    running += (node.scope, *of_class)
                    continue
                if any(_decorating(each) in _TASKS for each in node.decorators):
                    tasks.append((name, node.scope))
                    continue
                is_called = not all(map(_keeps, node.decorators)) or (name.startswith("__") and name.endswith("__"))
                if is_called and isinstance(node, Define):
                    running.append(node.scope)
                else:
                    waiting.append((name, node.scope))
        left = {name for name, times in queued.items() if times == names[name]}
        said = _Said(frozenset(names.keys() - left), frozenset(left), running, tasks, waiting)
        self._said[module, number] = said
        return said


def _keeps(decorated: tuple[Expression, int]) -> bool:
    """Whether what a decorator is applied to runs only if something speaks of it."""
    return _decorating(decorated) in _KEEPING


def _decorating(decorated: tuple[Expression, int]) -> str:
    """The last name of a decorator."""
    decorator, _ = decorated
    return last_name(decorator.function if isinstance(decorator, Call) else decorator)


def _names(node: object) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.id
    elif isinstance(node, Attribute):
        yield node.name
    elif isinstance(node, ImportFrom):
        yield from (name for name, alias, _ in node.names if alias)
