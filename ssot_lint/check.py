"""What `ssot-lint check` does with a run: a report that is known or worked out, narrowed to what is asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_lint.errors import UsageError
from ssot_lint.findings import CERTAINTIES, Certainty, Finding
from ssot_lint.report.model import Report
from ssot_lint.run import Run

if TYPE_CHECKING:
    from ssot_lint.config.model import Config
    from ssot_lint.facts.cache import FactsCache


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

    def weakest(self, config: Config) -> Certainty:
        """How sure a finding has to be."""
        return self.min_certainty or config.min_certainty


def check(run: Run, options: CheckOptions) -> Report:
    """Lints. Raises `SsotLintError` for what a person can mend, `OSError` for a path that can't be read."""
    started = time.monotonic()
    report = _worked_out(run, options) if run.cache is None else _known(run, options, run.cache)
    return replace(
        report,
        findings=tuple(_shown(run, options, report.findings)),
        stats=replace(report.stats, seconds=time.monotonic() - started),
        warnings=tuple(dict.fromkeys((*run.warnings, *report.warnings))),
    )


def _known(run: Run, options: CheckOptions, cache: FactsCache) -> Report:
    """The report that an earlier run kept, else a new one, which is kept unless a file changed meanwhile."""
    from ssot_lint.results import keep_report, recall_report, take_inputs

    baseline = _baseline(run, options)
    inputs = take_inputs(run.config, run.listing, cache, baseline)
    weakest = options.weakest(run.config)
    key = inputs.key(options.select, options.ignore, options.all_phases, weakest, run.request.entry_points)
    report = recall_report(cache, key)
    if report is not None:
        stats = report.stats
        analysed = stats.files_parsed + stats.files_cached
        return replace(report, stats=replace(stats, files_parsed=0, files_cached=analysed))
    from ssot_lint.checks.registry import has_plugins
    from ssot_lint.lint import lint

    # The code of a plugin may change without notice.
    if has_plugins():
        return lint(run, options, baseline)
    report = lint(run, options, baseline, inputs)
    if take_inputs(run.config, run.listing.as_now(run.config.root), cache, baseline) == inputs:
        keep_report(cache, key, report)
    return report


def _worked_out(run: Run, options: CheckOptions) -> Report:
    from ssot_lint.lint import lint

    return lint(run, options, _baseline(run, options))


def _baseline(run: Run, options: CheckOptions) -> Path | None:
    """The baseline that is asked for, else the one at its usual place, if there is one."""
    if options.no_baseline:
        return None
    if options.baseline is not None and not options.baseline.exists():
        raise UsageError(f"--baseline: {options.baseline}: no such file; `ssot-lint baseline` writes one")
    usual = run.config.baseline_file
    return options.baseline or (usual if usual.exists() else None)


def _shown(run: Run, options: CheckOptions, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that are sure enough, below the paths that were given, and changed, where that is asked."""
    weakest = CERTAINTIES.index(options.weakest(run.config))
    root = run.config.root
    below = [path.resolve().relative_to(root) for path in run.request.paths]
    touched = _touched(options.changed_since, root)
    for finding in findings:
        if (
            CERTAINTIES.index(finding.violation.certainty) <= weakest
            and any(Path(finding.span.path).is_relative_to(path) for path in below)
            and touched(finding)
        ):
            yield finding


def _touched(since: str | None, root: Path) -> Callable[[Finding], bool]:
    """Whether a finding touches what changed since a git revision; all do if there is none."""
    if since is None:
        return lambda _: True
    from ssot_lint.changed import changes_since, touches

    return partial(touches, changes_since(since, root))
