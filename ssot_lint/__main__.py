"""`python -m ssot_lint` and the `ssot-lint` script."""

from __future__ import annotations

import sys


def main() -> None:
    """Runs the command line and ends the process with its exit status."""
    from ssot_lint.cli.main import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
