"""`python -m ssot_lint` and the `ssot-lint` script."""

from __future__ import annotations

import os
import sys
from contextlib import suppress


def main() -> None:
    """Runs the command line and ends the process with its exit status."""
    from ssot_lint.cli.main import run

    status = run(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError):  # `run` has told of it
            if stream is not None:
                stream.flush()
    # To free a large program's graph, object by object, takes seconds; the system does it at once.
    os._exit(status)


if __name__ == "__main__":
    main()
