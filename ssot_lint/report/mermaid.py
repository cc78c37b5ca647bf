"""Text inside Mermaid's diagrams."""

from __future__ import annotations

import re

from ssot_lint.report.plain import plain

_NOT_IN_LABEL = re.compile(r"[^\w ./:,()-]")


def label(text: str) -> str:
    """A quoted label; what could end or format it is an entity code."""
    return '"' + _NOT_IN_LABEL.sub(lambda match: f"#{ord(match[0])};", plain(text)) + '"'
