"""What all chosen rules find in a project, less what its comments and its baseline take."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from ssot_lint import __version__, baseline
from ssot_lint.callgraph.coverage import coverage
from ssot_lint.check import CheckOptions
from ssot_lint.checks.registry import Rule, rules
from ssot_lint.comments import MARK, Comment, comments
from ssot_lint.errors import ConfigurationError, UsageError, nearest
from ssot_lint.findings import Finding, Violation
from ssot_lint.linked import FAMILY, Linked, link, link_or_recall
from ssot_lint.locate import Places, locate_violations
from ssot_lint.report.model import Report, Stats, UnreadableFile
from ssot_lint.report.rules import rule_infos
from ssot_lint.results import Inputs
from ssot_lint.run import Run
from ssot_lint.selection import choose, unknown
from ssot_lint.settings.files import stands_aside
from ssot_lint.suppressions import Terms, suppress, wanted

_ABOUT_SETTINGS = ("SSOT2", "SSOT3")


def lint(run: Run, options: CheckOptions, baseline_file: Path | None, inputs: Inputs | None = None) -> Report:
    """The report before it is narrowed to what is asked to be shown.

    `baseline_file` is left unread if it is None. With `inputs`, what the cache knows of parts of the work is used.
    """
    known = rules()
    checked = _checked(run, options, known)
    run.inputs = inputs
    run.context.all_phases = options.all_phases
    run.context.guesses = options.weakest(run.config) == "possible"
    run.context.reads_settings = any(map(_is_about_settings, checked))
    about_calls = sorted(code for code in checked if code.startswith(FAMILY))
    memory = run.context.memory = run.memory
    linked = link_or_recall(run, about_calls, memory) if memory is not None and about_calls else link(run, about_calls)
    violations = list(linked.violations)
    for code in sorted(checked.difference(about_calls), key=lambda code: (_is_about_settings(code), code)):
        if linked.coverage is not None and _is_about_settings(code):
            run.context.finish_calls()
        violations += known[code]().check(run.context)
    findings, accepted = _findings(run, baseline_file, violations, known, checked)
    if memory is not None:
        memory.close()
    return Report(
        version=__version__,
        findings=tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        entry_points=run.entry_points,
        hooks=run.hooks if run.has_graph else linked.hooks,
        unreadable=tuple(
            UnreadableFile(run.project.modules[name].path, why.line, why.message)
            for name, why in sorted(run.library.unreadable.items())
        ),
        rules=rule_infos(known),
        stats=_stats(run, linked, accepted),
        warnings=tuple(dict.fromkeys(run.warnings)),
    )


def _is_about_settings(code: str) -> bool:
    return code.startswith(_ABOUT_SETTINGS)


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
    baseline_file: Path | None,
    violations: Iterable[Violation],
    known: Mapping[str, type[Rule]],
    checked: frozenset[str],
) -> tuple[list[Finding], int]:
    """The findings that neither a comment nor the baseline takes, and how many the baseline took."""
    names = {code: rule.name for code, rule in known.items()}
    elsewhere = _load_settings(run)
    modules = run.library.loaded
    places = Places(run.project, run.cache)
    places.want(wanted(modules))
    terms = Terms(known, checked, run.config.require_suppression_reason)
    located = locate_violations(violations, places, names)
    findings, complaints = suppress(located, modules, places, terms, elsewhere)
    accepted: list[Finding] = []
    if baseline_file is not None:
        shown = Path(os.path.relpath(baseline_file, run.config.root)).as_posix()
        findings, accepted, stale = baseline.split(findings, baseline.read(baseline_file, shown), checked)
        complaints += stale
    if any(finding.violation.fix is not None for finding in findings):
        from ssot_lint.fixes.plan import with_outcomes

        findings = with_outcomes(findings, run.project)
    return findings + locate_violations(complaints, places, names), len(accepted)


def _load_settings(run: Run) -> list[Comment]:
    """Loads the modules that hold settings, such as a mapping that nothing imports, for their comments.

    Returns the comments in files that are not Python; those of tests and examples only if settings are read from them.
    """
    paths: set[str] = set()
    if "settings" in vars(run.context):
        paths = {setting.path for setting in run.context.settings}
        named = {name: source for name, source in run.project.modules.items() if source.path in paths}
        run.library.prefetch(name for name, source in named.items() if MARK in run.project.read(source))
    others = (path for path in run.project.others if path in paths or not stands_aside(path))
    return list(comments(run.config.root, others, run.memory))


def _stats(run: Run, linked: Linked, accepted: int) -> Stats:
    known = coverage(run.context.graph) if run.has_graph else linked.coverage
    covered = known._asdict() if known is not None else {}
    return Stats(
        files_seen=len(run.project.modules),
        files_parsed=run.library.parsed,
        files_cached=run.library.cached,
        baselined=accepted,
        **covered,
    )
