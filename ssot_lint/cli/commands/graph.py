"""`ssot-lint graph`: prints the call graph."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options
from ssot_lint.report.graphs import WHOLE, format_names, render


@click.command("graph")
@options.path
@click.option(
    "--format", "output_format", type=click.Choice(format_names()), default="adjacency", show_default=True,
    help="json has all there is; the others leave out imports and guesses.",
)  # fmt: skip
@click.option(
    "--scope", type=click.Choice(["all", "reachable"]), default="all", show_default=True,
    help="All functions below PATH, or only those that the entry points reach.",
)  # fmt: skip
@click.option("--from", "sources", multiple=True, metavar="GLOB", help="Only what these call, directly or not.")
@click.option("--to", "targets", multiple=True, metavar="GLOB", help="Only what calls these, directly or not.")
@click.option(
    "--depth", type=click.IntRange(min=0), metavar="N",
    help="At most N calls away from --from and --to; without them, from the entry points.",
)  # fmt: skip
@options.shared
def command(path: Path, output_format: str, output_file: Path | None, **asked: Any) -> None:
    """Print the call graph of the project at PATH (default: here).

    A directory without a configuration at or above it is itself the root: its main.py is the module main.
    """
    from ssot_lint.cli.output import emit, warn
    from ssot_lint.cli.progress import progress
    from ssot_lint.graph import GraphOptions, draw
    from ssot_lint.locate import Places
    from ssot_lint.run import Run

    request = options.request((path,), asked)
    with Run(request) as run:
        request = replace(request, isolated=run.config.document is None)
    wanted = GraphOptions(
        everything=asked["scope"] == "all",
        whole=output_format in WHOLE,
        sources=asked["sources"],
        targets=asked["targets"],
        depth=asked["depth"],
    )
    with Run(request) as run, progress(run, quiet=asked["quiet"]):
        drawn = draw(run, wanted)
        places = Places(run.project, run.cache)
        places.want(drawn.sites())
        text = render(output_format, drawn, places.span)
    warn(run.warnings, quiet=asked["quiet"])
    emit(text, output_file)
