"""A table for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_lint.report.plain import plain, width


def table(rows: Sequence[Sequence[str]], *, numbers: int = 0) -> str:
    """Rows of cells in columns, a line each; the last `numbers` columns stand at the right."""
    shown = [[plain(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*shown, strict=True)]
    lines = []
    for row in shown:
        cells = []
        for index, (cell, to) in enumerate(zip(row, widths, strict=True)):
            space = " " * (to - width(cell))
            cells.append(space + cell if index >= len(row) - numbers else cell + space)
        lines.append("  ".join(cells).rstrip() + "\n")
    return "".join(lines)
