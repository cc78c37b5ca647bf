"""What a rule says, and how it is said to a person: `Violation` names sites, `Finding` lines and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Level: TypeAlias = Literal["error", "warning", "note"]
Certainty: TypeAlias = Literal["certain", "likely", "possible"]
Phase: TypeAlias = Literal["import", "startup", "request", "shutdown", "unreached"]

LEVELS: tuple[Level, ...] = ("error", "warning", "note")
CERTAINTIES: tuple[Certainty, ...] = ("certain", "likely", "possible")
PHASES: tuple[Phase, ...] = ("import", "startup", "request", "shutdown", "unreached")


class Site(NamedTuple):
    """A place in the code as the facts know it: a module's name and the ordinal of a node in it."""

    module: str
    at: int


@dataclass(frozen=True, order=True)
class Span:
    """A place in a file. 1-based; columns count Unicode code points; ends are exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True)
class Hop:
    """One call of a chain, at a site: `caller` and `callee` are qualified names."""

    caller: str
    callee: str
    kind: str
    certainty: Certainty
    place: Site | Span


class Entry(NamedTuple):
    """What starts a chain, in words, and where it stands."""

    words: str
    place: Site | Span | None = None


@dataclass(frozen=True)
class Related:
    """Another place that a finding compares, and what stands there."""

    place: Site | Span
    message: str


@dataclass(frozen=True)
class Edit:
    """A fix: the name of a rewrite in `ssot_lint.fixes`, where it applies, and its arguments.

    What would come of it is worked out by `ssot_lint.fixes.plan.with_outcomes`: whether it is safe, or why it can't
    be made after all, in words that follow 'not fixed: '.
    """

    rewrite: str
    place: Site
    arguments: tuple[tuple[str, str], ...] = ()
    safe: bool = True
    refused: str = ""


@dataclass(frozen=True)
class Violation:
    """What a rule found. Drift rules leave out what has no meaning for them.

    `origin` says where the rule that is broken is written (a contract's `file:line`, or empty). `note` labels the
    underlined source (such as "`user_context` is not given"). `entry` is what starts the chain.
    """

    code: str
    level: Level
    message: str
    place: Site | Span
    certainty: Certainty = "certain"
    phase: Phase | None = None
    function: str = ""
    target: str = ""
    chain: tuple[Hop, ...] = ()
    related: tuple[Related, ...] = ()
    note: str = ""
    entry: Entry | None = None
    origin: str = ""
    help: str = ""
    fix: Edit | None = None


@dataclass(frozen=True)
class Frame:
    """A hop with its place in a file, and the line of source that stands there."""

    caller: str
    callee: str
    kind: str
    certainty: Certainty
    span: Span
    source: str


@dataclass(frozen=True)
class Finding:
    """A violation with its places in the files, ready to be reported.

    Chains go from the entry point to the site; `entry` is where what starts the chain stands, where that is known.
    """

    violation: Violation
    name: str
    span: Span
    fingerprint: str
    chain: tuple[Frame, ...] = ()
    related: tuple[tuple[Span, str], ...] = ()
    source: tuple[str, ...] = field(default=(), compare=False)
    entry: Span | None = None

    @property
    def code(self) -> str:
        """The rule's code, such as `SSOT101`."""
        return self.violation.code

    @property
    def fix(self) -> Edit | None:
        """What mends it, if anything does."""
        edit = self.violation.fix
        return None if edit is None or edit.refused else edit

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Path, line, column, code: the order of every output."""
        return (self.span.path, self.span.line, self.span.column, self.code, self.violation.message)
