"""The order in which modules are imported, and what each has bound when another one asks.

Follows the bodies of the modules statement by statement, as Python does (language reference, 5 "The import system"):
a module that is imported while it is being imported is taken as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple, TypeAlias

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.callgraph.graph import Node
from ssot_lint.checks.before_setup import SETS_UP
from ssot_lint.checks.context import CheckContext
from ssot_lint.checks.getters import refuses
from ssot_lint.checks.import_steps import Bind, Load, Read, Run, Step, Take, import_steps
from ssot_lint.checks.loops import calls_each
from ssot_lint.checks.surroundings import Step as Around
from ssot_lint.facts.model import (
    BoolOp,
    Comprehension,
    Conditional,
    Define,
    For,
    If,
    Lambda,
    Match,
    ModuleFacts,
    Return,
    Try,
    While,
)
from ssot_lint.facts.nested import nested
from ssot_lint.findings import Hop, Site
from ssot_lint.project.entry_points.view import is_main_guard
from ssot_lint.project.imports import with_packages

# A worker loads the modules of its tasks before it runs these, in whatever order.
_OF_WORKERS = "celery."

_DEEPEST = 400


_Hops: TypeAlias = tuple[Hop, ...]


class Early(NamedTuple):
    """A name is taken from a module that has not bound it yet; `chain` are the imports that lead there."""

    site: Site
    module: str
    name: str
    by_import: bool
    chain: _Hops


class _State:
    """A module that is being imported, or has been: its names so far, and the modules among them.

    `via` leads to it from the module that was being imported then. One that is `kept` is not to be changed any more.
    """

    def __init__(self, name: str, sure: bool, via: _Hops) -> None:
        self.name = name
        self.sure = sure
        self.via = via
        self.done = False
        self.kept = False
        self.bound: set[str] = set()
        self.modules: dict[str, str] = {}

    def copy(self) -> _State:
        """The same, to go on from."""
        copied = _State(self.name, self.sure, self.via)
        copied.done, copied.bound, copied.modules = self.done, set(self.bound), dict(self.modules)
        return copied


_States: TypeAlias = dict[str, _State]


class ImportOrder:
    """Imports modules of a project, on paper. The steps of each are worked out once.

    Processes that begin by importing the same packages go the same way through these: `_begun` are the packages that
    the last one began with, outermost first, and how things stood after each.
    """

    def __init__(self, context: CheckContext) -> None:
        self._project = context.project
        self._library = context.library
        self._bindings = context.bindings
        self._surroundings = context.surroundings
        self._graph = context.graph
        self._steps: dict[str, list[Step]] = {}
        self._bodies = {node.module: node for node in self._graph.nodes.values() if node.activation.function is None}
        self._states: _States = {}
        self._stack: list[_State] = []
        self._begun: list[tuple[str, _States]] = []
        self._found: list[Early] = []
        self._called: dict[tuple[str, tuple[int, ...]], list[tuple[str, tuple[bool, _Hops]]]] = {}
        self._doubts = 0
        self._doubted: list[Early] = []
        self._goes_straight = False

    def early(self, module: str, *, as_main: bool) -> list[Early]:
        """What is taken too early when a process begins by importing a module, or by running it as `__main__`.

        What the last process that was asked about came to in the packages that both begin with is left out. What only
        callbacks import, such as threads, counts where it is taken too early without them, too.
        """
        found = self._begun_with(module, as_main=as_main)
        if self._doubted:
            doubted = {(each.site, each.name) for each in self._doubted}
            states, begun = self._states, self._begun
            self._begun, self._goes_straight = [], True
            found += [each for each in self._begun_with(module, as_main=as_main) if (each.site, each.name) in doubted]
            self._states, self._begun, self._goes_straight = states, begun, False
        return found

    def _begun_with(self, module: str, *, as_main: bool) -> list[Early]:
        self._stack, self._doubted = [], []
        *packages, _ = with_packages(module)
        self._begin(packages if as_main else list(takewhile(self._bindings.is_module, packages)))
        if as_main:
            self._execute(module, _State("__main__", True, ()))
        else:
            self._load(module, (), sure=True)
        return self._taken()

    def started(self) -> list[Early]:
        """What the functions that a start runs after that import too early, by the modules that they import."""
        for root, call, imported in [each for each in self._hooks if each[0].module in self._states]:
            via = (*self._graph.chain(root.reach[call.half]), _hop(root, call))
            for target, (sure, hops) in imported.items():
                self._loaded_by_call(target, (*via, *hops), sure=sure)
        return self._taken()

    def _taken(self) -> list[Early]:
        found, self._found = self._found, []
        return found

    @cached_property
    def _hooks(self) -> list[tuple[Node, CallRecord, dict[str, tuple[bool, _Hops]]]]:
        """The calls that run functions at startup, of what module, and what the functions import."""
        found = []
        for root in self._graph.nodes.values():
            for call in sorted((each for each in root.calls if each.phase == "startup"), key=_place):
                hook = self._graph.nodes.get(call.callee) if call.callee is not None else None
                if call.certainty == "certain" and hook is not None and not call.via.startswith(_OF_WORKERS):
                    before = (each for each in hook.calls if each.half == 0)
                    found.append((root, call, self._reached_imports(hook, before, self._is_run)))
        return found

    # -- modules

    def _begin(self, packages: list[str]) -> None:
        """Imports packages as the first thing of a process."""
        common = 0
        for name, (begun, _) in zip(packages, self._begun, strict=False):
            if name != begun:
                break
            common += 1
        del self._begun[common:]
        after = self._begun[-1][1] if self._begun else {}
        self._states = dict(after)
        for name in packages[common:]:
            self._one(name, True, ())
            for state in self._states.values():
                state.kept = True
            self._begun.append((name, dict(self._states)))

    def _load(self, module: str, via: _Hops, *, sure: bool) -> None:
        if module in self._states:  # and its packages before it
            return
        for name in with_packages(module):
            if not self._bindings.is_module(name):
                return
            self._one(name, sure, via)

    def _one(self, module: str, sure: bool, via: _Hops) -> None:
        if module not in self._states and len(self._stack) < _DEEPEST:
            via = (*via[:-1], replace(via[-1], callee=module)) if via else via
            # What Django has imported when it is set up is not known.
            state = self._states[module] = _State(module, sure and SETS_UP.isdisjoint(self._states), via)
            self._execute(module, state)

    def _execute(self, module: str, state: _State) -> None:
        self._stack.append(state)
        for step in self._steps_of(module):
            self._step(module, state, step)
        self._stack.pop()
        state.done = True
        parent, _, child = state.name.rpartition(".")
        package = self._states.get(parent)
        if package is not None:
            if package.kept:
                package = self._states[parent] = package.copy()
            package.bound.add(child)
            package.modules.setdefault(child, state.name)

    def _steps_of(self, module: str) -> list[Step]:
        if module not in self._steps:
            facts = self._library.own(module)  # a namespace has none
            self._steps[module] = import_steps(self._project.modules[module], facts) if facts is not None else []
        return self._steps[module]

    # -- steps

    def _step(self, module: str, state: _State, step: Step) -> None:
        if isinstance(step, Bind):
            state.bound.add(step.name)
            state.modules.pop(step.name, None)
        elif isinstance(step, Load):
            self._import(module, step.module, step)
            bound = step.alias or step.module.partition(".")[0]
            state.bound.add(bound)
            state.modules[bound] = step.module if step.alias else bound
        elif isinstance(step, Take):
            self._take(module, state, step)
        elif isinstance(step, Read):
            self._read(module, state, step)
        elif isinstance(step, Run):
            for target, (sure, via) in self._imported_by_calls(module, step):
                self._loaded_by_call(target, via, sure=sure)

    def _import(self, module: str, target: str, step: Load | Take) -> None:
        if target not in self._states:
            via = (Hop(module, target, "import", "certain", Site(module, step.at)),)
            self._load(target, via, sure=step.sure)

    def _loaded_by_call(self, target: str, via: _Hops, *, sure: bool) -> None:
        if self._goes_straight and not sure and any(hop.kind == "callback" for hop in via):
            return
        if target in SETS_UP:
            self._states[target] = _State(target, sure, via)
        self._doubts += not sure
        self._load(target, via, sure=sure)
        self._doubts -= not sure

    def _take(self, module: str, state: _State, step: Take) -> None:
        self._import(module, step.module, step)
        source = self._states.get(step.module)
        if step.name == "*":
            if source is not None:
                state.bound |= {name for name in source.bound if not name.startswith("_")}
                state.modules |= {name: value for name, value in source.modules.items() if not name.startswith("_")}
            return
        submodule = f"{step.module}.{step.name}"
        if source is None or step.name not in source.bound:
            if self._bindings.is_module(submodule):
                self._import(module, submodule, step)
                source = self._states.get(step.module)
            elif self._is_too_early(source, step.name, step.sure):
                self._note(Early(Site(module, step.at), step.module, step.name, True, self._chain()))
        state.bound.add(step.alias)
        state.modules.pop(step.alias, None)
        if source is not None and step.name in source.modules:
            state.modules[step.alias] = source.modules[step.name]
        elif self._bindings.is_module(submodule):
            state.modules[step.alias] = submodule

    def _read(self, module: str, state: _State, step: Read) -> None:
        current = state.modules.get(step.names[0])
        for name, at in zip(step.names[1:], step.sites, strict=True):
            source = self._states.get(current) if current is not None else None
            if source is None:
                return
            submodule = f"{current}.{name}"
            if name not in source.bound and not self._bindings.is_module(submodule):
                if self._is_too_early(source, name, step.sure):
                    self._note(Early(Site(module, at), source.name, name, False, self._chain()))
                return
            current = source.modules.get(name) or (submodule if self._bindings.is_module(submodule) else None)

    def _note(self, early: Early) -> None:
        # What a call may import comes first only perhaps: then another order is as likely as this one.
        (self._doubted if self._doubts else self._found).append(early)

    def _chain(self) -> _Hops:
        return tuple(hop for state in self._stack for hop in state.via)

    def _is_too_early(self, source: _State | None, name: str, sure: bool) -> bool:
        """Whether a module is surely in the middle of its import, and surely binds the name only after it."""
        if source is None or source.done or source not in self._stack or source is self._stack[-1] or not sure:
            return False
        after = self._stack[self._stack.index(source) + 1 :]
        names, facts = self._bindings.of(source.name), self._library.get(source.name)
        if names is None or not isinstance(facts, ModuleFacts) or not all(state.sure for state in after):
            return False
        by_function = {each for scope in facts.scopes[1:] for each in scope.global_names}
        if names.dynamic or names.stars or (names.has_getter and not refuses(facts, name)):
            return False
        return name in names.bound and name not in by_function

    # -- functions that are called while a module is imported

    def _imported_by_calls(self, module: str, step: Run) -> list[tuple[str, tuple[bool, _Hops]]]:
        """The modules that the functions import that are called at these sites, whether they surely do, and how."""
        key = (module, step.sites)
        if key not in self._called:
            body = self._bodies.get(module)
            sites = dict.fromkeys(step.sites)
            calls = [call for at in sites for half in (0, 1) for call in (body.calls_at(at, half) if body else ())]
            found = self._reached_imports(body, calls, self._is_straight) if body is not None and calls else {}
            self._called[key] = list(found.items())
        return self._called[key]

    def _reached_imports(
        self, body: Node, calls: Iterable[CallRecord], is_sure: Callable[[CallRecord], bool]
    ) -> dict[str, tuple[bool, _Hops]]:
        """In the order in which the code that is called has them; that of an argument before that of its call."""
        pending: list[tuple[Node, Iterator[CallRecord], bool, _Hops]] = [
            (body, iter(sorted(calls, key=_place)), True, ())
        ]
        found: dict[str, tuple[bool, _Hops]] = {}
        seen: set[Node] = set()
        while pending:
            caller, calls, sure, via = pending[-1]
            call = next(calls, None)
            if call is None:
                pending.pop()
                continue
            hop = _hop(caller, call)
            node = self._graph.nodes.get(call.callee) if call.callee is not None and call.phase is None else None
            if call.kind == "import" and _is_for_workers(caller, call):
                continue
            if call.target in SETS_UP or (call.kind == "import" and caller.activation.function is not None):
                found.setdefault(call.target, (sure and is_sure(call), (*via, hop)))
            elif node is not None and node not in seen and node.activation.function is not None:
                seen.add(node)
                following = iter(sorted(node.calls, key=_place))
                pending.append((node, following, sure and is_sure(call), (*via, hop)))
        return found

    def _is_run(self, call: CallRecord) -> bool:
        """Whether a start makes the call where its function runs: straight, in a `try`, or in a loop over such."""
        if call.phase is not None:
            return False
        if self._is_straight(call):
            return True
        site = Site(call.module, call.at)
        in_loop = calls_each(self._surroundings, site)
        if call.kind == "callback" or not (call.certainty == "certain" or in_loop):
            return False
        return self._is_reached(site, lambda step: _is_tried(step) or (in_loop and isinstance(step.node, For)))

    def _is_straight(self, call: CallRecord) -> bool:
        """Whether a call is surely made where its function runs: no test, loop or handler, and no return before it.

        What a library is handed (a filter of a logger, say) it may call at once, or later, or never.
        """
        if call.certainty != "certain" or (call.kind == "callback" and not call.via.startswith(_AT_ONCE)):
            return False
        return self._is_reached(Site(call.module, call.at), _surely_runs)

    def _is_reached(self, site: Site, runs: Callable[[Around], bool]) -> bool:
        """Whether a function that runs comes to a place, if these steps around it run their parts."""
        for step in self._surroundings.of(site):
            if isinstance(step.node, _BRANCHING) and not runs(step) and not is_main_guard(step.node):
                return False
            if isinstance(step.node, Define):
                facts = self._library.get(site.module)
                body = facts.scopes[step.node.scope].body if isinstance(facts, ModuleFacts) else []
                returns = (each for each in nested(body) if isinstance(each, Return))
                return all(any(each is last for last in body[-1:]) for each in returns)
        return True


def _surely_runs(step: Around) -> bool:
    """Whether a part of a branch, a loop or a `try` surely runs, and fails there as it would without."""
    if isinstance(step.node, Try):
        return step.field == "final" or (step.field == "body" and not step.node.handlers)
    return step.field in _EVALUATED


def _is_tried(step: Around) -> bool:
    """Whether it stands in the body of a `try`, or surely runs anyway."""
    return _surely_runs(step) or (isinstance(step.node, Try) and step.field == "body")


_AT_ONCE = ("<builtin>.", "functools.")
# What of a branch or a loop is evaluated whatever comes of it.
_EVALUATED = ("test", "iterable", "subject")
_BRANCHING = (If, For, While, Try, Match, Conditional, BoolOp, Comprehension, Lambda)


def _hop(caller: Node, call: CallRecord) -> Hop:
    return Hop(caller.symbol, call.target, call.kind, call.certainty, Site(call.module, call.at))


def _is_for_workers(caller: Node, call: CallRecord) -> bool:
    """Whether a module is only named for the workers, which import it when they start: `Celery(include=[…])`."""
    here = caller.calls_at(call.at, call.half)
    return any(each.kind == "call" and each.target.startswith(_OF_WORKERS) for each in here)


def _place(call: CallRecord) -> tuple[int, int]:
    return call.half, call.at
