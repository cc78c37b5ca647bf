"""Where the data that is shipped with the tool stands."""

from __future__ import annotations

from pathlib import Path


def rules_directory() -> Path:
    """The folder with `packs/` and `models/`: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).parents[1]
    shipped = package / "rules"
    return shipped if shipped.is_dir() else package.parent / "rules"
