"""Says which settings there are, and where each is read, mapped, set, provisioned and deployed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from fnmatch import fnmatchcase

from ssot_lint.report.plain import plain
from ssot_lint.report.wording import counted
from ssot_lint.settings.table import COLUMNS, Place, Row

_MOST_NAMES = 5


def as_text(rows: Sequence[Row], prefix: str) -> str:
    """A block a setting, a line a place, and one for what no place does with it, and some with others.

    `prefix` leads from the working directory to the root.
    """
    used = _used(rows)
    return "\n".join("".join(f"{line}\n" for line in _block(row, used, prefix)) for row in rows)


def summary(rows: Sequence[Row]) -> str:
    """How many settings there are, which of them code needs and nothing gives, and what no place does at all."""
    needed = [row for row in rows if any(each.kind == "code" and each.state == "needed" for each in row.cells["read"])]
    # One that is put together may be any of its shape.
    given = [row.name for row in rows if any(row.cells[column] for column in COLUMNS if column != "read")]
    missing = [row.name for row in needed if not any(fnmatchcase(name, row.name) for name in given)]
    used = _used(rows)
    unused = [each for each in ("mapped", "set", "provisioned", "deployed") if each not in used]
    parts = [counted(len(rows), "setting"), f"code needs {len(needed)} of them"]
    if missing:
        parts.append(f"nothing gives {', '.join(missing[:_MOST_NAMES])}{' and others' * (len(missing) > _MOST_NAMES)}")
    if unused and rows:
        parts.append(f"none is {' or '.join(unused)} anywhere")
    return "; ".join(parts)


def _used(rows: Sequence[Row]) -> list[str]:
    return [column for column in COLUMNS if any(row.cells[column] for row in rows)]


def _block(row: Row, used: Sequence[str], prefix: str) -> list[str]:
    lines = [plain(row.name)]
    for column in COLUMNS:
        label = column
        for place in row.cells[column]:
            lines.append(f"  {label:<12} {place.state:<18} {_where(place, prefix)}  {plain(place.about)}".rstrip())
            label = ""
    without = [column for column in used if not row.cells[column]]
    return [*lines, f"  {'-':<12} {', '.join(without)}"] if without else lines


def _where(place: Place, prefix: str) -> str:
    return plain(f"{prefix}{place.path}:{place.line}")


def as_json(rows: Sequence[Row]) -> str:
    """`{"version": 1, "settings": [{"name", "read": [...], "mapped": [...], …}]}`, a place as `Place` has it."""
    settings = [
        {"name": row.name, **{column: [asdict(place) for place in row.cells[column]] for column in COLUMNS}}
        for row in rows
    ]
    return json.dumps({"version": 1, "settings": settings}, indent=1) + "\n"


def as_markdown(rows: Sequence[Row]) -> str:
    """A table: a row a setting, a column for each thing that a place may do with it."""
    lines = [f"| setting | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    for row in rows:
        cells = ["<br>".join(_cell(place) for place in row.cells[column]) or "-" for column in COLUMNS]
        lines.append(f"| `{_escaped(row.name)}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(place: Place) -> str:
    about = f" ({_escaped(place.about)})" if place.about else ""
    return f"{place.state}{about} `{_escaped(place.path)}:{place.line}`"


def _escaped(text: str) -> str:
    return plain(text).replace("\\", "\\\\").replace("|", "\\|").replace("`", "'").replace("<", "&lt;")
