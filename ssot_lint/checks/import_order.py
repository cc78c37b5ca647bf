"""The order in which modules are imported, and what each has bound when another one asks.

Follows the bodies of the modules statement by statement, as Python does (language reference, 5 "The import system"):
a module that is imported while it is being imported is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_lint.callgraph.graph import CallGraph, Node
from ssot_lint.checks.bindings import Bindings
from ssot_lint.checks.import_steps import Bind, Load, Read, Run, Step, Take, import_steps
from ssot_lint.facts.library import Library
from ssot_lint.facts.model import ModuleFacts
from ssot_lint.findings import Site
from ssot_lint.project.imports import with_packages
from ssot_lint.project.model import Project

_DEEPEST = 400


class Early(NamedTuple):
    """A name is taken from a module that has not bound it yet."""

    site: Site
    module: str
    name: str
    by_import: bool


class _State:
    """A module that is being imported, or has been: its names so far, and the modules among them."""

    def __init__(self, name: str, sure: bool) -> None:
        self.name = name
        self.sure = sure
        self.done = False
        self.bound: set[str] = set()
        self.modules: dict[str, str] = {}


class ImportOrder:
    """Imports modules of a project, on paper. The steps of each are worked out once."""

    def __init__(self, project: Project, library: Library, bindings: Bindings, graph: CallGraph) -> None:
        self._project = project
        self._library = library
        self._bindings = bindings
        self._steps: dict[str, list[Step]] = {}
        self._bodies = {node.module: node for node in graph.nodes.values() if node.activation.function is None}
        self._graph = graph
        self._states: dict[str, _State] = {}
        self._stack: list[_State] = []
        self._called: dict[tuple[str, tuple[int, ...]], list[str]] = {}

    def early(self, module: str, *, as_main: bool) -> Iterator[Early]:
        """What is taken too early when a process begins by importing a module, or by running it as `__main__`."""
        self._states = {}
        self._stack = []
        if as_main:
            yield from self._package(module, sure=True)
            yield from self._execute(module, _State("__main__", True))
        else:
            yield from self._load(module, sure=True)

    # -- modules

    def _package(self, module: str, *, sure: bool) -> Iterator[Early]:
        for name in list(with_packages(module))[:-1]:
            yield from self._one(name, sure)

    def _load(self, module: str, *, sure: bool) -> Iterator[Early]:
        for name in with_packages(module):
            if not self._bindings.is_module(name):
                return
            yield from self._one(name, sure)

    def _one(self, module: str, sure: bool) -> Iterator[Early]:
        if module not in self._states and len(self._stack) < _DEEPEST:
            state = self._states[module] = _State(module, sure)
            yield from self._execute(module, state)

    def _execute(self, module: str, state: _State) -> Iterator[Early]:
        self._stack.append(state)
        for step in self._steps_of(module):
            yield from self._step(module, state, step)
        self._stack.pop()
        state.done = True
        parent, _, child = state.name.rpartition(".")
        if parent in self._states:
            self._states[parent].bound.add(child)
            self._states[parent].modules.setdefault(child, state.name)

    def _steps_of(self, module: str) -> list[Step]:
        if module not in self._steps:
            facts = self._library.get(module)
            readable = isinstance(facts, ModuleFacts)
            self._steps[module] = import_steps(self._project.modules[module], facts) if readable else []  # type: ignore[arg-type]
        return self._steps[module]

    # -- steps

    def _step(self, module: str, state: _State, step: Step) -> Iterator[Early]:
        if isinstance(step, Bind):
            state.bound.add(step.name)
            state.modules.pop(step.name, None)
        elif isinstance(step, Load):
            yield from self._load(step.module, sure=step.sure)
            bound = step.alias or step.module.partition(".")[0]
            state.bound.add(bound)
            state.modules[bound] = step.module if step.alias else bound
        elif isinstance(step, Take):
            yield from self._take(module, state, step)
        elif isinstance(step, Read):
            yield from self._read(module, state, step)
        elif isinstance(step, Run):
            for target in self._imported_by_calls(module, step):
                yield from self._load(target, sure=False)

    def _take(self, module: str, state: _State, step: Take) -> Iterator[Early]:
        yield from self._load(step.module, sure=step.sure)
        source = self._states.get(step.module)
        if step.name == "*":
            if source is not None:
                state.bound |= {name for name in source.bound if not name.startswith("_")}
                state.modules |= {name: value for name, value in source.modules.items() if not name.startswith("_")}
            return
        submodule = f"{step.module}.{step.name}"
        if source is None or step.name not in source.bound:
            if self._bindings.is_module(submodule):
                yield from self._load(submodule, sure=step.sure)
            elif self._is_too_early(source, step.name, step.sure):
                yield Early(Site(module, step.at), step.module, step.name, True)
        state.bound.add(step.alias)
        state.modules.pop(step.alias, None)
        if source is not None and step.name in source.modules:
            state.modules[step.alias] = source.modules[step.name]
        elif self._bindings.is_module(submodule):
            state.modules[step.alias] = submodule

    def _read(self, module: str, state: _State, step: Read) -> Iterator[Early]:
        current = state.modules.get(step.names[0])
        for name, at in zip(step.names[1:], step.sites, strict=True):
            source = self._states.get(current) if current is not None else None
            if source is None:
                return
            submodule = f"{current}.{name}"
            if name not in source.bound and not self._bindings.is_module(submodule):
                if self._is_too_early(source, name, step.sure):
                    yield Early(Site(module, at), source.name, name, False)
                return
            current = source.modules.get(name) or (submodule if self._bindings.is_module(submodule) else None)

    def _is_too_early(self, source: _State | None, name: str, sure: bool) -> bool:
        """Whether a module is surely in the middle of its import, and surely binds the name only after it."""
        if source is None or source.done or source not in self._stack or source is self._stack[-1] or not sure:
            return False
        after = self._stack[self._stack.index(source) + 1 :]
        names = self._bindings.of(source.name)
        if names is None or not all(state.sure for state in after):
            return False
        facts = self._library.get(source.name)
        by_function = {each for scope in facts.scopes[1:] for each in scope.global_names}  # type: ignore[union-attr]
        return name in names.bound and name not in by_function and not names.dynamic and not names.stars

    # -- functions that are called while a module is imported

    def _imported_by_calls(self, module: str, step: Run) -> list[str]:
        """The modules that the functions import that are called at these sites."""
        key = (module, step.sites)
        if key not in self._called:
            body = self._bodies.get(module)
            self._called[key] = self._reached_imports(body, frozenset(step.sites)) if body is not None else []
        return self._called[key]

    def _reached_imports(self, body: Node, sites: frozenset[int]) -> list[str]:
        pending = [call.callee for call in body.calls if call.at in sites and call.phase is None]
        found: dict[str, None] = {}
        seen: set[Node] = set()
        for activation in pending:
            node = self._graph.nodes.get(activation) if activation is not None else None
            if node is None or node in seen or node.activation.function is None:
                continue
            seen.add(node)
            for call in node.calls:
                if call.kind == "import":
                    found[call.target] = None
                elif call.phase is None:
                    pending.append(call.callee)
        return list(found)
