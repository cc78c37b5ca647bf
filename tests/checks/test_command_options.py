"""A command of click is called with what its options and arguments name."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.findings import findings

CLI = """
import click
import uvicorn
from outside import given, OPTION

@click.group()
def cli(): pass

{decorators}
def serve({parameters}):
    uvicorn.run(given())

if __name__ == "__main__":
    cli()
"""
BY_NAME = ": its options and arguments give that by name"


def messages(root: Path, decorators: str, parameters: str) -> list[tuple[str, str]]:
    cli = CLI.format(decorators=decorators.replace("; ", "\n"), parameters=parameters)
    found = findings(root, {"app/__init__.py": "", "app/cli.py": cli}, select="SSOT112")
    return [(each.violation.level, each.violation.message) for each in found]


@pytest.mark.parametrize(
    ("decorators", "parameters", "said"),
    [
        ("@cli.command(); @click.option('--log-level')", "loglevel",
         "gets an unexpected keyword argument `log_level`"),
        ("@cli.command(); @click.option('-p', '--port', 'number')", "port",
         "gets an unexpected keyword argument `number`"),
        ("@cli.command('run'); @click.argument('HOST')", "host, port", "misses the required argument `port`"),
        ("@click.command(); @click.option('--debug/--no-debug'); @click.pass_context", "debug",
         "is given twice `debug`"),
        ("@click.command(); @click.option('--port'); @click.version_option('1')", "",
         "gets an unexpected keyword argument `port`"),
    ],
)  # fmt: skip
def test_reports_a_function_that_does_not_take_it(tmp_path: Path, decorators: str, parameters: str, said: str) -> None:
    ((level, message),) = messages(tmp_path, decorators, parameters)
    assert level == "error"
    assert message == f"serve() {said}{BY_NAME}" or "twice" in said


@pytest.mark.parametrize(
    ("decorators", "parameters"),
    [
        ("@cli.command(); @click.option('--log-level', '-l')", "log_level"),
        ("@cli.command(); @click.option('-p', '--port', 'number')", "number"),
        ("@cli.command(); @click.option('--debug/--no-debug'); @click.pass_context", "ctx, debug"),
        ("@cli.command(); @click.option('-v', expose_value=False)", ""),
        ("@cli.command(); @click.option('--port')", "**options"),
        ("@cli.command(); @click.option('--port'); @given", ""),
        ("@cli.command(cls=given); @click.option('--port')", ""),
        ("@cli.command(); @click.option(*OPTION)", ""),
        ("@cli.command(); @click.option('--port', cls=given)", ""),
        ("@given.command()", "port"),
    ],
)
def test_is_silent_where_it_fits_or_is_not_told(tmp_path: Path, decorators: str, parameters: str) -> None:
    assert messages(tmp_path, decorators, parameters) == []
