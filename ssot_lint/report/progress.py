"""Says how far each contract's migration has come."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from ssot_lint import __version__
from ssot_lint.findings import Site, Span
from ssot_lint.progress import Counted, Progress, Row
from ssot_lint.report.plain import plain
from ssot_lint.report.table import table

_COLUMNS = ("rule", "phase", "package", "owner", "left", "migrated")


def as_text(found: Sequence[Progress]) -> str:
    """A block a contract: its name and sums, then a table."""
    return "\n".join(_block(each) for each in found)


def _block(each: Progress) -> str:
    every = each.left + each.migrated
    percent = f" ({each.migrated * 100 // every} % migrated)" if every else ""
    head = f"{plain(each.contract.name)}: {each.left} left, {each.migrated} migrated{percent}\n"
    if not each.rows:
        return head
    rows = [
        (row.code, row.phase, row.package, " ".join(row.owners) or "-", str(row.left), str(row.migrated))
        for row in each.rows
    ]
    return head + "".join(f"  {line}\n" for line in table([_COLUMNS, *rows], numbers=2).splitlines())


def as_json(found: Sequence[Progress], span: Callable[[Site], Span]) -> str:
    """`{"version": 1, "tool", "contracts": [{"name", "code", "origin", "left", "migrated", "rows", "sites"}]}`.

    A row is `{"rule", "phase", "package", "owners", "left", "migrated"}`; a site `{"rule", "phase", "function", "path",
    "line", "column", "migrated"}`, sorted by path, line and column.
    """
    contracts = [
        {
            "name": each.contract.name,
            "code": each.contract.code,
            "origin": each.contract.origin,
            "left": each.left,
            "migrated": each.migrated,
            "rows": [_row(row) for row in each.rows],
            "sites": sorted(
                (_site(site, span(site.site)) for site in each.sites),
                key=lambda site: (site["path"], site["line"], site["column"]),
            ),
        }
        for each in found
    ]
    report = {"version": 1, "tool": {"name": "ssot-lint", "version": __version__}, "contracts": contracts}
    return json.dumps(report, indent=1) + "\n"


def _row(row: Row) -> dict[str, Any]:
    return {
        "rule": row.code,
        "phase": row.phase,
        "package": row.package,
        "owners": list(row.owners),
        "left": row.left,
        "migrated": row.migrated,
    }


def _site(site: Counted, span: Span) -> dict[str, Any]:
    return {
        "rule": site.code,
        "phase": site.phase,
        "function": site.function,
        "path": span.path,
        "line": span.line,
        "column": span.column,
        "migrated": site.migrated,
    }
