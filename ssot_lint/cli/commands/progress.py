"""`ssot-lint progress`: how far a migration has come."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options


@click.command("progress")
@options.path
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.shared
def command(path: Path, output_format: str, output_file: Path | None, **asked: Any) -> None:
    """Show how far the contracts of the project at PATH (default: here) have come: calls left, and calls migrated.

    Counted by rule, phase, package and owner (CODEOWNERS). Suppressions and baselines don't count: what they accept is
    still left. With an SSOT101 contract, the calls outside the phases that it forbids are SSOT104.
    """
    from ssot_lint.cli.output import emit, note, warn
    from ssot_lint.cli.progress import progress as bar
    from ssot_lint.locate import Places
    from ssot_lint.progress import progress
    from ssot_lint.project.owners import Owners
    from ssot_lint.report.progress import as_json, as_text
    from ssot_lint.run import Run

    with Run(options.request((path,), asked)) as run, bar(run, quiet=asked["quiet"]):
        found = progress(run.context, Owners(run.config.root))
        places = Places(run.project, run.cache)
        places.want(counted.site for each in found for counted in each.sites)
        text = as_json(found, places.span) if output_format == "json" else as_text(found)
    warn(run.warnings, quiet=asked["quiet"])
    if not found and not asked["quiet"]:
        note("no contracts to follow: write some under [[contracts]], or name `packs`")
    emit(text, output_file)
