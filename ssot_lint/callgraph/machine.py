"""The machine: runs a program's activations, abstractly, until nothing new is learnt.

Top-down and on demand, in the line of PyCG (Salis et al., ICSE 2021) and JARVIS (Huang et al., 2023): a function is
analysed when something calls it, with the values that it is called with; a module when something imports it. Whoever
used a result that has grown since runs again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from ssot_lint.callgraph import calls, containers, escapes, expressions, lookup, statements
from ssot_lint.callgraph.activation import Activation, CallKind
from ssot_lint.callgraph.annotations import Annotations
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.callgraph.builtins import HANDLERS
from ssot_lint.callgraph.choices import weigh
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import Code, ModuleCode
from ssot_lint.callgraph.contexts import Contexts
from ssot_lint.callgraph.definitions import make_function
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.heap import Heap, most
from ssot_lint.callgraph.hierarchy import Hierarchy
from ssot_lint.callgraph.imports import Imports
from ssot_lint.callgraph.models import ModelFile, Models
from ssot_lint.callgraph.outside import BUILTINS
from ssot_lint.callgraph.outside_attributes import is_given
from ssot_lint.callgraph.schedule import Schedule
from ssot_lint.callgraph.synthetic import Synthetic, fill_fields, synthetic_fields
from ssot_lint.callgraph.values import (
    NOTHING,
    Constant,
    Container,
    External,
    ExternalInstance,
    Function,
    Instance,
    Interner,
    Partial,
    Unknown,
    Value,
    Values,
)
from ssot_lint.facts import model
from ssot_lint.facts.model import ModuleFacts, Unreadable
from ssot_lint.findings import Certainty
from ssot_lint.project.entry_points.view import is_main_guard
from ssot_lint.project.model import Project

# Bytes of encoded statements that are kept decoded, in which they take some fifteen times the room.
MOST_DECODED = 500_000
MODULE_STRINGS = frozenset(("__file__", "__doc__", "__package__", "__path__", "__spec__", "__loader__"))


class FactsSource(Protocol):
    """Where facts come from: a `facts.library.Library`, or a dict in a test."""

    def get(self, name: str) -> ModuleFacts | Unreadable | None:
        """The facts of a module, why it can't be read, or None where there is no such module."""


class Machine:
    """The state of one analysis."""

    def __init__(
        self,
        project: Project,
        facts: FactsSource,
        models: Iterable[ModelFile],
        mains: dict[str, bool] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self.bounds = bounds or Bounds()
        self._facts = facts
        self.is_module = project.is_module
        self.source = project.find
        self.module_names = project.modules.keys()
        self._mains = mains or {}
        self.interner = Interner()
        self.make = self.interner.make
        self.only = self.interner.only
        self.unknown: Value = self.interner.unknown
        self.none: Value = self.interner.none
        self.not_implemented: Value = self.make(External, "<builtin>.NotImplemented")
        self.schedule = Schedule(self.bounds, self._execute, self._bound)
        self.heap = Heap(self.schedule.enqueue, self.interner, self.bounds.widest)
        self.contexts = Contexts(self.interner, self.schedule.enqueue, self.bounds)
        self.imports = Imports(self)
        self.models = Models(self, models)
        self.builtins = HANDLERS
        self.constants: dict[tuple[type, object], Values] = {}
        self.functions: dict[Function, None] = {}
        self.split: set[Code] = set()
        self.filled: dict[Code, frozenset[str]] = {}
        self.always_set: dict[Code, frozenset[str]] = {}
        self.named: dict[str, str] = {}
        # By defaultdict and key: where an entry was first read that was not there.
        self.filled_by: dict[tuple[Container, object], tuple[Code, int]] = {}
        self.iterators: set[Value] = set()
        self.held: set[Values] = set()
        self.straight: dict[Code, tuple[int, ...] | None] = {}
        self.predicates: dict[Code, list[str] | None] = {}
        self.raising: dict[Code, bool] = {}
        self.swallowing: dict[Code, bool] = {}
        self.widened: set[tuple[str, int]] = set()
        self.dynamics: dict[tuple[str, str, int], None] = {}
        self._decoded: list[Code] = []
        self._decoded_size = 0
        self._codes: dict[str, ModuleCode | None] = {}
        self._module_activations: dict[str, Activation] = {}
        self.hierarchy = Hierarchy(self.schedule.enqueue, self.bounds.subclasses)
        self._defaults: dict[tuple[Function, str], Values] = {}
        self._partials: dict[Partial, Arguments] = {}
        self._globals: dict[str, dict[str, None]] = {}
        # Who asked for all names of a module: modules, by `from it import *`, or (None) anything else.
        self.listed: dict[str, dict[str | None, None]] = {}
        self._stars: dict[str, dict[str, None]] = {}

    # -- running

    @property
    def stage(self) -> int:
        """See `Schedule.stage`."""
        return self.schedule.stage

    def enter(self, activation: Activation, caller: Activation | None, stage: int, *, postponed: bool = False) -> None:
        """See `Schedule.enter`."""
        self.schedule.enter(activation, caller, stage, postponed=postponed)

    def _bound(self, bounds: Bounds) -> None:
        self.bounds = self.contexts.bounds = bounds
        self.heap.widest = bounds.widest
        self.hierarchy.most = bounds.subclasses
        self.interner.tells_places = bounds.places

    def _execute(self, activation: Activation) -> None:
        activation.begin()
        frame = Frame(self, activation, activation.code)
        if frame.code.symbol.rpartition(".")[2] == "__main__" and self.runs_as_main(frame.code.symbol):
            frame.half = 0 if any(map(is_main_guard, frame.code.scope.body)) else 1
        for parameter in activation.code.scope.parameters:
            values = activation.binding.get(parameter.name, NOTHING)
            frame.receive(parameter.name, self._typed(frame, parameter, values))
        statements.run(frame, self.body(activation.code))
        frame.publish()
        weigh(activation)
        activation.passes = self.interner.share(frozenset(frame.passes))
        if frame.alive:
            activation.returns = True
            if not activation.code.scope.is_generator:
                activation.result |= {self.none}
        if activation.code.scope.returns is not None:
            self._hold_to(frame, activation, activation.code.scope.returns)
        if max(len(activation.result), len(activation.yielded)) > self.bounds.widest:
            activation.wide = True
        if activation.wide:
            activation.result = most(NOTHING, self.interner.coarsen(activation.result))
            activation.yielded = most(NOTHING, self.interner.coarsen(activation.yielded))
        share = self.interner.share
        activation.result, activation.yielded = share(activation.result), share(activation.yielded)
        activation.end()

    def _hold_to(self, frame: Frame, activation: Activation, annotation: model.Expression) -> None:
        """Lets the annotation of what a function returns rule out guesses, and say what else nobody says."""
        annotations = Annotations(frame, activation.code, activation, self._owner(activation))
        activation.result -= annotations.refused(annotation, activation.result)
        if not self._is_more(activation.given_back(activation.binding)):
            activation.result |= annotations.instances(annotation)

    def _is_more(self, values: Values) -> bool:
        """Whether values say more than an annotation beside them: not what a function outside gave."""
        return _is_telling(frozenset(v for v in values if not (isinstance(v, ExternalInstance) and is_given(v))))

    def body(self, code: Code) -> list[model.Statement]:
        """The statements of a scope. They are decoded again when they run again much later: most never do."""
        if not code.scope.is_decoded:
            self._decoded.append(code)
            self._decoded_size += code.size
            if self._decoded_size > MOST_DECODED:
                self._forget_bodies()
        return code.scope.body

    def _forget_bodies(self) -> None:
        for code in self._decoded:
            code.scope.forget()
        self._decoded = []
        self._decoded_size = 0

    def _typed(self, frame: Frame, parameter: model.Parameter, values: Values) -> Values:
        if parameter.annotation is None or parameter.kind.startswith("var"):
            return values
        annotations = Annotations(frame, frame.code, frame.activation, self._owner(frame.activation))
        values -= annotations.refused(parameter.annotation, values)
        if _is_telling(values):
            return values
        if self.none in values and not any(isinstance(each, Unknown) for each in values):
            return values
        return values | annotations.instances(parameter.annotation)

    def _owner(self, activation: Activation) -> ClassInfo | None:
        return activation.function.owner if activation.function else None

    def let_go(self) -> None:
        """Frees what only running activations need. Nothing runs after this."""
        self.heap.clear()
        self.contexts.clear()
        self.interner.clear()
        for code in self.loaded():
            for scope in code.facts.scopes:
                scope.forget()

    # -- the parts of the semantics, for each other

    def call(
        self,
        frame: Frame,
        callees: Values,
        arguments: Arguments,
        at: int,
        kind: CallKind,
        limit: Certainty = "certain",
    ) -> Values:
        """See `calls.call`."""
        return calls.call(frame, callees, arguments, at, kind, limit)

    def special(self, frame: Frame, value: Value, name: str) -> Values:
        """See `lookup.special`."""
        return lookup.special(frame, value, name)

    def evaluate(self, frame: Frame, expression: model.Expression) -> Values:
        """See `expressions.evaluate`."""
        return expressions.evaluate(frame, expression)

    def run(self, frame: Frame, body: list[model.Statement]) -> None:
        """See `statements.run`."""
        statements.run(frame, body)

    def assign(self, frame: Frame, target: model.Expression, values: Values) -> None:
        """See `statements.assign`."""
        statements.assign(frame, target, values)

    def elements(self, frame: Frame, container: Container) -> Values:
        """See `containers.elements`."""
        return containers.elements(frame, container)

    def define(self, frame: Frame, scope: int) -> Function:
        """See `definitions.make_function`."""
        return make_function(frame, scope)

    def escape(self, frame: Frame, values: Values, at: int, path: str) -> None:
        """See `escapes.escape`."""
        escapes.escape(frame, values, at, path)

    def dynamic(self, what: str, module: str, at: int) -> None:
        """Notes code that defeats the analysis, for the summary."""
        self.dynamics[(what, module, at)] = None

    # -- modules

    def module_code(self, name: str) -> ModuleCode:
        """The code of a module that is known to be readable."""
        code = self.readable(name)
        if code is None:
            raise LookupError(name)
        return code

    def readable(self, name: str) -> ModuleCode | None:
        """The code of a module, None where there is none or it can't be read."""
        if name not in self._codes:
            source, facts = self.source(name), self._facts.get(name)
            found = ModuleCode(source, facts) if source is not None and isinstance(facts, ModuleFacts) else None
            self._codes[name] = found
        return self._codes[name]

    def module_activation(self, name: str) -> Activation | None:
        """The activation that runs a module's body, None where there is nothing to run."""
        found = self._module_activations.get(name)
        if found is None:
            code = self.readable(name)
            if code is None:
                return None
            found = self._module_activations[name] = self.contexts.module(code.body, self.stage)
        return found

    def loaded(self) -> Iterator[ModuleCode]:
        """Every readable module that was asked for."""
        return (code for code in self._codes.values() if code is not None)

    def runs_as_main(self, module: str) -> bool | None:
        """Whether a module runs as `__main__`; None where it may or may not."""
        return self._mains.get(module, False)

    def global_names(self, module: str, reader: Activation, star: str | None = None) -> list[str]:
        """The names that a module's body binds, in order. `star` is the module that imports them all by `*`."""
        self.listed.setdefault(module, {})[star] = None
        self.heap.read(("names", module), reader)
        code = self.readable(module)
        own = code.body.scope.bound if code is not None else []
        return list(dict.fromkeys((*own, *self._globals.get(module, {}))))

    def add_global(self, module: str, name: str) -> None:
        """A name that the module's body binds without showing it."""
        known = self._globals.setdefault(module, {})
        if name not in known:
            known[name] = None
            self.heap.write(("names", module), self.only(Constant, name), None)

    def opaque_star(self, frame: Frame, base: str) -> None:
        """`from outside import *`: names that nothing else binds may come from there."""
        self._stars.setdefault(frame.code.module.name, {})[base] = None

    def module_attribute(self, frame: Frame, module: str, name: str, at: int, submodules: bool = True) -> Values:
        """`module.name`: a global of the module, a submodule, or what its `__getattr__` gives."""
        reader = frame.activation
        if reader is self._module_activations.get(module):
            frame.publish()  # a module that imports itself
        values = self.heap.read(("global", module, name), reader)
        if values:
            return self._perhaps_later(values)
        if submodules or self.source(f"{module}.{name}") is None:
            values = self.heap.read(("submodule", module, name), reader)
        if values:
            return values
        if name == "__name__":
            return self.only(Constant, module)
        if name in MODULE_STRINGS:
            return self.only(ExternalInstance, "<builtin>.str")
        if submodules or self.source(f"{module}.{name}") is None:
            getter = self.heap.read(("global", module, "__getattr__"), reader)
            if getter and not name.startswith("__"):
                return self.call(frame, getter, Arguments((self.only(Constant, name),)), at, "property")
        stars = self._stars.get(module)
        if stars and not self.is_module(f"{module}.{name}"):
            return frozenset(self.make(External, f"{base}.{name}") for base in stars)
        return NOTHING

    def global_values(self, frame: Frame, name: str, values: Values, module: str = "") -> Values:
        """What a global name may be, builtins and names from outside star imports included."""
        if values:
            return self._perhaps_later(values)
        module = module or frame.code.module.name
        code = self.readable(module)
        if code is not None and name in code.body.bound:
            return NOTHING
        if name == "__name__":
            return self.only(Constant, "__main__" if self._mains.get(module) else module)
        if name in MODULE_STRINGS:
            return self.only(ExternalInstance, "<builtin>.str")
        if name in BUILTINS:
            return self.only(External, f"<builtin>.{name}")
        return frozenset(self.make(External, f"{base}.{name}") for base in self._stars.get(module, {}))

    def _perhaps_later(self, values: Values) -> Values:
        """A shared place that holds only None so far is likely to be filled by code that is not analysed."""
        return values | {self.unknown} if values == {self.none} else values

    # -- functions, annotations

    def default(self, function: Function, parameter: str) -> Values:
        """What a parameter's default may be."""
        return self._defaults.get((function, parameter), NOTHING)

    def set_default(self, function: Function, parameter: str, values: Values) -> None:
        """Notes a default when the definition runs."""
        key = (function, parameter)
        self._defaults[key] = self.interner.share(self.default(*key) | values)

    def partial_arguments(self, partial: Partial) -> Arguments:
        """The arguments that a `functools.partial` holds, none where nothing has given any so far."""
        return self._partials.get(partial, Arguments())

    def set_partial(self, partial: Partial, arguments: Arguments) -> None:
        """Notes the arguments of a `functools.partial`."""
        self._partials[partial] = arguments

    def synthetic_fields(self, frame: Frame, info: ClassInfo) -> Synthetic | None:
        """See `synthetic.synthetic_fields`."""
        return synthetic_fields(frame, info)

    def fill_fields(
        self, frame: Frame, instance: Instance, fields: Synthetic, arguments: Arguments, at: int
    ) -> Arguments:
        """See `synthetic.fill_fields`."""
        return fill_fields(frame, instance, fields, arguments, at)

    def annotate(self, frame: Frame, target: model.Expression, annotation: model.Expression) -> None:
        """Notes the annotation of a class's attribute, in its body or on `self`."""
        if isinstance(target, model.Name) and frame.namespace is not None:
            frame.namespace.fields.setdefault(target.id, annotation)
        elif isinstance(target, model.Attribute) and isinstance(target.value, model.Name):
            for value in frame.environment.get(target.value.id, NOTHING):
                if isinstance(value, Instance):
                    value.info.fields.setdefault(target.name, annotation)

    def annotated(self, frame: Frame, annotation: model.Expression) -> Values:
        """What an object of the annotated type may be, in the scope of the frame."""
        return Annotations(frame, frame.code, frame.activation, frame.namespace).instances(annotation)

    def annotation_classes(self, frame: Frame, expression: model.Expression) -> Values:
        """The classes that a type expression names, in the scope of the frame."""
        return Annotations(frame, frame.code, frame.activation, frame.namespace).classes(expression)

    def refused(self, frame: Frame, info: ClassInfo, annotation: model.Expression, values: Values) -> Values:
        """Those of the values that rest on other annotations, and that this one, in a class's body, does not allow."""
        return Annotations(frame, info.code, info.activation, info).refused(annotation, values)

    def declared_attribute(self, frame: Frame, info: ClassInfo, name: str) -> Values:
        """What a class's annotation says of an attribute that nothing was seen to write."""
        for each in info.classes:
            annotation = each.fields.get(name)
            if annotation is not None:
                return Annotations(frame, each.code, each.activation, each).instances(annotation)
        return NOTHING


def _is_telling(values: Values) -> bool:
    """Whether values say more than "something"."""
    return any(not _is_vague(value) for value in values)


def _is_vague(value: Value) -> bool:
    if isinstance(value, Constant):
        return value.value is None
    return isinstance(value, Unknown)
