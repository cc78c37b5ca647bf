"""Activations: a function in one calling context, with what it calls and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, NoReturn, TypeAlias, TypeVar

from ssot_lint.callgraph.arguments import NO_NAMES
from ssot_lint.callgraph.classes import ClassInfo
from ssot_lint.callgraph.code import Code
from ssot_lint.callgraph.crowd import Crowd
from ssot_lint.callgraph.values import NOTHING, Constant, Container, Function, Instance, Value, Values
from ssot_lint.findings import Certainty, Phase

CallKind: TypeAlias = Literal[
    "call", "decorator", "property", "operator", "iteration", "context", "raise", "callback", "escape", "import",
    "class", "exit",
]  # fmt: skip


# What is analysed in which order: what runs at import, at startup and later, then what unmodelled code outside may
# call. What has run in an earlier stage can't see what a later one writes.
IMPORT, STARTUP, SERVICE, PERHAPS = range(4)
STAGES: dict[Phase | None, int] = {"import": IMPORT, "startup": STARTUP}


def stage_of(phase: Phase | None) -> int:
    """The stage of code that runs in a phase; None is the phase of the caller."""
    return IMPORT if phase is None else STAGES.get(phase, SERVICE)


class CallRecord(NamedTuple):
    """One call at one site of an activation, to one target.

    `half` is 1 where the call stands after a `yield` of its generator (a lifespan's shutdown), and in a module's body
    where only a script makes it: under its `__main__` guard, or anywhere (imports aside) in a `__main__.py` without
    one. `callee` is None for
    what lies outside the project. `phase` is the phase that a library runs a callback in, None for the caller's own.
    `given` names the parameters that the call passes, `binding` what they (and the defaults) may be; both are None
    where the target's parameters are not known, and then `given` holds the keywords and the positions. `problem` says
    why the arguments can't fit the definition. `via` names what outside the project calls back. `spread` is that of the
    arguments.
    """

    module: str
    at: int
    kind: CallKind
    half: int
    callee: Activation | None
    target: str
    certainty: Certainty
    phase: Phase | None
    given: frozenset[str]
    binding: Mapping[str, Values] | None
    problem: str = ""
    spread: tuple[Container, ...] | None = ()
    via: str = ""


class Passed(NamedTuple):
    """What a call passes: the parameters that it gives itself, what all may be, and why that can't fit (see above)."""

    given: frozenset[str]
    binding: Mapping[str, Values] | None = None
    problem: str = ""
    spread: tuple[Container, ...] | None = ()


NOTHING_PASSED = Passed(NO_NAMES)


class Missing(NamedTuple):
    """A read that found nothing: of a variable, of an import's module or member, or of an attribute.

    A `setting` is a write of an attribute that an instance may refuse, `none` a read from a name or attribute that is
    None, or a call of it, with what has that attribute as its `owner`, `key` a read from a dict that has other keys,
    `unpack` one of something with another number of items, which is the `name`, than variables.

    `owner` is what was looked into: the module's name for a `member`, the value for an `attribute`, else None. `name`
    is the dotted name of a `module`, or of one that is there and `broken`: no Python. What the analysis did not see
    bound may still be bound by code that it did not run. `half` is as for calls. `several` instances lack
    it where more than one may stand there, of each class one; with `none`, a name may hold something else.
    """

    kind: Literal["variable", "module", "broken", "member", "attribute", "setting", "none", "key", "unpack"]
    at: int
    half: int
    owner: Value | str | None
    name: str
    several: bool = False


class Made(NamedTuple):
    """A call of a class without an `__init__` in the project: how many arguments and which keywords it gives.

    At the site of a class statement it is the making of the class itself. The kind is `class` for what the factory of a
    dataclass's field makes, where an instance of that is made.
    """

    at: int
    half: int
    info: ClassInfo
    positional: int
    keywords: frozenset[str]
    kind: CallKind = "call"
    spread: tuple[Container, ...] | None = ()


# What an activation may be about, see `contexts`.
Subject: TypeAlias = "Code | Constant | Instance"

K = TypeVar("K")
V = TypeVar("V")


class _Nothing(dict[K, V]):
    """What an evaluation did not find: one empty dict for all activations, of which each would have several."""

    def __setitem__(self, key: K, value: V) -> NoReturn:
        raise TypeError("only a running evaluation finds something")


_PASSES_NOTHING: frozenset[tuple[str, Values]] = frozenset()
_NO_RAISES: dict[int, None] = _Nothing()
_NO_OPAQUE: dict[int, str] = _Nothing()
_NOT_ENDED: dict[int, bool] = _Nothing()
_NOT_ENDED_FOR: dict[int, frozenset[Code]] = _Nothing()
_NO_MISSING: dict[Missing, None] = _Nothing()
_NO_MADE: dict[Made, None] = _Nothing()
_NO_STEPS: dict[int, Values] = _Nothing()
_NOT_TOUCHED: dict[object, None] = _Nothing()
_NOT_SILENT: dict[tuple[int, int, str, str], None] = _Nothing()
_NO_RECORDS: dict[tuple[int, str, int, str, int], CallRecord] = _Nothing()


class Activation:
    """A function, lambda or module body, analysed for one set of argument values.

    `binding` maps parameters to what they may be; of one that `is_exact` it never grows. `result`, `passes` (the
    parameters that it gives back, each with what it holds back of them), `yielded` (`steps`: by site) and `returns`
    (whether it comes back at all) are its summary; `callers` are evaluated again when that grows, those in
    `awaiting` even if their stage is over. `subject` is the function of the project that it is about (see
    `contexts`). `stage` is the one in which it runs; of a module's body, the one that imports it first. It is
    `unsettled` if a bound kept it from running again. `first` is who had it run, of a module's body the one whose
    import ran it. `calls`, `opaque` (sites of calls that go nowhere known, and why), `ended` (sites of `raise` in
    handlers, and whether such a handler always ends in one; `ended_for`: after which calls it does if not always),
    `missing`, `made` and `raises` are what the last evaluation found; `touched` are the cells of its own that others
    wrote to while it ran, `silent` the sites, kinds and names of methods that one of several values is without. A
    `is_hook` is called in a later stage than the one that handed it over, of which an `is_task` is left running. It is
    `stale` once it wrote to a cell that it had read: it finds more there when it is called again.
    """

    __slots__ = (
        "awaiting",
        "binding",
        "callers",
        "calls",
        "closure",
        "code",
        "ended",
        "ended_for",
        "evaluations",
        "first",
        "function",
        "is_exact",
        "is_hook",
        "is_task",
        "made",
        "missing",
        "number",
        "opaque",
        "passes",
        "queued",
        "raises",
        "records",
        "result",
        "returns",
        "running",
        "silent",
        "stage",
        "stale",
        "steps",
        "subject",
        "touched",
        "unsettled",
        "waiting",
        "wide",
        "yielded",
    )  # fmt: skip

    def __init__(
        self,
        number: int,
        code: Code,
        function: Function | None,
        binding: dict[str, Values],
        stage: int,
        subject: Subject | None = None,
    ) -> None:
        self.number = number
        self.stage = stage
        self.subject = subject
        self.code = code
        self.function = function
        self.closure = function.closure if function else None
        self.binding = binding
        self.is_exact = self.is_hook = self.is_task = False
        self.result: Values = NOTHING
        self.passes = _PASSES_NOTHING
        self.yielded: Values = NOTHING
        self.steps = _NO_STEPS
        self.returns = False
        self.touched = _NOT_TOUCHED
        self.calls: tuple[CallRecord, ...] = ()
        self.records = _NO_RECORDS
        self.silent = _NOT_SILENT
        self.raises = _NO_RAISES
        self.opaque = _NO_OPAQUE
        self.ended = _NOT_ENDED
        self.ended_for = _NOT_ENDED_FOR
        self.missing = _NO_MISSING
        self.made = _NO_MADE
        self.callers: Crowd = None
        self.awaiting: Crowd = None
        self.first: Activation | None = None
        self.evaluations = 0
        self.running = False
        self.waiting = False
        self.queued = False
        self.wide = False
        self.unsettled = False
        self.stale = False

    def begin(self) -> None:
        """Makes room for what an evaluation finds, in place of what the last one found."""
        self.stale = False
        self.touched, self.records, self.raises, self.opaque, self.missing, self.made = {}, {}, {}, {}, {}, {}
        self.silent, self.ended, self.ended_for = {}, {}, {}

    def end(self) -> None:
        """Keeps what the evaluation found in as little room as it takes."""
        self.calls = tuple(self.records.values())
        self.touched = _NOT_TOUCHED
        self.records = _NO_RECORDS
        self.silent = _NOT_SILENT
        self.raises = self.raises or _NO_RAISES
        self.opaque = self.opaque or _NO_OPAQUE
        self.ended = self.ended or _NOT_ENDED
        self.ended_for = self.ended_for or _NOT_ENDED_FOR
        self.missing = self.missing or _NO_MISSING
        self.made = self.made or _NO_MADE

    def ended_after(self, callee: Activation | None) -> Mapping[int, bool]:
        """Of each `raise` in a handler, whether that always ends in one where such a call is what failed."""
        if callee is None or not self.ended_for:
            return self.ended
        return self.ended | {at: True for at, codes in self.ended_for.items() if callee.code in codes}

    def given_back(self, binding: Mapping[str, Values]) -> Values:
        """What a call with these arguments gives: whatever other calls share the activation, its own arguments."""
        found = self.result
        for name, withheld in self.passes:
            found |= binding[name] - withheld if withheld else binding[name]
        return found

    def gives(self, at: int, values: Values) -> None:
        """A yield at that site gives these values."""
        if not self.steps:
            self.steps = {}
        self.steps[at] = self.steps.get(at, NOTHING) | values

    def frame_of(self, index: int) -> Activation | None:
        """The activation that holds the variables of the function scope `index` around this one."""
        around: Activation | None = self
        while around is not None and around.code.index != index:
            around = around.closure
        return around
