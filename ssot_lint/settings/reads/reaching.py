"""Which functions of some modules run, told by names alone: near enough to say what a service needs.

The call graph is that of the whole program, whatever service runs which part of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from ssot_lint.facts.model import Attribute, Define, DefineClass, ImportFrom, ModuleFacts, Name, Scope
from ssot_lint.facts.nested import walk


def running(modules: Mapping[str, ModuleFacts]) -> set[tuple[str, str]]:
    """The functions and classes, as (module, qualified name), whose names something that runs speaks of.

    All bodies of modules run. What has a decorator may be called by whoever made that, and `__init__` and its like by
    nobody that names them: both run with the class that they stand in.
    """
    return _Running(modules).found


class _Running:
    def __init__(self, modules: Mapping[str, ModuleFacts]) -> None:
        self._modules = modules
        self._spoken: set[str] = set()
        # Scopes that run as soon as their name is spoken of.
        self._waiting: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        self._run: set[tuple[str, int]] = set()
        pending = [(module, 0) for module in modules]
        while pending:
            place = pending.pop()
            if place not in self._run:
                self._run.add(place)
                pending += self._body(*place)

    @property
    def found(self) -> set[tuple[str, str]]:
        """All that runs."""
        return {(module, self._modules[module].scopes[number].qualname) for module, number in self._run}

    def _body(self, module: str, number: int) -> Iterator[tuple[str, int]]:
        """What runs since the body of a scope does."""
        facts = self._modules[module]
        scope = facts.scopes[number]
        for node in walk([*scope.read(), *_defaults(scope)]):
            if isinstance(node, Define | DefineClass):
                inner = facts.scopes[node.scope]
                is_called = bool(node.decorators) or (inner.name.startswith("__") and inner.name.endswith("__"))
                if inner.name in self._spoken or (is_called and isinstance(node, Define)):
                    yield module, node.scope
                else:
                    self._waiting[inner.name].append((module, node.scope))
            for name in _names(node):
                if name not in self._spoken:
                    self._spoken.add(name)
                    yield from self._waiting.pop(name, ())
        for each, inner in enumerate(facts.scopes):
            if inner.kind == "lambda" and inner.parent == number:
                yield module, each


def _defaults(scope: Scope) -> Iterable[object]:
    return [each.default for each in scope.parameters if each.default is not None]


def _names(node: object) -> Iterator[str]:
    if isinstance(node, Name):
        yield node.id
    elif isinstance(node, Attribute):
        yield node.name
    elif isinstance(node, ImportFrom):
        yield from (name for name, alias, _ in node.names if alias)
