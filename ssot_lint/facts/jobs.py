"""The unit of work of the parsers, in whatever process: a file in, its encoded facts out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ssot_lint.facts.encoding import encode
from ssot_lint.facts.model import Unreadable


class Job(NamedTuple):
    """A file to parse: what it is called here, where it is, its content if it is not to be read there, its bytes."""

    name: str
    path: Path
    content: bytes | None
    size: int


LARGEST_MODULE = 4 * 2**20
"""Bytes: no module that people write is larger."""
_TOO_LARGE = f"larger than {LARGEST_MODULE // 2**20} MB and not analysed"


class Parsed(NamedTuple):
    """The encoded facts of a job's file, and the digest of the content that they are of (None if unread)."""

    job: Job
    digest: bytes | None
    encoded: bytes


def parse_job(job: Job) -> Parsed:
    """Reads and parses a file."""
    from ssot_lint.facts.cache import digest
    from ssot_lint.facts.extract import extract_outline

    try:
        content = job.path.read_bytes() if job.content is None else job.content
    except OSError as error:
        return Parsed(job, None, encode(Unreadable(1, f"can't be read: {error.strerror}")))
    # What is larger is data, and parsing it would take minutes.
    facts = extract_outline(content) if len(content) <= LARGEST_MODULE else Unreadable(1, _TOO_LARGE)
    return Parsed(job._replace(content=None), digest(content), encode(facts))
