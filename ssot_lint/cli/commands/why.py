"""`ssot-lint why`: by which chains a function is reached, or why it is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options


@click.command("why", short_help="Show by which chains a function is reached, or why it is not.")
@click.argument("what", nargs=-1, metavar="[PATH] SYMBOL")
@options.shared
def command(what: tuple[str, ...], output_file: Path | None, **asked: Any) -> None:
    """Show each call of SYMBOL in the project at PATH (default: here), and how it is reached.

    For each entry point and hook that reaches the call, the shortest chain from there; where none does, where its
    callers end. SYMBOL is a glob over qualified names, also of what lies outside the project (requests.get), or
    path:line.
    """
    from ssot_lint.cli.output import emit, prefix_for_people, warn
    from ssot_lint.cli.progress import progress
    from ssot_lint.locate import Places
    from ssot_lint.report.model import Options
    from ssot_lint.report.why import as_text
    from ssot_lint.run import Run
    from ssot_lint.why import why

    if not 1 <= len(what) <= 2:
        raise click.UsageError("Give one SYMBOL, and before it at most one PATH.")
    *path, symbol = what
    with Run(options.request((Path(*path),), asked)) as run, progress(run, quiet=asked["quiet"]):
        answers = why(run, symbol)
        places = Places(run.project, run.cache)
        places.want(where for answer in answers for where in answer.places())
        shown = Options(
            color=options.wants_color(asked["color"], to_file=output_file is not None),
            verbose=asked["verbose"],
            prefix=prefix_for_people(run.config.root),
        )
        text = as_text(answers, places, shown)
    warn(run.warnings, quiet=asked["quiet"])
    emit(text, output_file)
