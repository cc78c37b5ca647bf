"""The readers, a file a kind. To add a kind is to add its file here."""

from __future__ import annotations

import importlib
import pkgutil
from functools import lru_cache
from typing import cast

from ssot_lint.settings.document import Reader


@lru_cache(maxsize=1)
def readers() -> dict[str, Reader]:
    """Every reader by its kind, sorted."""
    names = [f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__)]
    found = [cast("Reader", importlib.import_module(name).Reader()) for name in names]
    return {reader.kind: reader for reader in sorted(found, key=lambda reader: reader.kind)}
