"""`ssot-lint check`: lints."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_lint.cli import options
from ssot_lint.report import format_names

if TYPE_CHECKING:
    from ssot_lint.fixes.plan import Plan
    from ssot_lint.report.model import Report
    from ssot_lint.run import Run

_FOR_SERVICES = {"sarif", "github", "gitlab", "junit"}


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@options.select
@options.ignore
@options.min_certainty
@click.option(
    "--output-format", type=click.Choice(format_names()), help="Default: text; github where GITHUB_ACTIONS is true."
)
@click.option("--fix", is_flag=True, help="Mend what can be mended safely, and report the rest.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: mend also where the meaning may change.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--baseline", type=options.FILE, metavar="FILE", help="Leave out the findings that this file accepts.")
@click.option("--no-baseline", is_flag=True, help="Report what the baseline accepts, too.")
@click.option("--changed-since", metavar="REV", help="Report only what touches lines changed since a git revision.")
@click.option("--all-phases", is_flag=True, help="Report SSOT110 to SSOT116 also where they can't stop a start.")
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even if there are findings.")
@click.option("--statistics", is_flag=True, help="Show how many findings there are of each rule.")
@click.option("--show-files", is_flag=True, help="Show the Python files of the project, and do nothing else.")
@options.shared
def command(paths: tuple[Path, ...], output_file: Path | None, **asked: Any) -> int:
    """Lint the project at PATHS (default: here). One run is over one project."""
    from ssot_lint.check import CheckOptions, check
    from ssot_lint.cli.output import emit, warn
    from ssot_lint.cli.progress import progress
    from ssot_lint.run import Run

    request = options.request(paths or (Path(),), asked)
    checked = CheckOptions(**{field.name: asked[field.name] for field in fields(CheckOptions)})
    if asked["show_files"]:
        with Run(request) as run:
            files = sorted(source.path for source in run.project.modules.values())
        emit("".join(f"{path}\n" for path in files), output_file)
        return 0
    if asked["diff"] or asked["fix"]:
        from ssot_lint.fixes.plan import diff, write_fixes

        with Run(request) as run:
            with progress(run, quiet=asked["quiet"]):
                report = check(run, checked)
            plan = _plan(run, report, asked)
            if asked["diff"]:
                emit(diff(plan), output_file)
                return int(bool(plan.files) and not asked["exit_zero"])
            write_fixes(plan, run.project)
    with Run(request) as run, progress(run, quiet=asked["quiet"]):
        report = check(run, checked)
    warn(report.warnings, quiet=asked["quiet"])
    emit(_rendered(report, run.config.root, asked, to_file=output_file is not None), output_file)
    return int(not asked["exit_zero"] and any(finding.violation.level != "note" for finding in report.findings))


def _plan(run: Run, report: Report, asked: Mapping[str, Any]) -> Plan:
    """What is to be mended; says on stderr what is not, and why."""
    from ssot_lint.cli.output import note
    from ssot_lint.fixes.plan import plan_fixes
    from ssot_lint.report.wording import counted

    plan = plan_fixes(report.findings, run.project, unsafe=asked["unsafe_fixes"])
    if not asked["quiet"]:
        for finding, why in plan.refused:
            note(f"{finding.span.path}:{finding.span.line}: not fixed: {why}")
        if plan.fixed and not asked["diff"]:
            note(f"fixed {len(plan.fixed)} in {counted(len(plan.files), 'file')}")
    return plan


def _rendered(report: Report, root: Path, asked: Mapping[str, Any], *, to_file: bool) -> str:
    from ssot_lint.cli.output import prefix_for_people, prefix_for_services
    from ssot_lint.report import render
    from ssot_lint.report.model import Options
    from ssot_lint.report.statistics import statistics

    if asked["statistics"]:
        return statistics(report)
    name = asked["output_format"] or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    wanted = Options(
        color=options.wants_color(asked["color"], to_file=to_file),
        verbose=asked["verbose"],
        quiet=asked["quiet"],
        prefix=prefix_for_services(root) if name in _FOR_SERVICES else prefix_for_people(root),
    )
    return render(name, report, wanted)
