"""`python -m ssot_lint` and the `ssot-lint` script."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def main() -> None:
    """Runs the command line and ends the process with its exit status."""
    _leave_working_directory()
    from ssot_lint.cli.main import run

    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # `run` has told of it
            if stream is not None:
                stream.flush()
    # To free a large program's graph, object by object, takes seconds; the system does it at once.
    os._exit(status)


def _leave_working_directory() -> None:
    """Takes the working directory off the path, where `python -m` puts it first.

    A module of the analysed code may bear the name of one of Python's own that is imported later, and would run.
    """
    with suppress(OSError):
        working_directory = Path.cwd()
        if sys.path[:1] == [str(working_directory)] and Path(__file__).parent.parent != working_directory:
            del sys.path[0]


if __name__ == "__main__":
    main()
