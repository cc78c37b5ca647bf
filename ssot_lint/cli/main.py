"""The root command, and the one place where errors become a line and an exit status."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

import click

from ssot_lint import __version__
from ssot_lint.cli.group import LazyGroup
from ssot_lint.errors import SsotLintError
from ssot_lint.facts.deep import run_deep

FAILED = 2
INTERRUPTED = 128 + 2  # SIGINT
READER_GONE = 128 + 13  # SIGPIPE


@click.group(
    cls=LazyGroup,
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="ssot-lint", message="%(prog)s %(version)s")
def root() -> None:
    """Contracts about calls: which line breaks one, in which phase, by which chain from which entry point."""


def run(arguments: Sequence[str]) -> int:
    """Runs a command line and returns its exit status; never raises."""
    # A run keeps nearly all that it makes until it ends: the garbage collector would walk it again and again.
    gc.disable()
    try:
        # Commands write at their end: one that overflows on deeply nested code has written nothing yet.
        status = run_deep(lambda: root.main(list(arguments), prog_name="ssot-lint", standalone_mode=False))
        sys.stdout.flush()
    except click.Abort:
        return INTERRUPTED
    except (BrokenPipeError, SystemExit):  # click raises the second for the first
        # What is still buffered would be written, and fail again, when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    except Exception as error:  # noqa: BLE001 - whatever it is, a person reads one line and not a traceback
        is_told = isinstance(error, (SsotLintError, click.ClickException))
        if not is_told and not {"-v", "--verbose"}.isdisjoint(arguments):
            import traceback

            traceback.print_exc()
        print(f"ssot-lint: error: {' '.join(_line(error).split())}", file=sys.stderr)
        return FAILED
    return status if isinstance(status, int) else 0


def _line(error: Exception) -> str:
    """What went wrong, and what to do."""
    if isinstance(error, click.UsageError):
        command = error.ctx.command_path if error.ctx else "ssot-lint"
        return f"{error.format_message().rstrip('.')} (see {command} --help)"
    if isinstance(error, click.ClickException):
        return error.format_message()
    if isinstance(error, SsotLintError):
        return str(error)
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename}: {error.strerror}"
    return f"internal error: {type(error).__name__}: {error} (--verbose shows the traceback; please report it)"
