"""What something asks for by a name under which there is nothing."""

from __future__ import annotations

from dataclasses import dataclass

from ssot_lint.findings import Span


@dataclass(frozen=True)
class Unnamed:
    """The name, all places that ask for it, and the name that may be meant: empty if none is near."""

    name: str
    places: tuple[Span, ...]
    meant: str
