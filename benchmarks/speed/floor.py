"""The floor: `libcst.parse_module` over files that are named on stdin, one a line, in this process and no more."""

from __future__ import annotations

import sys
from pathlib import Path

import libcst


def main() -> None:
    """Parses each file; those that can't be parsed cost what they cost."""
    for path in sys.stdin.read().splitlines():
        try:
            libcst.parse_module(Path(path).read_bytes())
        except (libcst.ParserSyntaxError, UnicodeDecodeError):
            continue


if __name__ == "__main__":
    main()
