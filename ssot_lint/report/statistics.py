"""How many findings there are of each rule."""

from __future__ import annotations

from collections import Counter

from ssot_lint.report.model import Report


def statistics(report: Report) -> str:
    """A line a rule, the most frequent first: number, code, name."""
    counts = Counter((finding.code, finding.name) for finding in report.findings)
    width = len(str(max(counts.values(), default=0)))
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "".join(f"{number:>{width}}  {code}  {name}\n" for (code, name), number in ordered)
