"""A click group that imports a command's module only when that command is asked for."""

from __future__ import annotations

import importlib
import pkgutil
from typing import cast

import click

from ssot_lint.cli import commands


class LazyGroup(click.Group):
    """The modules of `ssot_lint.cli.commands`, a command each; `entry_points.py` is `entry-points`.

    `--help` imports them all: what a command works with is imported when it runs.
    """

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, sorted."""
        return sorted(module.name.replace("_", "-") for module in pkgutil.iter_modules(commands.__path__))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{commands.__name__}.{cmd_name.replace('-', '_')}")
        return cast("click.Command", module.command)
