"""The root command."""

from __future__ import annotations

import click

from ssot_lint import __version__
from ssot_lint.cli.group import LazyGroup


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ssot-lint", message="%(prog)s %(version)s")
def root() -> None:
    """Contracts about calls: which line breaks one, in which phase, by which chain from which entry point."""
