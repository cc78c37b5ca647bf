"""One evaluation of one activation: its variables as they are at the statement that runs.

The environment maps variables, and the heap cells that this evaluation wrote, to values. Assignments replace (strong
updates); branches copy and join. What others may look at (globals, captured variables, attributes, entries of
containers) is published to the heap when others may look: at a call into the project, and at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ssot_lint.callgraph.activation import NOTHING_PASSED, PERHAPS, Activation, CallKind, CallRecord, Passed, stage_of
from ssot_lint.callgraph.code import GLOBAL, Code
from ssot_lint.callgraph.outside import BUILTINS
from ssot_lint.callgraph.values import NOTHING, External, Instance, Values
from ssot_lint.findings import CERTAINTIES, Certainty, Phase

if TYPE_CHECKING:
    from ssot_lint.callgraph.classes import ClassInfo
    from ssot_lint.callgraph.machine import Machine

Environment = dict[object, Values]


class Frame:
    """The running state. `around` is the frame that a class body stands in, None for a function or module."""

    def __init__(
        self,
        machine: Machine,
        activation: Activation,
        code: Code,
        around: Frame | None = None,
        namespace: ClassInfo | None = None,
    ) -> None:
        self.machine = machine
        self.activation = activation
        self.code = code
        self.around = around
        self.namespace = namespace
        self.environment: Environment = {}
        self.alive = True
        self.half: int = around.half if around else 0
        self.guarded: int = around.guarded if around else 0
        self.branching = 0  # branches of tests that run
        self.nesting = 0
        self.nested = 0
        self.ending: Code | str | None = None  # what the last call went to, if it surely went there
        self.left_running: set[int] = set()  # sites that make a coroutine for a task nobody waits for
        self._rebound: set[str] = set()
        self.passes: dict[tuple[str, Values], None] = {}
        self.loop_exits: list[list[Environment]] = []
        self.loop_backs: list[list[Environment]] = []
        self.failing: list[Environment] | None = None  # in a `try`: what variables are where its body may fail
        self._pending: dict[object, None] = {}
        self._published: dict[object, Values] = {}
        self._told: list[object] = []
        self._fresh: dict[object, None] = {}
        self._foreign: dict[object, None] = {}
        self._narrowed: dict[object, set[Values]] = {}
        self._shared = code.captured if code.scope.kind != "class" else frozenset()
        self._is_module = code.scope.kind == "module"
        self._callback: tuple[Phase | None, Certainty, str] = (None, "certain", "")
        self._surest: Certainty = "certain"
        self.awaits = False
        self.recorded = 0
        self._done: set[tuple[object, ...]] = set()
        self.targets: frozenset[str] = frozenset()  # of the comprehensions that run
        self.filled: tuple[object, ...] = ()  # the fields whose factories run, from the outermost instance on

    def place(self, at: int) -> tuple[object, ...]:
        """What tells an object that is made at a site from all others: of one construction, each field has its own."""
        return (self.code.module.name, at, self.activation, *self.filled)

    # -- variables

    def key_of(self, name: str) -> tuple[object, ...]:
        """The heap's key of a variable as this scope sees it."""
        if self._is_module or name in self.code.globals:
            return ("global", self.code.module.name, name)
        if name in self._shared:
            return ("local", self.activation, name)
        owner = self.code.owner_of(name)
        if owner == GLOBAL:
            return ("global", self.code.module.name, name)
        return ("local", self.activation.frame_of(owner), name)

    def load(self, name: str) -> Values:
        """What a name may be here; nothing if nothing binds it."""
        values = self.environment.get(name)
        if values is not None:
            if self._is_module or name in self._shared:
                return values | self.machine.heap.read_foreign(self.key_of(name), self.activation)
            return values
        if self.around is not None:
            return self._load_around(name)
        if name in self.code.bound and not self._is_module and name not in self._shared:
            return NOTHING
        return self._load_free(name)

    def _load_around(self, name: str) -> Values:
        around = self.around
        while around is not None and around.around is not None:
            around = around.around
        return around.load(name) if around is not None else NOTHING

    def _load_free(self, name: str) -> Values:
        key = self.key_of(name)
        values = self.environment.get(key)
        if values is None:
            values = self.machine.heap.read(key, self.activation)
        if key[0] == "global":
            return self.machine.global_values(self, name, values)
        return values

    def receive(self, parameter: str, values: Values) -> None:
        """Binds a parameter."""
        self.store(parameter, values)
        if values == self.activation.binding.get(parameter):
            self._rebound.discard(parameter)

    def withheld(self, name: str) -> Values | None:
        """What tests have ruled out of all that callers give for a parameter; None for any other name.

        Where the activation is for these arguments alone, what is left is known, so that nothing passes by it.
        """
        given = self.activation.binding.get(name)
        if given is None or name in self._rebound or self.around is not None:
            return None
        if name in self._shared and name in self.code.rebound_inside:
            return None
        left = self.environment.get(name, NOTHING)
        if self.code.scope.is_generator or not left <= given or (self.activation.is_exact and left != given):
            return None
        return given - left

    def store(self, name: str, values: Values) -> None:
        """Binds a name here."""
        self._rebound.add(name)
        if self.namespace is not None or (name in self.code.bound and not self._is_module and name not in self._shared):
            self.environment[name] = values
        elif self._is_module or name in self._shared:
            self.environment[name] = values
            self._pending[name] = None
        elif name in self.code.globals or name in self.code.scope.nonlocal_names:
            self.write(self.key_of(name), values, strong=True)
        else:
            self.environment[name] = values

    def store_dynamic(self, name: str, values: Values) -> None:
        """Binds a name that the scope's own code does not show (a star import)."""
        self.environment[name] = values
        if self._is_module:
            self._pending[name] = None
            self.machine.add_global(self.code.module.name, name)

    def delete(self, name: str) -> None:
        """`del name`: of a global that hides a builtin, the builtin is what the name means again."""
        self.environment.pop(name, None)
        if self._is_module and name in BUILTINS:
            self.environment[name] = self.machine.only(External, f"<builtin>.{name}")

    def is_exact(self, name: str) -> bool:
        """Whether the environment alone tells what a variable is, so that a test of it may rule a branch out."""
        return self._is_module or name in self.code.bound or name in self.targets

    def is_shared(self, name: str) -> bool:
        """Whether others may rebind a variable of this scope."""
        return self._is_module or name in self._shared

    def load_to_decide(self, name: str) -> Values:
        """What a variable of a function around this one may be; nothing for any other."""
        if self.around is not None or name in self.code.bound or self.code.owner_of(name) == GLOBAL:
            return NOTHING
        key = self.key_of(name)
        return self.environment.get(key) or self.machine.heap.read_to_decide(key, self.activation)

    # -- heap cells seen from here

    def read(self, key: object) -> Values:
        """What a cell holds: what this evaluation wrote last, or what anybody wrote."""
        values = self.environment.get(key)
        if values is None:
            return self.machine.heap.read(key, self.activation)
        return values

    def write(self, key: object, values: Values, *, strong: bool) -> None:
        """Writes a cell: in place of what it held, as far as this evaluation sees, or beside it."""
        if not strong:
            known = self.environment.get(key)
            if known is None:
                self.machine.heap.write(key, values, self.activation)
                return
            values = known | values
        self.environment[key] = values
        self._pending[key] = None
        self._fresh[key] = None

    def cell_values(self, key: tuple[object, ...]) -> Values:
        """What a cell holds of what anybody wrote, the attribute of an instance also by way of its class."""
        heap = self.machine.heap
        values = heap.read(key, self.activation)
        if key[0] == "field" and isinstance(key[1], Instance):
            values |= heap.read(("any", key[1].info, key[2]), self.activation)
        return values

    def note_narrowed(self, key: object, values: Values) -> None:
        """A test has told that a cell holds only these of its values; that is so until others may write it."""
        self._narrowed.setdefault(key, set()).add(values)

    def is_narrowed(self, key: object, values: Values) -> bool:
        """Whether what the environment has of a cell comes from tests alone."""
        return values in self._narrowed.get(key, ())

    def publish(self) -> None:
        """Gives the heap what was written since the last time."""
        if not self._pending:
            if self.around is not None:
                self.around.publish()
            return
        heap = self.machine.heap
        pending, self._pending = self._pending, {}
        for key in pending:
            values = self.environment.get(key)
            if values is not None:
                heap.write(self.key_of(key) if isinstance(key, str) else key, values, self.activation)
                self._published[key] = values
                self._told.append(key)
        if self.around is not None:
            self.around.publish()

    def forget(self) -> None:
        """After a call into the project: what others wrote too is the heap's to tell again."""
        heap, environment = self.machine.heap, self.environment
        for key in [each for each in self._fresh if each in environment]:
            if heap.read_foreign(key, self.activation):
                self._foreign[key] = None
            elif not heap.is_owner(key, self.activation):
                continue
            # From now on the heap tells when another writes to it.
            del self._fresh[key]
        for key in (*self._foreign, *self.activation.touched):
            environment.pop(key, None)
        for key in self._narrowed:
            if key in environment and self.is_narrowed(key, environment[key]):
                del environment[key]

    # -- control flow

    def mark(self) -> int:
        """Where the code forks: for `resume`, by which all its ways begin and end."""
        return len(self._told)

    def resume(self, mark: int) -> None:
        """Goes on with what holds on another way: since the mark, the heap may have been told something else."""
        for key in dict.fromkeys(self._told[mark:]):
            values = self.environment.get(key)
            if values is not None and values is not self._published[key]:
                self._pending[key] = None

    def fork(self) -> Environment:
        """A copy of the environment, to be joined later."""
        return dict(self.environment)

    def join(self, environments: list[Environment]) -> None:
        """Goes on from any of several ends; with none, nothing after runs."""
        if not environments:
            self.alive = False
            return
        self.alive = True
        joined = environments[0]
        for other in environments[1:]:
            joined = self._join_two(joined, other)
        self.environment = joined

    def _join_two(self, one: Environment, other: Environment) -> Environment:
        if one is other:
            return one
        joined = dict(one)
        for key, values in other.items():
            known = joined.get(key)
            if known is None:
                if type(key) is tuple:
                    self._let_go(key, values)
                else:
                    joined[key] = values
            elif known is not values:
                joined[key] = known | values
        for key in one:
            if type(key) is tuple and key not in other:
                self._let_go(key, joined.pop(key))
        return joined

    def settle(self, before: Environment) -> None:
        """Of cells, what they held before may be there still: in a loop, one stands for those of all turns."""
        after = self.environment
        self.environment = self._join_two(before, after)
        self.environment.update((name, values) for name, values in after.items() if type(name) is str)

    def _let_go(self, key: object, values: Values) -> None:
        """What one of two ways says of a cell is the heap's to tell after both."""
        if not self.is_narrowed(key, values):
            self.machine.heap.write(key, values, self.activation)

    # -- what is found

    @contextmanager
    def called_back(
        self, phase: Phase | None, certainty: Certainty, via: str, *, awaited: bool = False
    ) -> Iterator[None]:
        """Calls recorded inside are made by what `via` names, in a phase (None: the caller's), at best that certain.

        Where the result is `awaited`, this activation runs again when the calls have run, in whatever stage.
        """
        before = (self._callback, self.awaits)
        self._callback, self.awaits = (phase, certainty, via), awaited
        try:
            yield
        finally:
            self._callback, self.awaits = before

    @contextmanager
    def at_best(self, certainty: Certainty) -> Iterator[None]:
        """Calls recorded inside are at best that certain: what a library calls is no surer than the call of it."""
        before = self._surest
        self._surest = max(before, certainty, key=CERTAINTIES.index)
        try:
            yield
        finally:
            self._surest = before

    @property
    def stage(self) -> int:
        """The earliest stage that calls from here belong to, whatever that of the frame itself."""
        phase, certainty, _ = self._callback
        return PERHAPS if certainty == "possible" else stage_of(phase)

    @property
    def registers(self) -> bool:
        """Whether calls from here only register what runs at startup, when those who register it are done."""
        return self._callback[0] == "startup"

    def record(
        self,
        at: int,
        kind: CallKind,
        target: str,
        callee: Activation | None,
        certainty: Certainty,
        passed: Passed = NOTHING_PASSED,
    ) -> None:
        """Notes one call at one site."""
        phase, limit, via = self._callback
        certainty = max(certainty, limit, self._surest, key=CERTAINTIES.index)
        self.recorded += 1
        at = at if at >= 0 else self.code.scope.at
        half = 0 if kind == "import" and self.activation.function is None else self.half
        key = (at, kind, half, target, callee.number if callee else -1)
        self.activation.records[key] = CallRecord(
            self.code.module.name, at, kind, half, callee, target, certainty, phase, *passed, via
        )

    def is_done(self, *what: object) -> bool:
        """Whether this evaluation has made the same calls before, whose results nobody looks at; from now on it has."""
        key = (what, self.half, self._callback)
        if key in self._done:
            return True
        self._done.add(key)
        return False

    def pass_over(self, at: int, kind: CallKind, names: Iterable[str]) -> None:
        """Notes that one of several values has none of the methods that a site calls."""
        for name in names:
            self.activation.silent[at if at >= 0 else self.code.scope.at, self.half, kind, name] = None
