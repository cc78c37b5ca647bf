"""`ssot-lint init`: a starter configuration."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click

from ssot_lint.cli import options


@click.command("init")
@options.path
@options.entry_point
@options.no_cache
@options.cache_dir
@options.jobs
@options.quiet
@options.verbose
def command(path: Path, quiet: bool, verbose: bool, **asked: Any) -> None:
    """Write a starter ssot-lint.toml for the project at PATH (default: here), from what is found in it.

    That is: the entry points, the functions that need a context, the packs that fit, the files that hold settings. A
    configuration that is there already is never overwritten.
    """
    from ssot_lint.cli.output import note, warn
    from ssot_lint.cli.progress import progress
    from ssot_lint.config.load import FILE_NAME
    from ssot_lint.errors import UsageError
    from ssot_lint.files import write_atomically
    from ssot_lint.run import Run
    from ssot_lint.starter import starter

    with Run(options.request((path,), asked)) as run:
        file = run.config.root / FILE_NAME
        there = run.config.document.path if run.config.document is not None else file
        if run.config.document is not None or file.exists():
            raise UsageError(f"{os.path.relpath(there)} is there already, and is not overwritten: edit or move it")
        with progress(run, quiet=quiet):
            text = starter(run)
    write_atomically(file, text.encode())
    warn(run.warnings, quiet=quiet)
    if not quiet:
        note(f"{os.path.relpath(file)}: written; keep what is right in it, and run `ssot-lint check`")
