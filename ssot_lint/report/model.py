"""What a format is given to render: the findings of a run, what they rest on, and how the reader wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ssot_lint.findings import Finding, Level
from ssot_lint.project.model import EntryPoint


class UnreadableFile(NamedTuple):
    """A file that could not be decoded or parsed, where (1-based line) and why."""

    path: str
    line: int
    message: str


@dataclass(frozen=True)
class RuleInfo:
    """What is told of a rule: its default level, itself in one sentence, its reason, and how to mend what it finds."""

    code: str
    name: str
    level: Level
    short: str
    full: str
    help: str


@dataclass(frozen=True)
class Stats:
    """Figures of a run; what the call graph covers as `callgraph.coverage` has it, none where no rule asked for it."""

    files_seen: int = 0
    files_parsed: int = 0
    files_cached: int = 0
    functions: int = 0
    edges: int = 0
    calls: int = 0
    calls_resolved: int = 0
    seconds: float = 0.0
    baselined: int = 0
    startup_calls: int = 0
    startup_calls_resolved: int = 0
    dynamics: tuple[tuple[str, int], ...] = ()
    widened: int = 0
    unsettled: int = 0


@dataclass(frozen=True)
class Report:
    """The result of a run.

    `findings` are sorted by `Finding.sort_key`; `hooks` are the entry points that only the call graph knows; `rules`
    maps codes to what is told of them.
    """

    version: str
    findings: tuple[Finding, ...] = ()
    entry_points: tuple[EntryPoint, ...] = ()
    unreadable: tuple[UnreadableFile, ...] = ()
    rules: Mapping[str, RuleInfo] = field(default_factory=dict)
    stats: Stats = Stats()
    warnings: tuple[str, ...] = ()
    hooks: tuple[EntryPoint, ...] = ()


@dataclass(frozen=True)
class Options:
    """How the reader wants it.

    `verbose` shows whole chains, `quiet` leaves out the summary. `prefix` is put before every path: it leads from where
    the reader stands (a person's working directory, a service's repository root) to the project's root, and is empty
    or ends with `/`. JSON keeps to the project's root.
    """

    color: bool = False
    verbose: bool = False
    quiet: bool = False
    prefix: str = ""
