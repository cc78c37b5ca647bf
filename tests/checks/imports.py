"""A package that starts by importing something, and what is reported of that."""

from __future__ import annotations

from pathlib import Path

from tests.checks.findings import told

STARTS = 'entry-points = ["app.main"]\n'
PACKAGE = {"app/__init__.py": "", "app/here.py": "name = 1\n", "app/sub/__init__.py": ""}


def unresolved(root: Path, main: str, **files: str) -> list[str]:
    """What is reported in `app/main.py`, with further files (`__` stands for `/`, `app/` is left out)."""
    others = {f"app/{name.replace('__', '/')}.py": text for name, text in files.items()}
    return told(root, {**PACKAGE, "app/main.py": main, **others}, STARTS, select="SSOT110")
