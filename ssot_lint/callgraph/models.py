"""What libraries do with what they are given, as their models in `rules/models/` say.

What no model knows is an *escape*: a function handed to it may be called from there, which is kept as a call of
certainty `possible`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from ssot_lint.callgraph import attributes, outside_entries
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.contents import own_receiver
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.model_call import ModelCall, unknown_arguments
from ssot_lint.callgraph.model_files import Callback, CallModel, ModelFile, Place, expand
from ssot_lint.callgraph.outside_attributes import MAXIMUM_PATH
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Container,
    Descriptor,
    External,
    ExternalInstance,
    Function,
    Instance,
    Partial,
    Value,
    Values,
    ordered,
)
from ssot_lint.findings import Certainty, Phase

if TYPE_CHECKING:
    from ssot_lint.callgraph.machine import Machine

PHASES: dict[str, Phase] = {"import": "import", "startup": "startup", "request": "request", "shutdown": "shutdown"}


class Models:
    """All models, by import path."""

    def __init__(self, machine: Machine, files: Iterable[ModelFile]) -> None:
        self._machine = machine
        self._aliases: dict[str, str] = {}
        self._attributes: dict[str, str] = {}
        self._bases: dict[str, str] = {}
        self._calls: dict[str, CallModel] = {}
        self._classes: dict[str, tuple[Callback, ...]] = {}
        self._canonical: dict[str, str] = {}
        self._found: dict[str, CallModel | None] = {}
        self._done: dict[str, bool] = {}
        self._below: set[str] = set()
        for file in files:
            self._add(file)

    def _add(self, file: ModelFile) -> None:
        for table, known in (
            (file.aliases, self._aliases), (file.attributes, self._attributes), (file.inherits, self._bases),
        ):  # fmt: skip
            known.update((path, meant) for paths, meant in table.items() for path in expand(paths))
        for model in file.call:
            self._below.update(each.below for each in model.calls if each.below)
            for path in expand(model.path):
                self._calls[path] = model
                if model.decorates:
                    self._calls[f"{path}()"] = _applied(model)
        for base in file.class_:
            self._classes.update((path, base.calls) for path in expand(base.path))

    # -- paths

    def canonical(self, path: str) -> str:
        """The path under which the models know an import path."""
        known = self._canonical.get(path)
        if known is None:
            known = self._canonical[path] = self._unaliased(path)
        return known

    def _unaliased(self, path: str) -> str:
        head, tail = path, ""
        while head:
            meant = self._aliases.get(head)
            if meant is not None:
                return self.canonical(f"{meant}{tail}")
            head, dot, name = head.rpartition(".")
            tail = f"{dot}{name}{tail}"
        return self._aliases.get(f"*.{path.rpartition('.')[2]}", path)

    def _lineage(self, path: str) -> Iterator[str]:
        """A class and those whose models hold for it too."""
        known: str | None = path
        while known is not None:
            yield known
            known = self._bases.get(known)

    def attribute(self, value: External | ExternalInstance, name: str) -> str | None:
        """The path that an attribute of something outside stands for, None where no model says."""
        for path in self._lineage(self.canonical(value.path)):
            known = self._attributes.get(f"{path}.{name}")
            if known is not None:
                return known
        return None

    def knows(self, path: str) -> bool:
        """Whether a model says what a call of the path does."""
        return self._find(self.canonical(path)) is not None

    def starts_task(self, callee: Value) -> bool:
        """Whether a call leaves its first argument, a coroutine, running."""
        if not isinstance(callee, (External, ExternalInstance)):
            return False
        known = self._find(self.canonical(callee.path if isinstance(callee, External) else f"{callee.path}()"))
        return known is not None and known.task

    def is_done(self, path: str) -> bool:
        """Whether a call of the path does anything: as a model says, or as the language has it."""
        known = self._done.get(path)
        if known is None:
            known = self._done[path] = self.knows(path) or self.canonical(path) in self._machine.builtins
        return known

    def _find(self, path: str) -> CallModel | None:
        if path not in self._found:
            self._found[path] = self._search(path)
        return self._found[path]

    def _search(self, path: str) -> CallModel | None:
        holder, _, name = path.rpartition(".")
        for each in self._lineage(path):
            if each in self._calls:
                return self._calls[each]
        if name == "__init__":
            return self._search(holder)
        for each in self._lineage(holder):
            if f"{each}.{name}" in self._calls:
                return self._calls[f"{each}.{name}"]
        return self._calls.get(f"*.{name}")

    # -- what happens

    def operate(self, frame: Frame, value: ExternalInstance, method: str, right: Values, at: int) -> Values:
        """What an operator, or a step of a loop, gives for an operand from outside: unknown where no model tells."""
        path = f"{value.path}.{method}"
        handler = self._machine.builtins.get(path)
        if handler is not None:
            return handler(frame, Arguments((right,)), at, value) or frozenset((self._machine.unknown,))
        if self._find(path) is None:
            return frozenset((self._machine.unknown,))
        return self.apply(frame, path, Arguments((right,)), at, value)

    def apply(self, frame: Frame, path: str, arguments: Arguments, at: int, receiver: Value | None) -> Values:
        """Does what the library does with the arguments."""
        model = self._find(path)
        if model is None:
            return self._unmodelled(frame, path, arguments, at)
        if receiver is None:
            receiver = own_receiver(path.rpartition(".")[0], arguments)
            if receiver is not None or path.endswith(".__init__"):
                arguments = arguments._replace(positional=arguments.positional[1:])
        call = ModelCall(frame, path, arguments, at, receiver)
        if model.decorates and call.is_applied():
            model = _applied(model)
        for place in model.imports:
            self._import(call, place)
        awaited = "result" in model.returns or "yielded" in model.returns
        for each in model.calls:
            call.results.append(self._call_back(call, each, self._called(call, each), awaited))
        if model.keeps is not None and (kept := self._keep(call, model.keeps)):
            return kept
        if not model.returns or model.decorates:
            return self._machine.only(ExternalInstance, path.removesuffix("()"))
        return call.source(model.returns)

    def defined(self, frame: Frame, info: ClassInfo, at: int) -> None:
        """Calls what libraries call of a new class because of its bases."""
        for base in info.outside:
            for path in self._lineage(self.canonical(base)):
                if path in self._below:
                    any_instance = self._machine.only(Instance, info, None, True)
                    self._machine.heap.write(("below", path), any_instance, frame.activation)
                for spec in self._classes.get(path, ()):
                    whole = self._machine.make(Class, info)
                    receiver = whole if spec.instantiate else self._machine.make(Instance, info, None, True)
                    call = ModelCall(frame, path, Arguments(), at, receiver)
                    self._call_back(call, spec, self._called(call, spec))

    def _keep(self, call: ModelCall, spec: Callback) -> Values:
        """The object that keeps a function of the project, which it may call if it gets lost; nothing without one."""
        called = self._called(call, spec)
        if not called:
            return NOTHING
        kept = self._kept(call, call.path.removesuffix(".__init__"))
        if not call.frame.read(("started", kept.key)):
            self._machine.escape(call.frame, called, call.at, kept.path)
        call.frame.write(("partial", kept.key), called, strong=True)
        self._machine.set_partial(kept, call.passed(spec))
        return frozenset((kept,))

    def _kept(self, call: ModelCall, path: str) -> Partial:
        """The object that a call makes, or what stands for it where it is an instance of a class of the project."""
        owner = call.receiver or (call.frame.code.module.name, call.at, call.frame.activation)
        return self._machine.make(Partial, (path, owner), path)

    def _unmodelled(self, frame: Frame, path: str, arguments: Arguments, at: int) -> Values:
        if not path.startswith("<builtin>."):
            self._machine.escape(frame, arguments.every(), at, path)
        holder, _, name = path.removesuffix("()").rpartition(".")
        if name == "get" and arguments.positional:
            # Mappings of every library give what was put there, or the default: `app.config.get("BACKEND", Backend)`.
            entry = outside_entries.kept(frame, self._machine.make(External, holder), arguments.positional[0])
            if entry or len(arguments.positional) == 2:
                return entry.union(*arguments.positional[1:2], (self._machine.unknown,))
        if path.endswith("()") or path.count(".") >= MAXIMUM_PATH:
            return frozenset((self._machine.unknown,))
        if path.startswith("<builtin>.str."):
            return self._machine.only(ExternalInstance, "<builtin>.str")
        return self._machine.only(ExternalInstance, path)

    def _import(self, call: ModelCall, place: Place) -> None:
        names = call.argument(place)
        listed = frozenset(value for value in names if isinstance(value, Container))
        for value in ordered(names | call.elements(listed)):
            if isinstance(value, Constant) and isinstance(value.value, str):
                module = self._machine.only(Constant, value.value.partition(":")[0])
                self._machine.imports.import_by_name(call.frame, module, NOTHING, call.at)

    # -- callbacks

    def _call_back(self, call: ModelCall, spec: Callback, called: Values, awaited: bool = False) -> Values:
        if not called:
            return NOTHING
        phase, awaited = self._phase(call, spec.phase), awaited or spec.lifespan
        certainty: Certainty = "possible" if spec.below else "certain"
        with call.frame.called_back(phase, certainty, call.via(spec), awaited=awaited):
            passed = unknown_arguments(call.frame) if spec.methods and spec.instantiate else call.passed(spec)
            passed = Arguments() if spec.kept else passed
            result = self._machine.call(call.frame, called, passed, call.at, "callback")
        if spec.lifespan:
            call.enter(result, "startup", "shutdown", call.via(spec))
        return result

    def _phase(self, call: ModelCall, phase: str) -> Phase | None:
        if phase.startswith("="):
            return PHASES.get(call.literal(phase[1:]) or "", "request")
        return PHASES.get(phase)

    def _called(self, call: ModelCall, spec: Callback) -> Values:
        """The callables of the project that a callback means."""
        if spec.kept:
            if isinstance(call.receiver, Partial):
                started = self._machine.only(Constant, True)
                self._machine.heap.write(("started", call.receiver.key), started, call.frame.activation)
                return frozenset((call.receiver,))
            kept = self._kept(call, call.path.rpartition(".")[0])
            return frozenset((kept,)) if call.frame.read(("partial", kept.key)) else NOTHING
        values = call.source("receiver") if spec.argument is None else call.argument(spec.argument)
        if spec.below:
            values = call.frame.read(("below", spec.below)) if self._machine.bounds.guesses else NOTHING
        if spec.elements:
            values = call.elements(values)
        values = frozenset(
            self._method_of_open(call, value)
            for value in ordered(values)
            if not isinstance(value, (Constant, ExternalInstance, External, Container))
        ) - {self._machine.unknown}
        if spec.instantiate:
            values = self._instantiated(call, spec, values)
        if spec.methods is None:
            return values
        found = NOTHING
        for value in ordered(values):
            if isinstance(value, (Instance, Class)):
                for name in _method_names(value.info, spec):
                    found |= _own(attributes.attribute(call.frame, frozenset((value,)), name, call.at))
        return found

    def _instantiated(self, call: ModelCall, spec: Callback, values: Values) -> Values:
        classes = frozenset(value for value in values if isinstance(value, Class))
        if not classes:
            return values
        with call.frame.called_back(PHASES.get(spec.instantiate), "certain", call.via(spec)):
            return (values - classes) | self._machine.call(call.frame, classes, call.passed(spec), call.at, "callback")

    def _method_of_open(self, call: ModelCall, value: Value) -> Value:
        """A function that is decorated in a class's body is called on some instance, or on the class."""
        function = value.getter if isinstance(value, Descriptor) else value
        namespace = call.frame.namespace
        if namespace is None or not isinstance(function, Function) or function.owner is not namespace:
            return value
        if isinstance(value, Descriptor) and value.type == "staticmethod":
            return function
        if isinstance(value, Descriptor) and value.type == "classmethod":
            return self._machine.make(Bound, function, self._machine.make(Class, namespace))
        return self._machine.make(Bound, function, self._machine.make(Instance, namespace, None, True))


def _applied(model: CallModel) -> CallModel:
    """What a decorator does when it meets its function."""
    return CallModel(model.path, (Callback(argument=0, phase=model.decorates),), returns=model.returns or "0")


def _method_names(info: ClassInfo, spec: Callback) -> list[str]:
    defined = list(dict.fromkeys(name for each in info.classes for name in each.names))
    if spec.unless in defined:
        return []
    return [name for name in defined if any(fnmatchcase(name, pattern) for pattern in spec.methods or ())]


def _own(values: Values) -> Values:
    """Methods that the project defines, not those inherited from outside."""
    return frozenset(
        value for value in values if not (isinstance(value, Bound) and isinstance(value.function, External))
    )


__all__ = ["ModelFile", "Models"]
