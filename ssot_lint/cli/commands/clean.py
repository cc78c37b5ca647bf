"""`ssot-lint clean`: removes the cache."""

from __future__ import annotations

from pathlib import Path

import click

from ssot_lint.cli import options


@click.command("clean")
@options.cache_dir
def command(cache_dir: Path | None) -> None:
    """Remove the cache."""
    from ssot_lint.facts.cache import default_cache_dir, remove_cache

    remove_cache(cache_dir or default_cache_dir())
