"""The options that several commands take, each said once."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ssot_lint.findings import CERTAINTIES

if TYPE_CHECKING:
    from ssot_lint.run import Request

Command = TypeVar("Command", bound=Callable[..., Any])


def _codes(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    return None if value is None else tuple(code.strip() for code in value.split(",") if code.strip())


FILE = click.Path(dir_okay=False, path_type=Path)

config = click.option("--config", type=FILE, metavar="FILE", help="Use this configuration file.")
isolated = click.option("--isolated", is_flag=True, help="Read no configuration file.")
entry_point = click.option(
    "--entry-point", "entry_points", multiple=True, metavar="SPEC", help="Add an entry point (may be given often)."
)
select = click.option(
    "--select", callback=_codes, metavar="CODES", help="Check these codes or prefixes only, comma-separated."
)
ignore = click.option(
    "--ignore", callback=_codes, metavar="CODES", help="Don't check these codes or prefixes, comma-separated."
)
min_certainty = click.option("--min-certainty", type=click.Choice(CERTAINTIES), help="Leave out what is less certain.")
output_file = click.option("--output-file", type=FILE, metavar="FILE", help="Write there instead of to stdout.")
python_environment = click.option(
    "--python-environment",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    metavar="DIR",
    help="Read the packages of this virtual environment that no model speaks of; nothing of it is imported.",
)
no_cache = click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
cache_dir = click.option(
    "--cache-dir",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep the cache there. Default: SSOT_LINT_CACHE_DIR, else a directory of the user's.",
)
jobs = click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Processes to use. Default: the usable cores."
)
color = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    help="Colour the output. Default: auto, which obeys NO_COLOR and FORCE_COLOR.",
)
quiet = click.option("-q", "--quiet", is_flag=True, help="Leave out the summary and warnings.")
verbose = click.option("-v", "--verbose", is_flag=True, help="Show whole chains, and tracebacks of internal errors.")


path = click.argument("path", type=click.Path(path_type=Path), default=".")


def shared(command: Command) -> Command:
    """The options that every analysing command takes."""
    run = (config, isolated, entry_point, python_environment, output_file)
    for option in reversed((*run, no_cache, cache_dir, jobs, color, quiet, verbose)):
        command = option(command)
    return command


def request(paths: tuple[Path, ...], asked: Mapping[str, Any]) -> Request:
    """What the shared options ask of a run."""
    from ssot_lint.run import Request

    return Request(paths, **{field.name: asked[field.name] for field in fields(Request) if field.name in asked})


def wants_color(choice: str, *, to_file: bool) -> bool:
    """Whether to colour: as chosen, else as NO_COLOR and FORCE_COLOR say, else on a terminal."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return not to_file and sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
