"""`ssot-lint settings`: the table of settings against the places that speak of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options


@click.command("settings", short_help="Show where each setting is read, mapped, set, provisioned and deployed.")
@options.path
@click.option("--output-format", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True)
@options.shared
def command(path: Path, output_format: str, output_file: Path | None, **asked: Any) -> None:
    """Show where each setting of the project at PATH (default: here) is read, mapped, set, provisioned and deployed.

    Of values only their state is shown. Code is read as far as the entry points import it.
    """
    from ssot_lint.cli.output import emit, note, prefix_for_people, warn
    from ssot_lint.locate import Places
    from ssot_lint.report.settings import as_json, as_markdown, as_text, summary
    from ssot_lint.run import Run
    from ssot_lint.settings.table import rows

    with Run(options.request((path,), asked)) as run:
        settings = run.context.settings
        places = Places(run.project, run.cache)
        places.want(setting.place for setting in settings)
        table = rows(settings, places.span)
        run.warnings += [f"{each.path}:{each.line}: {each.message}" for each in settings.problems]
    if output_format == "text":
        text = as_text(table, prefix_for_people(run.config.root))
    else:
        text = as_json(table) if output_format == "json" else as_markdown(table)
    warn(run.warnings, quiet=asked["quiet"])
    emit(text, output_file)
    if not asked["quiet"]:
        note(summary(table))
