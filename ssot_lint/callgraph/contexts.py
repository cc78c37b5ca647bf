"""Calling contexts: which calls of a function share one analysis of it.

A function is analysed for each distinct tuple of argument values (the functional approach of Sharir and Pnueli,
1981), so that a callback, a `None` or a receiver stays with the caller that passed it. Past a bound the contexts
coarsen: by the receiver's class and by which arguments are None, then to one for the whole function. Coarse
activations join what their callers pass.
"""

from __future__ import annotations

from collections.abc import Callable

from ssot_lint.callgraph.activation import IMPORT, SERVICE, STARTUP, Activation
from ssot_lint.callgraph.bounds import MOST, Bounds
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.heap import most
from ssot_lint.callgraph.values import NOTHING, Function, Interner, Values

WIDEST_EXACT = 8
# Each function that a decorator is applied to is one call of it, so that there are no more of them than definitions,
# and all that is called through the wrappers is told apart by them.
DECORATIONS = 3
# Bytes of a function of some fifty lines; larger ones have their bounds cut in proportion.
ORDINARY = 2000


class Contexts:
    """All activations, by function. `grown` is called with a coarse activation whose arguments grew."""

    def __init__(self, interner: Interner, grown: Callable[[Activation], None], bounds: Bounds) -> None:
        self.bounds = bounds
        self._interner = interner
        self._grown = grown
        self._exact: dict[tuple[Function, int], dict[tuple[Values, ...], Activation]] = {}
        self._coarse: dict[tuple[Function, int], dict[object, Activation]] = {}
        self._merged: dict[tuple[Function, int], Activation] = {}
        self._counts: dict[tuple[Code, int], int] = {}
        self.all: list[Activation] = []

    @property
    def widened(self) -> int:
        """How many functions had to share one context between unlike calls."""
        return len(self._merged)

    def clear(self) -> None:
        """Forgets which activation is for which arguments, and who runs again for whom."""
        for known in (self._exact, self._coarse, self._merged):
            known.clear()
        for activation in self.all:
            activation.callers = activation.awaiting = None

    def has(self, function: Function) -> bool:
        """Whether the function was called with anything."""
        return any((function, stage) in self._exact for stage in (IMPORT, STARTUP, SERVICE))

    def module(self, code: Code, stage: int) -> Activation:
        """The activation of a module's body."""
        return self._new(code, None, {}, stage)

    def activation(
        self, function: Function, binding: dict[str, Values], stage: int, *, decorates: bool = False
    ) -> Activation:
        """The activation that analyses the function for these arguments, in this stage; it may keep the binding.

        There is more room for calls that apply it to a definition.
        """
        known = self._exact.setdefault((function, stage), {})
        key = tuple(binding.values())
        found = known.get(key)
        if found is not None:
            return found
        if (
            len(known) < _share(self.bounds.exact, function) * (DECORATIONS if decorates else 1)
            and self._has_room(function, stage, decorates)
            and all(len(values) <= WIDEST_EXACT for values in key)
        ):
            found = known[key] = self._new(function.code, function, binding, stage)
            found.is_exact = True
            return found
        return self._shared(function, binding, stage)

    def _shared(self, function: Function, binding: dict[str, Values], stage: int) -> Activation:
        coarse = {name: self._interner.coarsen(values) for name, values in binding.items()}
        known = self._coarse.setdefault((function, stage), {})
        key = self._coarse_key(function, coarse)
        found = known.get(key)
        if found is None and len(known) < _share(self.bounds.coarse, function) and self._has_room(function, stage):
            found = known[key] = self._new(function.code, function, coarse, stage)
            return found
        if found is None:
            found = self._merged.get((function, stage))
            if found is None:
                found = self._merged[function, stage] = self._new(function.code, function, coarse, stage)
                return found
        self._join(found, coarse)
        return found

    def _has_room(self, function: Function, stage: int, decorates: bool = False) -> bool:
        """Whether the code may have further contexts; closures of one code share a bound, since they breed."""
        bound = self.bounds.per_code * (DECORATIONS if decorates else 1)
        return self._counts.get((function.code, stage), 0) < bound

    def _coarse_key(self, function: Function, binding: dict[str, Values]) -> object:
        missing = tuple(name for name, values in binding.items() if values == {self._interner.none})
        receiver = next(iter(binding.values()), NOTHING) if function.owner is not None else NOTHING
        return (receiver, missing)

    def _join(self, activation: Activation, binding: dict[str, Values]) -> None:
        grew = False
        for name, values in binding.items():
            known = activation.binding[name]
            if not values <= known and len(known) < MOST:
                activation.binding[name] = most(known, values)
                grew = True
        if grew:
            self._grown(activation)

    def _new(self, code: Code, function: Function | None, binding: dict[str, Values], stage: int) -> Activation:
        code.scope.look_at()  # even if no evaluation is left for it: its size decides how many contexts it has
        made = Activation(len(self.all), code, function, binding, stage)
        self.all.append(made)
        self._counts[code, stage] = self._counts.get((code, stage), 0) + 1
        return made


def _share(bound: int, function: Function) -> int:
    """The bound for this function: the larger it is, the fewer contexts it can be given."""
    return max(1, bound * ORDINARY // max(ORDINARY, function.code.size))
