"""Models of outside libraries: which of its arguments a library calls, when, with what, and what it gives back.

The models are data, in `rules/models/*.toml`; `docs/models.md` describes them. What no model knows is an *escape*: a
function handed to it may be called from there, which is kept as a call of certainty `possible`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ssot_lint.callgraph import attributes, containers, iteration
from ssot_lint.callgraph.arguments import Arguments
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.values import (
    NOTHING,
    Bound,
    Class,
    Constant,
    Container,
    External,
    ExternalInstance,
    Function,
    Generator,
    Instance,
    Partial,
    Value,
    Values,
    Wrapper,
    ordered,
)
from ssot_lint.findings import Phase

if TYPE_CHECKING:
    from ssot_lint.callgraph.machine import Machine

PHASES: dict[str, Phase] = {"import": "import", "startup": "startup", "request": "request", "shutdown": "shutdown"}
ESCAPING = (Function, Bound, Partial)


class Callback(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """One callback of a modelled call.

    What is called: an `argument` (position, name, or `*` for all), its `elements` if it is iterated, `method`s of it
    (or of the receiver where no argument is named), made first if it is a class and `instantiate` is set. When:
    `phase`, empty for the phase of the call itself, `=0` for the phase that the literal argument 0 names. With what:
    `passes`, a list of `argument:N`, `elements:N`, `receiver`, `rest` (what follows the argument, and all keywords),
    `spread:NAME` (the items of an argument), `unknown`. `lifespan` runs the part after a `yield` at shutdown.
    """

    argument: int | str | None = None
    elements: bool = False
    methods: list[str] = []
    instantiate: bool = False
    phase: str = ""
    passes: list[str] = []
    lifespan: bool = False


class CallModel(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """A modelled callable: its import path(s), what it calls, and what it `returns`.

    `returns` is one of `argument:N`, `elements:N`, `result` (of the first callback), `results` (a list of them),
    `arguments` (a list of all), `receiver`, `decorator` (gives back what it is applied to), `none`, `path:P` (what
    stands at the import path P, with `{N}` for a literal argument); empty for an instance of the path itself.
    """

    path: str | list[str]
    calls: list[Callback] = []
    returns: str = ""


class ModelFile(msgspec.Struct, forbid_unknown_fields=True, rename="kebab"):
    """One file of `rules/models/`.

    `aliases` map import paths to the path under which the models know them; `attributes` map attribute paths to the
    path that their value stands for (`fastapi.Request.app` is `fastapi.FastAPI()`).
    """

    library: str
    aliases: dict[str, str] = {}
    attributes: dict[str, str] = {}
    call: list[CallModel] = []


class Models:
    """All models, by import path."""

    def __init__(self, machine: Machine, files: Iterable[ModelFile]) -> None:
        self._machine = machine
        self._aliases: dict[str, str] = {}
        self._attributes: dict[str, str] = {}
        self._calls: dict[str, CallModel] = {}
        for file in files:
            self._aliases.update(file.aliases)
            self._attributes.update(file.attributes)
            for each in file.call:
                for path in [each.path] if isinstance(each.path, str) else each.path:
                    self._calls[path] = each

    def canonical(self, path: str) -> str:
        """The path under which the models know an import path."""
        known = self._aliases.get(path)
        if known is not None:
            return known
        holder, dot, name = path.rpartition(".")
        if dot and holder in self._aliases:
            return f"{self._aliases[holder]}.{name}"
        return path

    def attribute(self, value: External | ExternalInstance, name: str) -> str | None:
        """The path that an attribute of something outside stands for, None where no model says."""
        return self._attributes.get(f"{self.canonical(value.path)}.{name}")

    def apply(self, frame: Frame, path: str, arguments: Arguments, at: int, receiver: Value | None) -> Values:
        """Does what the library does with the arguments."""
        model = self._calls.get(path)
        if model is None:
            return self._unmodelled(frame, path, arguments, at)
        results = [self._call_back(frame, path, each, arguments, at, receiver) for each in model.calls]
        return self._result(frame, path, model.returns, arguments, at, receiver, results)

    def _unmodelled(self, frame: Frame, path: str, arguments: Arguments, at: int) -> Values:
        if not path.startswith("<builtin>."):
            self._machine.escape(frame, arguments.every(), at, path)
        if path.endswith("()") or path.count(".") >= attributes.MAXIMUM_PATH:
            return frozenset((self._machine.unknown,))
        if path.startswith("<builtin>.str."):
            return self._machine.only(ExternalInstance, "<builtin>.str")
        return self._machine.only(ExternalInstance, path)

    # -- callbacks

    def _call_back(
        self, frame: Frame, path: str, spec: Callback, arguments: Arguments, at: int, receiver: Value | None
    ) -> Values:
        called = self._called(frame, spec, arguments, at, receiver)
        called = frozenset(value for value in called if not isinstance(value, (Constant, ExternalInstance, External)))
        called -= {self._machine.unknown}
        if not called:
            return NOTHING
        passed = self._passed(frame, spec, arguments, at, receiver)
        via = (
            f"{path.removesuffix('()')} {spec.argument}" if isinstance(spec.argument, str) else path.removesuffix("()")
        )
        with frame.called_back(self._phase(spec, arguments), "certain", via):
            result = self._machine.call(frame, called, passed, at, "callback")
            if spec.lifespan:
                self._run_lifespan(frame, result, at, via)
        return result

    def _run_lifespan(self, frame: Frame, result: Values, at: int, via: str) -> None:
        """A lifespan is entered at startup and left at shutdown."""
        for value in ordered(result):
            if isinstance(value, Generator):
                self._machine.context_managers.add(value.activation.code)
                with frame.called_back("shutdown", "certain", via):
                    frame.record(at, "exit", value.activation.code.symbol, value.activation, "certain")
            elif isinstance(value, Instance):
                for name, phase in (("__aenter__", "startup"), ("__aexit__", "shutdown")):
                    with frame.called_back(PHASES[phase], "certain", via):
                        method = attributes.special(frame, value, name)
                        if method:
                            self._machine.call(frame, method, Arguments(), at, "callback")

    def _phase(self, spec: Callback, arguments: Arguments) -> Phase | None:
        if spec.phase.startswith("="):
            named = _literal(arguments.at(int(spec.phase[1:])))
            return PHASES.get(named or "", "request")
        return PHASES.get(spec.phase)

    def _called(self, frame: Frame, spec: Callback, arguments: Arguments, at: int, receiver: Value | None) -> Values:
        if spec.argument is None:
            values = frozenset((receiver,)) if receiver is not None else NOTHING
        elif spec.argument == "*":
            values = NOTHING.union(*arguments.positional)
        else:
            values = arguments.at(spec.argument) or NOTHING
        if spec.elements:
            values = iteration.iterate(frame, values, at)
        if spec.instantiate:
            classes = frozenset(value for value in values if isinstance(value, Class))
            others = values - classes
            with frame.called_back(self._phase(spec, arguments), "certain", "instantiation"):
                made = self._machine.call(frame, classes, _unknown(frame), at, "callback") if classes else NOTHING
            values = others | made
        if not spec.methods:
            return values
        found = NOTHING
        for name in spec.methods:
            for value in ordered(values):
                if isinstance(value, (Instance, Class)):
                    found |= _own(attributes.attribute(frame, frozenset((value,)), name, at))
        return found

    def _passed(self, frame: Frame, spec: Callback, arguments: Arguments, at: int, receiver: Value | None) -> Arguments:
        if not spec.passes:
            return _unknown(frame)
        positional: list[Values] = []
        keywords: dict[str, Values] = {}
        for source in spec.passes:
            word, _, which = source.partition(":")
            place: int | str = int(which) if which.isdigit() else which
            if word == "argument":
                positional.append(arguments.at(place) or NOTHING)
            elif word == "elements":
                positional.append(iteration.iterate(frame, arguments.at(place) or NOTHING, at))
            elif word == "receiver":
                positional.append(frozenset((receiver,)) if receiver is not None else NOTHING)
            elif word == "unknown":
                positional.append(frozenset((self._machine.unknown,)))
            elif word == "rest":
                start = spec.argument + 1 if isinstance(spec.argument, int) else 0
                positional.extend(arguments.positional[start:])
                keywords.update(arguments.keywords)
            elif word == "spread":
                self._spread(frame, arguments.at(place) or NOTHING, positional, keywords)
        return Arguments(tuple(positional), keywords, arguments.rest)

    def _spread(self, frame: Frame, values: Values, positional: list[Values], keywords: dict[str, Values]) -> None:
        for value in ordered(values):
            if isinstance(value, Container) and value.type == "dict":
                for key in containers.keys(frame, value):
                    if isinstance(key, str):
                        keywords[key] = containers.item(frame, value, key)
            elif isinstance(value, Container):
                positional.extend(containers.exact(frame, value) or [])

    # -- results

    def _result(
        self,
        frame: Frame,
        path: str,
        returns: str,
        arguments: Arguments,
        at: int,
        receiver: Value | None,
        results: list[Values],
    ) -> Values:
        machine = self._machine
        word, _, which = returns.partition(":")
        place: int | str = int(which) if which.isdigit() else which
        if word == "argument":
            return arguments.at(place) or NOTHING
        if word == "elements":
            element = iteration.iterate(frame, arguments.at(place) or NOTHING, at)
            return frozenset((containers.make(frame, "list", at, (), element),))
        if word == "result":
            return results[0] if results else NOTHING
        if word == "results":
            return frozenset((containers.make(frame, "list", at, (), NOTHING.union(*results)),))
        if word == "arguments":
            return frozenset(
                (containers.make(frame, "list", at, list(enumerate(arguments.positional)), arguments.rest or NOTHING),)
            )
        if word == "receiver":
            return frozenset((receiver,)) if receiver is not None else NOTHING
        if word == "decorator":
            return machine.only(Wrapper, "same", machine.none)
        if word == "none":
            return frozenset((machine.none,))
        if word == "path":
            return frozenset((attributes.path_value(machine, _filled(which, arguments)),))
        return machine.only(ExternalInstance, path.removesuffix("()"))


def _own(values: Values) -> Values:
    """Methods that the project defines, not those inherited from outside."""
    return frozenset(
        value for value in values if not (isinstance(value, Bound) and isinstance(value.function, External))
    )


def _unknown(frame: Frame) -> Arguments:
    unknown = frozenset((frame.machine.unknown,))
    return Arguments((), {}, unknown, unknown)


def _literal(values: Values | None) -> str | None:
    for value in values or NOTHING:
        if isinstance(value, Constant) and isinstance(value.value, str):
            return value.value
    return None


def _filled(template: str, arguments: Arguments) -> str:
    for index in range(len(arguments.positional)):
        template = template.replace(f"{{{index}}}", _literal(arguments.positional[index]) or "?")
    return template


def load_models(directory: Path) -> list[ModelFile]:
    """The model files of a directory, in the order of their names. Raises `ValueError` that names a file at fault."""
    import tomli

    files = []
    for path in sorted(directory.glob("*.toml")):
        try:
            data: Any = tomli.loads(path.read_text(encoding="utf-8"))
            files.append(msgspec.convert(data, ModelFile))
        except (tomli.TOMLDecodeError, msgspec.ValidationError) as error:
            raise ValueError(f"{path.name}: {error}") from error
    return files
