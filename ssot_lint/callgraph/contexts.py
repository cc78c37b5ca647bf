"""Calling contexts: which calls of a function share one analysis of it.

A function is analysed for each distinct tuple of argument values (the functional approach of Sharir and Pnueli,
1981), so that a callback, a `None` or a receiver stays with the caller that passed it. Past a bound the contexts
coarsen: by the receiver (Milanova, Rountev and Ryder, 2005), so that what each of a few instances holds stays its own,
then by its class and by which arguments are None, then to one for the whole function. Coarse activations join what
their callers pass.

A call that passes a function of the project, as the application of a decorator does, or that decorates a class, is
about that function or class, its *subject*, and shares a context with no call about another. So what a wrapper calls
does not depend on how many functions are wrapped. There are no more subjects than definitions, since what a call about
a function defines, or an instance that was made with a function, has that function for its subject again. Of
`__getattr__` the subject is the name that is asked for: there are no more than the code has attributes. Of `__get__` it
is the descriptor, and of what a descriptor calls of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from ssot_lint.callgraph.activation import IMPORT, SERVICE, STARTUP, Activation, Subject
from ssot_lint.callgraph.bounds import MOST, Bounds, share
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.heap import most
from ssot_lint.callgraph.values import NOTHING, Bound, Class, Constant, Function, Instance, Interner, Value, Values

# As many as a cell tells apart: the steps of a start, that a list holds, stay what they are in what runs each.
WIDEST_EXACT = Bounds.widest
# What is called for attributes of any name has contexts of its own for each of so many.
OF_ANY_NAME = frozenset({"__getattr__", "__getattribute__"})
MOST_NAMES = 64
# And so has what a descriptor is asked, for each descriptor.
OF_DESCRIPTORS = frozenset({"__get__", "__set__", "__set_name__"})

# What the contexts of one bound have in common: the function, the stage and the subject.
_Alike: TypeAlias = "tuple[Function, int, Subject | None]"


class Contexts:
    """All activations, by function. `grown` is called with a coarse activation whose arguments grew."""

    def __init__(self, interner: Interner, grown: Callable[[Activation], None], bounds: Bounds) -> None:
        self.bounds = bounds
        self._interner = interner
        self._grown = grown
        self._exact: dict[tuple[Function, int], dict[tuple[Values, ...], Activation]] = {}
        self._coarse: dict[_Alike, dict[object, Activation]] = {}
        self._received: dict[_Alike, dict[Values, Activation]] = {}
        self._merged: dict[_Alike, Activation] = {}
        self._subjects: dict[Value, Subject] = {}
        self._names: dict[Code, set[Subject]] = {}
        self._counts: dict[object, int] = {}
        self.all: list[Activation] = []

    @property
    def widened(self) -> int:
        """How many functions had to share one context between unlike calls."""
        return len(self._merged)

    def clear(self) -> None:
        """Forgets which activation is for which arguments, and who runs again for whom."""
        for known in (self._exact, self._received, self._coarse, self._merged):
            known.clear()
        for activation in self.all:
            activation.callers = activation.awaiting = None

    def has(self, function: Function) -> bool:
        """Whether the function was called with anything."""
        return any((function, stage) in self._exact for stage in (IMPORT, STARTUP, SERVICE))

    def module(self, code: Code, stage: int) -> Activation:
        """The activation of a module's body."""
        return self._new(code, None, {}, stage, None)

    def activation(
        self,
        function: Function,
        binding: dict[str, Values],
        stage: int,
        caller: Subject | None = None,
        decorates: bool = False,
    ) -> Activation:
        """The activation that analyses the function for these arguments, in this stage; it may keep the binding.

        `caller` is the subject of who calls it, and `decorates` says whether it is applied to what it is passed.
        """
        known = self._exact.setdefault((function, stage), {})
        key = tuple(binding.values())
        found = known.get(key)
        if found is not None:
            return found
        alike = (function, stage, self._subject(function, binding, caller, decorates))
        if (
            self._counts.get(alike, 0) < share(self.bounds.exact, function.code.size)
            and self._has_room(alike)
            and all(len(values) <= WIDEST_EXACT for values in key)
        ):
            self._count(alike)
            found = known[key] = self._new(function.code, function, binding, stage, alike[2])
            found.is_exact = True
            return found
        return self._shared(alike, binding)

    def _shared(self, alike: _Alike, binding: dict[str, Values]) -> Activation:
        function, stage, subject = alike
        coarse = {
            name: values
            if isinstance(subject, (Constant, Instance)) and subject in values
            else self._interner.share(most(NOTHING, self._interner.coarsen(values, function.code)))
            for name, values in binding.items()
        }
        known = self._coarse.setdefault(alike, {})
        found = self._of_receiver(alike, binding, coarse)
        if found is not None:
            return found
        key = self._coarse_key(function, coarse)
        found = known.get(key)
        if found is None and len(known) < share(self.bounds.coarse, function.code.size) and self._has_room(alike):
            found = known[key] = self._new(function.code, function, coarse, stage, subject)
            return found
        if found is None:
            found = self._merged.get(alike)
            if found is None:
                found = self._merged[alike] = self._new(function.code, function, coarse, stage, subject)
                return found
        self._join(found, coarse)
        return found

    def _of_receiver(self, alike: _Alike, binding: dict[str, Values], coarse: dict[str, Values]) -> Activation | None:
        """What all calls on one instance share, while the instances are few: so what each holds stays its own."""
        function, stage, subject = alike
        if function.owner is None or not binding:
            return None
        name, receiver = next(iter(binding.items()))
        if len(receiver) != 1 or not all(isinstance(value, Instance) and value.key is not None for value in receiver):
            return None
        known = self._received.setdefault(alike, {})
        binding = coarse | {name: receiver}
        found = known.get(receiver)
        if found is not None:
            self._join(found, binding)
        elif len(known) < share(self.bounds.receivers, function.code.size) and self._has_room(alike):
            found = known[receiver] = self._new(function.code, function, binding, stage, subject)
        return found

    def _has_room(self, alike: _Alike) -> bool:
        """Whether the code may have further contexts; closures of one code share a bound, since they breed."""
        function, stage, subject = alike
        return self._counts.get((function.code, stage, subject), 0) < self.bounds.per_code

    def _count(self, what: object) -> None:
        self._counts[what] = self._counts.get(what, 0) + 1

    def _subject(
        self, function: Function, binding: dict[str, Values], caller: Subject | None, decorates: bool
    ) -> Subject | None:
        """The function that a call passes, that its receiver was made with, or that a closure was made for.

        A class is one only where it is decorated, and in what its decorator calls with it: too many calls pass classes.
        """
        if function.code.scope.name in OF_ANY_NAME and len(binding) == 2:
            name = self._name(function, *binding.values())
            if name is not None:
                return name
        if function.code.scope.name in OF_DESCRIPTORS or isinstance(caller, Instance):
            descriptor = self._descriptor(function, binding, caller)
            if descriptor is not None:
                return descriptor
        for values in binding.values():
            if len(values) == 1:
                (value,) = values
                subject = self._subject_of(value)
                if isinstance(value, Class) and (decorates or value.info.code is caller):
                    subject = value.info.code
                if subject is not None:
                    if function.code.scope.name == "__init__":
                        self._subjects.setdefault(next(iter(next(iter(binding.values())))), subject)
                    return subject
        return function.closure.subject if function.closure is not None else None

    def _name(self, function: Function, receiver: Values, names: Values) -> Constant | None:
        """The attribute that is asked for, as long as a function is not asked for too many."""
        (name,) = names if len(names) == 1 else (None,)
        if not isinstance(name, Constant) or not isinstance(name.value, str):
            return None
        return name if self._is_among_few(function, name) else None

    def _descriptor(self, function: Function, binding: dict[str, Values], caller: Subject | None) -> Instance | None:
        """The descriptor that is asked for an attribute, or whose own method another one of its methods calls."""
        receiver = next(iter(binding.values()), NOTHING)
        (value,) = receiver if len(receiver) == 1 else (None,)
        if (
            not isinstance(value, Instance)
            or value.key is None
            or (isinstance(caller, Instance) and value is not caller)
        ):
            return None
        return value if self._is_among_few(function, value) else None

    def _is_among_few(self, function: Function, subject: Subject) -> bool:
        """Whether a function has contexts of its own for a subject: the first of many have."""
        known = self._names.setdefault(function.code, set())
        if subject not in known and len(known) >= MOST_NAMES:
            return False
        known.add(subject)
        return True

    def _subject_of(self, value: Value) -> Subject | None:
        if isinstance(value, Bound):
            return self._subject_of(value.receiver) or self._subject_of(value.function)
        if isinstance(value, Function):
            return (value.closure and value.closure.subject) or value.code
        return self._subjects.get(value)

    def _coarse_key(self, function: Function, binding: dict[str, Values]) -> object:
        missing = tuple(name for name, values in binding.items() if values == {self._interner.none})
        receiver = next(iter(binding.values()), NOTHING) if function.owner is not None else NOTHING
        return (receiver, missing)

    def _join(self, activation: Activation, binding: dict[str, Values]) -> None:
        grew = False
        for name, values in binding.items():
            known = activation.binding[name]
            if not values <= known and len(known) < MOST:
                activation.binding[name] = self._interner.share(most(known, values))
                grew = True
        if grew:
            self._grown(activation)

    def _new(
        self,
        code: Code,
        function: Function | None,
        binding: dict[str, Values],
        stage: int,
        subject: Subject | None,
    ) -> Activation:
        code.scope.look_at()  # even if no evaluation is left for it: its size decides how many contexts it has
        made = Activation(len(self.all), code, function, binding, stage, subject)
        self.all.append(made)
        self._count((code, stage, subject))
        return made
