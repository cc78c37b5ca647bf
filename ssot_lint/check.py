"""What `ssot-lint check` does with a run: from the rules that are chosen to the findings that are reported."""

from __future__ import annotations

import os
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ssot_lint import __version__, baseline
from ssot_lint.callgraph.coverage import coverage
from ssot_lint.changed import changes_since, touches
from ssot_lint.checks.registry import Rule, rules
from ssot_lint.errors import ConfigurationError, UsageError, nearest
from ssot_lint.findings import CERTAINTIES, Certainty, Finding, Violation
from ssot_lint.locate import Places, locate_violations
from ssot_lint.report.model import Report, Stats, UnreadableFile
from ssot_lint.report.rules import rule_infos
from ssot_lint.run import Run
from ssot_lint.selection import choose, unknown
from ssot_lint.suppressions import Terms, suppress, wanted


@dataclass(frozen=True)
class CheckOptions:
    """What is checked and reported. None leaves it to the configuration; no `baseline`: the default file, if any."""

    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    min_certainty: Certainty | None = None
    baseline: Path | None = None
    no_baseline: bool = False
    changed_since: str | None = None
    all_phases: bool = False


def check(run: Run, options: CheckOptions) -> Report:
    """Lints. Raises `SsotLintError` for what a person can mend, `OSError` for a path that can't be read."""
    started = time.monotonic()
    known = rules()
    checked = _checked(run, options, known)
    run.context.all_phases = options.all_phases
    violations = [violation for code in sorted(checked) for violation in known[code]().check(run.context)]
    findings, accepted = _findings(run, options, violations, known, checked)
    shown = _shown(run, options, findings)
    return Report(
        version=__version__,
        findings=tuple(sorted(shown, key=lambda finding: finding.sort_key)),
        entry_points=run.entry_points,
        hooks=run.hooks if run.has_graph else (),
        unreadable=tuple(
            UnreadableFile(run.project.modules[name].path, why.line, why.message)
            for name, why in sorted(run.library.unreadable.items())
        ),
        rules=rule_infos(known),
        stats=_stats(run, accepted, time.monotonic() - started),
        warnings=tuple(dict.fromkeys(run.warnings)),
    )


def baseline_file(run: Run, options: CheckOptions) -> Path:
    """The file that is asked for, else the default one beside the configuration."""
    return options.baseline or run.config.directory / baseline.FILE_NAME


def _checked(run: Run, options: CheckOptions, known: Collection[str]) -> frozenset[str]:
    """The codes to check; an option stands for the key of the same name."""
    select = run.config.select if options.select is None else options.select
    ignore = run.config.ignore if options.ignore is None else options.ignore
    for key, asked, prefixes in (("select", options.select, select), ("ignore", options.ignore, ignore)):
        for index in unknown(known, prefixes):
            message = f"no rule's code starts with `{prefixes[index]}`; {nearest(prefixes[index], known)}"
            if asked is None:
                raise ConfigurationError(run.config.where(key, index), message)
            raise UsageError(f"--{key}: {message}")
    return choose(known, select, ignore)


def _findings(
    run: Run,
    options: CheckOptions,
    violations: Iterable[Violation],
    known: Mapping[str, type[Rule]],
    checked: frozenset[str],
) -> tuple[list[Finding], int]:
    """The findings that neither a comment nor the baseline takes, and how many the baseline took."""
    names = {code: rule.name for code, rule in known.items()}
    modules = run.library.loaded
    places = Places(run.project, run.cache)
    places.want(wanted(modules))
    terms = Terms(known, checked, run.config.require_suppression_reason)
    findings, complaints = suppress(locate_violations(violations, places, names), modules, places, terms)
    accepted: list[Finding] = []
    file = baseline_file(run, options)
    if not options.no_baseline and (options.baseline or file.exists()):
        shown = Path(os.path.relpath(file, run.config.root)).as_posix()
        findings, accepted, stale = baseline.split(findings, baseline.read(file, shown), checked)
        complaints += stale
    return findings + locate_violations(complaints, places, names), len(accepted)


def _shown(run: Run, options: CheckOptions, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that are sure enough, below the paths that were given, and changed, where that is asked."""
    weakest = CERTAINTIES.index(options.min_certainty or run.config.min_certainty)
    root = run.config.root
    below = [path.resolve().relative_to(root) for path in run.request.paths]
    changes = changes_since(options.changed_since, root) if options.changed_since is not None else None
    for finding in findings:
        if (
            CERTAINTIES.index(finding.violation.certainty) <= weakest
            and any(Path(finding.span.path).is_relative_to(path) for path in below)
            and (changes is None or touches(changes, finding))
        ):
            yield finding


def _stats(run: Run, accepted: int, seconds: float) -> Stats:
    covered = coverage(run.context.graph)._asdict() if run.has_graph else {}
    return Stats(
        files_seen=len(run.project.modules),
        files_parsed=run.library.parsed,
        files_cached=run.library.cached,
        seconds=seconds,
        baselined=accepted,
        **covered,
    )
