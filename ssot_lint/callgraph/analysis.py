"""From a project and its entry points to its call graph."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TypeAlias

from ssot_lint.callgraph.activation import IMPORT, PERHAPS, SERVICE, STARTUP, Activation, stage_of
from ssot_lint.callgraph.arguments import Arguments, bind
from ssot_lint.callgraph.bounds import Bounds
from ssot_lint.callgraph.calls import complete
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.frame import Frame
from ssot_lint.callgraph.graph import CallGraph, Node, collect
from ssot_lint.callgraph.kept import kept
from ssot_lint.callgraph.machine import FactsSource, Machine
from ssot_lint.callgraph.models import ModelFile
from ssot_lint.callgraph.outside import BUILTINS
from ssot_lint.callgraph.packages import Packages
from ssot_lint.callgraph.values import NOTHING, Class, Descriptor, External, Function, Instance, Values, ordered
from ssot_lint.facts.deep import run_on_large_stack
from ssot_lint.findings import Site
from ssot_lint.project.imports import with_packages
from ssot_lint.project.model import EntryPoint, Project

# How people name the parameter that gets the instance: `self`, `_self`, `this`, `inst`.
_RECEIVER = re.compile("self|cls|this|inst")

# Functions that a class calls with itself, without a decorator that says so.
OF_CLASS = ("__new__", "__init_subclass__", "__class_getitem__")

Others: TypeAlias = Callable[[CallGraph], Iterable[str]]


class Analysis:
    """Builds a call graph of a project: one, since it lets go of what it took."""

    def __init__(
        self,
        project: Project,
        facts: FactsSource,
        models: Iterable[ModelFile],
        mains: dict[str, bool] | None = None,
        bounds: Bounds | None = None,
    ) -> None:
        self._project = project
        self._machine = Machine(project, facts, models, mains, bounds)
        self._entries: list[tuple[EntryPoint, Activation]] = []
        self._installed = Packages(project.modules.keys()) if project.environment is not None else None
        self._wrappers: dict[Function, Values] = {}

    def run(
        self,
        entry_points: Sequence[EntryPoint],
        others: Others = lambda _: (),
        bodies: Iterable[str] = (),
    ) -> CallGraph:
        """The graph of what the entry points reach.

        `others` names modules of which every function counts even if nothing calls it (phase `unreached`); it is
        asked when the reached part is settled, which the others then can't change, and again with what these bring,
        until it names no new ones. `bodies` are modules of which only the body counts.
        """
        return self._in_peace(lambda: self._run(entry_points, others, bodies))

    def run_all(self, entry_points: Sequence[EntryPoint], *, again: bool = False) -> CallGraph:
        """The graph of the whole project: every module, and every function, called or not.

        With `again` what runs before the service may run in it too, and finds what that has written.
        """
        return self._in_peace(lambda: self._run_all(entry_points, again))

    def _in_peace(self, analyse: Callable[[], CallGraph]) -> CallGraph:
        """Runs with room for recursion, and without the garbage collector: what the analysis makes, it keeps."""
        collected = gc.isenabled()
        gc.disable()
        try:
            return run_on_large_stack(analyse)
        finally:
            self._machine.let_go()
            if collected:
                gc.enable()

    def _run(self, entry_points: Sequence[EntryPoint], others: Others, bodies: Iterable[str]) -> CallGraph:
        self._enter(entry_points)
        if self._machine.bounds.guesses:
            self._machine.schedule.advance(PERHAPS)
        nodes = self._own(collect(activation for _, activation in self._entries))
        graph = self._graph(nodes)
        graph.spread()
        reached = frozenset(nodes)
        modules: frozenset[str] = frozenset()
        while not modules.issuperset(more := frozenset(others(graph))):
            modules |= more
            self._enter_unreached(modules)
            for activation in self._machine.contexts.all:
                if activation not in reached and activation.evaluations and activation.code.module.name in modules:
                    nodes |= self._own({activation: Node(activation)})
        for body in [self._import(module) for module in bodies]:
            if body is not None and body not in nodes:
                nodes |= self._own({body: Node(body)})
        self._note_unbound(graph)
        return graph

    def _note_unbound(self, graph: CallGraph) -> None:
        """Notes what was asked for, and whether all was: a function more matters if somebody asked for its name."""
        cells = [(key, cell) for key, cell in self._machine.heap.cells() if isinstance(key, tuple)]
        graph.is_cut = self._machine.schedule.is_cut
        graph.listed = self._listed()
        graph.unbound = frozenset(
            (key[1], key[2]) for key, cell in cells if key[0] == "global" and not cell.values and key[2] not in BUILTINS
        )

    def _listed(self) -> frozenset[str]:
        """The modules that were asked for all their names, be it by way of one that imports them by `*`.

        What only such an import brings in matters to nobody but who names it.
        """
        stars: dict[str, list[str]] = {}
        pending: list[str] = []
        for module, importers in self._machine.listed.items():
            for importer in importers:
                if importer is None:
                    pending.append(module)
                else:
                    stars.setdefault(importer, []).append(module)
        found: set[str] = set()
        while pending:
            module = pending.pop()
            if module not in found:
                found.add(module)
                pending += stars.get(module, ())
        return frozenset(found)

    def _run_all(self, entry_points: Sequence[EntryPoint], again: bool) -> CallGraph:
        self._machine.schedule.late = {} if again else None
        self._enter(entry_points)
        self._enter_unreached(frozenset(self._project.modules))
        self._enter_again()
        self._enter_inherited()
        if self._machine.bounds.guesses:
            self._machine.schedule.advance(PERHAPS)
        nodes = self._own({each: Node(each) for each in self._machine.contexts.all if each.evaluations})
        graph = self._graph(nodes)
        graph.spread()
        return graph

    def _own(self, nodes: dict[Activation, Node]) -> dict[Activation, Node]:
        """The nodes of the project's own code."""
        return nodes if self._installed is None else self._installed.nodes(nodes)

    def _graph(self, nodes: dict[Activation, Node]) -> CallGraph:
        machine = self._machine
        entries = [(entry, nodes[activation]) for entry, activation in self._entries if activation in nodes]
        sites = sum(len({call.at for call in node.calls} | set(node.activation.opaque)) for node in nodes.values())
        opaque = sum(len(node.activation.opaque) for node in nodes.values())
        stats = {
            "functions": len({node.symbol for node in nodes.values()}),
            "edges": sum(len(node.calls) for node in nodes.values()),
            "calls": sites,
            "calls_resolved": sites - opaque,
            "widened": machine.contexts.widened + len(machine.widened),
            "unsettled": machine.schedule.unsettled,
        }
        own = self._project.modules
        dynamics = tuple((what, Site(module, at)) for what, module, at in machine.dynamics if module in own)
        held = tuple(kept(machine.heap))
        named = machine.named.items()
        nameless = frozenset(method for method, cls in named if not (cls and machine.interner.has(External, cls)))
        return CallGraph(entries, nodes, frozenset(machine.split), stats, dynamics, held, nameless)

    # -- entering

    def _enter(self, entry_points: Sequence[EntryPoint]) -> None:
        """Enters the entry points, stage by stage."""
        called: list[EntryPoint] = []
        seen: set[str] = set()
        for entry in entry_points:
            activation = self._import(entry.module)
            if entry.module not in seen:
                self._entries += self._packages(entry)
                seen.add(entry.module)
            if activation is not None and not entry.symbol:
                self._entries.append((entry, activation))
            elif activation is not None:
                imported = replace(entry, spec=entry.module, phase="import")
                self._entries.append((imported, activation))
                called.append(entry)
        for stage in (IMPORT, STARTUP, SERVICE):
            self._machine.schedule.advance(stage)
            here = [entry for entry in called if stage_of(entry.phase) == stage]
            inner = [entry for entry in here if not self._enter_functions(entry)]
            self._machine.schedule.drain()
            for entry in inner:  # a function that stands in another one is there when that has run
                self._enter_functions(entry)
            self._machine.schedule.drain()

    def _enter_functions(self, entry: EntryPoint) -> bool:
        """Calls what an entry point names; whether there is any such function by now."""
        functions = self._functions(entry.module, entry.symbol)
        for function in functions:
            is_bare = entry.is_bare and self._is_bound(entry, function)
            self._entries.append((entry, self._call_unknown(function, is_bare=is_bare)))
        return bool(functions)

    def _import(self, module: str) -> Activation | None:
        machine = self._machine
        parts = module.split(".")
        for end in range(1, len(parts) + 1):
            name = ".".join(parts[:end])
            activation = machine.module_activation(name)
            if activation is not None:
                machine.enter(activation, None, activation.stage)
        machine.schedule.drain()
        return machine.module_activation(module)

    def _packages(self, entry: EntryPoint) -> Iterator[tuple[EntryPoint, Activation]]:
        """The packages that a module stands in: they are imported before it."""
        for name in list(with_packages(entry.module))[:-1]:
            activation = self._machine.module_activation(name)
            if activation is not None:
                yield replace(entry, spec=entry.module, phase="import", as_main=False), activation

    def _functions(self, module: str, pattern: str) -> list[Function]:
        """The functions of a module whose qualified names fit, or that it imports; for a class, its `__init__`."""
        found = []
        for function in list(self._machine.functions):
            code = function.code
            if code.module.name == module and (
                fnmatchcase(code.qualname, pattern) or code.qualname == f"{pattern}.__init__"
            ):
                found.append(function)
        return found or self._imported_functions(module, pattern)

    def _imported_functions(self, module: str, name: str) -> list[Function]:
        """What a module has a name for that another one defines."""
        found: list[Function] = []
        for value in ordered(self._machine.heap.cell(("global", module, name)).values):
            if isinstance(value, Function):
                found.append(value)
            elif isinstance(value, Class) and value.info.code.module.name != module:
                found += self._functions(value.info.code.module.name, value.info.code.qualname)
        return found

    def _enter_unreached(self, modules: frozenset[str]) -> None:
        machine = self._machine
        for module in sorted(modules):
            self._import(module)
        self._find_wrappers()
        done: set[Function] = set()
        while True:
            waiting = [
                function
                for function in list(machine.functions)
                if function not in done and function.code.module.name in modules
            ]
            if not waiting:
                return
            for function in waiting:
                done.add(function)
                if not self._is_called(function):
                    self._call_unknown(function, self._receiver_of_wrapper(function))
                    machine.schedule.drain()

    def _enter_again(self) -> None:
        """What ran before the service, and would find more by now, runs in the service too, for the same arguments."""
        machine = self._machine
        for each in list(machine.schedule.late or ())[: machine.bounds.late]:
            if each.function is not None:
                anew = machine.contexts.activation(each.function, dict(each.binding), SERVICE)
                machine.enter(anew, None, SERVICE)
        machine.schedule.drain()

    def _is_called(self, function: Function) -> bool:
        """Whether anything called the function: what a decorator makes of each method is another one."""
        is_method = function in self._wrappers
        return self._machine.contexts.has(function) if is_method else self._machine.schedule.has_run(function)

    def _receiver_of_wrapper(self, function: Function) -> Values:
        """What `self` is for a function from elsewhere that a class has for a method: a decorator's wrapper."""
        return NOTHING if function.owner is not None else self._wrappers.get(function, NOTHING)

    def _find_wrappers(self) -> None:
        """Notes which functions from elsewhere the bodies of classes bound to names."""
        machine = self._machine
        for info in machine.hierarchy.classes():
            for name in info.names:
                for value in ordered(machine.heap.cell(("class", info, name)).values):
                    function = value.getter if isinstance(value, Descriptor) else value
                    if isinstance(function, Function) and function.owner is None:
                        kind = value.type if isinstance(value, Descriptor) else ""
                        own = machine.only(Instance, info, None, True)
                        if kind != "staticmethod":
                            self._wrappers[function] = machine.only(Class, info) if kind == "classmethod" else own

    def _enter_inherited(self) -> None:
        """A class that the program never instantiates may be meant for its users: what it inherits runs on it too."""
        machine = self._machine
        leaves = [info for info in machine.hierarchy.classes() if not info.instantiated and not info.subclasses]
        for info in leaves:
            machine.hierarchy.instantiated(info)
            info.presumed = True
            own = machine.make(Instance, info, None, False)
            for base in list(info.classes)[1:]:
                for name in base.names:
                    for value in ordered(machine.heap.cell(("class", base, name)).values):
                        if isinstance(value, Function) and name not in (*info.names, *OF_CLASS):
                            self._call_unknown(value, frozenset((own,)))
        machine.schedule.drain()

    def _is_bound(self, entry: EntryPoint, function: Function) -> bool:
        """Whether the symbol is that function itself: decorators may give what it is called with."""
        return self._machine.heap.cell(("global", entry.module, entry.symbol)).values == {function}

    def _call_unknown(self, function: Function, receiver: Values = NOTHING, *, is_bare: bool = False) -> Activation:
        """Enters a function as if it were called with arguments of which only the annotations tell.

        If it `is_bare`, only those are given that have no default.
        """
        machine = self._machine
        holder = self._holder(function)
        frame = Frame(machine, holder, holder.code)
        unknown = frozenset((machine.unknown,))
        arguments = Arguments() if is_bare else Arguments((), {}, unknown, unknown)
        receiver = receiver or self._receiver(function)
        if receiver:
            arguments = arguments.prepend(receiver)
        bound = bind(function.code.signature, arguments)
        activation = machine.contexts.activation(function, complete(frame, function, bound, arguments), machine.stage)
        machine.enter(activation, None, activation.stage)
        return activation

    def _holder(self, function: Function) -> Activation:
        if function.closure is not None:
            return function.closure
        holder = self._machine.module_activation(function.code.module.name)
        if holder is None:
            raise LookupError(function.code.symbol)
        return holder

    def _receiver(self, function: Function) -> Values:
        """What `self` (or `cls`) is where nobody was seen to call the method."""
        owner = function.owner
        if owner is None or function.code.scope.kind == "lambda" or not function.code.parameters:
            return NOTHING
        machine = self._machine
        kind = self._wrapped_as(owner, function)
        if kind == "staticmethod":
            return NOTHING
        if kind == "classmethod" or function.code.scope.name in OF_CLASS:
            return machine.only(Class, owner)
        # Of a class that nothing instantiates it may be called without one: the class is then a mere namespace.
        is_one = any(each.instantiated for each in (owner, *owner.all_subclasses()))
        is_method = is_one or _RECEIVER.search(function.code.parameters[0])
        return machine.only(Instance, owner, None, True) if is_method else NOTHING

    def _wrapped_as(self, owner: ClassInfo, function: Function) -> str:
        values = self._machine.heap.cell(("class", owner, function.code.scope.name)).values
        for value in ordered(values):
            if isinstance(value, Descriptor) and value.getter is function:
                return value.type
        return ""
