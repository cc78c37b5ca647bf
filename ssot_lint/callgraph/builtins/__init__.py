"""What the language's own functions and containers do with the values that they are given.

`HANDLERS` is by import path; each module holds those of a theme. Libraries are data, in `rules/models/`; here stands
only what data can't say.
"""

from __future__ import annotations

from ssot_lint.callgraph.attributes import WRAPPERS
from ssot_lint.callgraph.builtins import (
    checking,
    conversions,
    copying,
    decorators,
    descriptors,
    imports,
    inherited,
    iterating,
    methods,
    operators,
    passing,
    records,
    reflection,
    rows,
    text,
)
from ssot_lint.callgraph.builtins.handler import Handler

THEMES = (
    checking,
    conversions,
    copying,
    decorators,
    descriptors,
    imports,
    inherited,
    iterating,
    methods,
    operators,
    passing,
    records,
    reflection,
    rows,
    text,
)
HANDLERS: dict[str, Handler] = {path: handler for theme in THEMES for path, handler in theme.HANDLERS.items()}
for _path, _kind in conversions.LIBRARY.items():
    if _path in WRAPPERS:
        continue  # it is called as what it wraps
    _methods = {name for name in HANDLERS if name.startswith(f"<builtin>.{_kind}.")}
    HANDLERS |= {name.replace(f"<builtin>.{_kind}", _path, 1): HANDLERS[name] for name in sorted(_methods)}
