"""`ssot-lint entry-points`: what starts the program."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options


@click.command("entry-points")
@options.path
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@options.shared
def command(path: Path, output_format: str, output_file: Path | None, **asked: Any) -> None:
    """List the entry points of the project at PATH (default: here): where each stands, when it runs, why it counts.

    The functions that these give to a library to call, such as routes and lifespans, come after them.
    """
    from ssot_lint.cli.output import emit, prefix_for_people, warn
    from ssot_lint.report.entry_points import as_json, as_text
    from ssot_lint.run import Run

    with Run(options.request((path,), asked)) as run:
        points = (*run.entry_points, *run.hooks)
        text = as_json(points) if output_format == "json" else as_text(points, prefix_for_people(run.config.root))
    warn(run.warnings, quiet=asked["quiet"])
    emit(text, output_file)
