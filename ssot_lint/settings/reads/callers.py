"""The calls in the modules of a program by the last names of what is called, and the names that functions go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ssot_lint.facts.model import Attribute, BoolOp, Call, Conditional, Expression, Lambda, Name
from ssot_lint.settings.reads.index import ModuleIndex, Use, last_name


class Alias(NamedTuple):
    """A name that is given a value which may be a function, and where that stands."""

    name: str
    value: Expression
    module: ModuleIndex
    scope: int


class Callers:
    """The calls in the `scanned` ones of the modules."""

    def __init__(self, modules: Mapping[str, ModuleIndex], scanned: Sequence[str]) -> None:
        self.modules = modules
        self.scanned = scanned
        self._callers: dict[str, list[str]] | None = None
        self._calls: dict[str, list[tuple[ModuleIndex, Use, Call]]] = {}

    @cached_property
    def aliases(self) -> dict[str, list[Alias]]:
        """What functions may be assigned to or given under (`self.getter = getter or os.environ.get`).

        By the function's last name, or a lambda's qualified one.
        """
        found: defaultdict[str, list[Alias]] = defaultdict(list)
        for module in (self.modules[scanned] for scanned in self.scanned):
            for (scope, name), values in list(module.assigned.items()):
                for value in values:
                    _add_aliases(found, Alias(name, value, module, scope))
            for (_, name), places in list(module.attributes.items()):
                for value, scope in places:
                    _add_aliases(found, Alias(name, value, module, scope))
            for use in (use for uses in module.calls.values() for use in uses):
                for keyword, value in use.node.keywords if isinstance(use.node, Call) else ():
                    _add_aliases(found, Alias(keyword or "", value, module, use.scope))
        return dict(found)

    def calls_of(self, name: str) -> list[tuple[ModuleIndex, Use, Call]]:
        """The calls in the scanned modules of what has that last name."""
        if name not in self._calls:
            self._calls[name] = [
                (module, use, use.node)
                for module in (self.modules[scanned] for scanned in self._calling(name))
                for use in module.calls[name]
                if isinstance(use.node, Call)
            ]
        return self._calls[name]

    def _calling(self, name: str) -> list[str]:
        if self._callers is None:
            callers: defaultdict[str, list[str]] = defaultdict(list)
            for scanned in self.scanned:
                for called in self.modules[scanned].calls:
                    callers[called].append(scanned)
            self._callers = dict(callers)
        return self._callers.get(name, [])


def _add_aliases(found: defaultdict[str, list[Alias]], alias: Alias) -> None:
    stack = [alias.value]
    while stack:
        match value := stack.pop():
            case BoolOp(values=parts):
                stack += parts
            case Conditional(body=body, orelse=orelse):
                stack += (body, orelse)
            case Lambda(scope=number):
                found[f"{alias.module.name}.{alias.module.scope(number).qualname}"].append(alias._replace(value=value))
            case Name() | Attribute():
                found[last_name(value)].append(alias._replace(value=value))
            case _:
                continue
