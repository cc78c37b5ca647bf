"""Draws call graphs in the formats that people and programs read. A format is a module of this package.

Its `render(drawn, span)` returns the whole text, where `span` says where a site stands; a format that shows no places
does not ask, so that nothing is located for it. It is pure: the same graph gives the same text. `WHOLE` formats take
imports and guesses too, the others what `outline.calls` leaves.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from ssot_lint.findings import Site, Span
    from ssot_lint.outline import Outline

WHOLE = frozenset({"json"})


def format_names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__)))


def render(name: str, drawn: Outline, span: Callable[[Site], Span]) -> str:
    """The graph in the format of that name (one of `format_names()`)."""
    module = importlib.import_module(f"{__name__}.{name}")
    return cast("str", module.render(drawn, span))
