"""`python -m ssot_lint` and the `ssot-lint` script."""

from __future__ import annotations


def main() -> None:
    """Runs the command line and ends the process with its exit status."""
    from ssot_lint.cli.main import root

    root(prog_name="ssot-lint")


if __name__ == "__main__":
    main()
