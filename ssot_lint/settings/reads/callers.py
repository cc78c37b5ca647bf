"""The calls in the modules of a program by the last names of what is called, and the names that functions go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property

from ssot_lint.facts.model import Attribute, BoolOp, Call, Conditional, Expression, Lambda, Name
from ssot_lint.settings.reads.index import ModuleIndex, Use, last_name


class Callers:
    """The calls in the `scanned` ones of the modules."""

    def __init__(self, modules: Mapping[str, ModuleIndex], scanned: Sequence[str]) -> None:
        self.modules = modules
        self.scanned = scanned
        self._callers: dict[str, list[str]] | None = None
        self._calls: dict[str, list[tuple[ModuleIndex, Use, Call]]] = {}

    @cached_property
    def aliases(self) -> dict[str, set[str]]:
        """The names that functions are assigned to or given under (`self.getter = getter or os.environ.get`).

        By the function's last name, or a lambda's qualified one.
        """
        found: defaultdict[str, set[str]] = defaultdict(set)
        for module in (self.modules[scanned] for scanned in self.scanned):
            for (_, alias), values in list(module.assigned.items()):
                self._add_aliases(found, alias, values, module)
            for (_, alias), places in list(module.attributes.items()):
                self._add_aliases(found, alias, [value for value, _ in places], module)
            for use in (use for uses in module.calls.values() for use in uses):
                for keyword, value in use.node.keywords if isinstance(use.node, Call) else ():
                    self._add_aliases(found, keyword or "", [value], module)
        return dict(found)

    @staticmethod
    def _add_aliases(
        found: defaultdict[str, set[str]], alias: str, values: Sequence[Expression], module: ModuleIndex
    ) -> None:
        stack = list(values)
        while stack:
            match stack.pop():
                case BoolOp(values=parts):
                    stack += parts
                case Conditional(body=body, orelse=orelse):
                    stack += (body, orelse)
                case Lambda(scope=number):
                    found[f"{module.name}.{module.scope(number).qualname}"].add(alias)
                case Name() | Attribute() as named:
                    found[last_name(named)].add(alias)
                case _:
                    continue

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
