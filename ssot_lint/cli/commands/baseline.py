"""`ssot-lint baseline`: accepts today's findings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options


@click.command("baseline")
@options.path
@options.shared
def command(path: Path, output_file: Path | None, **asked: Any) -> None:
    """Accept today's findings in the project at PATH (default: here), so that only new ones fail.

    Writes .ssot-lint-baseline.json beside the configuration, where `check` looks for it.
    """
    from ssot_lint.baseline import accept, write
    from ssot_lint.check import CheckOptions, check
    from ssot_lint.cli.output import note, warn
    from ssot_lint.cli.progress import progress
    from ssot_lint.report.wording import counted
    from ssot_lint.run import Run

    with Run(options.request((path,), asked)) as run, progress(run, quiet=asked["quiet"]):
        report = check(run, CheckOptions(no_baseline=True))
        file = output_file or run.config.baseline_file
    write(file, accept(report.findings))
    warn(report.warnings, quiet=asked["quiet"])
    if not asked["quiet"]:
        note(f"{os.path.relpath(file)}: accepts {counted(len(report.findings), 'finding')}")
