"""Calls that Python's own library refuses, whatever the project says of it, and the errors by which it does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from ssot_lint.callgraph.activation import CallRecord
from ssot_lint.checks import patterns, running_loop, templates, unset_variables
from ssot_lint.checks.reached import Reached, Start

OF_LIBRARY: tuple[tuple[type[Exception], Callable[[Start], Iterator[tuple[Reached, CallRecord, str]]]], ...] = (
    (RuntimeError, running_loop.refused),
    (re.error, patterns.refused),
    (LookupError, unset_variables.refused),
    (KeyError, templates.unnamed),
    (IndexError, templates.unnumbered),
)
"""Each finder gives the calls, and why they are refused."""
