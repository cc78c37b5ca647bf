"""The phrases that the formats for people share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from ssot_lint.findings import LEVELS, Entry, Finding, Frame, Level, Phase, Span
from ssot_lint.report.model import Report, Stats

_Item = TypeVar("_Item")

_RUNS = {
    "import": "runs at import",
    "startup": "runs at startup",
    "request": "runs in requests",
    "shutdown": "runs at shutdown",
}
_REACHED = {
    "import": "reached at import",
    "startup": "reached from startup",
    "request": "reached from requests",
    "shutdown": "reached from shutdown",
}
_SHOWN_FIRST = 2
_SHOWN_LAST = 1


def counted(number: int, noun: str) -> str:
    """`1 error`, `2,641 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def reached(finding: Finding, prefix: str) -> str:
    """How the site comes to run and what starts it; empty where a phase has no meaning for the finding.

    `prefix` as in `Options`.
    """
    phase = finding.violation.phase
    if phase is None:
        return ""
    if phase == "unreached":
        return "no entry point reaches it"
    return way(phase, finding.chain, finding.violation.entry, finding.entry, prefix)


def way(phase: Phase, chain: Sequence[Frame], entry: Entry | None, at: Span | None, prefix: str) -> str:
    """How a place comes to run in a phase, by which chain, and what starts that, `at` a place if one is known."""
    started = ""
    if entry is not None:
        started = f" ({entry.words}, {prefix}{at.path}:{at.line})" if at is not None else f" ({entry.words})"
    if not chain:
        return _RUNS[phase] + started
    noun = "call" if all(frame.kind != "import" for frame in chain) else "step"
    return f"{_REACHED[phase]} in {counted(len(chain), noun)}{started}"


def folded(items: tuple[_Item, ...], *, whole: bool) -> tuple[list[tuple[int, _Item]], int]:
    """The numbered items of a chain to show, and how many are left out behind the second of them."""
    numbered = list(enumerate(items, 1))
    hidden = len(items) - _SHOWN_FIRST - _SHOWN_LAST
    if whole or hidden < _SHOWN_FIRST:
        return numbered, 0
    return numbered[:_SHOWN_FIRST] + numbered[-_SHOWN_LAST:], hidden


def fix_option(finding: Finding) -> str:
    """The option that mends the finding, or empty."""
    if finding.fix is None:
        return ""
    return "--fix" if finding.fix.safe else "--fix --unsafe-fixes"


def by_level(report: Report) -> dict[Level, int]:
    """How many findings there are at each level."""
    levels = [finding.violation.level for finding in report.findings]
    return {level: levels.count(level) for level in LEVELS}


def outcome(report: Report) -> str:
    """`1 error, 2 warnings, 0 baselined`."""
    counts = [counted(number, level) for level, number in by_level(report).items() if number]
    return ", ".join([*(counts or ["nothing to report"]), f"{report.stats.baselined:,} baselined"])


def completeness(report: Report) -> str:
    """What the answer rests on: files, entry points, and how much of the startup path is known."""
    stats = report.stats
    files = (
        f"{counted(stats.files_seen, 'file')}, {stats.files_parsed + stats.files_cached:,} analysed, "
        f"{stats.files_cached:,} from the cache, {len(report.unreadable):,} unreadable"
    )
    return "; ".join(filter(None, [files, _entry_points(report), _resolved(stats), _dynamics(stats), _coarse(stats)]))


def summary(report: Report) -> str:
    """The last line of a run: what was found, what it rests on, and the time it took in seconds."""
    found = outcome(report)
    return f"{found[0].upper()}{found[1:]}. {completeness(report)}. {report.stats.seconds:.1f} s"


def _entry_points(report: Report) -> str:
    entries = report.entry_points
    if entries and all(entry.kind == "module" for entry in entries):
        return f"no entry point found: importing {counted(len(entries), 'module')} stands in"
    hooks = f" and {counted(len(report.hooks), 'hook')}" if report.hooks else ""
    return counted(len(entries), "entry point") + hooks


def _resolved(stats: Stats) -> str:
    if not stats.startup_calls:
        return ""
    percent = stats.startup_calls_resolved * 100 // stats.startup_calls
    return f"{percent} % of the startup path's calls resolved"


def _dynamics(stats: Stats) -> str:
    if not stats.dynamics:
        return ""
    total = sum(number for _, number in stats.dynamics)
    kinds = ", ".join(f"{what} {number:,}" for what, number in stats.dynamics)
    return f"{total:,} dynamic access{'' if total == 1 else 'es'} ({kinds}) could not be followed"


def _coarse(stats: Stats) -> str:
    parts = []
    if stats.widened:
        parts.append(f"{counted(stats.widened, 'function')} analysed for all callers at once")
    if stats.unsettled:
        parts.append(f"{counted(stats.unsettled, 'function')} not analysed to the end")
    return ", ".join(parts)
