"""What a parser is asked to read."""

from __future__ import annotations

from pathlib import Path

from ssot_lint.facts.encoding import decode
from ssot_lint.facts.jobs import LARGEST_MODULE, Job, parse_job
from ssot_lint.facts.model import Unreadable


def test_what_is_too_large_is_not_parsed() -> None:
    content = b"x = 1\n" * (LARGEST_MODULE // 6 + 1)
    facts = decode(parse_job(Job("x", Path("x.py"), content, len(content))).encoded)
    assert facts == Unreadable(1, "larger than 4 MB and not analysed")
