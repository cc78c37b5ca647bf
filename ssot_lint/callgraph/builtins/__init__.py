"""What the language's own functions and containers do with the values that they are given.

`HANDLERS` is by import path; each module holds those of a theme. Libraries are data, in `rules/models/`; here stands
only what data can't say.
"""

from __future__ import annotations

from ssot_lint.callgraph.builtins import (
    checking,
    command_lines,
    conversions,
    copying,
    databases,
    decorators,
    descriptors,
    exceptions,
    imports,
    inherited,
    iterating,
    library,
    logs,
    methods,
    operators,
    passing,
    record_fields,
    records,
    reflection,
    rows,
    text,
    user_dicts,
)
from ssot_lint.callgraph.builtins.handler import Handler

THEMES = (
    checking,
    command_lines,
    conversions,
    copying,
    databases,
    decorators,
    descriptors,
    exceptions,
    imports,
    inherited,
    iterating,
    library,
    logs,
    methods,
    operators,
    passing,
    record_fields,
    records,
    reflection,
    rows,
    text,
    user_dicts,
)
HANDLERS: dict[str, Handler] = {path: handler for theme in THEMES for path, handler in theme.HANDLERS.items()}
