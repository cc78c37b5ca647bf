"""The schema of SARIF 2.1.0 (OASIS, errata 01)."""

from __future__ import annotations

import platform
from importlib import import_module
from typing import Any


def schema_errors(log: dict[str, Any]) -> list[str]:
    """What the schema says against a log. The package that brings it needs Python 3.11; before, nothing is said."""
    if int(platform.python_version_tuple()[1]) < 11:
        return []
    errors: list[str] = import_module("sarif_kit.validate").validation_errors(log)
    return errors
