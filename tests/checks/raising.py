"""A function that raises without what it asks for, and what SSOT103 says of code that calls it."""

from __future__ import annotations

from pathlib import Path

from tests.checks.findings import told

STARTS = 'entry-points = ["app:start"]\n'

CONNECT = """
def connect(host=None, port=25):
    if not host:
        raise ValueError("give a host")
    return host
"""


def raises(root: Path, code: str) -> list[str]:
    return told(root, {"app.py": code}, STARTS, select="SSOT103")
