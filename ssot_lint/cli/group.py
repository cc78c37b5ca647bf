"""A click group that imports a command's module only when that command is asked for."""

from __future__ import annotations

import importlib
from typing import cast

import click

# What `--help` says of each; `entry-points` is the module `ssot_lint.cli.commands.entry_points`.
COMMANDS = {
    "baseline": "Accept the findings of today, so that only new ones fail.",
    "check": "Lint a project.",
    "clean": "Remove the cache.",
    "entry-points": "List the entry points, and why each counts.",
    "explain": "Explain a rule, or list them all.",
    "graph": "Print the call graph.",
    "init": "Write a starter configuration.",
    "progress": "Show how far a migration has come.",
    "settings": "Show where each setting is read, mapped, set, provisioned and deployed.",
    "test": "Try the examples that contracts carry.",
    "why": "Show by which chains a function is reached, or why it is not.",
}


class LazyGroup(click.Group):
    """The commands of `ssot_lint.cli.commands`, each the `command` of a module."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"ssot_lint.cli.commands.{cmd_name.replace('-', '_')}")
        return cast("click.Command", module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Lists the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))
